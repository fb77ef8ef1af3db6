// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// A step that can come out in more ways than this is cut; a search takes fewer, and says so.
inline constexpr std::size_t kMostOutcomes = 40'000;

/// One visible operation of one actor in one state: what the rows of the machine's table work with.
///
/// A row takes a copy of the state, changes its cells and says how the operation came out; it does
/// so for each way in which it may. A row that says nothing leaves the actor waiting.
///
/// Threads: one thread at a time.
class MachineStep
{
public:
    using Cells = heddle::Cells;

    MachineStep(Machine& machine, std::span<const Cell> state, std::int32_t actor, StepList& list);

    void carryOut();

    /// Under `time ideal`: the delay that the actor is at, or its time limit, is over.
    void letTimeBeUp() { m_isTimeUp = true; }

    // What there is.
    [[nodiscard]] Machine& machine() { return m_machine; }
    [[nodiscard]] std::span<const Cell> state() const { return m_state; }
    [[nodiscard]] std::int32_t actor() const { return m_actor; }
    [[nodiscard]] const LocalState& local() const { return m_machine.local(m_state, m_actor); }
    [[nodiscard]] Phase phase() const { return m_facts.phase; }
    [[nodiscard]] const Instruction& instruction() const { return *m_instruction; }
    [[nodiscard]] const Value& value(Register number) const;
    [[nodiscard]] std::int32_t object() const { return m_object; }
    [[nodiscard]] Cell objectValue(std::size_t part = 0) const;
    [[nodiscard]] std::int64_t units() const; ///< 1 where the program left them out

    /// Other actors in this phase whose operation is about the object, in order of their numbers.
    [[nodiscard]] std::vector<std::int32_t> othersAt(std::int32_t object, Phase phase) const;

    /// The predicate of `await until`, on the actor's registers; with whose exit codes it has asked for.
    [[nodiscard]] Evaluated evaluateCondition(std::vector<Value>* askedForEnds);

    // What comes of it.
    [[nodiscard]] Cells copy() const { return {m_machine.pool(), m_state}; }
    void done(Cells cells) { doneWith(std::move(cells), 0); } ///< with none
    void done(Cells cells, const Value& result)
    {
        doneWith(std::move(cells), m_machine.values().intern(result));
    }
    void doneWith(Cells cells, Cell result); ///< the result's number

    /// Whether it has come out in as many ways as are looked at.
    [[nodiscard]] bool isCut() const { return m_list.size() - m_before >= kMostOutcomes; }

    /// One of several ways to come out, which the step leaves open.
    void decides(std::int64_t decision, const Value& result);
    void raises(std::string_view exception, std::string text)
    {
        raises(copy(), exception, std::move(text));
    }
    void raises(Cells cells, std::string_view exception, std::string text);
    void raises(const Evaluated& problem) { raises(problem.exception, problem.text); }
    void gaveUp(Cells cells);
    void failsAssertion(std::string text);

    /// It cannot go on now: it waits, or its time limit is over.
    void waits();

    /// Whether a delay or time limit may be over in this step.
    [[nodiscard]] bool mayTimeBeUp() const
    {
        return m_isTimeUp || !m_machine.layout().hasClocks() || hasNoWait();
    }

    /// The actor stays at its operation, in another phase.
    void moveTo(Cells cells, Phase phase, std::int32_t extra);

    /// Gives another actor another phase.
    void change(Cells& cells, std::int32_t other, Phase phase) const;

    /// Both actors' operations are done in one common step.
    void doneTogether(const Cells& cells, std::int32_t other, const Value& othersResult);

    /// The step ends the actor's process (endProcess).
    void ended(Cells cells)
    {
        m_notes.isProgress = true;
        publish(std::move(cells), m_notes);
    }

    /// A signal that has come to the actor's process does what it does there.
    void deliver(std::int32_t signal);

    void say(Cells& cells, const std::string& text, bool isError);
    [[nodiscard]] StepNotes& notes() { return m_notes; }
    [[nodiscard]] bool hasNoWait() const
    {
        return m_instruction->isTimed && m_instruction->limit == kNoRegister;
    }

private:
    void begin();
    void fire(); ///< of a timer
    void settleSlowly(Cells cells, const StepResult& result);
    void stopClock(Cells& cells) const;
    void publish(Cells cells, const StepNotes& notes);
    void resumeClock(
        Cells& cells, Cell before) const; ///< `before`: its local state before the step
    void noteOverdue(Cells& cells, const StepNotes& notes) const;
    [[nodiscard]] bool isHeldBackByBuffer() const;

    Machine& m_machine;
    std::span<const Cell> m_state;
    std::int32_t m_actor;
    StepList& m_list;
    std::size_t m_before; ///< on the list already
    const LocalFacts m_facts;
    const Instruction* m_instruction;
    std::int32_t m_object = -1;
    bool m_isTimeUp = false;
    StepNotes m_notes;
};

} // namespace heddle
