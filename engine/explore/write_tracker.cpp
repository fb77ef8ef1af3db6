// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/write_tracker.h"

#include <algorithm>

namespace heddle {

std::vector<std::size_t> cellsWritten(
    const Machine& machine, const WalkedPath& path, std::size_t step)
{
    const std::vector<Cell>& before = path.states[step - 1];
    const std::vector<Cell>& after = path.states[step];
    std::vector<std::size_t> cells;
    for (std::size_t variable = 0; variable < machine.code().shared.size(); ++variable) {
        const std::size_t first = machine.variableCell(static_cast<std::int32_t>(variable), 0);
        const std::size_t count = machine.code().shared[variable].initial.size();
        for (std::size_t cell = first; cell < first + count; ++cell)
            if (before[cell] != after[cell])
                cells.push_back(cell);
    }
    const std::int32_t actor = path.schedule.steps[step - 1].actor;
    const NextAccess access = machine.nextAccess(before, actor);
    // What goes into a store buffer is written when it leaves it.
    if (access.variable >= 0 && path.notes[step - 1].raised.empty()
        && path.notes[step - 1].delivered == 0 && !machine.layout().hasBuffers()
        && sharedAccess(machine.nextInstruction(before, actor).operation) == SharedAccess::Writes) {
        const std::size_t cell = machine.variableCell(access.variable, access.element);
        if (std::find(cells.begin(), cells.end(), cell) == cells.end())
            cells.push_back(cell);
    }
    return cells;
}

WriteTracker::WriteTracker(const Machine& machine, const WalkedPath& path, std::size_t steps)
{
    for (std::size_t step = 1; step <= steps; ++step)
        for (const std::size_t cell : cellsWritten(machine, path, step))
            m_last[cell] = {path.schedule.steps[step - 1].actor, step};
}

const WriteTracker::Write* WriteTracker::last(std::size_t cell) const
{
    const auto found = m_last.find(cell);
    return found == m_last.end() ? nullptr : &found->second;
}

} // namespace heddle
