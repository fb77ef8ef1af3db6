// SPDX-License-Identifier: GPL-3.0-only
#include "tests/widgets/trace_samples.h"

#include "engine/model/trace/track.h"

#include <algorithm>
#include <array>
#include <random>

namespace heddle::tests {

namespace {

constexpr std::uint32_t kPhilosophers = 5;

NameId nameIn(TraceBuilder& builder, std::uint32_t id, const char* text)
{
    builder.defineName(NameId{id}, text);
    return NameId{id};
}

// The builder may have made the track already, when the actor or object was defined.
TrackId trackOf(TraceBuilder& builder, LaneId lane, TrackKind kind)
{
    const auto trace = builder.trace();
    if (const auto known = trace->lane(lane)) {
        for (const TrackId id : known->tracks) {
            if (trace->track(id)->kind() == kind)
                return id;
        }
    }
    return builder.addTrack(lane, kind, 0);
}

/// Lives of five philosophers, told with the direct functions of the builder.
class Dinner
{
public:
    std::shared_ptr<const Trace> serve()
    {
        defineNames();
        addLanes();
        for (int meal = 0; meal < 6; ++meal) {
            for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat)
                eat(seat);
        }
        deadlock();
        m_builder.setProperty("program", "dining_philosophers");
        m_builder.setEnd(m_now.front());
        m_builder.finish();
        return m_builder.trace();
    }

private:
    void defineNames()
    {
        m_think = nameIn(m_builder, 1, "think");
        m_eat = nameIn(m_builder, 2, "eat");
        m_meal = nameIn(m_builder, 3, "meal");
        for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat) {
            m_builder.defineActor(
                ActorId{seat + 1}, ActorKind::Thread, "philosopher[" + std::to_string(seat) + "]");
            m_builder.defineObject(
                ObjectId{seat + 1}, PrimitiveKind::Mutex, "fork[" + std::to_string(seat) + "]");
        }
    }

    void addLanes()
    {
        for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat) {
            m_lanes[seat] = m_builder.trace()->laneOfActor(ActorId{seat + 1});
            if (!m_lanes[seat]) {
                Lane lane;
                lane.name = "philosopher[" + std::to_string(seat) + "]";
                lane.actor = ActorId{seat + 1};
                m_lanes[seat] = m_builder.addLane(lane);
            }
            m_activity[seat] = trackOf(m_builder, m_lanes[seat], TrackKind::Activity);
            m_scheduler[seat] = trackOf(m_builder, m_lanes[seat], TrackKind::Scheduler);
            m_section[seat] = trackOf(m_builder, m_lanes[seat], TrackKind::Section);
        }
        for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat) {
            LaneId fork = m_builder.trace()->laneOfObject(ObjectId{seat + 1});
            if (!fork) {
                Lane lane;
                lane.group = LaneGroup::Objects;
                lane.name = "fork[" + std::to_string(seat) + "]";
                lane.object = ObjectId{seat + 1};
                lane.objectKind = PrimitiveKind::Mutex;
                fork = m_builder.addLane(lane);
            }
            m_holder[seat] = trackOf(m_builder, fork, TrackKind::Holder);
            m_queue[seat] = trackOf(m_builder, fork, TrackKind::Level);
        }
        for (std::uint32_t processor = 0; processor < 2; ++processor) {
            Lane lane;
            lane.group = LaneGroup::Processors;
            lane.name = "CPU " + std::to_string(processor);
            lane.number = processor;
            m_processor[processor] =
                m_builder.addTrack(m_builder.addLane(lane), TrackKind::Processor, 0);
        }
    }

    std::int64_t spell(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(m_random);
    }

    void slice(std::uint32_t seat, State state, std::int64_t end, NameId name, std::uint32_t fork)
    {
        Slice part{m_now[seat], end, state,
            static_cast<std::uint16_t>(4 + static_cast<int>(state) % 6), name, fork, false};
        m_builder.addSlice(m_activity[seat], part);
        State kernel = State::Blocked;
        if (state == State::Computing || state == State::Running)
            kernel = State::Running;
        const std::int64_t runnable =
            kernel == State::Running ? std::min<std::int64_t>(60'000, (end - m_now[seat]) / 4) : 0;
        if (runnable > 0)
            m_builder.addSlice(m_scheduler[seat],
                {m_now[seat], m_now[seat] + runnable, State::Runnable, 0, {}, 0, false});
        m_builder.addSlice(
            m_scheduler[seat], {m_now[seat] + runnable, end, kernel, 0, {}, 0, false});
        const std::uint32_t processor = seat % 2;
        const std::int64_t from = std::max(m_processorFree[processor], m_now[seat] + runnable);
        if (kernel == State::Running && from < end) {
            m_builder.addSlice(
                m_processor[processor], {from, end, State::Running, 0, {}, seat + 1, true});
            m_processorFree[processor] = end;
        }
        m_now[seat] = end;
    }

    void take(std::uint32_t seat, std::uint32_t fork)
    {
        if (m_forkFree[fork] > m_now[seat]) {
            m_builder.addSample(m_queue[fork], {std::max(m_now[seat], m_lastSample[fork]), 1});
            const std::int64_t end = m_forkFree[fork];
            slice(seat, State::WaitLock, end, {}, fork + 1);
            m_builder.addSample(m_queue[fork], {end, 0});
            m_lastSample[fork] = end;
            m_builder.addEdge({end - 3000, end, m_lanes[m_lastOwner[fork]], m_lanes[seat],
                Edge::Kind::HandedOver});
        }
        m_taken[fork] = m_now[seat];
    }

    void putBack(std::uint32_t seat, std::uint32_t fork)
    {
        m_builder.addSlice(
            m_holder[fork], {m_taken[fork], m_now[seat], State::Held, 6, {}, seat + 1, true});
        m_forkFree[fork] = m_now[seat];
        m_lastOwner[fork] = seat;
    }

    void eat(std::uint32_t seat)
    {
        const std::uint32_t other = (seat + 1) % kPhilosophers;
        slice(seat, State::Computing, m_now[seat] + spell(400'000, 1'600'000), m_think, 0);
        slice(seat, State::WaitTime, m_now[seat] + spell(100'000, 500'000), {}, 0);
        const std::int64_t meal = m_now[seat];
        take(seat, std::min(seat, other));
        slice(seat, State::Running, m_now[seat] + spell(20'000, 60'000), {}, 0);
        take(seat, std::max(seat, other));
        slice(seat, State::Computing, m_now[seat] + spell(500'000, 1'200'000), m_eat, 0);
        putBack(seat, seat);
        putBack(seat, other);
        m_builder.addSlice(
            m_section[seat], {meal, m_now[seat], State::Section, 5, m_meal, 0, false});
        m_builder.addMoment(m_lanes[seat], {m_now[seat], Moment::Kind::Said, 9, {}, ++m_said});
    }

    void deadlock()
    {
        const std::int64_t start = *std::max_element(m_now.begin(), m_now.end()) + 300'000;
        for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat) {
            slice(seat, State::Computing, start + seat * 90'000, m_think, 0);
            m_taken[seat] = m_now[seat];
            slice(seat, State::Running, m_now[seat] + 150'000, {}, 0);
        }
        const std::int64_t end = start + 9'000'000;
        for (std::uint32_t seat = 0; seat < kPhilosophers; ++seat) {
            const std::uint32_t other = (seat + 1) % kPhilosophers;
            m_builder.addSample(m_queue[other], {m_now[seat], 1});
            slice(seat, State::WaitLock, end, {}, other + 1);
            m_builder.addMoment(
                m_lanes[seat], {end - 2'000'000, Moment::Kind::Deadlocked, 6, {}, kPhilosophers});
            m_builder.addSlice(
                m_holder[seat], {m_taken[seat], end, State::Held, 6, {}, seat + 1, true});
        }
    }

    TraceBuilder m_builder;
    std::mt19937_64 m_random{42};
    NameId m_think;
    NameId m_eat;
    NameId m_meal;
    std::uint64_t m_said = 0;
    std::array<LaneId, kPhilosophers> m_lanes;
    std::array<TrackId, kPhilosophers> m_activity;
    std::array<TrackId, kPhilosophers> m_scheduler;
    std::array<TrackId, kPhilosophers> m_section;
    std::array<TrackId, kPhilosophers> m_holder;
    std::array<TrackId, kPhilosophers> m_queue;
    std::array<TrackId, 2> m_processor;
    std::array<std::int64_t, 2> m_processorFree{};
    std::array<std::int64_t, kPhilosophers> m_now{};
    std::array<std::int64_t, kPhilosophers> m_forkFree{};
    std::array<std::int64_t, kPhilosophers> m_taken{};
    std::array<std::int64_t, kPhilosophers> m_lastSample{};
    std::array<std::uint32_t, kPhilosophers> m_lastOwner{};
};

TrackId addActor(TraceBuilder& builder, std::uint32_t number)
{
    Lane lane;
    lane.name = "worker[" + std::to_string(number) + "]";
    lane.actor = ActorId{number + 1};
    return builder.addTrack(builder.addLane(lane), TrackKind::Activity, 0);
}

} // namespace

std::shared_ptr<const Trace> philosophersTrace()
{
    return Dinner().serve();
}

std::shared_ptr<const Trace> combTrace(std::size_t slices)
{
    TraceBuilder builder;
    const TrackId track = addActor(builder, 0);
    for (std::size_t index = 0; index < slices; ++index) {
        const auto begin = static_cast<std::int64_t>(index) * 1000;
        const State state = index % 2 == 0 ? State::Running : State::WaitLock;
        builder.addSlice(track, {begin, begin + 1000, state, 1, {}, 0, false});
    }
    builder.setEnd(static_cast<std::int64_t>(slices) * 1000);
    builder.finish();
    return builder.trace();
}

std::shared_ptr<const Trace> largeTrace(std::size_t lanes, std::size_t slicesPerLane)
{
    constexpr std::array<State, 6> kStates{State::Running, State::WaitLock, State::Computing,
        State::WaitQueue, State::WaitTime, State::Running};
    TraceBuilder builder;
    std::mt19937_64 random{7};
    std::int64_t longest = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const TrackId track = addActor(builder, static_cast<std::uint32_t>(lane));
        std::int64_t now = 0;
        for (std::size_t index = 0; index < slicesPerLane; ++index) {
            const std::uint64_t dice = random();
            // Mostly short, now and then long: as real programs are.
            const std::int64_t length = static_cast<std::int64_t>(
                200 + (dice & 0xFFF) + ((dice >> 12U) % 500 == 0 ? (dice >> 24U) % 5'000'000 : 0));
            builder.addSlice(track,
                {now, now + length, kStates[(dice >> 50U) % kStates.size()],
                    static_cast<std::uint16_t>(dice >> 58U), {}, 0, false});
            now += length;
        }
        longest = std::max(longest, now);
    }
    builder.setEnd(longest);
    builder.finish();
    return builder.trace();
}

} // namespace heddle::tests
