// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

constexpr std::array kOfMutex = {Rule::Lock, Rule::Unlock, Rule::With};
constexpr std::array kOfSemaphore = {Rule::Acquire, Rule::Release, Rule::With};
constexpr std::array kOfCondition = {Rule::Wait, Rule::Notify, Rule::With};
constexpr std::array kOfEvent = {Rule::Wait, Rule::Set, Rule::Clear};
constexpr std::array kOfBarrier = {Rule::Arrive, Rule::Abort, Rule::Clear};
constexpr std::array kOfLatch = {Rule::Wait, Rule::Finish};
constexpr std::array kOfQueue = {
    Rule::Put, Rule::Get, Rule::Close, Rule::Finish, Rule::Join, Rule::For};
constexpr std::array kOfPipe = {Rule::Read, Rule::Write, Rule::Close, Rule::For};

constexpr std::array kPrimitives = {
    PrimitiveRow{PrimitiveKind::Mutex, "mutex", HEDDLE_TEXT("Primitive", "Mutex"),
        HEDDLE_TEXT("Primitive", "A key that one actor at a time can hold."), "mutex NAME",
        kOfMutex, State::WaitLock},
    PrimitiveRow{PrimitiveKind::RecursiveMutex, "rlock",
        HEDDLE_TEXT("Primitive", "Recursive mutex"),
        HEDDLE_TEXT("Primitive", "A key that its owner may take again; it counts."), "rlock NAME",
        kOfMutex, State::WaitLock},
    PrimitiveRow{PrimitiveKind::ReadWriteLock, "rwlock",
        HEDDLE_TEXT("Primitive", "Read-write lock"),
        HEDDLE_TEXT("Primitive", "Many readers at a time, or one writer."), "rwlock NAME", kOfMutex,
        State::WaitLock},
    PrimitiveRow{PrimitiveKind::Semaphore, "semaphore",
        HEDDLE_TEXT("Primitive", "Counting semaphore"),
        HEDDLE_TEXT(
            "Primitive", "Units that are taken and given back; waits while there are none."),
        "semaphore NAME = 1", kOfSemaphore, State::WaitLock},
    PrimitiveRow{PrimitiveKind::Condition, "condition",
        HEDDLE_TEXT("Primitive", "Condition variable"),
        HEDDLE_TEXT(
            "Primitive", "A queue of actors that gave a mutex back until they are notified."),
        "condition NAME on MUTEX", kOfCondition, State::WaitCondition},
    PrimitiveRow{PrimitiveKind::Event, "event", HEDDLE_TEXT("Primitive", "Event"),
        HEDDLE_TEXT("Primitive", "A flag that is up or down; waits while it is down."),
        "event NAME", kOfEvent, State::WaitCondition},
    PrimitiveRow{PrimitiveKind::Barrier, "barrier", HEDDLE_TEXT("Primitive", "Barrier"),
        HEDDLE_TEXT("Primitive", "Lets nobody pass until the full party has arrived."),
        "barrier NAME(2)", kOfBarrier, State::WaitCondition},
    PrimitiveRow{PrimitiveKind::Latch, "latch", HEDDLE_TEXT("Primitive", "Latch"),
        HEDDLE_TEXT("Primitive", "Counts down once; waits until it is at zero."), "latch NAME = 1",
        kOfLatch, State::WaitCondition},
    PrimitiveRow{PrimitiveKind::Queue, "queue", HEDDLE_TEXT("Primitive", "Queue"),
        HEDDLE_TEXT(
            "Primitive", "Hands items from actor to actor; waits while it is full or empty."),
        "queue NAME max 4", kOfQueue, State::WaitQueue},
    PrimitiveRow{PrimitiveKind::Pipe, "pipe", HEDDLE_TEXT("Primitive", "Pipe"),
        HEDDLE_TEXT(
            "Primitive", "Carries bytes from process to process; waits while it is full or empty."),
        "pipe NAME", kOfPipe, State::WaitInput},
};
static_assert(kPrimitives.size() + 1 == kPrimitiveKindCount, "one row for each primitive");

constexpr PrimitiveRow kNoPrimitive{};

// The forms use capitals for what the writer fills in.
constexpr std::array kStatements = {
    StatementRow{Rule::ProgramTitle, "program", Family::Declaration, false, "program \"TITLE\"",
        HEDDLE_TEXT("Statement", "Gives the program its title.")},
    StatementRow{Rule::Constant, "const", Family::Declaration, false, "const NAME = VALUE",
        HEDDLE_TEXT("Statement", "Names a value that never changes.")},
    StatementRow{Rule::Option, "option", Family::Declaration, false, "option NAME VALUE",
        HEDDLE_TEXT("Statement", "Sets how the program runs or is explored.")},
    StatementRow{Rule::SharedStore, "shared", Family::Declaration, false,
        "[atomic] shared NAME[COUNT]: TYPE = VALUE",
        HEDDLE_TEXT("Statement", "Declares a variable that all actors see.")},
    StatementRow{Rule::PrivateStore, "private", Family::Declaration, false,
        "private NAME: TYPE = VALUE [init DEF]",
        HEDDLE_TEXT("Statement", "Declares a variable that each thread has for itself.")},
    StatementRow{Rule::Actor, "thread", Family::Declaration, false,
        "[daemon] thread NAME[INDEX in LOW..HIGH](PARAMETERS):",
        HEDDLE_TEXT("Statement", "Declares a thread, or an array of threads, and what it does.")},
    StatementRow{Rule::Actor, "process", Family::Declaration, false,
        "[daemon] process NAME[INDEX in LOW..HIGH](PARAMETERS):",
        HEDDLE_TEXT(
            "Statement", "Declares a process, or an array of processes, and what it does.")},
    StatementRow{Rule::Main, "main", Family::Declaration, false, "main:",
        HEDDLE_TEXT("Statement", "Begins the program; nothing else starts by itself then.")},
    StatementRow{Rule::Definition, "def", Family::Declaration, false, "def NAME(PARAMETERS):",
        HEDDLE_TEXT("Statement", "Declares lines that actors run by `call`.")},
    StatementRow{Rule::Invariant, "invariant", Family::Check, false,
        "invariant [\"NAME\"] CONDITION",
        HEDDLE_TEXT("Statement", "Says what is true at every moment.")},
    StatementRow{Rule::Expect, "expect", Family::Check, false, "expect VERDICT",
        HEDDLE_TEXT("Statement", "Says what a run must show.")},
    StatementRow{Rule::Local, "local", Family::Value, false, "local NAME = VALUE",
        HEDDLE_TEXT("Statement", "Makes a variable of this actor.")},
    StatementRow{Rule::Assign, "", Family::Value, false, "NAME = VALUE",
        HEDDLE_TEXT("Statement", "Stores a value.")},
    StatementRow{Rule::Lock, "lock", Family::Synchronization, true,
        "lock NAME [read|write] [within DURATION]",
        HEDDLE_TEXT("Statement", "Takes a key; waits while another actor holds it.")},
    StatementRow{Rule::Unlock, "unlock", Family::Synchronization, false, "unlock NAME [read|write]",
        HEDDLE_TEXT("Statement", "Gives a key back.")},
    StatementRow{Rule::Acquire, "acquire", Family::Synchronization, true,
        "acquire NAME [AMOUNT] [within DURATION]",
        HEDDLE_TEXT("Statement", "Takes units of a semaphore; waits until there are enough.")},
    StatementRow{Rule::Release, "release", Family::Synchronization, false, "release NAME [AMOUNT]",
        HEDDLE_TEXT("Statement", "Gives units of a semaphore back.")},
    StatementRow{Rule::Wait, "wait", Family::Synchronization, true,
        "wait NAME [until CONDITION] [within DURATION]",
        HEDDLE_TEXT("Statement", "Waits for an event, a condition or a latch.")},
    StatementRow{Rule::Notify, "notify", Family::Synchronization, false, "notify NAME [all|AMOUNT]",
        HEDDLE_TEXT("Statement", "Lets actors that wait for a condition go on.")},
    StatementRow{Rule::Set, "set", Family::Synchronization, false, "set NAME",
        HEDDLE_TEXT("Statement", "Raises an event: all who wait for it go on.")},
    StatementRow{Rule::Clear, "clear", Family::Synchronization, false, "clear NAME",
        HEDDLE_TEXT("Statement", "Lowers an event, or repairs a broken barrier.")},
    StatementRow{Rule::Arrive, "arrive", Family::Synchronization, true,
        "arrive NAME [within DURATION] [into NAME]",
        HEDDLE_TEXT("Statement", "Waits at a barrier for the full party.")},
    StatementRow{Rule::Abort, "abort", Family::Synchronization, false, "abort NAME",
        HEDDLE_TEXT("Statement", "Breaks a barrier: all who wait or come get BrokenBarrier.")},
    StatementRow{Rule::Finish, "finish", Family::Synchronization, false, "finish NAME",
        HEDDLE_TEXT("Statement", "Counts a latch down, or says that an item is handled.")},
    StatementRow{Rule::AwaitUntil, "await", Family::Synchronization, true,
        "await until CONDITION [within DURATION]",
        HEDDLE_TEXT("Statement", "Waits until a condition over shared variables is true.")},
    StatementRow{Rule::AwaitSignal, "await", Family::Synchronization, true,
        "await SIGNAL, … [within DURATION] [into NAME]",
        HEDDLE_TEXT("Statement", "Takes one of the blocked signals; waits until one comes.")},
    StatementRow{Rule::Put, "put", Family::Communication, true,
        "put QUEUE <- VALUE [within DURATION]",
        HEDDLE_TEXT("Statement", "Puts an item into a queue; waits while it is full.")},
    StatementRow{Rule::Get, "get", Family::Communication, true,
        "get NAME <- QUEUE [within DURATION]",
        HEDDLE_TEXT("Statement", "Takes an item out of a queue; waits while it is empty.")},
    StatementRow{Rule::Close, "close", Family::Communication, false,
        "close NAME[.reader|.writer|.stderr] [now]",
        HEDDLE_TEXT("Statement", "Says that no more items come, or gives an end of a pipe back.")},
    StatementRow{Rule::Read, "read", Family::Communication, true,
        "read NAME <- STREAM [line|all|AMOUNT] [within DURATION]",
        HEDDLE_TEXT(
            "Statement", "Reads from a pipe or a command; waits until something is there.")},
    StatementRow{Rule::Write, "write", Family::Communication, true,
        "write STREAM <- VALUE [within DURATION]",
        HEDDLE_TEXT("Statement", "Writes into a pipe or to a command; waits while it is full.")},
    StatementRow{Rule::Send, "send", Family::Communication, false, "send SIGNAL to [group] HANDLE",
        HEDDLE_TEXT("Statement", "Sends a signal to a process, an actor, or a whole group.")},
    StatementRow{Rule::Communicate, "communicate", Family::Communication, true,
        "communicate COMMAND [<- TEXT] [within DURATION] [into OUTPUT[, ERRORS]]",
        HEDDLE_TEXT("Statement", "Feeds a command, takes all that it writes, waits for its end.")},
    StatementRow{Rule::Spawn, "spawn", Family::Life, false,
        "spawn [HANDLE =] ACTOR[(ARGUMENTS)] [as TEXT]",
        HEDDLE_TEXT("Statement", "Starts an actor, or all elements of an array of actors.")},
    StatementRow{Rule::Join, "join", Family::Life, true,
        "join all | join NAME [checked] [within DURATION]",
        HEDDLE_TEXT("Statement", "Waits for the end of an actor.")},
    StatementRow{Rule::Start, "start", Family::Life, false,
        "start HANDLE = command|shell TEXT, … [stdin from END] [stdout|stderr to END] [new group] "
        "[before DEF] [env TEXT = VALUE] [model CONTRACT]",
        HEDDLE_TEXT("Statement", "Starts another program as a child process.")},
    StatementRow{Rule::Cancel, "cancel", Family::Life, false, "cancel NAME",
        HEDDLE_TEXT("Statement", "Calls a timer off before it fires.")},
    StatementRow{Rule::Call, "call", Family::Life, false, "call DEF(ARGUMENTS) [into NAME]",
        HEDDLE_TEXT("Statement", "Runs a def inside this actor.")},
    StatementRow{Rule::Exit, "exit", Family::Life, false, "exit [CODE]",
        HEDDLE_TEXT("Statement", "Ends the program, or this process.")},
    StatementRow{Rule::On, "on", Family::Life, false, "on SIGNAL, …:|ignore|default|block|unblock",
        HEDDLE_TEXT("Statement", "Says what this process does when a signal comes.")},
    StatementRow{Rule::Alarm, "alarm", Family::Time, false, "alarm DURATION",
        HEDDLE_TEXT("Statement", "Lets SIGALRM come to this process after a while.")},
    StatementRow{Rule::Pause, "pause", Family::Time, true, "pause [unblocking SIGNAL, …]",
        HEDDLE_TEXT("Statement", "Waits until a signal has been handled.")},
    StatementRow{Rule::Compute, "compute", Family::Time, false, "compute DURATION",
        HEDDLE_TEXT("Statement", "Works on a processor for a while.")},
    StatementRow{Rule::Sleep, "sleep", Family::Time, true, "sleep DURATION",
        HEDDLE_TEXT("Statement", "Waits for a while, without a processor.")},
    StatementRow{Rule::Yield, "yield", Family::Time, false, "yield",
        HEDDLE_TEXT("Statement", "Lets others go first.")},
    StatementRow{Rule::Say, "say", Family::Output, false,
        "say TEXT, … [to stderr] [as debug|info|warning|error]",
        HEDDLE_TEXT("Statement", "Prints one whole line.")},
    StatementRow{Rule::Progress, "progress", Family::Check, false, "progress",
        HEDDLE_TEXT("Statement", "Marks useful work.")},
    StatementRow{Rule::Assert, "assert", Family::Check, false, "assert CONDITION[, \"WHY\"]",
        HEDDLE_TEXT("Statement", "Fails the program unless the condition is true.")},
    StatementRow{Rule::Choose, "choose", Family::Value, false, "choose NAME in LOW..HIGH",
        HEDDLE_TEXT("Statement", "Draws a value; an exploration tries all.")},
    StatementRow{Rule::Pass, "pass", Family::Control, false, "pass",
        HEDDLE_TEXT("Statement", "Does nothing.")},
    StatementRow{Rule::Break, "break", Family::Control, false, "break",
        HEDDLE_TEXT("Statement", "Leaves the innermost loop.")},
    StatementRow{Rule::Continue, "continue", Family::Control, false, "continue",
        HEDDLE_TEXT("Statement", "Begins the next turn of the innermost loop.")},
    StatementRow{Rule::Return, "return", Family::Control, false, "return [VALUE]",
        HEDDLE_TEXT("Statement", "Ends this def, or this actor.")},
    StatementRow{Rule::Raise, "raise", Family::Control, false, "raise [EXCEPTION [\"WHY\"]]",
        HEDDLE_TEXT("Statement", "Raises an exception, or passes the caught one on.")},
    StatementRow{Rule::If, "if", Family::Control, false,
        "if CONDITION:", HEDDLE_TEXT("Statement", "Runs its block if the condition is true.")},
    StatementRow{Rule::ElseIf, "elif", Family::Control, false, "elif CONDITION:",
        HEDDLE_TEXT("Statement", "Asks on if the conditions before were false.")},
    StatementRow{Rule::If, "else", Family::Control, false,
        "else:", HEDDLE_TEXT("Statement", "Runs its block if no condition was true.")},
    StatementRow{Rule::While, "while", Family::Control, false, "while CONDITION:",
        HEDDLE_TEXT("Statement", "Repeats its block as long as the condition is true.")},
    StatementRow{Rule::Forever, "forever", Family::Control, false,
        "forever:", HEDDLE_TEXT("Statement", "Repeats its block without end.")},
    StatementRow{Rule::Repeat, "repeat", Family::Control, false,
        "repeat COUNT:", HEDDLE_TEXT("Statement", "Repeats its block so many times.")},
    StatementRow{Rule::For, "for", Family::Control, false,
        "for NAME in LOW..HIGH:", HEDDLE_TEXT("Statement", "Runs its block for each item.")},
    StatementRow{Rule::With, "with", Family::Synchronization, true, "with NAME [read|write]:",
        HEDDLE_TEXT("Statement", "Holds a lock or a unit while its block runs.")},
    StatementRow{Rule::WithAtomic, "with atomic", Family::Synchronization, false,
        "with atomic:", HEDDLE_TEXT("Statement", "Makes its block one step.")},
    StatementRow{Rule::Section, "section", Family::Control, false,
        "section \"NAME\":", HEDDLE_TEXT("Statement", "Names a region, which the timeline shows.")},
    StatementRow{Rule::Try, "try", Family::Control, false,
        "try:", HEDDLE_TEXT("Statement", "Runs its block; `except` catches what it raises.")},
    StatementRow{Rule::Except, "except", Family::Control, false, "except [EXCEPTION]:",
        HEDDLE_TEXT("Statement", "Runs its block if the exception was raised.")},
    StatementRow{Rule::Try, "finally", Family::Control, false,
        "finally:", HEDDLE_TEXT("Statement", "Runs its block in any case.")},
    StatementRow{Rule::After, "after", Family::Time, false, "after DURATION [as NAME]:",
        HEDDLE_TEXT("Statement", "Runs its block once, later, in a timer thread.")},
};

constexpr std::array<std::string_view, 17> kExceptions = {"Timeout", "Cancelled", "BrokenBarrier",
    "Closed", "BrokenPipe", "NotOwner", "Overflow", "Missing", "Done", "BrokenPool", "JobFailed",
    "ExitFailed", "Refused", "BadCertificate", "NotFound", "NoResources", "Interrupted"};

constexpr std::array<std::string_view, 69> kReserved = {"if", "elif", "else", "while", "forever",
    "repeat", "for", "with", "try", "except", "finally", "break", "continue", "return", "raise",
    "pass", "choose", "select", "section", "after", "on", "local", "lock", "unlock", "acquire",
    "release", "wait", "notify", "set", "clear", "arrive", "abort", "finish", "await", "put", "get",
    "send", "read", "write", "close", "accept", "connect", "resolve", "spawn", "join", "cancel",
    "submit", "map", "gather", "start", "communicate", "run", "call", "alarm", "pause", "exit",
    "compute", "sleep", "yield", "say", "progress", "assert", "and", "or", "not", "in", "true",
    "false", "none"};

} // namespace

std::span<const PrimitiveRow> primitiveRows()
{
    return kPrimitives;
}

std::span<const StatementRow> statementRows()
{
    return kStatements;
}

std::span<const std::string_view> exceptionNames()
{
    return kExceptions;
}

std::span<const std::string_view> reservedWords()
{
    return kReserved;
}

const PrimitiveRow& primitiveRow(PrimitiveKind kind)
{
    const auto row = std::find_if(kPrimitives.begin(), kPrimitives.end(),
        [kind](const PrimitiveRow& each) { return each.kind == kind; });
    return row == kPrimitives.end() ? kNoPrimitive : *row;
}

const PrimitiveRow* findPrimitive(std::string_view keyword)
{
    const auto row = std::find_if(kPrimitives.begin(), kPrimitives.end(),
        [keyword](const PrimitiveRow& each) { return each.keyword == keyword; });
    return row == kPrimitives.end() ? nullptr : &*row;
}

const StatementRow* findStatement(std::string_view word)
{
    const auto row = std::find_if(kStatements.begin(), kStatements.end(),
        [word](const StatementRow& each) { return !word.empty() && each.word == word; });
    return row == kStatements.end() ? nullptr : &*row;
}

} // namespace heddle
