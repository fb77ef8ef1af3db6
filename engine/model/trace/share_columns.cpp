// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/share_columns.h"

#include <algorithm>

namespace heddle {

ShareColumns::ShareColumns(std::int64_t from, std::int64_t to, std::size_t columns)
    : m_from(from)
    , m_span(static_cast<double>(to - from))
    , m_width(m_span / static_cast<double>(columns))
    , m_columns(columns)
    , m_columnEnd(m_width)
{
}

void ShareColumns::include(std::size_t group, double time, State state)
{
    m_time[group] += time;
    if (time >= m_longest[group]) {
        m_longest[group] = time;
        m_state[group] = state;
    }
}

void ShareColumns::flush()
{
    StateShares& column = m_columns[m_column];
    std::size_t largest = 0;
    double sum = 0;
    for (std::size_t group = 0; group < kStateGroupCount; ++group) {
        sum += m_time[group];
        if (m_time[group] > m_time[largest])
            largest = group;
    }
    // Rounding must not make more than all of it.
    const double whole = std::max(sum, m_width);
    for (std::size_t group = 0; group < kStateGroupCount; ++group)
        column.share[group] = static_cast<float>(m_time[group] / whole);
    column.count = m_count;
    column.largest = sum > 0 ? m_state[largest] : State::None;
    m_time = {};
    m_longest = {};
    m_state = {};
    m_count = 0;
    ++m_column;
    m_columnEnd = m_width * static_cast<double>(m_column + 1);
}

/// Makes the column that holds `time` (relative to the beginning) the current one.
void ShareColumns::advanceTo(double time)
{
    if (m_column >= m_columns.size() || time < m_columnEnd)
        return;
    flush();
    const auto wanted = static_cast<std::size_t>(time / m_width);
    if (wanted > m_column) {
        // Columns in between hold nothing.
        m_column = std::min(wanted, m_columns.size());
        m_columnEnd = m_width * static_cast<double>(m_column + 1);
    }
    // Division and multiplication may differ in the last bit.
    while (m_column < m_columns.size() && time >= m_columnEnd)
        flush();
}

void ShareColumns::addSlice(std::int64_t begin, std::int64_t end, State state, bool counts)
{
    double left = std::max(0.0, static_cast<double>(begin - m_from));
    const double right = std::min(m_span, static_cast<double>(end - m_from));
    const auto group = static_cast<std::size_t>(groupOf(state));
    advanceTo(left);
    if (m_column >= m_columns.size())
        return;
    m_count += counts && begin >= m_from ? 1 : 0;
    while (right > m_columnEnd) {
        include(group, m_columnEnd - left, state);
        left = m_columnEnd;
        flush();
        if (m_column >= m_columns.size())
            return;
    }
    if (right > left)
        include(group, right - left, state);
}

void ShareColumns::addStretch(std::int64_t begin, std::int64_t end, const Stretch& stretch)
{
    const auto begins = static_cast<double>(begin - m_from);
    const double whole = static_cast<double>(end - begin);
    double left = std::max(0.0, begins);
    const double right = std::min(m_span, begins + whole);
    advanceTo(left);
    while (m_column < m_columns.size() && left < right) {
        const double until = std::min(right, m_columnEnd);
        const double part = (until - left) / whole;
        for (std::size_t group = 0; group < kStateGroupCount; ++group) {
            if (stretch.time[group] > 0)
                include(group, stretch.time[group] * part, stretch.state[group]);
        }
        m_count += stretch.count;
        left = until;
        if (right >= m_columnEnd)
            flush();
    }
}

std::vector<StateShares> ShareColumns::take()
{
    if (m_column < m_columns.size())
        flush();
    return std::move(m_columns);
}

} // namespace heddle
