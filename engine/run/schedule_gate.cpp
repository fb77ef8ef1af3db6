// SPDX-License-Identifier: Apache-2.0
#include "engine/run/schedule_gate.h"

#include "engine/base/futex.h"
#include "engine/run/signal_hold.h"

#include <algorithm>
#include <array>
#include <climits>
#include <utility>

#include <unistd.h>

namespace heddle {

/// How far the schedule is, for all processes.
struct ScheduleGate::Shared
{
    static constexpr std::size_t kLongestProblem = 1000;

    std::atomic<std::uint32_t> head{0}; ///< number of the step that is done or comes next
    std::atomic<std::uint32_t> news{0}; ///< the futex that actors sleep on: raised with each change
    std::atomic<bool> isTaken{false}; ///< the head's actor has come to it
    std::atomic<std::int64_t> allowance{0}; ///< nanoseconds that the head may take beyond the usual
    std::atomic<bool> hasProblem{false};
    std::array<char, kLongestProblem + 1> problem{};
};

ScheduleGate::ScheduleGate(std::shared_ptr<const ForcedSchedule> schedule, const Code& code,
    const ActorTable& actors, SharedArena& arena)
    : m_schedule(std::move(schedule))
    , m_code(code)
    , m_actors(actors)
    , m_program(::getpid())
    , m_shared(*arena.make<Shared>())
{
}

std::size_t ScheduleGate::head() const
{
    return m_shared.head.load();
}

const ForcedStep* ScheduleGate::awaitTurn(
    std::int64_t actor, const std::atomic<std::uint32_t>* isOff)
{
    for (;;) {
        const std::uint32_t news = m_shared.news.load();
        const std::size_t next = head();
        const bool isAtEnd = next == m_schedule->steps.size();
        if (isOff != nullptr && isOff->load() != 0)
            return nullptr;
        if (isAtEnd && (!m_schedule->endsProgram || ::getpid() != m_program))
            releaseSignals(); // daemons are ended by one
        if (isAtEnd && !m_schedule->endsProgram)
            return nullptr;
        if (!isAtEnd && m_schedule->steps[next].actor == actor && !m_shared.hasProblem.load()) {
            awaitEndsBefore(next);
            m_shared.isTaken.store(true);
            return &m_schedule->steps[next];
        }
        futexWait(m_shared.news, news, Deadline::never(), FutexScope::SharedMemory);
    }
}

/// Who ends with the step before has ended: known to all, and nothing of it is open any more.
void ScheduleGate::awaitEndsBefore(std::size_t step)
{
    if (step == 0)
        return;
    const ForcedStep& before = m_schedule->steps[step - 1];
    for (const ForcedEnd& end : before.ends) {
        const ActorRecord* record = m_actors.find(end.actor);
        while (record != nullptr && !record->hasEnded()) {
            const std::uint32_t phase = record->phase.load();
            if (!record->hasEnded())
                futexWait(record->phase, phase, Deadline::never(), FutexScope::SharedMemory);
        }
        if (record == nullptr)
            reportProblem(before, "there is no " + end.actorName);
        else if (record->exitCode.load() != end.exitCode)
            reportProblem(before,
                end.actorName + " ends with " + std::to_string(record->exitCode.load())
                    + " and not with " + std::to_string(end.exitCode) + " behind it");
    }
}

const ForcedEnd* ScheduleGate::missingEndBefore(std::size_t step) const
{
    if (step == 0)
        return nullptr;
    const std::vector<ForcedEnd>& ends = m_schedule->steps[step - 1].ends;
    const auto missing = std::find_if(ends.begin(), ends.end(), [this](const ForcedEnd& end) {
        const ActorRecord* record = m_actors.find(end.actor);
        return record == nullptr || !record->hasEnded();
    });
    return missing == ends.end() ? nullptr : &*missing;
}

void ScheduleGate::handOn()
{
    m_shared.isTaken.store(false);
    m_shared.allowance.store(0);
    m_shared.head.fetch_add(1);
    lookAgain();
}

void ScheduleGate::lookAgain()
{
    m_shared.news.fetch_add(1);
    futexWake(m_shared.news, INT_MAX, FutexScope::SharedMemory);
}

void ScheduleGate::noteEnd(const ActorRecord& actor)
{
    const std::vector<ForcedStep>& steps = m_schedule->steps;
    const auto left = std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(head()), steps.end(),
        [&](const ForcedStep& step) { return step.actor == actor.handle; });
    if (left != steps.end())
        reportProblem(*left, "it has come to its end before");
}

void ScheduleGate::reportProblem(const ForcedStep& step, const std::string& what)
{
    const std::string sentence = "Step " + std::to_string(step.number) + " of the schedule is \""
        + step.text + "\" by " + step.actorName + " in line " + std::to_string(step.line) + ", but "
        + what + ".";
    const ProcessLock::Holding lock(m_problemLock);
    if (m_shared.hasProblem.load())
        return;
    sentence.copy(m_shared.problem.data(), Shared::kLongestProblem);
    m_shared.hasProblem.store(true);
}

std::optional<std::string> ScheduleGate::problem() const
{
    if (!m_shared.hasProblem.load())
        return std::nullopt;
    return std::string(m_shared.problem.data());
}

void ScheduleGate::expectLong(nanoseconds duration)
{
    m_shared.allowance.store(std::max<std::int64_t>(duration.count(), 0));
}

// Counted in calls and not by the clock, so that a program that was stopped meanwhile loses nothing.
void ScheduleGate::watch(nanoseconds pace, nanoseconds patience)
{
    const std::size_t now = head();
    if (now != std::exchange(m_watchedHead, now))
        m_watchedFor = nanoseconds(0);
    m_watchedFor += pace;
    const bool isAtEnd = now == m_schedule->steps.size();
    if (isAtEnd || m_watchedFor - nanoseconds(m_shared.allowance.load()) < patience)
        return;
    const bool isTaken = m_shared.isTaken.load();
    const ForcedEnd* missing = missingEndBefore(now);
    if (now != head())
        return;
    if (missing != nullptr)
        reportProblem(
            m_schedule->steps[now - 1], missing->actorName + " does not come to its end behind it");
    else
        reportProblem(m_schedule->steps[now],
            isTaken ? "the operation does not come to an end" : "it does not come to it");
}

} // namespace heddle
