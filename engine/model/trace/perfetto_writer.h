// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/output_file.h"
#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <protozero/pbf_writer.hpp>

namespace heddle {

/// Writes a trace as Perfetto packets, one sequence for all.
///
/// What Perfetto knows is said in its own words: a track for each lane and strip, slices, instants
/// (moments), counters (levels and lines of steps), flows (edges). The rest travels as debug
/// annotations: line, object and actor of a slice, and facts about lanes, tracks and the recorder
/// as instants at time 0 of a track of their own.
///
/// Threads: one thread at a time; the trace may grow meanwhile.
class PerfettoWriter
{
public:
    PerfettoWriter(const Trace& trace, OutputFile& file);

    void write();

private:
    void writeFacts();
    void writeDescriptors();
    void writeLane(const Lane& lane, std::int32_t rank);
    void writeTrack(const Track& track, const Lane& lane, std::int32_t rank);
    void writeSlices(const Track& track);
    void writeSlice(const Slice& slice, std::uint64_t uuid, bool isOpen);
    void writeSamples(const Track& track);
    void writeCounter(std::uint64_t uuid, std::int64_t time, std::int64_t value);
    void writeSteps(LaneId lane);
    void writeMoments(LaneId lane);
    void writeEdges();
    void writeEdgeEnd(const Edge& edge, std::uint64_t flow, bool isEnd);

    /// A fact: an instant with named values.
    class Fact;

    [[nodiscard]] std::uint64_t uuidOf(LaneId lane) const;
    [[nodiscard]] std::uint64_t uuidOf(TrackId track) const;
    [[nodiscard]] std::uint64_t uuidOfSteps(LaneId lane) const;

    // What a packet needs to be known before it; each is put into the packet that uses it first.
    void internCategory(std::uint64_t iid, std::string_view text);
    void internFixedName(std::uint64_t iid, std::string_view text);
    [[nodiscard]] std::uint64_t internName(NameId name);
    void internAnnotationName(std::uint64_t iid, std::string_view text);
    [[nodiscard]] std::uint64_t internString(std::uint32_t id, bool isActor);
    void intern(std::uint32_t field, std::uint64_t iid, std::string_view text);

    void annotate(protozero::pbf_writer& event, std::uint64_t name, std::uint64_t value);
    void flushPacket(std::int64_t time);
    void writeDescriptor();

    const Trace& m_trace;
    OutputFile& m_file;
    std::vector<Lane> m_lanes; ///< in order of their ids
    std::size_t m_trackCount = 0;

    // The packet that is being made, in parts; kept to keep their memory.
    std::string m_event;
    std::string m_interned;
    std::string m_descriptor;
    std::string m_part;
    std::string m_packet;
    std::string m_frame;
    bool m_isFirst = true;

    // What has been interned.
    std::uint64_t m_knownCategories = 0; ///< a bit for each number
    std::uint64_t m_knownFixedNames = 0;
    std::uint64_t m_knownAnnotationNames = 0;
    std::unordered_set<std::uint64_t> m_knownStrings;
    std::unordered_map<NameId, std::uint64_t> m_names;
};

} // namespace heddle
