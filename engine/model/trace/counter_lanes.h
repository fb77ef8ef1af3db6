// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace heddle {

/// One lane with a Level track for each named counter.
///
/// Threads: one thread at a time.
class CounterLanes
{
public:
    explicit CounterLanes(TraceWriter& writer)
        : m_writer(writer)
    {
    }

    /// Keeps a value until flush().
    void keep(const TraceEvent& event) { m_kept.push_back(event); }

    /// Takes in everything up to `until`, in order of time.
    void flush(std::int64_t until);

private:
    static constexpr std::size_t kMostCounters = 4096;

    TraceWriter& m_writer;
    std::vector<TraceEvent> m_kept;
    std::unordered_map<std::uint64_t, TrackId> m_tracks; ///< by NameId
};

} // namespace heddle
