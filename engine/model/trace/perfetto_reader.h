// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/perfetto_packet.h"
#include "engine/model/trace/trace_writer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace heddle {

/// Builds a trace from decoded packets: of Heddle's own files exactly what was saved, of others
/// their tracks, slices, instants, counters and flows.
///
/// Threads: one thread at a time.
class PerfettoReader
{
public:
    explicit PerfettoReader(TraceWriter& writer)
        : m_writer(writer)
    {
    }

    /// Times of files that others wrote count from here.
    void setStart(std::int64_t start) { m_start = start; }

    void takeTrack(const PerfettoTrack& track);
    void takeEvent(const PerfettoEvent& event, const PerfettoFact& fact);

    /// Closes what is open.
    void finish();

private:
    /// What the events of a uuid become.
    struct Target
    {
        LaneId lane;
        TrackId track; ///< of slices or samples; of others' slices: the first depth
        bool isOwn = false; ///< said by a fact
        bool isSteps = false;
        bool isLevel = false;
        std::vector<Slice> open; ///< the outermost first
        std::uint64_t tooDeep = 0;
        std::vector<TrackId> depths; ///< tracks of others' slices
    };

    void takeFact(const PerfettoFact& fact);
    void takeLaneFact(const PerfettoFact& fact);
    void takeTrackFact(const PerfettoFact& fact);
    void takeRecorderFact(const PerfettoFact& fact);
    [[nodiscard]] Target* targetOf(std::uint64_t uuid, bool isCounter);
    [[nodiscard]] Target* find(std::uint64_t uuid);
    [[nodiscard]] LaneId laneFor(std::uint64_t uuid, bool isCounter);
    void begin(Target& target, const PerfettoEvent& event, std::int64_t time);
    void end(Target& target, std::int64_t time);
    [[nodiscard]] TrackId depthTrack(Target& target, std::size_t depth);
    void instant(Target& target, const PerfettoEvent& event, std::int64_t time);
    void ownInstant(const Target& target, const PerfettoEvent& event, std::int64_t time);
    void count(Target& target, const PerfettoEvent& event, std::int64_t time);
    void flow(const Target& target, const PerfettoEvent& event, std::int64_t time);
    [[nodiscard]] static Slice sliceOf(const PerfettoEvent& event, std::int64_t time);

    TraceWriter& m_writer;
    std::int64_t m_start = 0;
    std::int64_t m_end = 0; ///< as the file says
    std::vector<std::unique_ptr<Target>> m_targets;
    InternedTable<Target*> m_targetOf; ///< by uuid
    std::uint64_t m_lastUuid = 0;
    Target* m_last = nullptr; ///< of m_lastUuid
    std::unordered_map<std::uint64_t, PerfettoTrack> m_descriptors; ///< of others' tracks
    std::unordered_map<std::uint64_t, Edge> m_flows; ///< begun and not ended
    std::uint64_t m_ignored = 0; ///< events beyond the bound of lanes
    std::uint32_t m_actors = 0;
};

} // namespace heddle
