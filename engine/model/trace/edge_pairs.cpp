// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/edge_pairs.h"

#include "engine/model/trace/actor_lane.h"
#include "engine/model/trace/track.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::int64_t kPatience =
    1'000'000'000; ///< how long after the event a partner may turn up
constexpr std::size_t kSlicesToLookAt = 8;

} // namespace

EdgePairs::EdgePairs(TraceWriter& writer, FindActor findActor)
    : m_writer(writer)
    , m_findActor(std::move(findActor))
{
}

void EdgePairs::created(LaneId by, ActorId actor, std::int64_t time)
{
    m_halves.push_back({Edge::Kind::Created, by, actor, {}, time, 0});
}

void EdgePairs::handedOver(LaneId by, ActorId to, ObjectId object, std::int64_t time)
{
    m_halves.push_back({Edge::Kind::HandedOver, by, to, object, time, 0});
}

void EdgePairs::joined(LaneId by, ActorId actor, std::int64_t time)
{
    m_halves.push_back({Edge::Kind::Joined, by, actor, {}, time, 0});
}

void EdgePairs::signalled(LaneId by, ActorId to, std::uint64_t signal, std::int64_t time)
{
    if (to)
        m_halves.push_back({Edge::Kind::Signalled, by, to, {}, time, signal});
}

void EdgePairs::make(const Half& half, LaneId other, std::int64_t time)
{
    Edge edge;
    edge.kind = half.kind;
    const bool isJoin = half.kind == Edge::Kind::Joined;
    edge.from = isJoin ? other : half.lane;
    edge.to = isJoin ? half.lane : other;
    edge.fromTime = isJoin ? std::min(time, half.time) : half.time;
    edge.toTime = isJoin ? half.time : std::max(time, half.time);
    m_writer.addEdge(edge);
}

EdgePairs::Outcome EdgePairs::complete(const Half& half)
{
    const ActorLane* actor = m_findActor(half.other);
    if (actor == nullptr)
        return Outcome::Waits;
    if (half.kind == Edge::Kind::HandedOver)
        return completeHandOver(half, *actor);
    if (half.kind == Edge::Kind::Signalled)
        return completeSignal(half, *actor);
    const bool isCreation = half.kind == Edge::Kind::Created;
    if (isCreation ? !actor->hasStarted() : !actor->hasEnded())
        return Outcome::Waits;
    make(half, actor->lane(), isCreation ? actor->startedAt() : actor->endedAt());
    return Outcome::Made;
}

/// An ignored or blocked signal has no other end; one that merged with an earlier one has its end.
EdgePairs::Outcome EdgePairs::completeSignal(const Half& half, const ActorLane& target)
{
    if (const auto taken = target.tookSignal(half.signal, half.time)) {
        make(half, target.lane(), *taken);
        return Outcome::Made;
    }
    return target.hasEnded() ? Outcome::Dropped : Outcome::Waits;
}

/// The wait that a hand-over ends is the first one for the object that is not over by then.
EdgePairs::Outcome EdgePairs::completeHandOver(const Half& half, const ActorLane& target)
{
    const Track* track = m_writer.trace()->track(target.activity());
    const std::size_t count = track->sliceCount();
    const std::size_t first = track->firstEndingAfter(half.time - 1);
    const std::size_t last = std::min(count, first + kSlicesToLookAt);
    for (std::size_t i = first; i < last; ++i) {
        const Slice slice = track->slice(i);
        if (groupOf(slice.state) == StateGroup::Contention && !slice.argumentIsActor
            && slice.argument == half.object.value && slice.begin <= half.time + kPatience) {
            make(half, target.lane(), slice.end);
            return Outcome::Made;
        }
    }
    return last < count || target.hasEnded() ? Outcome::Hopeless : Outcome::Waits;
}

void EdgePairs::flush(std::int64_t until)
{
    std::erase_if(m_halves, [this, until](const Half& half) {
        if (half.time > until)
            return false;
        const Outcome outcome = complete(half);
        if (outcome == Outcome::Hopeless)
            m_writer.mark(half.lane, half.time, "a hand-over found no wait");
        return outcome != Outcome::Waits;
    });
}

} // namespace heddle
