// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// What runs by itself.
enum class ActorKind : std::uint8_t
{
    Thread,
    Process,
    Task,
    Timer,
    Foreign,
    Command, ///< a child process that runs another program
};

/// What actors synchronise with; the catalogue (engine/model/program) says everything about each.
///
/// The numbers travel in recordings: add at the end.
enum class PrimitiveKind : std::uint8_t
{
    None,
    Mutex,
    RecursiveMutex,
    ReadWriteLock,
    Semaphore,
    Condition,
    Event,
    Barrier,
    Latch,
    Queue,
    Pipe,
};
inline constexpr int kPrimitiveKindCount = 11;

/// Whether beginning to wait is a step of its own, so that others can tell who waits.
[[nodiscard]] constexpr bool isWaitTwoSteps(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Condition || kind == PrimitiveKind::Barrier;
}

/// What an actor (or an object) is doing: the colour, pattern and word of a slice.
///
/// The numbers travel in recordings: add at the end.
enum class State : std::uint8_t
{
    None, ///< nothing known
    Running, ///< does its own work; in the kernel's view: on a processor
    Computing, ///< inside a `compute`
    Runnable, ///< could run but has no processor
    Blocked, ///< the kernel's view: off the processor, waiting for anything
    WaitLock, ///< for a mutex, rlock, rwlock or semaphore
    WaitCondition, ///< for a condition, event, barrier or latch
    WaitQueue, ///< for a queue: room or an item
    WaitInput, ///< for input or output
    WaitTime, ///< sleeps
    WaitActor, ///< for another actor's end
    WaitSignal, ///< for a signal
    Error, ///< failed, or stuck for good
    Held, ///< an object somebody holds
    Section, ///< a named region of the program
    Zombie, ///< a process that has ended and that nobody has reaped yet
};
inline constexpr int kStateCount = 16;

/// The five shares that a zoomed-out pixel column shows.
enum class StateGroup : std::uint8_t
{
    Running,
    Runnable,
    Contention,
    Idle,
    Error
};
inline constexpr int kStateGroupCount = 5;

/// Idle are waits that nobody else prolongs (time, input); Contention those that other actors do.
[[nodiscard]] constexpr StateGroup groupOf(State state)
{
    switch (state) {
    case State::Running:
    case State::Computing:
    case State::Held:
    case State::Section:
        return StateGroup::Running;
    case State::Runnable:
        return StateGroup::Runnable;
    case State::WaitLock:
    case State::WaitCondition:
    case State::WaitQueue:
    case State::WaitActor:
        return StateGroup::Contention;
    case State::Error:
        return StateGroup::Error;
    case State::None:
    case State::Blocked:
    case State::WaitInput:
    case State::WaitTime:
    case State::WaitSignal:
    case State::Zombie:
        return StateGroup::Idle;
    }
    return StateGroup::Idle;
}

} // namespace heddle
