// SPDX-License-Identifier: Apache-2.0
#include "engine/run/termination_signals.h"

#include "engine/base/clock.h"
#include "engine/base/thread_start.h"
#include "engine/run/supervisor.h"

#include <array>
#include <chrono>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr auto kPatience = std::chrono::seconds(3);

bool isIgnored(int signal)
{
    struct sigaction now = {};
    return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

sigset_t terminationSet()
{
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        if (!isIgnored(signal))
            ::sigaddset(&set, signal);
    return set;
}

void raiseEvent(int fd)
{
    const std::uint64_t one = 1;
    static_cast<void>(!::write(fd, &one, sizeof one)); // only a full counter could refuse it
}

} // namespace

Result<TerminationSignals> TerminationSignals::block()
{
    TerminationSignals signals;
    const sigset_t set = terminationSet();
    if (::pthread_sigmask(SIG_BLOCK, &set, &signals.m_before) != 0)
        return systemError("pthread_sigmask");
    signals.m_isBlocked = true;
    signals.m_signals.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals.m_signals)
        return systemError("signalfd");
    signals.m_news.reset(::eventfd(0, EFD_CLOEXEC));
    signals.m_wake.reset(::eventfd(0, EFD_CLOEXEC));
    if (!signals.m_news || !signals.m_wake)
        return systemError("eventfd");
    return signals;
}

TerminationSignals::TerminationSignals(TerminationSignals&& other) noexcept
    : m_before(other.m_before)
    , m_isBlocked(std::exchange(other.m_isBlocked, false))
    , m_signals(std::move(other.m_signals))
    , m_news(std::move(other.m_news))
    , m_wake(std::move(other.m_wake))
{
}

TerminationSignals::~TerminationSignals()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        raiseEvent(m_wake.get());
        m_thread.join();
    }
    if (m_isBlocked)
        static_cast<void>(::pthread_sigmask(SIG_SETMASK, &m_before, nullptr));
}

Result<void> TerminationSignals::listen()
{
    Result<std::jthread> thread = startThread([this](const std::stop_token& stop) { watch(stop); });
    if (!thread)
        return thread.error();
    m_thread = *std::move(thread);
    return {};
}

void TerminationSignals::watch(const std::stop_token& stop)
{
    while (!stop.stop_requested() && m_received.load() == 0) {
        m_received.store(nextSignal(-1));
    }
    if (stop.stop_requested())
        return;
    m_end.request_stop();
    raiseEvent(m_news.get());
    const Deadline deadline = Deadline::after(kPatience);
    while (!stop.stop_requested() && !deadline.isOver())
        static_cast<void>(nextSignal(50)); // further ones change nothing
    if (!stop.stop_requested())
        endBySignal(m_received.load()); // the guardian ends everything else
}

int TerminationSignals::nextSignal(int milliseconds) const
{
    std::array<pollfd, 2> descriptors{{{m_signals.get(), POLLIN, 0}, {m_wake.get(), POLLIN, 0}}};
    static_cast<void>(::poll(descriptors.data(), descriptors.size(), milliseconds));
    signalfd_siginfo info{};
    const bool isSignal = ::read(m_signals.get(), &info, sizeof info) == sizeof info;
    return isSignal ? static_cast<int>(info.ssi_signo) : 0;
}

} // namespace heddle
