// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

struct MachineOptions
{
    std::int32_t spareActors = 0; ///< room for actors that are started beyond the declared ones
    /// Why an actor failed, and what it says next, can be read; a search goes without.
    bool keepsFailureTexts = true;
    bool keepsHistory = false; ///< lines said and exceptions raised are part of the state
    bool watchesStaleReads = false; ///< who has read what others have overwritten since, too
    bool mergesTwins = false; ///< like actors are exchanged for each other; those that nobody can
    ///< tell apart have one identity (symmetry.h)
};

/// Whether processes, pipes or signals can be told in the program.
[[nodiscard]] bool usesProcesses(const Code& code);

/// Whether the program's own process may run handlers of signals.
[[nodiscard]] bool mayRunHandlers(const Code& code);

/// Where things lie in a machine's state (see Machine).
///
/// Threads: immutable.
class StateLayout
{
public:
    StateLayout(const Code& code, const MachineOptions& options);

    static constexpr std::size_t kExitCell = 0;
    static constexpr std::size_t kHistoryCell = 1;

    [[nodiscard]] std::size_t width() const { return m_width; }
    [[nodiscard]] std::int32_t actorCount() const { return m_actorCount; }
    [[nodiscard]] std::int32_t objectCount() const
    {
        return static_cast<std::int32_t>(m_objectCells.size());
    }
    [[nodiscard]] std::size_t objectCell(std::int32_t object) const
    {
        return m_objectCells[static_cast<std::size_t>(object)];
    }
    /// Whether somebody asks how many items of the queue are still to be handled.
    [[nodiscard]] bool countsUnhandled(std::int32_t object) const
    {
        return m_countsUnhandled[static_cast<std::size_t>(object)];
    }
    [[nodiscard]] std::int32_t declarationOf(std::int32_t object) const
    {
        return m_objectDeclarations[static_cast<std::size_t>(object)];
    }
    [[nodiscard]] std::size_t variableCell(std::int32_t variable, std::int32_t element) const
    {
        return m_variableCells[static_cast<std::size_t>(variable)]
            + static_cast<std::size_t>(element);
    }
    [[nodiscard]] std::size_t firstVariableCell() const { return m_firstVariable; }
    [[nodiscard]] std::size_t actorCell(std::int64_t actor) const
    {
        return m_firstActor + static_cast<std::size_t>(actor);
    }

    /// Whether the program's main thread has an actor of its own for when no declared one runs in it: without
    /// `main`, and behind its end.
    [[nodiscard]] bool hasStandIn() const { return m_hasStandIn; }
    [[nodiscard]] std::int32_t standIn() const { return m_actorCount - 1; } ///< if there is one
    /// Behind the last actor that may be started.
    [[nodiscard]] std::int32_t roomEnd() const { return m_actorCount - (m_hasStandIn ? 1 : 0); }

    /// Whether there is more than one process, a pipe, or a signal: then each process has a cell.
    [[nodiscard]] bool hasProcesses() const { return m_firstProcess != 0; }
    /// `process`: the number of its first actor, or kProgramHandle.
    [[nodiscard]] std::size_t processCell(std::int64_t process) const
    {
        return m_firstProcess + static_cast<std::size_t>(process + 1);
    }
    /// Declared pipes first, then three for each actor that may be a command.
    [[nodiscard]] std::int32_t pipeCount() const
    {
        return static_cast<std::int32_t>(m_pipeObjects.size()) + m_ownPipeCount;
    }
    [[nodiscard]] std::int32_t declaredPipeCount() const
    {
        return static_cast<std::int32_t>(m_pipeObjects.size());
    }
    [[nodiscard]] std::int32_t pipeOf(std::int32_t object) const; ///< of a declared pipe
    [[nodiscard]] std::int32_t objectOfPipe(std::int32_t pipe) const ///< -1: a command's own
    {
        return pipe < declaredPipeCount() ? m_pipeObjects[static_cast<std::size_t>(pipe)] : -1;
    }
    /// The pipe between a command and who started it. `stream`: 0 input, 1 output, 2 errors.
    [[nodiscard]] std::int32_t ownPipe(std::int64_t command, std::size_t stream) const
    {
        return declaredPipeCount() + static_cast<std::int32_t>(command) * kStreams
            + static_cast<std::int32_t>(stream);
    }
    /// Of its contents; the next one counts the bytes that a reader has taken to itself already.
    [[nodiscard]] std::size_t pipeCell(std::int32_t pipe) const
    {
        return pipe < declaredPipeCount()
            ? objectCell(objectOfPipe(pipe))
            : m_firstOwnPipe + static_cast<std::size_t>(pipe - declaredPipeCount()) * 2;
    }
    static constexpr std::int32_t kStreams = 3;

    // One cell for each actor, where the program's options or the machine's ask for them.
    [[nodiscard]] bool hasClocks() const { return m_firstClock != 0; }
    [[nodiscard]] std::size_t clockCell(std::int64_t actor) const
    {
        return m_firstClock + static_cast<std::size_t>(actor);
    }
    [[nodiscard]] bool hasBuffers() const { return m_firstBuffer != 0; }
    [[nodiscard]] std::size_t bufferCell(std::int64_t actor) const
    {
        return m_firstBuffer + static_cast<std::size_t>(actor);
    }
    [[nodiscard]] bool hasStaleReads() const { return m_firstStaleRead != 0; }
    [[nodiscard]] std::size_t staleReadCell(std::int64_t actor) const
    {
        return m_firstStaleRead + static_cast<std::size_t>(actor);
    }

private:
    void layObjects(const Code& code);
    void layVariables(const Code& code);
    void layActors(const Code& code, const MachineOptions& options);
    void layProcesses(const Code& code);
    [[nodiscard]] std::size_t perActor(bool isWanted);

    std::size_t m_width = 0;
    bool m_hasStandIn;
    std::int32_t m_actorCount;
    std::vector<std::size_t> m_objectCells;
    std::vector<std::int32_t> m_objectDeclarations;
    std::vector<bool> m_countsUnhandled;
    std::vector<std::size_t> m_variableCells;
    std::vector<std::int32_t> m_pipeObjects; ///< the declared ones
    std::int32_t m_ownPipeCount = 0;
    std::size_t m_firstOwnPipe = 0;
    std::size_t m_firstProcess = 0;
    std::size_t m_firstVariable = 0;
    std::size_t m_firstActor = 0;
    std::size_t m_firstClock = 0;
    std::size_t m_firstBuffer = 0;
    std::size_t m_firstStaleRead = 0;
};

} // namespace heddle
