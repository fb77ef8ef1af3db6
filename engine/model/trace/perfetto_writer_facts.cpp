// SPDX-License-Identifier: Apache-2.0
// The part of PerfettoWriter that says what the trace is made of: facts and descriptors of lanes and tracks.
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/perfetto_writer.h"

#include <algorithm>
#include <utility>

namespace heddle {

using namespace perfetto;
using protozero::pbf_writer;

namespace {

constexpr std::int32_t kProcessId = 1;
constexpr std::size_t kGroupCount = 4;

const char* wordOf(LaneGroup group)
{
    switch (group) {
    case LaneGroup::Actors:
        return "Actors";
    case LaneGroup::Objects:
        return "Objects";
    case LaneGroup::Processors:
        return "Processors";
    case LaneGroup::Counters:
        return "Counters";
    }
    return "";
}

const char* wordOf(TrackKind kind)
{
    switch (kind) {
    case TrackKind::Activity:
        return "activity";
    case TrackKind::Section:
        return "sections";
    case TrackKind::Scheduler:
        return "scheduler";
    case TrackKind::Holder:
        return "holder";
    case TrackKind::Processor:
        return "processor";
    case TrackKind::Level:
        return "level";
    }
    return "";
}

} // namespace

/// Collects the annotations of one fact and writes it.
class PerfettoWriter::Fact
{
public:
    Fact(PerfettoWriter& writer, std::string_view name)
        : m_writer(writer)
        , m_event(writer.m_event)
    {
        writer.m_event.clear();
        m_event.add_uint32(event::kType, event::kTypeInstant);
        m_event.add_uint64(event::kTrackUuid, own::kFactsUuid);
        writer.internCategory(own::kCategory, "heddle");
        m_event.add_uint64(event::kCategoryIids, own::kCategory);
        m_event.add_string(event::kName, name.data(), name.size());
    }
    ~Fact() { m_writer.flushPacket(0); }
    Fact(const Fact&) = delete;
    Fact& operator=(const Fact&) = delete;

    Fact& number(std::string_view key, std::uint64_t value)
    {
        pbf_writer part = begin(key);
        part.add_uint64(annotation::kUint, value);
        return end();
    }
    Fact& real(std::string_view key, double value)
    {
        pbf_writer part = begin(key);
        part.add_double(annotation::kDouble, value);
        return end();
    }
    Fact& text(std::string_view key, std::string_view value)
    {
        pbf_writer part = begin(key);
        part.add_string(annotation::kString, value.data(), value.size());
        return end();
    }

private:
    pbf_writer begin(std::string_view key)
    {
        m_writer.m_part.clear();
        pbf_writer part(m_writer.m_part);
        part.add_string(annotation::kName, key.data(), key.size());
        return part;
    }
    Fact& end()
    {
        m_event.add_message(event::kDebugAnnotations, m_writer.m_part);
        return *this;
    }

    PerfettoWriter& m_writer;
    pbf_writer m_event;
};

void PerfettoWriter::writeFacts()
{
    Fact(*this, "trace")
        .number("version", own::kVersion)
        .number("end", static_cast<std::uint64_t>(m_trace.end()));
    const RecorderFigures figures = m_trace.recorder();
    Fact(*this, "recorder")
        .number("events", figures.events)
        .number("lost", figures.lost)
        .real("ns_per_event", figures.nanosecondsPerEvent)
        .real("share_of_run", figures.shareOfRun)
        .text("scheduler_data", figures.schedulerData);
    for (const auto& [key, value] : m_trace.properties())
        Fact(*this, "property").text("key", key).text("value", value);
    std::vector<std::pair<TrackId, LaneId>> tracks;
    for (const Lane& lane : m_lanes) {
        Fact(*this, "lane")
            .number("uuid", uuidOf(lane.id))
            .number("group", static_cast<std::uint64_t>(lane.group))
            .text("name", lane.name)
            .number("actor", lane.actor.value)
            .number("actor_kind", static_cast<std::uint64_t>(lane.actorKind))
            .number("object", lane.object.value)
            .number("object_kind", static_cast<std::uint64_t>(lane.objectKind))
            .number("number", lane.number);
        for (const TrackId track : lane.tracks)
            tracks.emplace_back(track, lane.id);
    }
    std::sort(tracks.begin(), tracks.end());
    for (const auto& [id, lane] : tracks) {
        const Track& track = *m_trace.track(id);
        Fact(*this, "track")
            .number("uuid", uuidOf(id))
            .number("lane", uuidOf(lane))
            .number("kind", static_cast<std::uint64_t>(track.kind()))
            .number("depth", track.depth());
    }
    for (const Lane& lane : m_lanes) {
        if (m_trace.stepCount(lane.id) > 0)
            Fact(*this, "track")
                .number("uuid", uuidOfSteps(lane.id))
                .number("lane", uuidOf(lane.id))
                .number("kind", own::kStepsKind)
                .number("depth", 0);
    }
}

void PerfettoWriter::writeDescriptors()
{
    std::string program = m_trace.property("program");
    if (program.empty())
        program = "heddle";
    m_part.clear();
    pbf_writer process(m_part);
    process.add_int32(descriptor::kPid, kProcessId);
    process.add_string(descriptor::kProcessName, program);
    pbf_writer root(m_descriptor);
    root.add_uint64(descriptor::kUuid, own::kRootUuid);
    root.add_message(descriptor::kProcess, m_part);
    root.add_enum(descriptor::kChildOrdering, descriptor::kOrderingExplicit);
    writeDescriptor();
    for (std::size_t group = 0; group <= kGroupCount; ++group) {
        const bool isFacts = group == kGroupCount;
        const char* name = isFacts ? "About this trace" : wordOf(static_cast<LaneGroup>(group));
        pbf_writer each(m_descriptor);
        each.add_uint64(
            descriptor::kUuid, isFacts ? own::kFactsUuid : own::kFirstGroupUuid + group);
        each.add_string(descriptor::kName, name);
        each.add_uint64(descriptor::kParentUuid, own::kRootUuid);
        each.add_enum(descriptor::kChildOrdering, descriptor::kOrderingExplicit);
        each.add_int32(descriptor::kSiblingOrderRank, static_cast<std::int32_t>(group));
        writeDescriptor();
    }
    std::int32_t rank = 0;
    for (const Lane& lane : m_trace.lanes()) {
        if (lane.id.value <= m_lanes.size())
            writeLane(lane, rank++);
    }
}

void PerfettoWriter::writeLane(const Lane& lane, std::int32_t rank)
{
    pbf_writer self(m_descriptor);
    self.add_uint64(descriptor::kUuid, uuidOf(lane.id));
    self.add_string(descriptor::kName, lane.name);
    if (lane.group == LaneGroup::Actors && lane.actorKind != ActorKind::Foreign) {
        m_part.clear();
        pbf_writer thread(m_part);
        thread.add_int32(descriptor::kPid, kProcessId);
        // Threads ids are given again while a program runs; two lanes must not become one thread.
        thread.add_int32(descriptor::kTid, static_cast<std::int32_t>(lane.id.value));
        thread.add_string(descriptor::kThreadName, lane.name);
        self.add_message(descriptor::kThread, m_part);
    }
    self.add_uint64(
        descriptor::kParentUuid, own::kFirstGroupUuid + static_cast<std::uint64_t>(lane.group));
    self.add_enum(descriptor::kChildOrdering, descriptor::kOrderingExplicit);
    self.add_int32(descriptor::kSiblingOrderRank, rank);
    writeDescriptor();
    std::int32_t trackRank = 0;
    for (const TrackId id : m_lanes[lane.id.value - 1].tracks)
        writeTrack(*m_trace.track(id), lane, trackRank++);
    if (m_trace.stepCount(lane.id) == 0)
        return;
    pbf_writer steps(m_descriptor);
    steps.add_uint64(descriptor::kUuid, uuidOfSteps(lane.id));
    steps.add_string(descriptor::kName, "line");
    steps.add_uint64(descriptor::kParentUuid, uuidOf(lane.id));
    steps.add_message(descriptor::kCounter, std::string());
    steps.add_int32(descriptor::kSiblingOrderRank, trackRank);
    writeDescriptor();
}

void PerfettoWriter::writeTrack(const Track& track, const Lane& lane, std::int32_t rank)
{
    std::string name = wordOf(track.kind());
    if (lane.group == LaneGroup::Counters)
        name = lane.name;
    pbf_writer self(m_descriptor);
    self.add_uint64(descriptor::kUuid, uuidOf(track.id()));
    self.add_string(descriptor::kName, name);
    self.add_uint64(descriptor::kParentUuid, uuidOf(lane.id));
    if (track.kind() == TrackKind::Level)
        self.add_message(descriptor::kCounter, std::string());
    self.add_int32(descriptor::kSiblingOrderRank, rank);
    writeDescriptor();
}

} // namespace heddle
