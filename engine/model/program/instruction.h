// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// What one instruction does. The runner carries it out for real, the machine on a copyable state:
/// both read this one list. `r`, `a`, `b`, `c` are the registers of Instruction; `t` is its target.
enum class Operation : std::uint8_t
{
    // Invisible: no other actor can tell when they happen.
    Constant, ///< r = constants[t]
    Copy, ///< r = a; raises Missing if a is unset, unless mode is 'u'
    Negate, ///< r = -a
    Not, ///< r = not a
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder, ///< r = a ∘ b; Add also joins texts and lists, adds tables by key
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual, ///< r = a ∘ b
    Contains, ///< r = whether b (list, table, text) contains a
    InRange, ///< r = whether a lies in b..c
    MakeList, ///< r = list of the `count` registers from a on
    MakeTable, ///< r = table of `count` key/value pairs in registers from a on
    Element, ///< r = a[b]; raises Missing
    ReplaceElement, ///< r = copy of a with [b] = c
    ListOf, ///< r = what `for` walks over: the items of a list, the keys of a table, the characters
    ///< of a text
    FormatText, ///< r = the texts of the `count` registers from a on, joined
    Function, ///< r = functions[t] (an invisible builtin: min, len of a text, …) of the `count`
    ///< registers from a on
    Jump, ///< go to t
    JumpIfFalse, ///< unless a is true, go to t
    JumpIfTrue,
    LoadPrivate, ///< r = privates[t][index]
    StorePrivate, ///< privates[t][index] = a
    EnterSection, ///< sections[t]
    LeaveSection,
    CallRoutine, ///< r = routines[t](count registers from a on): a frame is pushed
    Return, ///< a (or none) to the caller; of an actor's own routine: the actor ends
    Raise, ///< exceptions[t] with text a (or none)
    Reraise, ///< the exception in a
    EndPredicate, ///< ends a fragment (see AwaitUntil); its value is a
    ActorHandle, ///< r = handle of actors[t] element index: its instance number
    MyHandle, ///< r = handle of the actor itself
    // Visible: one step each.
    LoadShared, ///< r = shared[t][index]; raises Missing while it is unset
    StoreShared, ///< shared[t][index] = a; as all stores: raises what checkStore (evaluate.h) says
    StoreSharedElement, ///< shared[t][index], a list or table, gets [b] = a; one step
    ///< (replaceElement of evaluate.h)
    AddShared, ///< atomic, one step: shared[t][index] = shared + a (or - a, * a by `mode` '+', '-', '*')
    ExchangeShared, ///< atomic: r = old, new = a
    FetchAddShared, ///< atomic: r = old, new = old + a
    CompareExchangeShared, ///< atomic: r = whether it was a and is now b
    Query, ///< r = functionRows()[function] of objects[t] element index, or (t = -1) of the handle
    ///< in a; without both: live
    Lock, ///< mode 'w' write/exclusive, 'r' read
    Unlock, ///< mode as for Lock
    Acquire, ///< a units (none: 1)
    Release,
    Wait, ///< event or latch
    WaitCondition, ///< two steps: release and join the queue; take the mutex again
    Notify, ///< a waiters; mode 'a': all
    Set, ///< event
    Clear, ///< event or barrier
    Arrive, ///< r = index of arrival
    Abort, ///< barrier
    Finish, ///< latch: count down; queue: an item is handled
    AwaitUntil, ///< until the fragment at instruction t, which uses the registers of the routine,
    ///< ends with true (evaluateCondition of interpreter.h)
    Put, ///< a
    Get, ///< r
    Close, ///< a queue, or a stream as in Read (part: which end); mode 'n': now
    Spawn, ///< r = handle of a new actors[t] element index with the count registers from a on; name
    ///< in b or none; of an array without index: all elements, r = list of handles
    Join, ///< the handle in a, or (object) a queue; mode 'c': raise ExitFailed unless it ended with 0
    JoinAll, ///< all that this actor has spawned
    Cancel, ///< the timer in a
    Compute, ///< work for a (Duration)
    Sleep, ///< a
    Yield,
    Say, ///< the text in a; mode 'e': stderr
    Progress,
    Assert, ///< a must be true; text in b or none. Fails with failAssertion of interpreter.h
    Choose, ///< r = one item of the list in a; mode 'r': one integer of a..b; nothing to choose
    ///< from raises Missing
    BeginAtomic, ///< the steps up to EndAtomic are one step
    EndAtomic,
    StartTimer, ///< r = handle of a timer that runs routines[t] in a timer thread after a, with
    ///< count registers from b on as its locals
    End, ///< the actor ends behind it, in the same step; mode 'f': by the exception that it was left by.
    ///< Only where the program can tell who lives (Symbols::asksWhoLives)
    Exit, ///< a (none: 0) ends the process: the program, or in a process actor only that one
    // Streams: a pipe is objects[t] element index; with t = -1 the handle of a command is in a, and
    // `part` says which of its streams.
    Read, ///< r = mode 's' something as soon as there is something, 'l' a line without its end, 'n'
    ///< at most b bytes, 'a' all up to the end. At the end of input r = none ('a': ""). Raises
    ///< Closed if this end was closed here
    Write, ///< b; a Size is so many bytes. Raises BrokenPipe if no reader is left, Closed
    Communicate, ///< feeds b (none: nothing) to the command in a, drains both outputs, waits for the
    ///< end: r = list of output and error output, none for what is not its own
    StartCommand, ///< r = handle of a new commands[t] with the count registers from a on
    // Signals. `signalSet` says which.
    Send, ///< the signal in b to the handle in a; mode 'g': to its group. Raises NotFound
    SetHandler, ///< of those in `signalSet`, from here on: mode 'h' routines[t] (its register 0 is the signal),
    ///< 'i' ignore, 'd' default; 'b' block, 'u' unblock for this thread
    Alarm, ///< SIGALRM to this process after a; 0: none
    Pause, ///< until a handler of this process has run; mode 'u': those in `signalSet` are unblocked meanwhile,
    ///< in the same step
    AwaitSignal, ///< r = one pending signal out of `signalSet`, which is taken
};

/// What an operation does with a shared variable.
enum class SharedAccess : std::uint8_t
{
    None,
    Reads,
    Writes, ///< always; it may read, too
    MayWrite
};

[[nodiscard]] constexpr SharedAccess sharedAccess(Operation operation)
{
    switch (operation) {
    case Operation::LoadShared:
        return SharedAccess::Reads;
    case Operation::StoreShared:
    case Operation::StoreSharedElement:
    case Operation::AddShared:
    case Operation::ExchangeShared:
    case Operation::FetchAddShared:
        return SharedAccess::Writes;
    case Operation::CompareExchangeShared:
        return SharedAccess::MayWrite;
    default:
        return SharedAccess::None;
    }
}

[[nodiscard]] constexpr bool isSharedAccess(Operation operation)
{
    return sharedAccess(operation) != SharedAccess::None;
}

[[nodiscard]] bool isVisible(Operation operation);
[[nodiscard]] const char* toText(Operation operation);

using Register = std::int32_t;
inline constexpr Register kNoRegister = -1;

/// A set of signals: bit n - 1 is signal n.
using SignalBits = std::uint64_t;

/// The handle that `program` stands for: the program's own process, not one of its actors.
inline constexpr std::int64_t kProgramHandle = -1;
inline constexpr const char* kProgramName = "program"; ///< what it and its main thread are called

/// What an element register holds is counted from 0 (of an actor array from `low`); outside:
/// Missing. One instruction. Which parts mean something is said at its operation.
struct Instruction
{
    Operation operation = Operation::Return;
    char mode = 0;
    char part = 0; ///< of a stream: 'r' reader, 'w' writer, 'e' error output; 0: both, or the usual
    bool isTimed = false; ///< has a time limit (in `limit`) or is a `try` without one
    std::int32_t target = -1; ///< jump target, or index of a constant, object, shared, private,
        ///< routine, actor, section, …
    Register result = kNoRegister;
    Register a = kNoRegister;
    Register b = kNoRegister;
    Register c = kNoRegister;
    std::int32_t count = 0;
    std::int32_t function = -1; ///< of a Query: index into functionRows()
    SignalBits signalSet = 0;
    Register index = kNoRegister; ///< which element of an array of objects, variables or actors
    /// Time limit as a Duration; with isTimed and no register: do not wait at all.
    Register limit = kNoRegister;
    std::int32_t otherwise = -1; ///< `try`: where to go when it was not done; -1: raise Timeout
    std::uint32_t line = 0; ///< of the source, from 1
    std::uint32_t column = 0;
};

} // namespace heddle
