// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/handler.h"

#include <cstdio>

#include <signal.h>
#include <unistd.h>

namespace heddle {

void endByInterrupt()
{
    static_cast<void>(std::fflush(nullptr));
    struct sigaction byDefault
    {
    };
    byDefault.sa_handler = SIG_DFL;
    static_cast<void>(::sigaction(SIGINT, &byDefault, nullptr));
    sigset_t interrupt;
    ::sigemptyset(&interrupt);
    ::sigaddset(&interrupt, SIGINT);
    static_cast<void>(::pthread_sigmask(SIG_UNBLOCK, &interrupt, nullptr));
    static_cast<void>(::raise(SIGINT));
    ::_exit(128 + SIGINT); // not reached: nobody else can take the signal
}

} // namespace heddle
