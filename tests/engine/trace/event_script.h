// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace_builder.h"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace heddle {

/// Builds a trace event by event, as short to write as a story.
class EventScript
{
public:
    TraceBuilder builder;

    ActorId actor(const std::string& name, ActorKind kind = ActorKind::Thread)
    {
        const ActorId id{++m_actors};
        builder.defineActor(id, kind, name);
        return id;
    }
    ObjectId object(PrimitiveKind kind, const std::string& name)
    {
        const ObjectId id{++m_objects};
        builder.defineObject(id, kind, name);
        return id;
    }

    EventScript& at(std::uint64_t time)
    {
        m_time = time;
        return *this;
    }
    EventScript& line(std::uint16_t line)
    {
        m_line = line;
        return *this;
    }
    EventScript& add(
        ActorId lane, EventKind kind, std::uint64_t object = 0, std::uint64_t value = 0)
    {
        TraceEvent event;
        event.time = m_time;
        event.lane = lane.value;
        event.kind = kind;
        event.line = m_line;
        event.object = object;
        event.value = value;
        builder.append({&event, 1});
        return *this;
    }
    EventScript& wants(ActorId lane, ObjectId object, State state = State::WaitLock)
    {
        return add(lane, EventKind::Wants, object.value, static_cast<std::uint64_t>(state));
    }
    EventScript& wantsActor(ActorId lane, ActorId other)
    {
        return add(lane, EventKind::Wants, other.value | kActorFlag,
            static_cast<std::uint64_t>(State::WaitActor));
    }
    EventScript& has(ActorId lane, ObjectId object, std::uint64_t value = 0)
    {
        return add(lane, EventKind::Has, object.value, value);
    }
    EventScript& released(ActorId lane, ObjectId object, std::uint64_t value = 0)
    {
        return add(lane, EventKind::Released, object.value, value);
    }

    std::shared_ptr<const Trace> finish()
    {
        builder.finish();
        return builder.trace();
    }

private:
    std::uint32_t m_actors = 0;
    std::uint32_t m_objects = 0;
    std::uint64_t m_time = 0;
    std::uint16_t m_line = 0;
};

/// A trace that has something of everything, from a seed.
inline std::shared_ptr<const Trace> randomTrace(unsigned seed, std::size_t slices = 300)
{
    std::mt19937_64 random(seed);
    const auto below = [&random](std::uint64_t bound) { return random() % bound; };
    TraceBuilder builder;
    for (std::uint32_t i = 1; i <= 5; ++i)
        builder.defineName({i}, "name \"" + std::to_string(i) + "\"\n\xc3\xa4");
    builder.setProperty("program", "locks/dining_philosophers");
    builder.setProperty("verdict", "deadlock");
    builder.setRecorder({12345, 6, 11.25, 0.0625, "none: not permitted"});
    std::vector<LaneId> lanes;
    for (std::uint32_t i = 0; i < 9; ++i) {
        Lane lane;
        lane.group = static_cast<LaneGroup>(below(4));
        lane.name = "lane[" + std::to_string(i) + "]";
        if (lane.group == LaneGroup::Actors)
            lane.actor.value = i + 1;
        if (lane.group == LaneGroup::Objects)
            lane.object.value = i + 1;
        lane.actorKind = static_cast<ActorKind>(below(4));
        lane.objectKind = static_cast<PrimitiveKind>(below(kPrimitiveKindCount));
        lane.number = static_cast<std::uint32_t>(below(100000));
        lanes.push_back(builder.addLane(lane));
        for (std::uint64_t t = below(4); t > 0; --t) {
            const auto kind = static_cast<TrackKind>(below(6));
            const TrackId track =
                builder.addTrack(lanes.back(), kind, static_cast<std::uint8_t>(below(3)));
            std::int64_t time = static_cast<std::int64_t>(below(100));
            for (std::size_t s = 0; s < slices; ++s) {
                const std::int64_t gap =
                    below(3) == 0 ? static_cast<std::int64_t>(below(1ULL << below(36))) : 0;
                const auto length = static_cast<std::int64_t>(below(1ULL << below(36)));
                if (kind == TrackKind::Level) {
                    time += gap;
                    builder.addSample(
                        track, {time, static_cast<std::int64_t>(random()) >> below(60)});
                    continue;
                }
                Slice slice;
                slice.begin = time + gap;
                slice.end = slice.begin + length;
                slice.state = static_cast<State>(below(kStateCount));
                slice.line = static_cast<std::uint16_t>(below(3) == 0 ? 0 : below(65536));
                slice.name.value = static_cast<std::uint32_t>(below(6));
                slice.argument = static_cast<std::uint32_t>(below(2) == 0 ? 0 : below(1ULL << 32));
                slice.argumentIsActor = below(2) == 0;
                builder.addSlice(track, slice);
                time = slice.end;
            }
        }
        for (std::int64_t m = 0; m < 20; ++m) {
            Moment moment;
            moment.time = m * 1000;
            moment.kind = static_cast<Moment::Kind>(below(20));
            moment.line = static_cast<std::uint16_t>(below(3));
            moment.name.value = static_cast<std::uint32_t>(below(6));
            moment.argument = below(3) == 0 ? random() : 0;
            builder.addMoment(lanes.back(), moment);
        }
    }
    for (int e = 0; e < 40; ++e) {
        Edge edge;
        edge.from = lanes[below(lanes.size())];
        edge.to = lanes[below(lanes.size())];
        edge.fromTime = static_cast<std::int64_t>(below(100000));
        edge.toTime = edge.fromTime + static_cast<std::int64_t>(below(1000));
        edge.kind = static_cast<Edge::Kind>(below(3));
        builder.addEdge(edge);
    }
    builder.finish();
    return builder.trace();
}

} // namespace heddle
