// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/interruption.h"
#include "engine/base/result.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include <signal.h>

namespace heddle {

/// Called with the signal's number, in the main thread, between two of its steps or within one of its
/// waits. It may do everything, also wait and set handlers, but throw. It says what becomes of the wait.
/// If the thread is recorded as an actor, the trace shows when it began and ended.
using SignalHandler = std::function<AfterInterruption(int signal)>;

/// What can be called with a signal's number and says nothing: the wait goes on.
template <typename Call>
concept SilentSignalHandler = std::is_void_v<std::invoke_result_t<Call&, int>>;

/// What happens when a signal comes.
///
/// Threads: value.
class Disposition
{
public:
    enum class Kind : std::uint8_t
    {
        Default, ///< what the system does by default
        Ignored, ///< it is dropped
        Handler, ///< a handler of this engine
        Interrupt, ///< the main thread's wait is given up: the keyboard's interrupt
        Foreign ///< a handler that was not set through the engine
    };

    // One for each kind; the handler must be callable.
    [[nodiscard]] static Disposition byDefault() { return Disposition(Kind::Default); }
    [[nodiscard]] static Disposition ignored() { return Disposition(Kind::Ignored); }
    [[nodiscard]] static Disposition interrupt() { return Disposition(Kind::Interrupt); }
    [[nodiscard]] static Disposition handler(SignalHandler handler);
    template <SilentSignalHandler Call> [[nodiscard]] static Disposition handler(Call call)
    {
        return handler(SignalHandler([call = std::move(call)](int signal) mutable {
            call(signal);
            return AfterInterruption::GoOn;
        }));
    }
    [[nodiscard]] static Disposition foreign(const struct sigaction& action);

    [[nodiscard]] Kind kind() const { return m_kind; }

    /// Whether the signal comes to the engine: Handler or Interrupt.
    [[nodiscard]] bool isOfEngine() const
    {
        return m_kind == Kind::Handler || m_kind == Kind::Interrupt;
    }

    /// Null but for the kind Handler.
    [[nodiscard]] const std::shared_ptr<const SignalHandler>& function() const
    {
        return m_function;
    }

    /// Null but for the kind Foreign.
    [[nodiscard]] const struct sigaction* action() const { return m_action.get(); }

private:
    explicit Disposition(Kind kind)
        : m_kind(kind)
    {
    }
    Kind m_kind;
    std::shared_ptr<const SignalHandler> m_function;
    std::shared_ptr<const struct sigaction> m_action;
};

/// Whether the caller is the thread that the process began with (in a forked child: that forked).
[[nodiscard]] bool isMainThread();

/// Says what happens from now on when the signal comes, and returns what happened before.
///
/// With a handler (and Interrupt) the signal is only marked when it comes, and the main thread woken;
/// the handler runs there, at its next step or in its present wait. Marks that are left from a former
/// disposition meet the new one. Calls that wait in the kernel are interrupted from now on
/// (setInterrupting()). A signal that is a mistake of the program (SIGSEGV and its like) is none for a
/// handler: it would come again at once, for ever.
///
/// Errors:  WrongThread outside the main thread; InvalidArgument: the number is not in 1 to 64;
///          SystemCall with EINVAL: SIGKILL, SIGSTOP, and those of the C library (32, 33).
/// Threads: the main thread.
/// Source:  sigaction(2), signal-safety(7).
[[nodiscard]] Result<Disposition> setDisposition(int signal, const Disposition& disposition);

/// What happens when the signal comes, as the system says it.
///
/// Errors:  InvalidArgument: the number is not in 1 to 64; SystemCall with EINVAL: 32 and 33.
/// Threads: any thread.
[[nodiscard]] Result<Disposition> dispositionOf(int signal);

/// What a program starts with: SIGPIPE and SIGXFSZ are ignored (the write says it), and SIGINT
/// is Interrupt unless the process was started with it ignored.
///
/// Errors:  WrongThread.
/// Threads: the main thread.
[[nodiscard]] Result<void> setInitialDispositions();

/// Whether a signal with a handler interrupts what the main thread waits for.
enum class Interrupting : std::uint8_t
{
    Waits, ///< handlers run at once; what setDisposition() begins with
    Nothing, ///< the wait goes on as if nothing had come, and the handler runs at the next step
};

/// Says from now on whether the signal interrupts, until its disposition is set anew.
///
/// Errors:  InvalidArgument: the number is not in 1 to 64; SystemCall (EINVAL: SIGKILL, SIGSTOP).
/// Threads: the main thread, else WrongThread.
/// Source:  siginterrupt(3): SA_RESTART.
[[nodiscard]] Result<void> setInterrupting(int signal, Interrupting interrupting);

/// The signals that have come and whose handlers have not run: bit n - 1 stands for signal n.
inline constinit std::atomic<std::uint64_t> signalMarks{0};

/// What runPendingHandlers() does when there may be something to do.
[[nodiscard]] AfterInterruption runMarkedHandlers();

/// Runs the handlers of all signals that have come, in ascending order of their numbers; a signal
/// that has come several times runs once. Outside the main thread it does nothing. To be called
/// between two steps; may be called within a handler.
///
/// Result:  GiveUp as soon as a handler says it; the others run at the next call.
/// Threads: any thread; one relaxed load while there is nothing to do.
[[nodiscard]] inline AfterInterruption runPendingHandlers()
{
    if (signalMarks.load(std::memory_order_relaxed) == 0 && !isGiveUpKept) [[likely]]
        return AfterInterruption::GoOn;
    return runMarkedHandlers();
}

/// The signal whose handler was the last to say GiveUp; 0 if none has. It tells an Interrupted wait
/// in the main thread by what.
///
/// Threads: the main thread.
[[nodiscard]] int lastGiveUpSignal();

/// Ends the process by SIGINT, as its parent sees it, after what is left in the streams of the C
/// library has been written: what a program does with an Interrupt that nobody has caught, when all
/// is cleaned up. Functions given to std::atexit() are not called.
///
/// Threads: any thread.
[[noreturn]] void endByInterrupt();

} // namespace heddle
