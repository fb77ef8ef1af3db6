// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/counter_lanes.h"

#include <algorithm>
#include <string>

namespace heddle {

void CounterLanes::flush(std::int64_t until)
{
    const auto earlier = [](const TraceEvent& left, const TraceEvent& right) {
        return left.time < right.time;
    };
    if (!std::is_sorted(m_kept.begin(), m_kept.end(), earlier))
        std::stable_sort(m_kept.begin(), m_kept.end(), earlier);
    std::size_t done = 0;
    for (; done < m_kept.size(); ++done) {
        const TraceEvent& event = m_kept[done];
        if (event.time > static_cast<std::uint64_t>(until))
            break;
        if (m_tracks.find(event.object) == m_tracks.end()) {
            if (m_tracks.size() >= kMostCounters)
                continue;
            Lane lane;
            lane.group = LaneGroup::Counters;
            lane.name = m_writer.trace()->name(NameId{static_cast<std::uint32_t>(event.object)});
            if (lane.name.empty())
                lane.name = "counter " + std::to_string(event.object);
            const LaneId id = m_writer.addLane(std::move(lane));
            m_tracks[event.object] = m_writer.addTrack(id, TrackKind::Level, 0);
        }
        m_writer.addSample(m_tracks[event.object],
            {static_cast<std::int64_t>(event.time), static_cast<std::int64_t>(event.value)});
    }
    m_kept.erase(m_kept.begin(), m_kept.begin() + static_cast<std::ptrdiff_t>(done));
}

} // namespace heddle
