// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_fields.h"

namespace heddle::perfetto {

const char* wordOf(State state)
{
    switch (state) {
    case State::None:
        return "nothing known";
    case State::Running:
        return "running";
    case State::Computing:
        return "computing";
    case State::Runnable:
        return "runnable";
    case State::Blocked:
        return "blocked";
    case State::WaitLock:
        return "waits for a lock";
    case State::WaitCondition:
        return "waits for a condition";
    case State::WaitQueue:
        return "waits for a queue";
    case State::WaitInput:
        return "waits for input";
    case State::WaitTime:
        return "sleeps";
    case State::WaitActor:
        return "waits for an actor";
    case State::WaitSignal:
        return "waits for a signal";
    case State::Error:
        return "error";
    case State::Held:
        return "held";
    case State::Section:
        return "section";
    case State::Zombie:
        return "zombie";
    }
    return "";
}

const char* wordOf(Moment::Kind kind)
{
    switch (kind) {
    case Moment::Kind::Said:
        return "said";
    case Moment::Kind::Progressed:
        return "progressed";
    case Moment::Kind::Raised:
        return "raised";
    case Moment::Kind::Notified:
        return "notified";
    case Moment::Kind::WasSet:
        return "was set";
    case Moment::Kind::WasCleared:
        return "was cleared";
    case Moment::Kind::Marked:
        return "marked";
    case Moment::Kind::Deadlocked:
        return "deadlocked";
    case Moment::Kind::Finished:
        return "finished";
    case Moment::Kind::Failed:
        return "failed";
    case Moment::Kind::Killed:
        return "killed";
    case Moment::Kind::Exited:
        return "exited";
    case Moment::Kind::Reaped:
        return "reaped";
    case Moment::Kind::Orphaned:
        return "orphaned";
    case Moment::Kind::SignalSent:
        return "signal sent";
    case Moment::Kind::BytesRead:
        return "bytes read";
    case Moment::Kind::BytesWritten:
        return "bytes written";
    case Moment::Kind::Stopped:
        return "stopped";
    case Moment::Kind::Continued:
        return "continued";
    case Moment::Kind::SignalGiven:
        return "signal given";
    }
    return "";
}

const char* wordOf(Edge::Kind kind)
{
    switch (kind) {
    case Edge::Kind::Created:
        return "created";
    case Edge::Kind::HandedOver:
        return "handed over";
    case Edge::Kind::Joined:
        return "joined";
    case Edge::Kind::Signalled:
        return "signalled";
    }
    return "";
}

} // namespace heddle::perfetto
