// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_gate.h"

#include "engine/base/text.h"
#include "engine/run/signal_hold.h"

#include <algorithm>
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
    m_step = m_gate->awaitTurn(m_record.handle, &isOff);
    m_isBegun = true;
    if (m_step != nullptr && m_step->course != Course::Fires)
        m_gate->reportProblem(*m_step, "it is a timer that has not fired");
    return m_step != nullptr;
}

void ActorGate::takeNext()
{
    m_step = m_gate->awaitTurn(m_record.handle);
    m_isBegun = false;
    m_decided = 0;
}

void ActorGate::finish()
{
    if (std::exchange(m_step, nullptr) != nullptr)
        m_gate->handOn();
}

// Nobody comes to a step behind a problem, so this does not return.
void ActorGate::depart(const std::string& what)
{
    m_gate->reportProblem(*m_step, what);
    takeNext();
}

AfterInterruption ActorGate::begin()
{
    if (m_gate == nullptr)
        return AfterInterruption::GoOn;
    finish(); // a timer that has fired
    takeNext();
    if (deliverAll() == AfterInterruption::GiveUp)
        return AfterInterruption::GiveUp;
    m_isBegun = m_step != nullptr && m_step->course == Course::Starts;
    return AfterInterruption::GoOn;
}

AfterInterruption ActorGate::enter(std::int32_t instruction)
{
    if (m_gate == nullptr)
        return AfterInterruption::GoOn;
    if (m_step == nullptr || m_isBegun) {
        finish();
        takeNext();
    }
    if (deliverAll() == AfterInterruption::GiveUp)
        return AfterInterruption::GiveUp;
    if (m_step == nullptr)
        return AfterInterruption::GoOn;
    m_isBegun = true;
    if (m_step->instruction != instruction)
        depart("it is " + placeOf(m_gate->code(), instruction));
    return AfterInterruption::GoOn;
}

bool ActorGate::isAtSignal() const
{
    return m_step != nullptr
        && (m_step->course == Course::Delivers || m_step->course == Course::Ends);
}

/// All signals whose step is the actor's next, until it is the turn of what it was at.
AfterInterruption ActorGate::deliverAll()
{
    while (isAtSignal()) {
        if (deliver() == AfterInterruption::GiveUp)
            return AfterInterruption::GiveUp;
        finish();
        takeNext();
    }
    return AfterInterruption::GoOn;
}

// The handler's own steps go through this gate too: the last of them is the present one behind it.
AfterInterruption ActorGate::deliver()
{
    const int signal = m_step->signal;
    m_isBegun = true;
    if (m_step->course == Course::Ends) {
        finish(); // who comes next waits for the end of the process
        endBySignalHere(signal);
    }
    letThrough(signal);
    if (!hasInterruption())
        depart(signalName(signal) + " has not come");
    return runInterruptions();
}

std::optional<AfterInterruption> ActorGate::awaitHandler()
{
    finish();
    takeNext();
    if (m_step == nullptr || m_step->course == Course::Resumes)
        return std::nullopt;
    if (!isAtSignal())
        depart("it waits for a signal");
    return deliver();
}

std::optional<std::int64_t> ActorGate::part() const
{
    if (m_step == nullptr || m_step->course != Course::DoesPart)
        return std::nullopt;
    return m_step->bytes;
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
    if (deliverAll() == AfterInterruption::GiveUp && m_step != nullptr)
        depart("a handler's exception comes out of the wait before");
    m_isBegun = true;
    if (m_step == nullptr)
        return Turn::Free;
    switch (m_step->course) {
    case Course::Resumes:
    case Course::ResumesLate: // its end is known already
    case Course::DoesPart:
        return Turn::Granted;
    case Course::LimitOver:
        return Turn::LimitOver;
    case Course::WakesUp:
        return Turn::Woken;
    default:
        break;
    }
    depart("it waits");
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
