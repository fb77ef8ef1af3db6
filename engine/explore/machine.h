// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/cells.h"
#include "engine/explore/local_store.h"
#include "engine/explore/next_touch.h"
#include "engine/explore/process_store.h"
#include "engine/explore/state_layout.h"
#include "engine/explore/step_list.h"
#include "engine/explore/value_store.h"
#include "engine/model/program/code.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace heddle {

/// Carries out a compiled program step by step on states that can be copied, compared and kept.
///
/// A state is one flat block of 32-bit cells, whose layout is fixed when the machine is made:
///
///     exit        0, or 1 + the number of the exit code's value
///     history     0, or the last line said or exception raised, in a tree of histories
///     objects     1 or 2 cells each: owner (and levels), units, count, flag, waiting order, items
///     variables   1 cell for each element: the number of its value
///     actors      1 cell for each: 0 = not started, else the number of its local state
///     clocks      1 cell for each actor under `time ideal`: what is left of its delay
///     buffers     1 cell for each actor under `memory tso`: its writes that nobody else sees yet
///     stale reads 1 cell for each actor where updates that get lost are looked for
///     processes   1 cell for the program and each actor, where there are processes, pipes or
///                 signals: what belongs to the process that the actor is the first of
///     own pipes   2 cells for each stream of each actor, where commands have pipes of their own
///
/// Values and local states (frames, registers, private variables, sections, how far the operation
/// is) are kept once each and named by numbers; equal states thus have equal cells, and comparing
/// is exact. Dead registers are cleared, and what nobody can ask for any more is dropped.
///
/// A process is named by its first actor. What belongs to it (the ends of pipes that it has open,
/// what signals do to it and which have come, its group, its exit code) is a record that is kept
/// once (process_store.h); its threads know which process they belong to. A pipe is its contents,
/// and how many bytes of them a reader has taken to itself already: who reads lines or all reads
/// ahead. A command is an actor whose routine is its declared contract. A signal that has come is
/// one more outcome of the next step of its process's main thread; a handler is a state of its own
/// that holds what it interrupts. While no lines are left for a main thread (a process actor waits for
/// what it has made, the program has no `main`, or that has ended), handlers run in it all the same: in
/// the process actor, or in a stand-in that has the last cell. An alarm is a timer of its process.
///
/// Where the coming kinds go. Tasks are actors of which only the one that their loop drives may
/// step: a cell for each loop names it, another its queue of ready ones. Pools are actors, a queue
/// and futures (a state and a value each). Cancellation is a flag in the local state that becomes
/// an exception at its next wait.
///
/// Under `time ideal` nothing takes time but `compute`, `sleep`, time limits and timers, and time
/// goes on only when nobody can move without it: remaining delays are kept, not moments, so that
/// states still merge. Under `memory tso` a plain write goes into its actor's buffer (first in,
/// first out, at most four), its reads look there first, and a write leaves it at any time, as a
/// step of that actor; everything that synchronises waits until the buffer is empty.
///
/// A step is one visible operation and the invisible instructions behind it, as the language says.
/// What each operation does is in the machine's table (machine_table.h).
///
/// Threads: one thread at a time.
class Machine
{
public:
    Machine(std::shared_ptr<const Code> code, const MachineOptions& options);

    /// Why this program cannot be explored, in a sentence; nothing if it can be.
    [[nodiscard]] static std::optional<Sentence> obstacle(const Code& code);

    [[nodiscard]] std::vector<Cell> initialState();
    [[nodiscard]] const StateLayout& layout() const { return m_layout; }
    [[nodiscard]] std::size_t width() const { return m_layout.width(); }
    [[nodiscard]] std::int32_t actorCount() const { return m_layout.actorCount(); }

    /// All that the actor's next step may lead to; nothing if it cannot move. The list is cleared.
    void expand(std::span<const Cell> state, std::int32_t actor, StepList& list)
    {
        list.clear();
        addSteps(state, actor, list);
    }

    /// The same, behind what is on the list already.
    void addSteps(std::span<const Cell> state, std::int32_t actor, StepList& list);

    /// Whether every actor that is waited for has ended, or the program has exited.
    [[nodiscard]] bool isEnd(std::span<const Cell> state) const;
    [[nodiscard]] int exitCode(std::span<const Cell> state) const; ///< at an end

    [[nodiscard]] bool isStarted(std::span<const Cell> state, std::int32_t actor) const
    {
        return state[actorCell(actor)] != 0;
    }
    [[nodiscard]] bool isGoing(std::span<const Cell> state, std::int32_t actor) const
    {
        return facts(state, actor).isGoing();
    }
    [[nodiscard]] const LocalState& local(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] const LocalFacts& facts(std::span<const Cell> state, std::int32_t actor) const
    {
        return m_locals.facts(state[actorCell(actor)]);
    }
    [[nodiscard]] const ActorIdentity& identity(
        std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] std::string actorName(std::span<const Cell> state, std::int64_t actor) const;

    /// The instruction that the actor's next step begins with; it must be going.
    [[nodiscard]] const Instruction& nextInstruction(
        std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] NextAccess nextAccess(std::span<const Cell> state, std::int32_t actor) const;

    /// The same and the footprint, from a memo.
    [[nodiscard]] const NextTouch& nextTouch(std::span<const Cell> state, std::int32_t actor)
    {
        if (m_touches.size() < m_locals.size())
            workOutTouches();
        return m_touches[state[actorCell(actor)]];
    }

    /// Whether footprints say all that steps have to do with each other in this program.
    [[nodiscard]] bool hasExactFootprints() const;

    /// Whether the program asks who is inside of a section: then entering one can be told.
    [[nodiscard]] bool areSectionsSeen() const { return m_areSectionsSeen; }

    /// "lock fork[2]", "read x", for people.
    [[nodiscard]] std::string describe(std::span<const Cell> state, std::int32_t actor) const;

    /// The predicate of the `await until` that the actor is at; with whose exit codes it has asked for.
    [[nodiscard]] Evaluated evaluateCondition(
        std::span<const Cell> state, std::int32_t actor, std::vector<Value>* askedForEnds);

    /// A `final` or `invariant`.
    [[nodiscard]] Evaluated evaluate(std::span<const Cell> state, const Fragment& fragment);

    /// Lines and exceptions so far, oldest first; needs `keepsHistory`.
    struct Event
    {
        bool isLine = true;
        bool isError = false;
        std::string actor;
        std::string handleName; ///< of the actor, as in its identity
        Cell value = 0; ///< the line's text, or the exception
    };
    [[nodiscard]] std::vector<Event> history(std::span<const Cell> state) const;

    [[nodiscard]] const Code& code() const { return *m_code; }
    [[nodiscard]] const std::shared_ptr<const Code>& sharedCode() const { return m_code; }
    [[nodiscard]] ValueStore& values() { return m_values; }
    [[nodiscard]] const ValueStore& values() const { return m_values; }
    [[nodiscard]] LocalStore& locals() { return m_locals; }
    [[nodiscard]] const LocalStore& locals() const { return m_locals; }
    [[nodiscard]] ProcessStore& processes() { return m_processes; }
    [[nodiscard]] const ProcessStore& processes() const { return m_processes; }
    /// About what values, local states, histories and memos take: it grows with what is met.
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] bool hasNoRoom() const { return m_hasNoRoom; } ///< more actors than cells
    void noteNoRoom() { m_hasNoRoom = true; }

    /// Objects without a bound of their own that would have grown beyond `option cap` since the
    /// last call.
    [[nodiscard]] std::vector<std::int32_t> takeCapped() { return std::exchange(m_capped, {}); }
    [[nodiscard]] bool hasCapped() const { return !m_capped.empty(); }
    void noteCapReached(std::int32_t object) { m_capped.push_back(object); }

    /// A local state that begins its routine; at its first visible operation at once if nobody can tell.
    [[nodiscard]] Cell beginRoutine(std::span<const Cell> state, std::int64_t actor, Cell fresh);

    /// The process identity numbers that programs are shown (`pid`): some from 1000 on, unless they are
    /// given. A process is named by its first actor.
    void setProcessNumber(std::int64_t process, std::int64_t number)
    {
        m_processNumbers[process] = number;
    }
    [[nodiscard]] std::int64_t processNumber(std::int64_t process) const;

    // Where things lie in a state: for the machine's table.
    [[nodiscard]] std::size_t objectCell(std::int32_t object) const
    {
        return m_layout.objectCell(object);
    }
    [[nodiscard]] std::size_t variableCell(std::int32_t variable, std::int32_t element) const
    {
        return m_layout.variableCell(variable, element);
    }
    [[nodiscard]] std::size_t actorCell(std::int64_t actor) const
    {
        return m_layout.actorCell(actor);
    }
    static constexpr std::size_t kExitCell = StateLayout::kExitCell;
    static constexpr std::size_t kHistoryCell = StateLayout::kHistoryCell;

    [[nodiscard]] bool keepsHistory() const { return m_options.keepsHistory; }
    [[nodiscard]] bool mergesTwins() const { return m_options.mergesTwins; }
    [[nodiscard]] Cell appendHistory(Cell before, const Event& event);

    /// The object (counted over all declarations) that the actor's next operation is about, or -1.
    [[nodiscard]] std::int32_t nextObject(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] const ObjectDeclaration& declarationOf(std::int32_t object) const
    {
        return m_code->objects[static_cast<std::size_t>(m_layout.declarationOf(object))];
    }

    /// The value of a variable as the actor sees it: its own buffered writes come first.
    [[nodiscard]] const Value& valueSeenBy(std::int64_t actor, std::span<const Cell> state,
        std::int32_t variable, std::int32_t element) const
    {
        return m_values.value(cellSeenBy(actor, state, variable, element));
    }
    [[nodiscard]] Cell cellSeenBy(std::int64_t actor, std::span<const Cell> state,
        std::int32_t variable, std::int32_t element) const;

    /// Under `memory tso`: a write that others will see later; false if the buffer is full.
    [[nodiscard]] bool bufferWrite(Cells& cells, std::int32_t actor, std::size_t cell, Cell value);

    /// What the actor may be after a result of its operation, in this state.
    [[nodiscard]] std::vector<Resumed> resume(
        std::span<const Cell> state, std::int32_t actor, const StepResult& result);

    /// Writes down what steps inside of atomic blocks access, from now on; nullptr: no more.
    void logBlocks(std::vector<NextAccess>* log) { m_blockLog = log; }

    /// Under `time ideal`: gives every actor that has come to something that lasts its delay.
    void startClocks(Cells& cells);

    [[nodiscard]] CellPool& pool() { return m_pool; }
    [[nodiscard]] Evaluated query(std::span<const Cell> state, std::int32_t function,
        std::int32_t object, const Value& handle, std::int64_t asker = kProgramHandle);

private:
    friend class MachineStep;

    struct HistoryNode
    {
        Cell before = 0;
        Event event;
    };

    void startActors(std::vector<Cell>& state);
    void startProcesses(std::vector<Cell>& state);
    void expandPlain(std::span<const Cell> state, std::int32_t actor, StepList& list);
    void expandInProcess(std::span<const Cell> state, std::int32_t actor, StepList& list);
    [[nodiscard]] NextAccess accessOf(const LocalFacts& here) const;
    [[nodiscard]] Footprint footprintOf(const LocalFacts& here) const;
    void workOutTouches();
    [[nodiscard]] std::int32_t startingIdentity(
        std::int32_t declaration, std::int32_t element, std::int64_t handle);
    void expandWithTime(std::span<const Cell> state, std::int32_t actor, StepList& list);
    [[nodiscard]] bool mayTimePassFor(std::span<const Cell> state, std::int32_t actor);
    [[nodiscard]] std::int64_t delayOf(std::span<const Cell> state, std::int32_t actor) const;
    void addDrain(std::span<const Cell> state, std::int32_t actor, StepList& list);

    std::shared_ptr<const Code> m_code;
    MachineOptions m_options;
    StateLayout m_layout;
    CellPool m_pool;
    ValueStore m_values;
    LocalStore m_locals;
    ProcessStore m_processes;
    std::map<std::int64_t, std::int64_t> m_processNumbers; ///< those that were given
    std::vector<NextTouch> m_touches; ///< by local state
    std::vector<NextAccess>* m_blockLog = nullptr;
    bool m_areSectionsSeen;
    bool m_hasNoRoom = false;
    std::vector<std::int32_t> m_capped;
    std::vector<HistoryNode> m_history;
    std::size_t m_historyBytes = 0;
    std::unordered_map<std::string, Cell> m_historyNumbers;
};

} // namespace heddle
