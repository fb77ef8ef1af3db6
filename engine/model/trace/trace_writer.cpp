// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/trace_writer.h"

#include "engine/model/trace/trace_store.h"
#include "engine/model/trace/track_store.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::int64_t held(std::int64_t time)
{
    return std::clamp<std::int64_t>(time, 0, TraceWriter::kLatest);
}

} // namespace

TraceWriter::TraceWriter()
    : m_trace(std::make_shared<Trace>())
{
}

void TraceWriter::defineName(NameId id, std::string text)
{
    Trace::Store& store = *m_trace->m_store;
    InternalLock lock(store.mutex);
    store.names.emplace(id, std::move(text)); // the first meaning stays
}

NameId TraceWriter::ownName(std::string_view text)
{
    if (text.empty())
        return {};
    const auto [place, isNew] = m_ownNames.try_emplace(std::string(text));
    if (isNew) {
        place->second.value = kFirstOwnName + static_cast<std::uint32_t>(m_ownNames.size());
        defineName(place->second, place->first);
    }
    return place->second;
}

LaneId TraceWriter::addLane(Lane lane)
{
    Trace::Store& store = *m_trace->m_store;
    store.ownLaneStores.push_back(std::make_unique<LaneStore>());
    store.laneStores.append(store.ownLaneStores.back().get());
    lane.id.value = static_cast<std::uint32_t>(store.ownLaneStores.size());
    lane.tracks.clear();
    const LaneId id = lane.id;
    {
        InternalLock lock(store.mutex);
        if (lane.actor)
            store.laneOfActor.try_emplace(lane.actor, id);
        if (lane.object)
            store.laneOfObject.try_emplace(lane.object, id);
        store.lanes.push_back(std::move(lane));
    }
    store.layoutGeneration.fetch_add(1, std::memory_order_acq_rel);
    return id;
}

void TraceWriter::setLane(const Lane& lane)
{
    Trace::Store& store = *m_trace->m_store;
    {
        InternalLock lock(store.mutex);
        Lane& own = store.lanes[lane.id.value - 1];
        std::vector<TrackId> tracks = std::move(own.tracks);
        own = lane;
        own.tracks = std::move(tracks);
    }
    store.layoutGeneration.fetch_add(1, std::memory_order_acq_rel);
}

TrackId TraceWriter::addTrack(LaneId lane, TrackKind kind, std::uint8_t depth)
{
    Trace::Store& store = *m_trace->m_store;
    TrackId id;
    id.value = static_cast<std::uint32_t>(store.ownTracks.size() + 1);
    auto track = std::make_unique<Track>(id, lane, kind, depth);
    track->m_store->traceEnd = &store.end;
    store.tracks.append(track.get());
    store.ownTracks.push_back(std::move(track));
    {
        InternalLock lock(store.mutex);
        store.lanes[lane.value - 1].tracks.push_back(id);
    }
    store.layoutGeneration.fetch_add(1, std::memory_order_acq_rel);
    return id;
}

void TraceWriter::addSlice(TrackId track, Slice slice)
{
    Track::Store& store = *m_trace->m_store->ownTracks[track.value - 1]->m_store;
    const std::int64_t begin = std::max(held(slice.begin), store.lastTime);
    const std::int64_t end = std::max(held(slice.end), begin);
    if (begin != slice.begin || end != slice.end) {
        mark(store.lane, begin, "a slice that did not fit was cut");
        slice.begin = begin;
        slice.end = end;
    }
    store.lastTime = end;
    m_latest = std::max(m_latest, end);
    store.append(slice);
}

void TraceWriter::setOpen(TrackId track, const Slice& slice)
{
    Track::Store& store = *m_trace->m_store->ownTracks[track.value - 1]->m_store;
    Slice open = slice;
    open.begin = std::max(held(slice.begin), store.lastTime);
    m_latest = std::max(m_latest, open.begin);
    store.open.set(open);
}

void TraceWriter::clearOpen(TrackId track)
{
    m_trace->m_store->ownTracks[track.value - 1]->m_store->open.clear();
}

void TraceWriter::addSample(TrackId track, Sample sample)
{
    Track::Store& store = *m_trace->m_store->ownTracks[track.value - 1]->m_store;
    const std::int64_t time = std::max(held(sample.time), store.lastTime);
    if (time != sample.time)
        mark(store.lane, time, "a sample that came late was moved");
    store.lastTime = time;
    m_latest = std::max(m_latest, time);
    store.levels.append({time, sample.value});
}

void TraceWriter::addMoment(LaneId lane, Moment moment)
{
    auto& moments = m_trace->m_store->ownLaneStores[lane.value - 1]->moments;
    moment.time = held(moment.time);
    // The list is searched by time; one that comes late stands at the time of the last.
    if (const std::size_t count = moments.size(); count > 0)
        moment.time = std::max(moment.time, moments[count - 1].time);
    m_latest = std::max(m_latest, moment.time);
    moments.append(moment);
}

void TraceWriter::addOperation(LaneId lane, StepOperation operation)
{
    auto& operations = m_trace->m_store->ownLaneStores[lane.value - 1]->operations;
    operation.time = held(operation.time);
    if (operations.size() < Trace::kMostOperations)
        operations.append(operation);
}

void TraceWriter::addStep(LaneId lane, std::int64_t time, std::uint16_t line)
{
    LevelStore& steps = m_trace->m_store->ownLaneStores[lane.value - 1]->steps;
    if (const std::size_t count = steps.count(); count > 0) {
        const Sample last = steps.sample(count - 1);
        if (last.value == line)
            return;
        time = std::max(time, last.time);
    }
    steps.append({held(time), line});
}

void TraceWriter::addEdge(const Edge& edge)
{
    Edge own = edge;
    own.fromTime = held(edge.fromTime);
    own.toTime = held(edge.toTime);
    m_latest = std::max({m_latest, own.fromTime, own.toTime});
    m_trace->m_store->edges.append(own);
}

void TraceWriter::mark(LaneId lane, std::int64_t time, std::string_view what)
{
    Moment moment;
    moment.time = time;
    moment.kind = Moment::Kind::Marked;
    moment.name = ownName(what);
    addMoment(lane, moment);
}

void TraceWriter::setEnd(std::int64_t end)
{
    auto& own = m_trace->m_store->end;
    if (held(end) > own.load(std::memory_order_relaxed))
        own.store(held(end), std::memory_order_release);
}

void TraceWriter::setRecorder(const RecorderFigures& figures)
{
    Trace::Store& store = *m_trace->m_store;
    InternalLock lock(store.mutex);
    store.recorder = figures;
}

void TraceWriter::setProperty(const std::string& key, const std::string& value)
{
    Trace::Store& store = *m_trace->m_store;
    InternalLock lock(store.mutex);
    store.properties[key] = value;
}

void TraceWriter::finish()
{
    setEnd(m_latest);
    m_trace->m_store->isLive.store(false, std::memory_order_release);
}

} // namespace heddle
