// SPDX-License-Identifier: Apache-2.0
#include "engine/run/signal_hold.h"

#include "engine/run/signal_operations.h"

#include <signal.h>
#include <unistd.h>

namespace heddle {

namespace {

constinit thread_local std::optional<SignalBits> programMask;

// Not by the functions of engine/signals: these would run handlers, here only marks are wanted.
void change(int how, const sigset_t& set)
{
    static_cast<void>(::pthread_sigmask(how, &set, nullptr)); // it fails for another `how` only
}

// The system drops what is pending when a signal becomes ignored, also if it was that before.
void dropIfIgnored(int signal)
{
    struct sigaction now
    {
    };
    if (::sigaction(signal, nullptr, &now) == 0
        && (now.sa_handler == SIG_IGN || now.sa_handler == SIG_DFL))
        static_cast<void>(::sigaction(signal, &now, nullptr)); // it was allowed before
}

} // namespace

void holdSignals(SignalBits blocked)
{
    sigset_t all;
    ::sigfillset(&all);
    change(SIG_SETMASK, all);
    programMask = blocked;
}

std::optional<SignalBits> heldMask()
{
    return programMask;
}

void setHeldMask(SignalBits blocked)
{
    for (const int signal : signalSetOf(blocked & ~programMask.value_or(0)).numbers())
        dropIfIgnored(signal);
    programMask = blocked;
}

void releaseSignals()
{
    if (!programMask)
        return;
    change(SIG_SETMASK, signalSetOf(*programMask).toSystem());
    programMask.reset();
}

void letThrough(int signal)
{
    sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, signal);
    change(SIG_UNBLOCK, one);
    change(SIG_BLOCK, one);
}

void endBySignalHere(int signal)
{
    if (signal == SIGKILL)
        static_cast<void>(::kill(::getpid(), SIGKILL));
    letThrough(signal);
    for (;;) // another thread may be ended first
        static_cast<void>(::pause());
}

} // namespace heddle
