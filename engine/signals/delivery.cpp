// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/delivery.h"

#include "engine/record/recorder.h"
#include "engine/signals/system_handler.h"
#include "engine/signals/wakeup.h"

#include <algorithm>
#include <bit>
#include <utility>

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace heddle {

namespace {

constinit std::atomic<std::uint64_t> interruptingBits{0};

std::uint64_t bitOf(int signal)
{
    return std::uint64_t{1} << (signal - 1);
}

int openNews()
{
    return ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

/// The waits within a handler are no part of the one that it interrupts: what is kept or put off for
/// that one does not concern them. What one of them leaves does concern it.
class HandlerScope
{
public:
    HandlerScope() = default;
    HandlerScope(const HandlerScope&) = delete;
    HandlerScope& operator=(const HandlerScope&) = delete;
    ~HandlerScope()
    {
        isGiveUpKept = isGiveUpKept || m_isKept;
        giveUpsPutOff = m_putOff;
    }

private:
    bool m_isKept = std::exchange(isGiveUpKept, false);
    int m_putOff = std::exchange(giveUpsPutOff, 0);
};

} // namespace

std::array<Disposition, kHighestSignal + 1> SignalDelivery::filledWithDefault()
{
    return []<std::size_t... Index>(std::index_sequence<Index...>)
    {
        return std::array{(static_cast<void>(Index), Disposition::byDefault())...};
    }
    (std::make_index_sequence<kHighestSignal + 1>());
}

SignalDelivery& SignalDelivery::instance()
{
    static auto* const one = new SignalDelivery;
    return *one;
}

Result<void> SignalDelivery::serveCaller()
{
    if (m_isServing)
        return {};
    const int fd = openNews();
    if (fd < 0)
        return systemError("eventfd");
    newsFd.store(fd);
    if (const int failed = ::pthread_atfork(beforeFork, afterForkInParent, afterForkInChild);
        failed != 0)
        return systemError(failed, "pthread_atfork");
    currentInterruptions = this;
    m_isServing = true;
    return {};
}

void SignalDelivery::setDisposition(int signal, const Disposition& disposition)
{
    const InternalLock lock(m_mutex);
    m_dispositions.at(static_cast<std::size_t>(signal)) =
        disposition.isOfEngine() ? disposition : Disposition::byDefault();
}

Disposition SignalDelivery::disposition(int signal) const
{
    const InternalLock lock(m_mutex);
    return m_dispositions.at(static_cast<std::size_t>(signal));
}

void SignalDelivery::setInterrupting(int signal, Interrupting interrupting)
{
    if (interrupting == Interrupting::Waits)
        interruptingBits.fetch_or(bitOf(signal));
    else
        interruptingBits.fetch_and(~bitOf(signal));
}

AfterInterruption SignalDelivery::runMarked(std::uint64_t bits)
{
    reportWakeupFailure();
    const HandlerScope scope;
    for (std::uint64_t rest = signalMarks.load() & bits; rest != 0; rest &= rest - 1) {
        const int signal = std::countr_zero(rest) + 1;
        if ((signalMarks.fetch_and(~bitOf(signal)) & bitOf(signal)) == 0)
            continue; // a handler called before this one has let it run
        if (call(signal) == AfterInterruption::GiveUp) {
            m_lastGiveUp = signal;
            return AfterInterruption::GiveUp;
        }
    }
    return AfterInterruption::GoOn;
}

// With a copy: the handler may be replaced by itself.
AfterInterruption SignalDelivery::call(int signal)
{
    const Disposition now = disposition(signal);
    if (now.kind() == Disposition::Kind::Default)
        return AfterInterruption::GoOn;
    ++m_handlersRun;
    if (now.kind() == Disposition::Kind::Interrupt)
        return AfterInterruption::GiveUp;
    const bool isShown = static_cast<bool>(currentActor());
    if (isShown)
        record(EventKind::HandlerBegan, 0, static_cast<std::uint64_t>(signal));
    const AfterInterruption after = (*now.function())(signal);
    if (isShown)
        record(EventKind::HandlerEnded, 0, static_cast<std::uint64_t>(signal));
    return after;
}

bool SignalDelivery::isPending() const noexcept
{
    return (signalMarks.load() & interruptingBits.load(std::memory_order_relaxed)) != 0;
}

AfterInterruption SignalDelivery::run()
{
    return runMarked(interruptingBits.load(std::memory_order_relaxed));
}

const std::atomic<std::uint32_t>& SignalDelivery::word() const noexcept
{
    return newsWord;
}

int SignalDelivery::fd() const noexcept
{
    return newsFd.load(std::memory_order_relaxed);
}

void SignalDelivery::quieten() noexcept
{
    std::uint64_t count = 0;
    static_cast<void>(!::read(fd(), &count, sizeof count)); // nothing there: it is quiet
}

// No signal may come to the child before it has things of its own, or it would wake the parent, and its
// mark would be taken for one of the parent's. No other thread may be in the midst of the table either.
void SignalDelivery::beforeFork()
{
    SignalDelivery& one = instance();
    sigset_t all;
    ::sigfillset(&all);
    sigset_t before;
    static_cast<void>(::pthread_sigmask(SIG_SETMASK, &all, &before));
    one.m_mutex.lock();
    one.m_maskBeforeFork = before;
}

void SignalDelivery::afterForkInParent()
{
    SignalDelivery& one = instance();
    const sigset_t before = one.m_maskBeforeFork;
    one.m_mutex.unlock();
    static_cast<void>(::pthread_sigmask(SIG_SETMASK, &before, nullptr));
}

// The thread that has forked is the child's main thread. It keeps the handlers, but not what came to
// the parent, and nothing that wakes the parent.
void SignalDelivery::afterForkInChild()
{
    SignalDelivery& one = instance();
    signalMarks.store(0);
    isGiveUpKept = false;
    forgetWakeupFd();
    static_cast<void>(::close(newsFd.load()));
    newsFd.store(openNews()); // one has just been closed, so there is room
    currentInterruptions = &one;
    afterForkInParent();
}

} // namespace heddle
