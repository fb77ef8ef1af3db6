// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/trace_builder.h"

#include "engine/model/trace/trace_builder_state.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace heddle {

TraceBuilder::TraceBuilder()
    : m_state(std::make_unique<State>())
{
}

TraceBuilder::~TraceBuilder() = default;

std::shared_ptr<const Trace> TraceBuilder::trace() const
{
    return m_state->writer.trace();
}

void TraceBuilder::defineName(NameId id, std::string text)
{
    m_state->writer.defineName(id, std::move(text));
}

void TraceBuilder::defineActor(ActorId id, ActorKind kind, std::string name)
{
    if (id)
        m_state->defineActor(id, kind, std::move(name), true);
}

void TraceBuilder::defineObject(ObjectId id, PrimitiveKind kind, std::string name)
{
    if (id)
        m_state->defineObject(id, kind, std::move(name), true);
}

void TraceBuilder::append(std::span<const TraceEvent> events)
{
    m_state->append(events);
}

void TraceBuilder::setEnd(std::int64_t moment)
{
    m_state->flush(moment);
    m_state->writer.setEnd(moment);
}

void TraceBuilder::setRecorder(const RecorderFigures& figures)
{
    m_state->writer.setRecorder(figures);
}

void TraceBuilder::setProperty(const std::string& key, const std::string& value)
{
    m_state->writer.setProperty(key, value);
}

void TraceBuilder::finish()
{
    State& state = *m_state;
    state.flush(std::numeric_limits<std::int64_t>::max());
    const std::int64_t end = std::max(state.writer.latest(), trace()->end());
    state.writer.setEnd(end);
    state.actors.forEach([end](State::Actor& actor) { actor.lane->finish(end); });
    state.objects.forEach([end](State::Object& object) { object.lane->finish(end); });
    state.scheduler.finish(end);
    state.edges.flush(end);
    if (state.homeless > 0)
        state.writer.setProperty("events without a lane", std::to_string(state.homeless));
    state.writer.finish();
}

LaneId TraceBuilder::addLane(Lane lane)
{
    return m_state->writer.addLane(std::move(lane));
}

TrackId TraceBuilder::addTrack(LaneId lane, TrackKind kind, std::uint8_t depth)
{
    return m_state->writer.addTrack(lane, kind, depth);
}

void TraceBuilder::addSlice(TrackId track, const Slice& slice)
{
    m_state->writer.addSlice(track, slice);
}

void TraceBuilder::addMoment(LaneId lane, const Moment& moment)
{
    m_state->writer.addMoment(lane, moment);
}

void TraceBuilder::addSample(TrackId track, Sample sample)
{
    m_state->writer.addSample(track, sample);
}

void TraceBuilder::addEdge(const Edge& edge)
{
    m_state->writer.addEdge(edge);
}

} // namespace heddle
