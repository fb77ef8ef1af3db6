// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/handler.h"

#include "engine/signals/delivery.h"
#include "engine/signals/signal_set.h"
#include "engine/signals/system_handler.h"

#include <cerrno>
#include <string>
#include <utility>

#include <unistd.h>

#if defined(__SANITIZE_THREAD__)
// The C library's own, in front of which the sanitizer puts nothing: see system_handler.h.
extern "C" int __sigaction( // NOLINT(bugprone-reserved-identifier)
    int signal, const struct sigaction* action, struct sigaction* before) noexcept;
#endif

namespace heddle {

namespace {

#if defined(__SANITIZE_THREAD__)
constexpr auto kSystemAction = ::__sigaction;
#else
constexpr auto kSystemAction = ::sigaction;
#endif

Error wrongThread(const char* operation)
{
    return Error{ErrorKind::WrongThread, 0, operation, "only the main thread may"};
}

Result<void> checkNumber(int signal, const char* operation)
{
    if (signal >= 1 && signal <= kHighestSignal)
        return {};
    return Error{ErrorKind::InvalidArgument, 0, operation, "no signal " + std::to_string(signal)};
}

Error actionError(int signal)
{
    const int saved = errno;
    return systemError(saved, "sigaction", "signal " + std::to_string(signal));
}

// The system's action for a disposition. Without SA_RESTART, so that what the main thread waits for in
// the kernel is interrupted.
struct sigaction actionFor(const Disposition& disposition)
{
    struct sigaction action
    {
    };
    switch (disposition.kind()) {
    case Disposition::Kind::Default:
        action.sa_handler = SIG_DFL;
        break;
    case Disposition::Kind::Ignored:
        action.sa_handler = SIG_IGN;
        break;
    case Disposition::Kind::Foreign:
        return *disposition.action();
    case Disposition::Kind::Handler:
    case Disposition::Kind::Interrupt:
        action.sa_handler = noteSignal;
        action.sa_flags = SA_ONSTACK;
        break;
    }
    return action;
}

bool isOurs(const struct sigaction& action)
{
    return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == noteSignal;
}

Disposition dispositionFor(int signal, const struct sigaction& action)
{
    if (isOurs(action))
        return SignalDelivery::instance().disposition(signal);
    if ((action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_DFL)
        return Disposition::byDefault();
    if ((action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_IGN)
        return Disposition::ignored();
    return Disposition::foreign(action);
}

} // namespace

Disposition Disposition::handler(SignalHandler handler)
{
    HEDDLE_ASSERT(handler != nullptr, "a handler can be called");
    Disposition made(Kind::Handler);
    made.m_function = std::make_shared<const SignalHandler>(std::move(handler));
    return made;
}

Disposition Disposition::foreign(const struct sigaction& action)
{
    Disposition made(Kind::Foreign);
    made.m_action = std::make_shared<const struct sigaction>(action);
    return made;
}

bool isMainThread()
{
    return ::gettid() == ::getpid();
}

Result<Disposition> setDisposition(int signal, const Disposition& disposition)
{
    if (!isMainThread())
        return wrongThread("set disposition");
    if (Result<void> checked = checkNumber(signal, "set disposition"); !checked)
        return checked.error();
    Result<Disposition> before = dispositionOf(signal);
    if (!before)
        return before;
    SignalDelivery& delivery = SignalDelivery::instance();
    if (disposition.isOfEngine()) {
        if (Result<void> served = delivery.serveCaller(); !served)
            return served.error();
    }
    const struct sigaction action = actionFor(disposition);
    if (kSystemAction(signal, &action, nullptr) != 0)
        return actionError(signal);
    delivery.setDisposition(signal, disposition);
    SignalDelivery::setInterrupting(signal, Interrupting::Waits);
    return before;
}

Result<Disposition> dispositionOf(int signal)
{
    if (Result<void> checked = checkNumber(signal, "disposition"); !checked)
        return checked.error();
    struct sigaction action
    {
    };
    if (kSystemAction(signal, nullptr, &action) != 0)
        return actionError(signal);
    return dispositionFor(signal, action);
}

Result<void> setInitialDispositions()
{
    for (const int signal : {SIGPIPE, SIGXFSZ}) {
        const Result<Disposition> set = setDisposition(signal, Disposition::ignored());
        if (!set)
            return set.error();
    }
    const Result<Disposition> keyboard = dispositionOf(SIGINT);
    if (!keyboard)
        return keyboard.error();
    if (keyboard->kind() != Disposition::Kind::Default)
        return {};
    const Result<Disposition> set = setDisposition(SIGINT, Disposition::interrupt());
    if (!set)
        return set.error();
    return {};
}

Result<void> setInterrupting(int signal, Interrupting interrupting)
{
    if (!isMainThread())
        return wrongThread("set interrupting");
    if (Result<void> checked = checkNumber(signal, "set interrupting"); !checked)
        return checked.error();
    struct sigaction action
    {
    };
    if (kSystemAction(signal, nullptr, &action) != 0)
        return actionError(signal);
    if (interrupting == Interrupting::Nothing)
        action.sa_flags |= SA_RESTART;
    else
        action.sa_flags &= ~SA_RESTART;
    if (kSystemAction(signal, &action, nullptr) != 0)
        return actionError(signal);
    SignalDelivery::setInterrupting(signal, interrupting);
    return {};
}

// Marks that interrupt nothing run here too.
AfterInterruption runMarkedHandlers()
{
    if (currentInterruptions == nullptr)
        return AfterInterruption::GoOn;
    if (SignalDelivery::instance().runMarked(~std::uint64_t{0}) == AfterInterruption::GiveUp)
        isGiveUpKept = true;
    if (!isGiveUpKept || giveUpsPutOff > 0)
        return AfterInterruption::GoOn;
    isGiveUpKept = false;
    return AfterInterruption::GiveUp;
}

int lastGiveUpSignal()
{
    return SignalDelivery::instance().lastGiveUp();
}

} // namespace heddle
