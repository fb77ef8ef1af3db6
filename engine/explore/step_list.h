// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace heddle {

/// What a step did beside changing the state.
struct StepNotes
{
    bool isProgress = false; ///< a `progress`, or the end of an actor
    bool assertionFailed = false;
    bool spins = false; ///< the actor is in a loop that touches nothing shared
    bool timedOut = false; ///< a time limit was over
    bool isDrain = false; ///< a write left the actor's store buffer
    /// The signal that came: its handler begins, or what is the default.
    std::int32_t delivered = 0;
    /// The variable whose newer value was overwritten by one that was made from an older; needs
    /// `watchesStaleReads`.
    std::int32_t lostUpdate = -1;
    std::string assertion; ///< text of a failed one
    std::vector<Cell> raised; ///< exceptions raised on the way
    std::vector<std::int64_t> decisions; ///< what the step left open: see ForcedStep

    [[nodiscard]] bool isBrief() const
    {
        return assertion.empty() && raised.empty() && decisions.empty();
    }
    void takeFlags(const StepNotes& other)
    {
        isProgress = other.isProgress;
        assertionFailed = other.assertionFailed;
        spins = other.spins;
        timedOut = other.timedOut;
        isDrain = other.isDrain;
        delivered = other.delivered;
        lostUpdate = other.lostUpdate;
    }
};

/// The states that one step of one actor may lead to, in the order of their choice numbers.
class StepList
{
public:
    explicit StepList(std::size_t width)
        : m_width(width)
    {
    }

    void clear() { m_size = 0; }
    void add(std::span<const Cell> state, const StepNotes& notes)
    {
        if (m_size == m_notes.size()) {
            m_notes.emplace_back();
            m_cells.resize(m_cells.size() + m_width);
        }
        if (!notes.isBrief() || !m_notes[m_size].isBrief())
            m_notes[m_size] = notes;
        else // most are: nothing of them lies elsewhere
            m_notes[m_size].takeFlags(notes);
        std::copy(state.begin(), state.end(), m_cells.data() + m_size * m_width);
        ++m_size;
    }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::span<const Cell> state(std::size_t choice) const
    {
        return {m_cells.data() + choice * m_width, m_width};
    }
    [[nodiscard]] std::span<Cell> state(std::size_t choice)
    {
        return {m_cells.data() + choice * m_width, m_width};
    }
    [[nodiscard]] const StepNotes& notes(std::size_t choice) const { return m_notes[choice]; }

private:
    std::size_t m_width;
    std::size_t m_size = 0;
    std::vector<Cell> m_cells;
    std::vector<StepNotes> m_notes; ///< kept for their room
};

} // namespace heddle
