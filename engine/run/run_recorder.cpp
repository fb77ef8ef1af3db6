// SPDX-License-Identifier: Apache-2.0
#include "engine/run/run_recorder.h"

#include "engine/base/clock.h"
#include "engine/model/run/expectation_judge.h"
#include "engine/model/run/judge.h"
#include "engine/record/collector.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace heddle {

namespace {

constexpr auto kDrainPace = std::chrono::milliseconds(10);

// What is kept of a program that does not stop talking. Beyond it lines are only counted.
constexpr std::size_t kMostLines = 200'000;
constexpr std::size_t kMostBytes = std::size_t{32} * 1024 * 1024;
constexpr std::size_t kMostExceptions = 10'000;

/// Outcomes come as the actors end; people want them as the lanes are shown.
void sortLikeLanes(std::vector<ActorOutcome>& actors, const Trace& trace)
{
    std::map<std::string, std::size_t> places;
    for (const Lane& lane : trace.lanes())
        places.emplace(lane.name, places.size());
    const auto place = [&](const ActorOutcome& actor) {
        const auto found = places.find(actor.name);
        return found == places.end() ? places.size() : found->second;
    };
    std::stable_sort(actors.begin(), actors.end(),
        [&](const auto& left, const auto& right) { return place(left) < place(right); });
}

/// Whether the program says that its process may be ended by this signal (a code below 0).
bool mayEndBy(const Code& code, int exitCode)
{
    return exitCode < 0
        && std::any_of(code.expectations.begin(), code.expectations.end(), [&](const auto& each) {
               return each.kind == Expectation::Kind::ExitIn && each.name == "program"
                   && isInRanges(each, Value::integer(exitCode));
           });
}

} // namespace

RunRecorder::RunRecorder(std::shared_ptr<Session> session, RunSource source,
    std::shared_ptr<const Code> code, Listener listener)
    : m_collector(std::make_unique<Collector>(std::move(session)))
    , m_source(std::move(source))
    , m_code(std::move(code))
    , m_listener(std::move(listener))
{
    m_collector->setProperty("program", m_source.name);
    m_collector->setProperty(Trace::kTextProperty, m_source.text);
}

RunRecorder::~RunRecorder() = default;

std::shared_ptr<const Trace> RunRecorder::trace() const
{
    return m_collector->trace();
}

void RunRecorder::take(RunMessage message)
{
    std::visit([this](auto& alternative) { keep(std::move(alternative)); }, message);
}

void RunRecorder::keep(StartedMessage /*message*/)
{
}

void RunRecorder::keep(OutputLine line)
{
    if (m_record.output.size() < kMostLines && m_keptBytes + line.text.size() <= kMostBytes) {
        m_keptBytes += line.text.size();
        m_record.output.push_back(line);
    } else {
        ++m_record.outputDropped;
    }
    if (m_listener.output)
        m_fresh.push_back(std::move(line));
}

// The runner tells of an exception when it is raised, and once more if nobody has caught it.
void RunRecorder::keep(RaisedException raised)
{
    const auto isSame = [&](const RaisedException& earlier) {
        return earlier.actor == raised.actor && earlier.name == raised.name
            && earlier.text == raised.text;
    };
    auto& kept = m_record.raised;
    const auto told =
        raised.isUncaught ? std::find_if(kept.rbegin(), kept.rend(), isSame) : kept.rend();
    if (told != kept.rend())
        told->isUncaught = true;
    else if (m_record.raised.size() < kMostExceptions)
        m_record.raised.push_back(std::move(raised));
}

void RunRecorder::keep(FailedAssertionMessage message)
{
    if (m_record.failedAssertions.size() < kMostExceptions)
        m_record.failedAssertions.push_back(std::move(message.assertion));
}

void RunRecorder::keep(FinalMessage message)
{
    m_record.finals.emplace_back(message.expectation, std::move(message.value));
}

void RunRecorder::keep(ActorOutcome outcome)
{
    // Of who lived when the run was ended it counts how it stood, not that it was killed then.
    const auto isTold = [&outcome](const ActorOutcome& other) {
        return other.name == outcome.name && other.state != "finished" && other.state != "failed";
    };
    if (std::none_of(m_record.actors.begin(), m_record.actors.end(), isTold))
        m_record.actors.push_back(std::move(outcome));
}

void RunRecorder::keep(const ExitMessage& message)
{
    m_record.exits.emplace_back(message.name, static_cast<int>(message.code));
}

void RunRecorder::keep(EndedMessage /*message*/)
{
}

void RunRecorder::keep(DeadlockReport report)
{
    m_record.deadlocks.push_back(report);
    if (m_listener.deadlock)
        m_listener.deadlock(std::move(report));
}

void RunRecorder::keep(const ProcessesMessage& /*message*/)
{
}

void RunRecorder::keep(const SupervisorMessage& /*message*/)
{
}

void RunRecorder::keep(const DepartureMessage& /*message*/)
{
}

void RunRecorder::keep(HandleMessage message)
{
    if (m_record.handles.size() < kMostExceptions)
        m_record.handles.emplace_back(std::move(message.handle), std::move(message.actor));
}

void RunRecorder::flush()
{
    if (!m_fresh.empty())
        m_listener.output(std::exchange(m_fresh, {}));
}

bool RunRecorder::drain()
{
    const nanoseconds now = monotonicNow();
    if (now - m_lastDrain < kDrainPace && !m_collector->isUrgent())
        return false;
    m_lastDrain = now;
    return m_collector->drain() != 0;
}

RunReport RunRecorder::finish(const SupervisorMessage& lastWord)
{
    flush();
    m_record.end = lastWord.end;
    m_record.nanoseconds = lastWord.nanoseconds;
    m_record.exitCode = static_cast<int>(lastWord.exitCode);
    m_record.problem = lastWord.problem;
    if (m_record.end == RunRecord::End::Crashed && mayEndBy(*m_code, m_record.exitCode)) {
        m_record.end = RunRecord::End::Ended; // it died as it was to
        m_record.problem.clear();
    }
    m_collector->setSchedulerData(lastWord.schedulerData);
    m_collector->finish();
    sortLikeLanes(m_record.actors, *trace());
    RunReport report = judge(*m_code, std::move(m_record), trace());
    report.program = m_source.name;
    report.recorder = trace()->recorder();
    report.recorder.schedulerData = lastWord.schedulerData;
    m_collector->setProperty("verdict", toText(report.verdict));
    return report;
}

} // namespace heddle
