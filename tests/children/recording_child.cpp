// SPDX-License-Identifier: GPL-3.0-only
// recording_child FD COUNT: records COUNT events as the actor "victim" into the session FD, says
// "ready" and waits inside a wait for the mutex "lock" until it is killed.
#include "engine/record/recorder.h"

#include <cstdlib>
#include <iostream>

#include <unistd.h>

using namespace heddle;

int main(int count, char** arguments)
{
    if (count != 3)
        return 2;
    Result<Session> attached = Session::attach(OwnedFd(std::atoi(arguments[1])));
    if (!attached) {
        std::cerr << attached.error().text() << '\n';
        return 1;
    }
    if (!startRecording(std::make_shared<Session>(std::move(*attached))))
        return 1;
    bindThread(defineActor(ActorKind::Thread, "victim"));
    const long events = std::atol(arguments[2]);
    for (long number = 0; number < events; ++number)
        record(EventKind::Progressed, 0, 0, 5);
    reportWants(defineObject(PrimitiveKind::Mutex, "lock"), State::WaitLock, Deadline::never());
    std::cout << "ready" << std::endl;
    for (;;)
        ::pause();
}
