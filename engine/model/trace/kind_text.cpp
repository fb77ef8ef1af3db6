// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/kind_text.h"

namespace heddle {

const char* toText(ActorKind kind)
{
    switch (kind) {
    case ActorKind::Thread:
        return "thread";
    case ActorKind::Process:
        return "process";
    case ActorKind::Task:
        return "task";
    case ActorKind::Timer:
        return "timer";
    case ActorKind::Foreign:
        return "foreign";
    case ActorKind::Command:
        return "command";
    }
    return "";
}

const char* toText(PrimitiveKind kind)
{
    switch (kind) {
    case PrimitiveKind::None:
        return "object";
    case PrimitiveKind::Mutex:
        return "mutex";
    case PrimitiveKind::RecursiveMutex:
        return "rlock";
    case PrimitiveKind::ReadWriteLock:
        return "rwlock";
    case PrimitiveKind::Semaphore:
        return "semaphore";
    case PrimitiveKind::Condition:
        return "condition";
    case PrimitiveKind::Event:
        return "event";
    case PrimitiveKind::Barrier:
        return "barrier";
    case PrimitiveKind::Latch:
        return "latch";
    case PrimitiveKind::Queue:
        return "queue";
    case PrimitiveKind::Pipe:
        return "pipe";
    }
    return "";
}

} // namespace heddle
