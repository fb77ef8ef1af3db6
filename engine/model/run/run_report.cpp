// SPDX-License-Identifier: Apache-2.0
#include "engine/model/run/run_report.h"

#include "engine/base/json_writer.h"
#include "engine/model/trace/kind_text.h"

#include <utility>

namespace heddle {

namespace {

constexpr int kStoppedExitCode = 130; // as a shell shows a program that Ctrl+C has ended

const char* statusText(JudgedExpectation::Status status)
{
    switch (status) {
    case JudgedExpectation::Status::Held:
        return "held";
    case JudgedExpectation::Status::Failed:
        return "failed";
    case JudgedExpectation::Status::Unchecked:
        break;
    }
    return "unchecked";
}

void writeExpectations(JsonWriter& json, const std::vector<JudgedExpectation>& expectations)
{
    json.key("expectations").beginArray();
    for (const JudgedExpectation& each : expectations) {
        json.beginObject().key("text").text(each.text).key("status").text(statusText(each.status));
        json.key("why").text(each.why).key("line").integer(each.line).endObject();
    }
    json.endArray();
}

void writeDeadlock(JsonWriter& json, const DeadlockReport& deadlock)
{
    json.beginObject().key("at_ns").integer(deadlock.time);
    json.key("is_cycle").boolean(deadlock.isCycle);
    json.key("sentence").text(deadlock.sentence()).key("cycle").beginArray();
    for (const DeadlockReport::Link& link : deadlock.links) {
        json.beginObject().key("actor").text(link.actor).key("waits_for").text(link.waitsFor);
        json.key("held_by").text(link.heldBy).key("line").integer(link.line).endObject();
    }
    json.endArray().endObject();
}

/// The first under the contract's key; all of them, where there are several, under one more.
void writeDeadlocks(JsonWriter& json, const std::vector<DeadlockReport>& deadlocks)
{
    json.key("deadlock");
    if (deadlocks.empty())
        json.null();
    else
        writeDeadlock(json, deadlocks.front());
    json.key("deadlocks").beginArray();
    for (const DeadlockReport& each : deadlocks)
        writeDeadlock(json, each);
    json.endArray();
}

void writeOutput(JsonWriter& json, const RunRecord& record)
{
    json.key("output").beginArray();
    for (const OutputLine& line : record.output) {
        json.beginObject().key("t_ns").integer(line.time).key("actor").text(line.actor);
        json.key("stream").text(line.isError ? "stderr" : "stdout");
        json.key("text").text(line.text).endObject();
    }
    json.endArray().key("output_dropped").unsignedInteger(record.outputDropped);
}

void writeActors(JsonWriter& json, const std::vector<ActorOutcome>& actors)
{
    json.key("actors").beginArray();
    for (const ActorOutcome& actor : actors) {
        json.beginObject().key("name").text(actor.name).key("kind").text(actor.kind);
        json.key("state").text(actor.state).key("cpu_ns").integer(actor.cpuNanoseconds).key("exit");
        if (actor.exit)
            json.integer(*actor.exit);
        else
            json.null();
        json.endObject();
    }
    json.endArray();
}

void writeRaised(JsonWriter& json, const char* key, const std::vector<RaisedException>& list)
{
    json.key(key).beginArray();
    for (const RaisedException& each : list) {
        json.beginObject().key("t_ns").integer(each.time).key("name").text(each.name);
        json.key("text").text(each.text).key("actor").text(each.actor);
        json.key("line").integer(each.line).key("uncaught").boolean(each.isUncaught).endObject();
    }
    json.endArray();
}

void writeRecorder(JsonWriter& json, const RecorderFigures& recorder)
{
    json.key("recorder").beginObject().key("events").unsignedInteger(recorder.events);
    json.key("lost").unsignedInteger(recorder.lost);
    json.key("ns_per_event").number(recorder.nanosecondsPerEvent);
    json.key("share_of_run").number(recorder.shareOfRun).endObject();
    json.key("scheduler_data").text(recorder.schedulerData);
}

} // namespace

const char* toText(RunVerdict verdict)
{
    switch (verdict) {
    case RunVerdict::Ok:
        return "ok";
    case RunVerdict::Failed:
        return "failed";
    case RunVerdict::Deadlock:
        return "deadlock";
    case RunVerdict::Timeout:
        return "timeout";
    case RunVerdict::Error:
        return "error";
    case RunVerdict::Stopped:
        return "stopped";
    }
    return "error";
}

std::string DeadlockReport::Link::sentence() const
{
    const bool isOwn = heldBy == actor;
    if (end == PipeEnd::None) {
        const std::string held = isOwn ? ", which it holds itself" : " held by " + heldBy;
        return "waits for " + waitsFor + (heldBy.empty() ? std::string() : held);
    }
    const bool isReading = end == PipeEnd::Writer;
    const std::string holder = isOwn ? "it holds itself" : "is held by " + heldBy;
    return (isReading ? "waits for input from " : "waits for room in ") + waitsFor
        + (isReading ? ", whose writer " : ", whose reader ") + holder;
}

ActorOutcome finishedProcess(
    std::string name, ActorKind kind, int exit, std::int64_t cpuNanoseconds)
{
    return {std::move(name), toText(kind), "finished", cpuNanoseconds, exit};
}

std::string DeadlockReport::sentence() const
{
    std::string text;
    for (const Link& link : links)
        text += (text.empty() ? "" : "; ") + link.actor + " " + link.sentence();
    return text + (isCycle ? "" : "; nobody is left who could wake them");
}

int RunReport::exitCode() const
{
    switch (verdict) {
    case RunVerdict::Ok:
        return 0;
    case RunVerdict::Failed:
        return 1;
    case RunVerdict::Deadlock:
        return 3;
    case RunVerdict::Timeout:
        return 4;
    case RunVerdict::Stopped:
        return kStoppedExitCode;
    case RunVerdict::Error:
        break;
    }
    return record.end == RunRecord::End::Refused ? 6 : 1;
}

std::string RunReport::toJson() const
{
    JsonWriter json;
    json.beginObject().key("program").text(program).key("verdict").text(toText(verdict));
    json.key("seconds").number(static_cast<double>(record.nanoseconds) / 1e9);
    json.key("exit").integer(record.exitCode).key("problem").text(record.problem);
    writeExpectations(json, expectations);
    writeDeadlocks(json, record.deadlocks);
    writeOutput(json, record);
    writeActors(json, record.actors);
    writeRaised(json, "raised", record.raised);
    writeRaised(json, "failed_assertions", record.failedAssertions);
    writeRecorder(json, recorder);
    json.endObject();
    return json.result();
}

} // namespace heddle
