// SPDX-License-Identifier: Apache-2.0
#include "engine/run/schedule_gate.h"

#include "engine/base/futex.h"

#include <algorithm>
#include <climits>
#include <utility>

namespace heddle {

namespace {

using Course = ForcedStep::Course;

std::string placeOf(const Code& code, std::int32_t instruction)
{
    const Instruction& at = code.instructions[static_cast<std::size_t>(instruction)];
    return std::string("at ") + toText(at.operation) + " in line " + std::to_string(at.line);
}

} // namespace

ScheduleGate::ScheduleGate(
    std::shared_ptr<const ForcedSchedule> schedule, const Code& code, const ActorTable& actors)
    : m_schedule(std::move(schedule))
    , m_code(code)
    , m_actors(actors)
{
}

const ForcedStep* ScheduleGate::awaitTurn(
    const ActorRecord& actor, const std::atomic<std::uint32_t>* isOff)
{
    for (;;) {
        const std::uint32_t news = m_news.load();
        const std::size_t next = head();
        const bool isAtEnd = next == m_schedule->steps.size();
        if (isOff != nullptr && isOff->load() != 0)
            return nullptr;
        if (isAtEnd && !m_schedule->endsProgram)
            return nullptr;
        if (!isAtEnd && m_schedule->steps[next].actor == actor.handle && !problem()) {
            m_isTaken.store(true);
            return &m_schedule->steps[next];
        }
        futexWait(m_news, news, Deadline::never());
    }
}

void ScheduleGate::handOn()
{
    m_isTaken.store(false);
    m_allowance.store(0);
    m_head.fetch_add(1);
    lookAgain();
}

void ScheduleGate::lookAgain()
{
    m_news.fetch_add(1);
    futexWake(m_news, INT_MAX);
}

void ScheduleGate::noteEnd(const ActorRecord& actor)
{
    const std::vector<ForcedStep>& steps = m_schedule->steps;
    const auto left = std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(head()), steps.end(),
        [&](const ForcedStep& step) { return step.actor == actor.handle; });
    if (left != steps.end())
        reportProblem(*left, "it has come to its end before");
}

std::string ScheduleGate::name(std::size_t step) const
{
    const ForcedStep& forced = m_schedule->steps[step];
    return "Step " + std::to_string(step + 1) + " of the schedule is \"" + forced.text + "\" by "
        + forced.actorName + " in line " + std::to_string(forced.line) + ", but ";
}

void ScheduleGate::reportProblem(const ForcedStep& step, const std::string& what)
{
    const auto number = static_cast<std::size_t>(&step - m_schedule->steps.data());
    const InternalLock lock(m_mutex);
    if (!m_problem)
        m_problem = name(number) + what + ".";
}

std::optional<std::string> ScheduleGate::problem() const
{
    const InternalLock lock(m_mutex);
    return m_problem;
}

void ScheduleGate::expectLong(nanoseconds duration)
{
    m_allowance.store(std::max<std::int64_t>(duration.count(), 0));
}

// Counted in calls and not by the clock, so that a program that was stopped meanwhile loses nothing.
void ScheduleGate::watch(nanoseconds pace, nanoseconds patience)
{
    const std::size_t now = head();
    if (now != std::exchange(m_watchedHead, now))
        m_watchedFor = nanoseconds(0);
    m_watchedFor += pace;
    const bool isAtEnd = now == m_schedule->steps.size();
    if (isAtEnd || m_watchedFor - nanoseconds(m_allowance.load()) < patience)
        return;
    const bool isTaken = m_isTaken.load();
    if (now == head())
        reportProblem(m_schedule->steps[now],
            isTaken ? "the operation does not come to an end" : "it does not come to it");
}

ActorGate::ActorGate(ScheduleGate* gate, const ActorRecord& record)
    : m_gate(gate)
    , m_record(record)
{
    if (m_gate != nullptr)
        currentWaitGate = this;
}

ActorGate::~ActorGate()
{
    if (m_gate != nullptr)
        currentWaitGate = nullptr;
}

bool ActorGate::waitToFire(const std::atomic<std::uint32_t>& isOff)
{
    if (m_gate == nullptr)
        return false;
    m_step = m_gate->awaitTurn(m_record, &isOff);
    m_isBegun = true;
    if (m_step != nullptr && m_step->course != Course::Fires)
        m_gate->reportProblem(*m_step, "it is a timer that has not fired");
    return m_step != nullptr;
}

void ActorGate::takeNext()
{
    m_step = m_gate->awaitTurn(m_record);
    m_isBegun = false;
    m_decided = 0;
}

void ActorGate::finish()
{
    if (std::exchange(m_step, nullptr) != nullptr)
        m_gate->handOn();
}

void ActorGate::begin()
{
    if (m_gate == nullptr)
        return;
    finish(); // a timer that has fired
    takeNext();
    m_isBegun = m_step != nullptr && m_step->course == Course::Starts;
}

void ActorGate::enter(std::int32_t instruction)
{
    if (m_gate == nullptr)
        return;
    if (m_step == nullptr || m_isBegun) {
        finish();
        takeNext();
    }
    if (m_step == nullptr)
        return;
    m_isBegun = true;
    if (m_step->instruction == instruction)
        return;
    m_gate->reportProblem(*m_step, "it is " + placeOf(m_gate->code(), instruction));
    takeNext(); // never comes
}

void ActorGate::end()
{
    if (m_gate == nullptr)
        return;
    finish();
    m_gate->noteEnd(m_record);
}

std::optional<std::int64_t> ActorGate::decision()
{
    if (m_step == nullptr)
        return std::nullopt;
    if (m_decided < m_step->decisions.size())
        return m_step->decisions[m_decided++];
    m_gate->reportProblem(*m_step, "more is left open here than it says");
    return 0;
}

void ActorGate::expectLong(nanoseconds duration)
{
    if (m_step != nullptr)
        m_gate->expectLong(duration);
}

void ActorGate::lookAgain()
{
    if (m_gate != nullptr)
        m_gate->lookAgain();
}

WaitGate::Turn ActorGate::giveWay()
{
    finish();
    takeNext();
    m_isBegun = true;
    if (m_step == nullptr)
        return Turn::Free;
    switch (m_step->course) {
    case Course::Resumes:
    case Course::ResumesLate: // its end is known already
        return Turn::Granted;
    case Course::LimitOver:
        return Turn::LimitOver;
    case Course::WakesUp:
        return Turn::Woken;
    default:
        break;
    }
    m_gate->reportProblem(*m_step, "it waits");
    takeNext(); // never comes
    return Turn::Free;
}

bool ActorGate::joinsWaiters() const
{
    return m_step != nullptr && m_step->course == Course::Parks;
}

bool ActorGate::isChosen(ActorId waiter) const
{
    return m_step != nullptr
        && std::any_of(m_step->wakes.begin(), m_step->wakes.end(), [&](std::int64_t handle) {
               const ActorRecord* record = m_gate->actors().find(handle);
               return record != nullptr && record->id == waiter;
           });
}

} // namespace heddle
