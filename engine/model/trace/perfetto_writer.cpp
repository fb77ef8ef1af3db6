// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_writer.h"

#include "engine/model/trace/perfetto_fields.h"

#include <algorithm>
#include <optional>

namespace heddle {

using namespace perfetto;
using protozero::pbf_writer;

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
    return own::kFirstLaneUuid + lane.value;
}

std::uint64_t PerfettoWriter::uuidOf(TrackId track) const
{
    return own::kFirstLaneUuid + m_lanes.size() + 1 + track.value;
}

std::uint64_t PerfettoWriter::uuidOfSteps(LaneId lane) const
{
    return own::kFirstLaneUuid + m_lanes.size() + 1 + m_trackCount + 1 + lane.value;
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
