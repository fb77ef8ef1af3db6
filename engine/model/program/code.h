// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/catalogue.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    AddShared, ///< atomic: shared[t][index] = shared + a (or - a, * a by `mode` '+', '-', '*'); one
    ///< step
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

[[nodiscard]] bool isVisible(Operation operation);
[[nodiscard]] const char* toText(Operation operation);

using Register = std::int32_t;
inline constexpr Register kNoRegister = -1;

/// A set of signals: bit n - 1 is signal n.
using SignalBits = std::uint64_t;

/// The handle that `program` stands for: the program's own process, not one of its actors.
inline constexpr std::int64_t kProgramHandle = -1;

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
    Register limit =
        kNoRegister; ///< time limit as a Duration; with isTimed and no register: do not wait at all
    std::int32_t otherwise = -1; ///< `try`: where to go when it was not done; -1: raise Timeout
    std::uint32_t line = 0; ///< of the source, from 1
    std::uint32_t column = 0;
};

/// Catches what is raised by the instructions [from, to) of a routine; the first that fits wins.
struct ExceptionHandler
{
    enum class Catches : std::uint8_t
    {
        Named, ///< the one in `exception`
        AllButCancelled,
        Everything, ///< the clean-up of `with` and `finally`
    };
    std::int32_t from = 0;
    std::int32_t to = 0;
    Catches catches = Catches::Everything;
    std::int32_t exception = -1; ///< index into Code::exceptions
    std::int32_t handler = 0; ///< where it goes on
    Register store = kNoRegister; ///< receives the exception as a value
};

/// A body of instructions with its own registers: an actor, main, a def, a timer's block.
struct Routine
{
    std::string name;
    std::int32_t entry = 0;
    std::int32_t end = 0;
    std::int32_t parameterCount = 0; ///< in registers 0, 1, …
    std::int32_t registerCount = 0;
    std::vector<std::string> registerNames; ///< of the named locals, "" for temporaries
    std::vector<ExceptionHandler> handlers; ///< innermost first
    std::uint32_t line = 0;
};

/// Instructions without calls that compute one value: `final`, `invariant`.
struct Fragment
{
    std::int32_t entry = 0; ///< runs up to EndPredicate
    std::int32_t registerCount = 0;
};

/// A declared object, or an array of them.
struct ObjectDeclaration
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::string name;
    bool isArray = false;
    std::int32_t count = 1;
    std::int32_t first =
        0; ///< number of its first element among all objects of the program, from 0
    std::int64_t initial = 0; ///< semaphore: units; barrier: parties; latch: count
    std::optional<std::int64_t> maximum; ///< semaphore: bound; queue: places; pipe: bytes (64 KiB)
    std::int32_t mutex = -1; ///< condition: index into Code::objects
    std::int32_t mutexElement = 0;
    char order = 'f'; ///< queue: 'f' first in first out, 'l' last in first out, 'p' priority
    std::uint32_t line = 0;
};

/// A declared variable, or an array of them.
struct VariableDeclaration
{
    std::string name;
    bool isArray = false;
    std::int32_t count = 1;
    bool isAtomic = false;
    ValueKind kind = ValueKind::Integer; ///< of all its values; None: any kind
    std::optional<std::int64_t> minimum; ///< range-checked when set
    std::optional<std::int64_t> maximum;
    std::optional<std::int32_t> capacity; ///< of a list or table
    std::vector<Value> initial; ///< one for each element
    std::int32_t initializer = -1; ///< private: routine that runs before the first use, or -1
    std::uint32_t line = 0;
};

/// What a process does when one of these signals comes.
struct HandlerDeclaration
{
    SignalBits signalSet = 0;
    char mode =
        'h'; ///< 'h' runs `routine`, 'i' ignores, 'd' the default, 'b' blocked, 'u' unblocked
    std::int32_t routine = -1; ///< its register 0 is the signal
    std::uint32_t line = 0;
};

/// One word of a `start` line; they are carried out from left to right in the child.
struct Wiring
{
    enum class Kind : std::uint8_t
    {
        StandardInput,
        StandardOutput,
        StandardError,
        NewGroup,
        Before, ///< runs `routine`
        Environment, ///< sets the variable `text` to `value`
    };
    enum class End : std::uint8_t
    {
        Inherited,
        Own, ///< a new pipe, whose other end is reached through the handle
        Null,
        StandardOutput, ///< where stdout leads
        File, ///< `text`
        Pipe, ///< objects[object] element `element`
    };
    Kind kind = Kind::StandardInput;
    End end = End::Inherited;
    std::string text; ///< a file, or the name of a variable of the environment
    std::int32_t object = -1;
    Register element = kNoRegister; ///< of an array of pipes
    Register value = kNoRegister; ///< of an environment variable
    std::int32_t routine = -1;
};

/// A `start` line: what is to be run, where its streams lead, and what an exploration may assume.
///
/// Registers are those of the routine that holds its StartCommand.
struct CommandDeclaration
{
    std::string name; ///< of the handle it is delivered to: what its lines are said by
    bool isShell = false; ///< the one argument is a script of /bin/sh
    std::vector<Wiring> wirings; ///< in the order of the text
    bool hasContract = false; ///< whether the program says what the command does (`model`)
    std::int32_t contract = -1; ///< routine that does what the explorer may assume of it: reads and
        ///< writes the streams of the command (Read, Write, Close with t = -1 and a = -1; part 'r'
        ///< its input, 'w' its output, 'e' its error output) and ends with Exit; without `model`
        ///< it reads all, may write, and exits with 0 or 1
    bool writesUnknownText = false; ///< its contract writes "???" for what only a run can tell: an
        ///< exploration cannot judge what is said then
    std::uint32_t line = 0;
};

/// A local of `main` that a spawn line delivers its handle into: an expectation (`exit`, `by`, `in`)
/// that names it means the actors which that instruction has started, whatever they are called.
/// A command needs no such row: its declaration has the name.
struct HandleName
{
    std::string name;
    std::int32_t instruction = -1; ///< place of the Spawn in Code::instructions
};

/// A declared actor, or an array of them. Actor 0 is `main`, when there is one.
struct ActorDeclaration
{
    ActorKind kind = ActorKind::Thread;
    std::string name;
    bool isArray = false;
    bool isMain = false;
    bool isDaemon = false;
    bool startsByItself = false; ///< there is no main and it has no parameters
    std::int64_t low = 0; ///< of the array's index
    std::int32_t count = 1;
    std::int32_t first = 0; ///< instance number of its first element; spawned ones with parameters
        ///< come after all declared
    std::int32_t parameterCount = 0; ///< without the array's index, which is register 0 of an array
    std::int32_t routine = 0;
    std::vector<HandlerDeclaration> handlers; ///< of a process: in force before its first step
    std::uint32_t line = 0;
};

/// What an `expect` line asks for, ready to be judged. Which parts are used is said by the kind.
struct Expectation
{
    enum class Kind : std::uint8_t
    {
        Terminates,
        Deadlock, // reachable / free
        Livelock,
        Starvation, // name?
        Stuck, // name
        Unbounded, // name
        Exception, // name
        Warning, // name, flag = the checker gives it
        Race, // name? (free without one)
        InvariantVerdict, // texts[0], flag = holds
        AssertVerdict, // flag = holds, texts[0]?
        Final, // fragment, relation, values or ranges
        Outcomes, // texts
        Schedules, // low
        ExitIn, // name, ranges
        SaidOrder, // lines in order
        SaidAfter, // lines[0], duration, lines[1]?
        SaidWithin, // lines[0], duration
        SaidTimes, // lines[0], low..high
        NeverSaid, // lines[0]
        Output, // texts, flag = in any order
        Raised, // name, actor?, low..high
        NeverRaised, // name, actor?
        LastsAtLeast, // duration
        LastsAtMost,
    };
    enum class Relation : std::uint8_t
    {
        Always,
        ExactSet,
        CanBe,
        Never
    };
    struct Line
    {
        std::string pattern;
        std::string
            by; ///< actor or handle name, "" any; of an array any element unless "worker[2]"
    };
    Kind kind = Kind::Terminates;
    std::string text; ///< as the program writes it, without `expect`
    std::uint32_t line = 0;
    bool isReachable = false; ///< reachable / free
    bool flag = false;
    std::string name;
    std::string actor;
    Relation relation = Relation::Always;
    std::optional<Fragment> fragment;
    std::vector<std::pair<Value, Value>> ranges; ///< low..high, both included; single values twice
    std::vector<std::string> texts;
    std::vector<Line> lines;
    std::int64_t low = 1;
    std::int64_t high = INT64_MAX;
    std::int64_t durationNanoseconds = 0;
};

struct Invariant
{
    std::string text;
    Fragment fragment;
    bool usesInsideOnly =
        false; ///< reads nothing but constants and `inside("…")`: a run can judge it from the trace
    std::uint32_t line = 0;
};

struct ProgramOptions
{
    bool idealTime = false;
    bool notifyFirst = false; ///< notify fifo
    bool spuriousWakeups = false;
    bool totalStoreOrder = false; ///< memory tso
    bool fairLocks = false;
    std::int64_t cap = 16; ///< how many items an exploration lets an unbounded queue have
    std::int64_t steps = 20'000; ///< how many steps of a schedule an exploration follows
};

/// A compiled program: the one meaning that the runner carries out and the machine explores.
///
/// Threads: immutable once compiled.
struct Code
{
    std::string title;
    std::vector<Instruction> instructions;
    std::vector<Value> constants;
    std::vector<Routine> routines;
    std::vector<ObjectDeclaration> objects;
    std::vector<VariableDeclaration> shared;
    std::vector<VariableDeclaration> privates;
    std::vector<ActorDeclaration> actors;
    std::vector<CommandDeclaration> commands;
    std::vector<HandlerDeclaration> handlers; ///< of the program's own process, from the start
    std::vector<HandleName> handleNames;
    std::vector<std::string> sections; ///< texts of `section`, each once
    std::vector<std::string>
        exceptions; ///< names; the builtin ones come first, in the catalogue's order
    std::vector<Invariant> invariants;
    std::vector<Expectation> expectations;
    ProgramOptions options;

    [[nodiscard]] const ActorDeclaration* main() const;
    [[nodiscard]] std::string_view handleNameOf(
        std::int32_t instruction) const; ///< of what it starts, or empty
    [[nodiscard]] bool hasProcesses() const; ///< whether any actor is a process
    [[nodiscard]] std::int32_t objectCount() const; ///< elements of all declarations
    [[nodiscard]] std::int32_t
    declaredInstanceCount() const; ///< elements of all actor declarations
    [[nodiscard]] std::string objectName(
        std::int32_t declaration, std::int32_t element) const; ///< "fork[2]"
    [[nodiscard]] std::string instanceName(
        std::int32_t declaration, std::int32_t element) const; ///< "philosopher[2]"
};

/// Index of an exception by its name, or -1.
[[nodiscard]] std::int32_t findException(const Code& code, std::string_view name);

/// What a failed assertion carries as its exception's number: only clean-up code sees it, no
/// `except` catches it.
inline constexpr std::int64_t kAssertionFailure = -1;

/// Raised for a value of the wrong kind and for a division by zero; every Code knows it.
inline constexpr std::string_view kBadValue = "BadValue";

/// What the system keeps of an exit code is one byte.
inline constexpr std::int64_t kLargestExitCode = 255;
inline constexpr std::string_view kNeedsExitCode = "An exit code is a whole number from 0 to 255.";

/// The code as a listing, one instruction a line: for tests and `heddle check --listing`.
[[nodiscard]] std::string listing(const Code& code);

} // namespace heddle
