// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/share_columns.h"

#include <algorithm>

namespace heddle {

ShareColumns::ShareColumns(std::int64_t from, std::int64_t to, std::size_t columns)
    : m_from(from)
    , m_span(static_cast<double>(to - from))
    , m_width(m_span / static_cast<double>(columns))
    , m_perWidth(1 / m_width)
    , m_columns(columns)
    , m_columnEnd(m_width)
{
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
    column.count = m_count;
    if (sum > 0) {
        // Rounding must not make more than all of it.
        const double scale = sum > m_width ? 1 / sum : m_perWidth;
        for (std::size_t group = 0; group < kStateGroupCount; ++group)
            column.share[group] = static_cast<float>(m_time[group] * scale);
        column.largest = m_state[largest];
        m_time = {};
        m_longest = {};
    }
    m_count = 0;
    ++m_column;
    m_columnBegin = m_columnEnd;
    m_columnEnd = m_width * static_cast<double>(m_column + 1);
}

/// Makes the column that holds `time` (relative to the beginning) the current one.
void ShareColumns::advanceTo(double time)
{
    if (m_column >= m_columns.size() || time < m_columnEnd)
        return;
    flush();
    const auto wanted = static_cast<std::size_t>(time * m_perWidth);
    if (wanted > m_column) {
        // Columns in between hold nothing.
        m_column = std::min(wanted, m_columns.size());
        m_columnBegin = m_width * static_cast<double>(m_column);
        m_columnEnd = m_width * static_cast<double>(m_column + 1);
    }
    // What was multiplied one way and the other may differ in the last bit.
    while (m_column < m_columns.size() && time >= m_columnEnd)
        flush();
}

void ShareColumns::spreadSlice(std::int64_t begin, std::int64_t end, State state, bool counts)
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

void ShareColumns::spreadStretch(std::int64_t begin, std::int64_t end, const Stretch& stretch)
{
    const auto begins = static_cast<double>(begin - m_from);
    const double whole = static_cast<double>(end - begin);
    double left = std::max(0.0, begins);
    const double right = std::min(m_span, begins + whole);
    advanceTo(left);
    while (m_column < m_columns.size() && left < right) {
        const double until = std::min(right, m_columnEnd);
        includePart(until - left, stretch);
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
