// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/replay.h"

#include "app/commands/command_result.h"
#include "app/commands/compiled_source.h"
#include "app/commands/exploration_json.h"
#include "app/commands/exploration_text.h"
#include "app/commands/json_text.h"
#include "app/commands/moment_json.h"
#include "app/commands/run.h"
#include "app/schedule_file.h"
#include "app/trace_file.h"
#include "engine/explore/walk.h"

#include <optional>

namespace heddle::app {

namespace {

QString endWord(const ExploredMoment& moment)
{
    if (moment.isEnd)
        return QStringLiteral("end");
    return moment.isDeadlock ? QStringLiteral("deadlock") : QStringLiteral("open");
}

int exitCodeOf(const ExploredMoment& moment)
{
    if (moment.isDeadlock)
        return kDeadlock;
    return moment.hasFailedAssertion ? kFailed : kDone;
}

std::string momentText(const ExploredMoment& moment)
{
    std::string text = moment.headline.text() + "\n";
    for (const ExploredActor& actor : moment.actors)
        text += "  " + actor.sentence.text() + "\n";
    for (const ExploredVariable& variable : moment.variables)
        text += "  " + variable.name + " = " + variable.value + "\n";
    for (const ExploredObject& object : moment.objects)
        text += "  " + object.name + ": " + object.text.text() + "\n";
    return text;
}

int complainAs(const Error& error, int exitCode)
{
    complain(error.detail);
    return exitCode;
}

/// Whether the recording could be written; complains if not.
int checkTarget(const std::string& path)
{
    const Result<void> target = path.empty() ? Result<void>() : checkTraceTarget(path);
    if (target)
        return kDone;
    return complainAs(
        target.error(), target.error().kind == ErrorKind::InvalidArgument ? kInvalid : kRefused);
}

std::optional<Schedule> loadSchedule(const std::string& path)
{
    const Result<Schedule> schedule = readScheduleFile(path);
    if (schedule)
        return *schedule;
    complain(schedule.error().detail);
    return std::nullopt;
}

int replayForReal(const ReplayCommand& command)
{
    RunCommand run;
    run.file = command.file;
    run.run.constants = command.constants;
    run.run.timeLimit = command.timeLimit;
    run.repeat = command.repeat;
    run.trace = command.trace;
    run.schedule = command.schedule;
    run.json = command.json;
    run.report = RunCommand::ReportGoes::ToStdout; // what was asked for, not a remark
    return runCommand(run);
}

void printWalk(const ReplayCommand& command, const std::string& program, Walk& walk)
{
    const ExploredMoment moment = walk.moment();
    if (command.json) {
        print(jsonText({{QStringLiteral("program"), QString::fromStdString(program)},
            {QStringLiteral("steps"), stepsJson(walk.schedule())},
            {QStringLiteral("end"), endWord(moment)},
            {QStringLiteral("moment"), momentJson(moment)}}));
        return;
    }
    print(program + "\n" + stepLines(walk.schedule()) + momentText(moment));
}

} // namespace

int replaySchedule(const ReplayCommand& command)
{
    if (command.file == "-" && command.schedule == "-") {
        complain("Only one of program and schedule can come from standard input.");
        return kInvalid;
    }
    if (command.isReal)
        return replayForReal(command);
    const std::optional<CompiledSource> compiled =
        compileSource({command.file, command.constants, command.json, false, {}});
    if (!compiled)
        return kInvalid;
    const std::optional<Schedule> schedule = loadSchedule(command.schedule);
    if (!schedule)
        return kInvalid;
    if (const int target = checkTarget(command.trace); target != kDone)
        return target;
    if (const std::optional<Sentence> obstacle = Machine::obstacle(*compiled->code)) {
        complain(obstacle->text() + ".");
        return kUndecided;
    }
    Walk walk(compiled->code);
    const Result<void> followed = walk.follow(*schedule);
    if (!followed) {
        complain("\"" + command.schedule
            + "\" is no schedule of this program: " + followed.error().detail);
        return kInvalid;
    }
    printWalk(command, compiled->source.name, walk);
    if (!command.trace.empty())
        if (const Result<void> written =
                writeTrace(*walk.trace(compiled->source.text), command.trace);
            !written)
            return complainAs(written.error(), kRefused);
    return exitCodeOf(walk.moment());
}

} // namespace heddle::app
