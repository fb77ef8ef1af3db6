// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/event_sink.h"
#include "engine/explore/walked_path.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace heddle {

/// Records what the steps of a schedule did: to objects, in sections, to the lives of actors, and
/// what was said, raised and marked. The events are those of a real run.
///
/// Threads: one thread at a time; it uses the machine.
class StepRecorder
{
public:
    StepRecorder(Machine& machine, const WalkedPath& path, EventSink& sink);

    /// Actors that are there from the start, and the first levels of objects.
    void recordStart();

    void recordBegin(std::size_t step); ///< at the time at which the step begins
    void recordWork(std::size_t step); ///< at its end: what it did
    [[nodiscard]] bool isThere(const std::vector<Cell>& state, std::int32_t actor) const;
    void recordLives(std::size_t step); ///< at its end: who has been started and who has ended

private:
    struct Change // of one step
    {
        const std::vector<Cell>& before;
        const std::vector<Cell>& after;
        std::int32_t actor = 0;
        const StepNotes& notes;
        /// Null: a timer's time has come, or a write became visible.
        const Instruction* instruction = nullptr;
    };

    [[nodiscard]] Change changeOf(std::size_t step) const;
    void recordObject(const Change& change, std::int32_t object);
    void recordOwner(const Change& change, std::int32_t object);
    void recordLevel(const std::vector<Cell>& state, std::int32_t actor, std::int32_t object);
    void recordOperation(const Change& change);
    void recordProcesses(const Change& change);
    void recordPipes(const Change& change);
    void recordEnd(const Change& change, std::int32_t actor);
    void recordBarrier(const Change& change, std::int32_t object);
    void recordLines(const Change& change);
    void recordSections(const Change& change);
    void start(const std::vector<Cell>& state, std::int32_t actor);
    void define(const std::vector<Cell>& state, std::int32_t actor);
    [[nodiscard]] std::int64_t levelOf(const std::vector<Cell>& state, std::int32_t object) const;
    [[nodiscard]] std::size_t countAt(
        const std::vector<Cell>& state, std::int32_t object, Phase phase) const;
    [[nodiscard]] std::string errorName(const Value& exception) const;

    Machine& m_machine;
    const WalkedPath& m_path;
    EventSink& m_sink;
    std::map<std::int32_t, std::vector<std::int32_t>> m_sections; ///< by actor: entered, in order
    std::map<std::int32_t, std::vector<std::int32_t>>
        m_handled; ///< by actor: signals, outermost first
    std::uint64_t m_lines = 0; ///< said so far
};

} // namespace heddle
