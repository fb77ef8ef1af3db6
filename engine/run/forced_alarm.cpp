// SPDX-License-Identifier: Apache-2.0
#include "engine/run/forced_alarm.h"

#include "engine/run/pause.h"
#include "engine/signals/interval_timer.h"
#include "engine/signals/mask.h"
#include "engine/threads/thread.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <signal.h>

namespace heddle {

namespace {

using std::chrono::microseconds;

void armAfter(nanoseconds delay)
{
    IntervalTimes times;
    times.delay = std::max(std::chrono::ceil<microseconds>(delay), microseconds(1));
    static_cast<void>(setIntervalTimer(IntervalTimer::Real, times)); // it has no reason to fail
}

} // namespace

ForcedAlarm::ForcedAlarm(ScheduleGate& gate, std::int64_t process)
    : m_gate(gate)
    , m_process(process)
{
}

Result<void> ForcedAlarm::set(nanoseconds delay)
{
    m_moment.store(delay.count() > 0 ? (monotonicNow() + delay).count() : 0);
    return m_isServing ? Result<void>{} : startServing();
}

// It begins with the mask of who sets the alarm, who blocks all signals.
Result<void> ForcedAlarm::startServing()
{
    ThreadOptions options;
    options.name = "alarm";
    options.kind = ThreadKind::Daemon;
    Result<void> started =
        Thread([this](const std::stop_token& /*stop*/) { serve(); }, std::move(options)).start();
    m_isServing = started.has_value();
    return started;
}

void ForcedAlarm::serve()
{
    const std::int64_t self = ForcedStep::alarmOf(m_process);
    while (m_gate.awaitTurn(self) != nullptr) {
        m_moment.store(0);
        ring();
        m_gate.handOn();
    }
    if (const std::int64_t moment = m_moment.exchange(0); moment != 0)
        armAfter(nanoseconds(moment) - monotonicNow());
}

// All threads of the process block it, so it stays pending even where it is ignored.
void ForcedAlarm::ring()
{
    armAfter(nanoseconds(0));
    while (!pendingSignals().contains(SIGALRM))
        pauseFor(microseconds(50));
}

} // namespace heddle
