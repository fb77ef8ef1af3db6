// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_writer.h"

#include "engine/model/trace/perfetto_fields.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace heddle {

using namespace perfetto;
using protozero::pbf_writer;

namespace {

constexpr std::uint64_t kRootUuid = 1;
constexpr std::uint64_t kFactsUuid = 2;
constexpr std::uint64_t kFirstGroupUuid = 3;
constexpr std::uint64_t kFirstLaneUuid = 16;
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
        m_event.add_uint64(event::kTrackUuid, kFactsUuid);
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

PerfettoWriter::PerfettoWriter(const Trace& trace, OutputFile& file)
    : m_trace(trace)
    , m_file(file)
    , m_lanes(trace.lanes())
{
    std::sort(m_lanes.begin(), m_lanes.end(),
        [](const Lane& left, const Lane& right) { return left.id < right.id; });
    for (const Lane& lane : m_lanes) {
        for (const TrackId track : lane.tracks)
            m_trackCount = std::max<std::size_t>(m_trackCount, track.value);
    }
}

std::uint64_t PerfettoWriter::uuidOf(LaneId lane) const
{
    return kFirstLaneUuid + lane.value;
}

std::uint64_t PerfettoWriter::uuidOf(TrackId track) const
{
    return kFirstLaneUuid + m_lanes.size() + 1 + track.value;
}

std::uint64_t PerfettoWriter::uuidOfSteps(LaneId lane) const
{
    return kFirstLaneUuid + m_lanes.size() + 1 + m_trackCount + 1 + lane.value;
}

void PerfettoWriter::write()
{
    writeFacts();
    writeDescriptors();
    for (const Lane& lane : m_lanes) {
        for (const TrackId id : lane.tracks) {
            const Track& track = *m_trace.track(id);
            writeSlices(track);
            writeSamples(track);
        }
        writeSteps(lane.id);
        writeMoments(lane.id);
    }
    writeEdges();
}

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
    root.add_uint64(descriptor::kUuid, kRootUuid);
    root.add_message(descriptor::kProcess, m_part);
    root.add_enum(descriptor::kChildOrdering, descriptor::kOrderingExplicit);
    writeDescriptor();
    for (std::size_t group = 0; group <= kGroupCount; ++group) {
        const bool isFacts = group == kGroupCount;
        const char* name = isFacts ? "About this trace" : wordOf(static_cast<LaneGroup>(group));
        pbf_writer each(m_descriptor);
        each.add_uint64(descriptor::kUuid, isFacts ? kFactsUuid : kFirstGroupUuid + group);
        each.add_string(descriptor::kName, name);
        each.add_uint64(descriptor::kParentUuid, kRootUuid);
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
    pbf_writer own(m_descriptor);
    own.add_uint64(descriptor::kUuid, uuidOf(lane.id));
    own.add_string(descriptor::kName, lane.name);
    if (lane.group == LaneGroup::Actors && lane.actorKind != ActorKind::Foreign) {
        m_part.clear();
        pbf_writer thread(m_part);
        thread.add_int32(descriptor::kPid, kProcessId);
        // Threads ids are given again while a program runs; two lanes must not become one thread.
        thread.add_int32(descriptor::kTid, static_cast<std::int32_t>(lane.id.value));
        thread.add_string(descriptor::kThreadName, lane.name);
        own.add_message(descriptor::kThread, m_part);
    }
    own.add_uint64(
        descriptor::kParentUuid, kFirstGroupUuid + static_cast<std::uint64_t>(lane.group));
    own.add_enum(descriptor::kChildOrdering, descriptor::kOrderingExplicit);
    own.add_int32(descriptor::kSiblingOrderRank, rank);
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
    pbf_writer own(m_descriptor);
    own.add_uint64(descriptor::kUuid, uuidOf(track.id()));
    own.add_string(descriptor::kName, name);
    own.add_uint64(descriptor::kParentUuid, uuidOf(lane.id));
    if (track.kind() == TrackKind::Level)
        own.add_message(descriptor::kCounter, std::string());
    own.add_int32(descriptor::kSiblingOrderRank, rank);
    writeDescriptor();
}

void PerfettoWriter::writeSlices(const Track& track)
{
    const std::uint64_t uuid = uuidOf(track.id());
    const std::optional<Slice> open = track.openSlice();
    const std::size_t count = track.sliceCount();
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i)
        writeSlice(track.slice(i), uuid, false);
    if (open && (count == 0 || track.slice(count - 1).end <= open->begin))
        writeSlice(*open, uuid, true);
}

void PerfettoWriter::writeSlice(const Slice& slice, std::uint64_t uuid, bool isOpen)
{
    m_event.clear();
    pbf_writer event(m_event);
    const auto state = static_cast<std::uint64_t>(slice.state);
    internCategory(own::kFirstStateCategory + state, perfetto::wordOf(slice.state));
    event.add_uint32(event::kType, event::kTypeSliceBegin);
    event.add_uint64(event::kTrackUuid, uuid);
    event.add_uint64(event::kCategoryIids, own::kFirstStateCategory + state);
    if (slice.name) {
        event.add_uint64(event::kNameIid, internName(slice.name));
    } else {
        internFixedName(own::kFirstStateName + state, perfetto::wordOf(slice.state));
        event.add_uint64(event::kNameIid, own::kFirstStateName + state);
    }
    if (slice.line != 0) {
        internAnnotationName(own::kLine, "line");
        annotate(event, own::kLine, slice.line);
    }
    if (slice.argument != 0 || slice.argumentIsActor) {
        const std::uint64_t name = slice.argumentIsActor ? own::kActor : own::kObject;
        internAnnotationName(name, slice.argumentIsActor ? "actor" : "object");
        m_part.clear();
        pbf_writer part(m_part);
        part.add_uint64(annotation::kNameIid, name);
        part.add_uint64(
            annotation::kStringIid, internString(slice.argument, slice.argumentIsActor));
        event.add_message(event::kDebugAnnotations, m_part);
    }
    flushPacket(slice.begin);
    if (isOpen)
        return;
    m_event.clear();
    pbf_writer end(m_event);
    end.add_uint32(event::kType, event::kTypeSliceEnd);
    end.add_uint64(event::kTrackUuid, uuid);
    flushPacket(slice.end);
}

void PerfettoWriter::writeCounter(std::uint64_t uuid, std::int64_t time, std::int64_t value)
{
    m_event.clear();
    pbf_writer event(m_event);
    event.add_uint32(event::kType, event::kTypeCounter);
    event.add_uint64(event::kTrackUuid, uuid);
    event.add_int64(event::kCounterValue, value);
    flushPacket(time);
}

void PerfettoWriter::writeSamples(const Track& track)
{
    const std::size_t count = track.sampleCount();
    const std::uint64_t uuid = uuidOf(track.id());
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Sample sample = track.sample(i);
        writeCounter(uuid, sample.time, sample.value);
    }
}

void PerfettoWriter::writeSteps(LaneId lane)
{
    const std::size_t count = m_trace.stepCount(lane);
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Sample step = m_trace.step(lane, i);
        writeCounter(uuidOfSteps(lane), step.time, step.value);
    }
}

void PerfettoWriter::writeMoments(LaneId lane)
{
    const std::size_t count = m_trace.momentCount(lane);
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Moment moment = m_trace.moment(lane, i);
        const auto kind = static_cast<std::uint64_t>(moment.kind);
        m_event.clear();
        pbf_writer event(m_event);
        internCategory(own::kFirstMomentCategory + kind, perfetto::wordOf(moment.kind));
        event.add_uint32(event::kType, event::kTypeInstant);
        event.add_uint64(event::kTrackUuid, uuidOf(lane));
        event.add_uint64(event::kCategoryIids, own::kFirstMomentCategory + kind);
        if (moment.name) {
            event.add_uint64(event::kNameIid, internName(moment.name));
        } else {
            internFixedName(own::kFirstMomentName + kind, perfetto::wordOf(moment.kind));
            event.add_uint64(event::kNameIid, own::kFirstMomentName + kind);
        }
        if (moment.line != 0) {
            internAnnotationName(own::kLine, "line");
            annotate(event, own::kLine, moment.line);
        }
        if (moment.argument != 0) {
            internAnnotationName(own::kValue, "value");
            annotate(event, own::kValue, moment.argument);
        }
        flushPacket(moment.time);
    }
}

void PerfettoWriter::writeEdges()
{
    const std::size_t count = m_trace.edgeCount();
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Edge edge = m_trace.edge(i);
        if (edge.from.value > m_lanes.size() || edge.to.value > m_lanes.size())
            continue; // of a lane that came after this began
        writeEdgeEnd(edge, i + 1, false);
        writeEdgeEnd(edge, i + 1, true);
    }
}

void PerfettoWriter::writeEdgeEnd(const Edge& edge, std::uint64_t flow, bool isEnd)
{
    const auto kind = static_cast<std::uint64_t>(edge.kind);
    m_event.clear();
    pbf_writer event(m_event);
    internCategory(own::kFirstEdgeCategory + kind, perfetto::wordOf(edge.kind));
    internFixedName(own::kFirstEdgeName + kind, perfetto::wordOf(edge.kind));
    event.add_uint32(event::kType, event::kTypeInstant);
    event.add_uint64(event::kTrackUuid, uuidOf(isEnd ? edge.to : edge.from));
    event.add_uint64(event::kCategoryIids, own::kFirstEdgeCategory + kind);
    event.add_uint64(event::kNameIid, own::kFirstEdgeName + kind);
    event.add_fixed64(isEnd ? event::kTerminatingFlowIds : event::kFlowIds, flow);
    flushPacket(isEnd ? edge.toTime : edge.fromTime);
}

void PerfettoWriter::annotate(pbf_writer& event, std::uint64_t name, std::uint64_t value)
{
    m_part.clear();
    pbf_writer part(m_part);
    part.add_uint64(annotation::kNameIid, name);
    part.add_uint64(annotation::kUint, value);
    event.add_message(event::kDebugAnnotations, m_part);
}

} // namespace heddle
