// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/interruption.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/signals/handler.h"
#include "engine/signals/signal_set.h"

#include <array>
#include <cstdint>

#include <signal.h>

namespace heddle {

/// How signals get from the system to their handlers: the marks, the handlers, and the main thread's
/// waits. There is one, which is never destroyed.
///
/// Threads: as each function says.
/// Source:  sigaction(2), eventfd(2), pthread_atfork(3); noteSignal() of system_handler.h.
class SignalDelivery final : public InterruptionSource
{
public:
    [[nodiscard]] static SignalDelivery& instance();

    /// Makes the calling thread, the main thread, the one whose waits run handlers.
    ///
    /// Errors: SystemCall (EMFILE: this process has too many descriptors).
    [[nodiscard]] Result<void> serveCaller();

    /// What runs when the signal is marked: the disposition's function or interrupt, else nothing.
    /// Threads: the main thread.
    void setDisposition(int signal, const Disposition& disposition);

    /// Handler, Interrupt, or Default if nothing is set. Threads: any thread.
    [[nodiscard]] Disposition disposition(int signal) const;

    /// Whether marks of the signal interrupt waits. Threads: any thread.
    static void setInterrupting(int signal, Interrupting interrupting);

    /// Runs the handlers of those marked signals that are in the bits, in ascending order, up to the
    /// first that gives up. Threads: the main thread.
    AfterInterruption runMarked(std::uint64_t bits);

    /// How many have been run so far, and whose was the last to give up. Threads: the main thread.
    [[nodiscard]] std::uint64_t handlersRun() const { return m_handlersRun; }
    [[nodiscard]] int lastGiveUp() const { return m_lastGiveUp; }

    // The source of the main thread's interruptions: those marks that interrupt.
    [[nodiscard]] bool isPending() const noexcept override;
    AfterInterruption run() override;
    [[nodiscard]] const std::atomic<std::uint32_t>& word() const noexcept override;
    [[nodiscard]] int fd() const noexcept override;
    void quieten() noexcept override;

private:
    SignalDelivery() = default;
    [[nodiscard]] AfterInterruption call(int signal);

    // A fork holds the lock from before it to after it, in both processes, which cannot be analysed.
    static void beforeFork() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    static void afterForkInParent() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    static void afterForkInChild();

    mutable InternalMutex m_mutex;
    std::array<Disposition, kHighestSignal + 1> m_dispositions HEDDLE_GUARDED_BY(
        m_mutex) = filledWithDefault();
    sigset_t m_maskBeforeFork HEDDLE_GUARDED_BY(m_mutex){};

    // The main thread's.
    bool m_isServing = false;
    std::uint64_t m_handlersRun = 0;
    int m_lastGiveUp = 0;

    [[nodiscard]] static std::array<Disposition, kHighestSignal + 1> filledWithDefault();
};

} // namespace heddle
