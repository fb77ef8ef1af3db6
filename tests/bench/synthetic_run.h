// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace_builder.h"

#include <queue>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace heddle::bench {

/// A made-up run of actors that compute, take locks, wait and sleep, consistent enough to be a real
/// one: one holder a lock, hand-overs between the right actors, the kernel's switches where they wait.
///
/// Events come in pieces as a collector drains them: everything of one actor within 10 ms, then the
/// next actor. About 5 million events for each second of the run at 64 actors.
class SyntheticRun
{
public:
    SyntheticRun(std::uint32_t actors, unsigned seed)
        : m_random(seed)
        , m_lanes(actors)
        , m_freeAt(std::max<std::uint32_t>(actors / 4, 1))
        , m_lastHolder(m_freeAt.size())
    {
        for (std::uint32_t i = 0; i < actors; ++i)
            m_next.emplace(0, i);
    }

    void define(TraceBuilder& builder) const
    {
        for (std::uint32_t i = 0; i < m_lanes.size(); ++i)
            builder.defineActor(
                {i + 1}, ActorKind::Thread, i == 0 ? "main" : "worker[" + std::to_string(i) + "]");
        for (std::uint32_t i = 0; i < m_freeAt.size(); ++i)
            builder.defineObject({i + 1}, PrimitiveKind::Mutex, "lock[" + std::to_string(i) + "]");
        builder.defineName({1}, "critical section");
        builder.defineName({2}, "round");
    }

    /// Makes the next 10 ms; `events()` are those of all actors, one actor after the other.
    void advance()
    {
        m_until += 10'000'000;
        m_events.clear();
        for (auto& lane : m_lanes)
            lane.clear();
        m_scheduler.clear();
        while (m_next.top().first < m_until) {
            const auto [time, actor] = m_next.top();
            m_next.pop();
            m_next.emplace(cycle(time, actor), actor);
        }
        for (const auto& lane : m_lanes)
            m_events.insert(m_events.end(), lane.begin(), lane.end());
        std::stable_sort(m_scheduler.begin(), m_scheduler.end(),
            [](const TraceEvent& left, const TraceEvent& right) { return left.time < right.time; });
        m_events.insert(m_events.end(), m_scheduler.begin(), m_scheduler.end());
    }

    [[nodiscard]] const std::vector<TraceEvent>& events() const { return m_events; }

    /// Everything before this moment has been made.
    [[nodiscard]] std::int64_t completeUpTo() const { return m_until; }

private:
    void add(std::uint32_t actor, std::int64_t time, EventKind kind, std::uint64_t object = 0,
        std::uint64_t value = 0)
    {
        TraceEvent event;
        event.time = static_cast<std::uint64_t>(time);
        event.lane = actor + 1;
        event.kind = kind;
        event.line = static_cast<std::uint16_t>(10 + static_cast<unsigned>(kind) % 20);
        event.object = object;
        event.value = value;
        m_lanes[actor].push_back(event);
    }

    void addSwitch(std::uint32_t actor, std::int64_t time, EventKind kind)
    {
        TraceEvent event;
        event.time = static_cast<std::uint64_t>(time);
        event.kind = kind;
        event.object = 1000 + actor;
        event.value = actor % 4;
        m_scheduler.push_back(event);
    }

    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(high - low));
    }

    /// One round of an actor: computes, takes its lock, leaves it. Returns when the next one begins.
    std::int64_t cycle(std::int64_t time, std::uint32_t actor)
    {
        if (time == 0) {
            add(actor, 0, EventKind::ActorStarted, 0, 1000 + actor);
            addSwitch(actor, 0, EventKind::SwitchedIn);
        }
        add(actor, time, EventKind::StepBegan);
        add(actor, time, EventKind::ComputeBegan);
        time += between(2'000, 60'000);
        add(actor, time, EventKind::ComputeEnded);
        const std::size_t lock = m_random() % m_freeAt.size();
        if (m_freeAt[lock] > time) {
            add(actor, time, EventKind::Wants, lock + 1,
                static_cast<std::uint64_t>(State::WaitLock));
            addSwitch(actor, time + 100, EventKind::SwitchedOut);
            add(m_lastHolder[lock], std::max(m_freeAt[lock], time), EventKind::HandedOver, lock + 1,
                actor + 1);
            time = m_freeAt[lock] + 200;
            addSwitch(actor, time - 100, EventKind::SwitchedIn);
        }
        add(actor, time, EventKind::Has, lock + 1);
        add(actor, time, EventKind::SectionEntered, 1);
        time += between(200, 8'000);
        add(actor, time, EventKind::SectionLeft, 1);
        add(actor, time, EventKind::Released, lock + 1);
        m_freeAt[lock] = time + 1;
        m_lastHolder[lock] = actor;
        if (m_random() % 50 == 0) {
            add(actor, time, EventKind::SleepBegan);
            time += between(50'000, 2'000'000);
            add(actor, time, EventKind::SleepEnded);
        }
        return time + between(100, 1'000);
    }

    std::mt19937_64 m_random;
    std::vector<std::vector<TraceEvent>> m_lanes;
    std::vector<TraceEvent> m_scheduler;
    std::vector<TraceEvent> m_events;
    std::vector<std::int64_t> m_freeAt;
    std::vector<std::uint32_t> m_lastHolder;
    std::int64_t m_until = 0;
    std::priority_queue<std::pair<std::int64_t, std::uint32_t>,
        std::vector<std::pair<std::int64_t, std::uint32_t>>, std::greater<>>
        m_next;
};

} // namespace heddle::bench
