// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/signal_wait.h"

#include "engine/base/descriptor_wait.h"
#include "engine/base/stop_fd.h"
#include "engine/signals/delivery.h"
#include "engine/signals/handler.h"
#include "engine/signals/mask.h"
#include "engine/signals/signal_fd.h"

#include <array>
#include <cerrno>

#include <poll.h>

namespace heddle {

namespace {

// Polled for and then taken, rather than waited for in one call: so another thread that takes a signal
// for a handler can interrupt this one, and a wish to stop can end it.
Result<std::optional<SignalInfo>> takeOne(
    SignalSet signalSet, Deadline deadline, const std::stop_token& stop)
{
    Result<SignalFd> signalFd = SignalFd::create(signalSet);
    if (!signalFd)
        return signalFd.error();
    for (;;) {
        Result<std::optional<SignalInfo>> taken = signalFd->take();
        if (!taken || *taken)
            return taken;
        const Result<void> ready = waitReadable(signalFd->fd(), deadline, stop);
        if (!ready && ready.error().kind == ErrorKind::Timeout)
            return signalFd->take(); // it may have come with the end of the time
        if (!ready)
            return ready.error();
    }
}

/// A wait for a handler to run.
class Pause
{
public:
    Pause(SignalSet unblocked, const std::stop_token& stop)
        : m_stop(stop)
    {
        SignalSet mask = signalMask();
        for (const int signal : unblocked.numbers())
            mask.remove(signal);
        m_mask = mask.toSystem();
    }

    [[nodiscard]] Result<void> run()
    {
        if (Result<void> opened = m_stop.open(); !opened)
            return opened;
        if (!isMainThread())
            return waitHere();
        SignalDelivery& delivery = SignalDelivery::instance();
        if (Result<void> served = delivery.serveCaller(); !served)
            return served;
        return waitForHandlers(delivery);
    }

private:
    [[nodiscard]] Result<void> waitForHandlers(SignalDelivery& delivery)
    {
        const std::uint64_t before = delivery.handlersRun();
        for (bool isInterrupted = false;;) {
            if (runPendingHandlers() == AfterInterruption::GiveUp)
                return interruptedError("pause");
            if (isInterrupted || delivery.handlersRun() != before)
                return {}; // interrupted without a mark: by a handler that is not the engine's
            if (m_stop.isWished())
                return Error{ErrorKind::Cancelled, 0, "pause", {}};
            isInterrupted = isInterruptedWaitingFor(delivery.fd());
            delivery.quieten();
        }
    }

    [[nodiscard]] Result<void> waitHere()
    {
        while (!isInterruptedWaitingFor(-1)) {
            if (m_stop.isWished())
                return Error{ErrorKind::Cancelled, 0, "pause", {}};
        }
        return {};
    }

    // The system changes the mask and waits in one step.
    [[nodiscard]] bool isInterruptedWaitingFor(int fd) const
    {
        std::array<pollfd, 2> descriptors{{{fd, POLLIN, 0}, {m_stop.get(), POLLIN, 0}}};
        return ::ppoll(descriptors.data(), descriptors.size(), nullptr, &m_mask) < 0
            && errno == EINTR;
    }

    StopFd m_stop;
    sigset_t m_mask{};
};

} // namespace

Result<int> waitForSignal(SignalSet signalSet, const std::stop_token& stop)
{
    const Result<SignalInfo> info = waitForSignalInfo(signalSet, stop);
    if (!info)
        return info.error();
    return info->signal;
}

Result<SignalInfo> waitForSignalInfo(SignalSet signalSet, const std::stop_token& stop)
{
    const Result<std::optional<SignalInfo>> info = takeOne(signalSet, Deadline::never(), stop);
    if (!info)
        return info.error();
    return **info;
}

Result<std::optional<SignalInfo>> waitForSignalWithin(
    SignalSet signalSet, nanoseconds timeout, const std::stop_token& stop)
{
    if (timeout < nanoseconds(0))
        return Error{ErrorKind::InvalidArgument, 0, "wait for signal", "a negative timeout"};
    return takeOne(signalSet, Deadline::after(timeout), stop);
}

Result<void> pauseForSignal(const std::stop_token& stop)
{
    return pauseUnblocking({}, stop);
}

Result<void> pauseUnblocking(SignalSet signalSet, const std::stop_token& stop)
{
    return Pause(signalSet, stop).run();
}

} // namespace heddle
