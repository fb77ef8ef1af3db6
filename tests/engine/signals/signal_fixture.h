// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/signals/handler.h"
#include "engine/signals/interval_timer.h"
#include "engine/signals/mask.h"
#include "tests/support/results.h"

#include <QtTest>

#include <atomic>
#include <chrono>
#include <thread>

#include <signal.h>
#include <unistd.h>

namespace heddle::tests {

inline SignalSet setOf(std::initializer_list<int> numbers)
{
    return required(SignalSet::of(numbers));
}

/// Puts a disposition in force and the former one back at the end.
class InForce
{
public:
    InForce(int signal, const Disposition& disposition)
        : m_signal(signal)
        , m_before(required(setDisposition(signal, disposition)))
    {
    }
    /// A handler that counts its calls and goes on.
    InForce(int signal, std::atomic<int>& calls)
        : InForce(signal, Disposition::handler([&calls](int) {
            ++calls;
            return AfterInterruption::GoOn;
        }))
    {
    }
    ~InForce() { required(setDisposition(m_signal, m_before)); }
    InForce(const InForce&) = delete;
    InForce& operator=(const InForce&) = delete;

    [[nodiscard]] const Disposition& before() const { return m_before; }

private:
    int m_signal;
    Disposition m_before;
};

/// Runs a test whose signals are blocked in the thread that Qt Test starts, which would take those
/// that the main thread blocks. The test unblocks them in the main thread first.
template <typename Test> int runWithSignalsBlockedElsewhere(int count, char** arguments)
{
    static_cast<void>(required(setSignalMask(SignalSet::all())));
    Test test;
    return QTest::qExec(&test, count, arguments);
}

/// Has the engine open what it keeps open once there is a handler, before leftovers are looked for.
inline void openWhatStaysOpen()
{
    std::atomic<int> calls{0};
    const InForce handler(SIGUSR1, calls);
}

/// A handler that gives up.
inline Disposition givingUp()
{
    return Disposition::handler([](int) { return AfterInterruption::GiveUp; });
}

/// Blocks signals in the calling thread, which are thrown away and unblocked at the end.
class Blocked
{
public:
    explicit Blocked(SignalSet set)
        : m_set(set)
        , m_before(required(blockSignalSet(set)))
    {
    }
    ~Blocked()
    {
        const sigset_t set = m_set.toSystem();
        const timespec none{};
        while (::sigtimedwait(&set, nullptr, &none) > 0) { }
        required(setSignalMask(m_before));
    }
    Blocked(const Blocked&) = delete;
    Blocked& operator=(const Blocked&) = delete;

private:
    SignalSet m_set;
    SignalSet m_before;
};

/// Has SIGALRM sent again and again as long as it lives.
class Ticking
{
public:
    explicit Ticking(std::chrono::microseconds each)
    {
        required(setIntervalTimer(IntervalTimer::Real, {each, each}));
    }
    ~Ticking() { required(setIntervalTimer(IntervalTimer::Real, {})); }
    Ticking(const Ticking&) = delete;
    Ticking& operator=(const Ticking&) = delete;
};

/// Sends a signal to this process, for whichever thread, from another thread and later: the moment is
/// what is tested, so it sleeps.
class SentLater
{
public:
    SentLater(int signal, std::chrono::milliseconds after)
        : m_thread([signal, after] {
            std::this_thread::sleep_for(after);
            ::kill(::getpid(), signal);
        })
    {
    }

private:
    std::jthread m_thread;
};

inline std::chrono::nanoseconds timeSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::steady_clock::now() - begin;
}

} // namespace heddle::tests
