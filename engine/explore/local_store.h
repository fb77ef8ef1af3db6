// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/live_registers.h"
#include "engine/explore/pair_map.h"
#include "engine/explore/state_layout.h"
#include "engine/explore/value_store.h"
#include "engine/model/kinds.h"
#include "engine/model/program/evaluate.h"
#include "engine/model/program/interpreter.h"

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace heddle {

/// Where a stream of a command leads.
struct StreamEnd
{
    enum class Kind : std::uint8_t
    {
        Inherited, ///< of an output: what is written there is said
        InheritedErrors,
        Nothing, ///< nothing comes, and what is written is gone
        Pipe,
    };
    Kind kind = Kind::Inherited;
    std::int32_t pipe = -1;

    friend bool operator==(const StreamEnd& left, const StreamEnd& right) = default;
};

/// Who an actor is: what never changes once it has been started.
struct ActorIdentity
{
    std::string name; ///< "philosopher[2]"
    std::string base; ///< what the names of its like are counted by; empty for `as "name"`
    ActorKind kind = ActorKind::Thread;
    bool isDaemon = false;
    bool isMain = false;
    std::int64_t handle = 0;
    std::int64_t process = kProgramHandle; ///< its process: the number of that one's first actor
    std::array<StreamEnd, 3> streams; ///< of a command: input, output, errors
    std::string handleName; ///< what `main` calls it: expectations may name it so
    bool isAlarm = false; ///< a timer that sends SIGALRM to its process
    bool isStandIn = false; ///< the program's main thread while no declared actor runs in it

    /// Whether it is the main thread of its process.
    [[nodiscard]] bool leads() const { return isMain || isStandIn || kind == ActorKind::Process; }

    friend bool operator==(const ActorIdentity& left, const ActorIdentity& right) = default;
};

/// How far an actor is with its next visible operation.
enum class Phase : std::uint8_t
{
    Ready, ///< it has not begun it, or waits where waiting leaves no mark
    Fresh, ///< just started: what it does before its first visible operation is still to come
    Pending, ///< a timer that has not fired
    Parked, ///< in the queue of a condition
    Retaking, ///< notified (or woken for nothing): takes the condition's mutex again
    RetakingLate, ///< as that, after its time limit
    Meeting, ///< has arrived at a barrier and waits for the party
    Dismissed, ///< the party is complete
    Broken, ///< the barrier it waits at was broken
    Writing, ///< a part of what it writes is in the pipe already
    Fed, ///< a `communicate` that has nothing to write any more
    Pausing, ///< a handler that runs from here on ends the `pause`, or the `send` to itself
};

/// What an actor was at when a handler began to run in it: it goes on there behind the handler.
struct HeldState
{
    ActorState state;
    Phase phase = Phase::Ready;
    std::int32_t extra = 0;
    Cell clock = 0; ///< what was left of its delay

    /// Whether that was nothing: a main thread without lines.
    [[nodiscard]] bool isIdle() const { return state.status != ActorState::Status::Going; }
};

/// All that belongs to one actor and to nobody else: its frames, registers and private variables,
/// the sections it is in, whom it has started, and how far it is with its operation.
struct LocalState
{
    ActorState state;
    PrivateStore privates;
    std::vector<std::int32_t> sections; ///< how often it is inside of each
    std::vector<std::int64_t> children;
    std::int32_t identity = 0;
    std::int32_t atomicDepth = 0;
    Phase phase = Phase::Ready;
    std::int32_t extra = 0; ///< Retaking: levels of the rlock; Meeting, Dismissed: order of arrival
    bool spins = false; ///< its budget ran out in a loop that touches nothing shared
    std::vector<HeldState> held; ///< what handlers interrupt, outermost first
    SignalBits blocked = 0;
    SignalBits pending = 0; ///< sent to this thread, not to its process
};

/// How a visible operation came out.
struct StepResult
{
    enum class Kind : std::uint8_t
    {
        Done,
        GaveUp,
        Raised,
        AssertionFailed,
        Start
    };
    Kind kind = Kind::Done;
    Cell value = 0; ///< of Done
    std::string_view exception; ///< of Raised
    std::string text; ///< of Raised, AssertionFailed
};

/// An actor after its operation and the invisible instructions behind it.
struct Resumed
{
    Cell local = 0;
    std::vector<Cell> raised; ///< the exceptions raised on the way, as values
    std::vector<bool> draws; ///< of `random`: whether the high end
    bool spins = false;
};

/// What computations of an actor ask of the state around it.
class LocalSurroundings
{
public:
    LocalSurroundings() = default;
    virtual ~LocalSurroundings() = default;
    LocalSurroundings(const LocalSurroundings&) = delete;
    LocalSurroundings& operator=(const LocalSurroundings&) = delete;

    [[nodiscard]] virtual std::int64_t handle() const = 0;
    [[nodiscard]] virtual std::int64_t insideOthers(std::int32_t section) const = 0;
    [[nodiscard]] virtual std::string handleName(std::int64_t handle) const = 0;
    [[nodiscard]] virtual Evaluated loadShared(
        std::int32_t variable, std::int32_t element) const = 0;
    [[nodiscard]] virtual Evaluated query(std::int32_t function, std::int32_t object,
        std::int32_t element, const Value& handle) const = 0;
};

/// A wait that a handler has interrupted.
struct HeldWait
{
    Phase phase = Phase::Ready;
    std::int32_t object = -1;
};

/// What the machine looks at in each state, worked out once for each local state.
struct LocalFacts
{
    static constexpr std::int32_t kNothing = -1;
    static constexpr std::int32_t kNoSuchElement = -2;

    const Instruction* next = nullptr; ///< null unless it is going
    std::int32_t object = kNothing; ///< that its next operation is about, over all declarations
    std::int32_t variable = kNothing; ///< likewise, of an access
    std::int32_t element = 0; ///< of the variable
    Cell stored = 0; ///< of a plain write: the number of the value
    bool isStorable = false; ///< of a plain write: the variable may have it
    ActorState::Status status = ActorState::Status::Going;
    Phase phase = Phase::Ready;
    bool spins = false;
    bool isInAtomic = false;
    bool isDaemon = false;
    std::vector<HeldWait> heldWaits; ///< those that handlers interrupt
    [[nodiscard]] bool isGoing() const { return next != nullptr; }
};

/// Whether `target` is the declaration of the object that the instruction is about.
[[nodiscard]] bool isAboutObject(const Instruction& instruction);

/// The local states that an exploration has met, each once.
///
/// What an actor does on its own depends on nothing but its local state and the result of its last
/// visible operation. So runInvisible is called once for each such pair, and every later visit is a
/// look-up; where a computation asks for what others do (`inside`), it is done anew.
///
/// Threads: one thread at a time.
class LocalStore
{
public:
    /// Without `keepsFailureTexts`, how an actor failed is known by the exception's name only, and
    /// what it is about to say is told by a history only.
    LocalStore(const Code& code, ValueStore& values, const MachineOptions& options);

    [[nodiscard]] const LocalState& local(Cell number) const { return m_locals[number]; }
    [[nodiscard]] const LocalFacts& facts(Cell number) const { return m_facts[number]; }
    [[nodiscard]] std::size_t size() const { return m_locals.size(); }
    [[nodiscard]] std::size_t bytes() const ///< about: with what is remembered of steps
    {
        return m_bytes + m_afterDone.bytes() + m_withPhase.bytes();
    }
    [[nodiscard]] const ActorIdentity& identity(Cell number) const;
    [[nodiscard]] std::int32_t internIdentity(const ActorIdentity& identity);

    [[nodiscard]] Cell intern(LocalState local);
    [[nodiscard]] Cell start(
        std::int32_t identity, std::int32_t routine, std::vector<Value> arguments, Phase phase);
    /// A main thread that has nothing to do but to run handlers.
    [[nodiscard]] Cell idle(std::int32_t identity, SignalBits blocked, SignalBits pending);
    [[nodiscard]] Cell withPhase(Cell number, Phase phase, std::int32_t extra);
    [[nodiscard]] Cell withAtomicDepth(Cell number, std::int32_t depth);
    /// Of what it is at, or of what a handler interrupts at the object.
    [[nodiscard]] Cell withWaitPhase(Cell number, std::int32_t object, Phase phase);
    [[nodiscard]] Cell withSignals(Cell number, SignalBits blocked, SignalBits pending);
    /// A handler begins, which goes on with what follows when it has ended.
    [[nodiscard]] Cell withHandler(
        Cell number, std::int32_t routine, std::int64_t signal, Cell clock);
    [[nodiscard]] Cell cutOff(Cell number); ///< its process has ended

    /// What the actor is after a Done or GaveUp, if that is known already, is one state, and nothing
    /// was raised on the way; else kUnknown.
    static constexpr Cell kUnknown = PairMap::kAbsent;
    [[nodiscard]] Cell knownAfter(Cell number, StepResult::Kind kind, Cell value) const
    {
        return kind == StepResult::Kind::Done  ? m_afterDone.find(number, value)
            : kind == StepResult::Kind::GaveUp ? m_afterDone.find(number, kGaveUp)
                                               : kUnknown;
    }

    /// What the actor may be after the result: more than one where `random` was drawn.
    [[nodiscard]] std::vector<Resumed> resume(
        Cell number, const StepResult& result, const LocalSurroundings& surroundings);

    [[nodiscard]] bool asksClock() const { return m_asksClock; } ///< `now` was used somewhere
    /// Whether a text that no contract knows was compared: which way the program goes on is a guess then.
    [[nodiscard]] bool guesses() const { return m_guesses; }
    [[nodiscard]] bool leftDrawsOut() const { return m_leftDrawsOut; } ///< too many of `random`

private:
    [[nodiscard]] std::int32_t heldObject(const HeldState& held) const;
    static constexpr std::int64_t kSpinBudget = 200'000; ///< invisible instructions in a row
    using Key = std::vector<std::uint64_t>;
    struct KeyHash
    {
        std::size_t operator()(const Key& key) const;
    };

    static constexpr Cell kGaveUp = UINT32_MAX; ///< in the place of a value

    [[nodiscard]] Key keyOf(const LocalState& local);
    [[nodiscard]] LocalFacts factsOf(const LocalState& local);
    [[nodiscard]] bool remember(
        Cell number, const StepResult& result, const std::vector<Resumed>& all);
    [[nodiscard]] Key resumeKey(Cell number, const StepResult& result);
    [[nodiscard]] Resumed finish(LocalState local, InvisibleStop stop, std::vector<Cell> raised);
    void addSignals(Key& key, const LocalState& local);
    void addState(Key& key, const ActorState& state);
    [[nodiscard]] InvisibleStop leaveHandlers(
        LocalState& local, InvisibleStop stop, EvaluationContext& context);

    const Code& m_code;
    ValueStore& m_values;
    std::size_t m_bytes = 0; ///< of local states and their keys
    LiveRegisters m_live;
    std::vector<ActorIdentity> m_identities;
    std::deque<LocalState> m_locals;
    std::vector<LocalFacts> m_facts; ///< of each of them
    std::unordered_map<Key, Cell, KeyHash> m_numbers;
    std::unordered_map<Key, std::vector<Resumed>, KeyHash> m_resumed;
    PairMap m_afterDone; ///< the plain cases of it
    PairMap m_withPhase; ///< by phase and extra, where that is small
    bool m_keepsFailureTexts;
    bool m_hasSignals; ///< handlers, masks and what is pending are part of a local state
    bool m_hasUnknownTexts; ///< commands write what no contract says
    bool m_asksClock = false;
    bool m_guesses = false;
    bool m_leftDrawsOut = false;
};

} // namespace heddle
