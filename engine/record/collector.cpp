// SPDX-License-Identifier: Apache-2.0
#include "engine/record/collector.h"

#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/track.h"
#include "engine/record/definition_reader.h"
#include "engine/record/ticks.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace heddle {

namespace {

constexpr std::size_t kBatch = 2048;
constexpr unsigned kKernelFamily = 5; // kinds 80 … 95: their times are nanoseconds already
// A thread may lose its processor between the clock and the publishing; the kernel's records come
// by way of the supervisor. What is later still is mended by the trace's builder.
constexpr std::int64_t kSettling = 15'000'000;

bool isKernelsWord(EventKind kind)
{
    return static_cast<unsigned>(kind) >> 4U == kKernelFamily;
}

std::int64_t runningTime(const Trace& trace, const Lane& lane)
{
    std::int64_t done = 0;
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        if (track == nullptr)
            continue;
        const auto sums = track->sums(0, trace.end());
        if (track->kind() == TrackKind::Scheduler)
            return sums[static_cast<std::size_t>(State::Running)];
        if (track->kind() == TrackKind::Activity)
            done = sums[static_cast<std::size_t>(State::Running)]
                + sums[static_cast<std::size_t>(State::Computing)];
    }
    return done;
}

} // namespace

struct Collector::State
{
    struct Ring
    {
        std::uint64_t end = 0; ///< drain up to here
        std::uint32_t state = 0; ///< as it was before `end` was read
        std::int64_t last = 0; ///< time of its last event
    };

    std::shared_ptr<Session> session;
    TraceBuilder builder;
    DefinitionReader definitions;
    TickConverter converter;
    std::vector<Ring> rings;
    std::vector<TraceEvent> batch = std::vector<TraceEvent>(kBatch);
    std::uint64_t events = 0;
    std::uint64_t lostHere = 0; ///< positions that cannot be
    std::string schedulerData;
    bool hasStarted = false; ///< the first ring is in use: the session's time runs
    bool isFinished = false;

    explicit State(std::shared_ptr<Session> given)
        : session(std::move(given))
        , definitions(*session)
        , converter(session->clock(), {session->layout().startTicks, session->startNanoseconds()})
        , rings(session->geometry().rings)
    {
    }

    // Before the first ring is taken the program has not begun, and its time has not either.
    void noticeStart()
    {
        if (hasStarted || ringsUsed() == 0)
            return;
        hasStarted = true;
        session->adoptStart();
        converter = TickConverter(
            session->clock(), {session->layout().startTicks, session->startNanoseconds()});
    }
    [[nodiscard]] std::uint32_t ringsUsed() const
    {
        return std::min(
            session->layout().ringsUsed.load(std::memory_order_acquire), session->geometry().rings);
    }
    std::size_t drainAll();
    std::size_t drainRing(std::uint32_t index);
    void convert(std::span<TraceEvent> events, Ring& ring) const;
    [[nodiscard]] RecorderFigures figures() const;
};

std::size_t Collector::State::drainAll()
{
    converter.calibrate();
    // First how far each ring goes, then the tables: what an event names has been defined before it.
    const std::uint32_t used = ringsUsed();
    for (std::uint32_t index = 0; index < used; ++index) {
        rings[index].state = session->ring(index).state.load(std::memory_order_acquire);
        rings[index].end = session->ring(index).head.load(std::memory_order_acquire);
    }
    definitions.readInto(builder);
    std::size_t taken = 0;
    for (std::uint32_t index = 0; index < used; ++index)
        taken += drainRing(index);
    events += taken;
    return taken;
}

std::size_t Collector::State::drainRing(std::uint32_t index)
{
    Ring& ring = rings[index];
    RingControl& control = session->ring(index);
    const TraceEvent* records = session->records(index);
    const std::uint64_t capacity = session->geometry().recordsPerRing;
    std::uint64_t tail = control.tail.load(std::memory_order_relaxed);
    std::uint64_t left = ring.end - tail;
    if (left > capacity) { // written over: nothing of it can be believed
        lostHere += capacity;
        control.tail.store(ring.end, std::memory_order_release);
        left = 0;
    }
    const std::uint64_t taken = left;
    while (left > 0) {
        const std::uint64_t place = tail & (capacity - 1);
        const std::uint64_t count = std::min({left, std::uint64_t{kBatch}, capacity - place});
        std::copy_n(records + place, count, batch.begin());
        tail += count;
        left -= count;
        control.tail.store(tail, std::memory_order_release);
        const std::span<TraceEvent> some{batch.data(), count};
        convert(some, ring);
        builder.append(some);
    }
    std::uint32_t state = ring.state;
    if ((state & kRingStateMask) == static_cast<std::uint32_t>(RingState::Ending))
        control.state.compare_exchange_strong(
            state, state & ~kRingStateMask, std::memory_order_acq_rel);
    return taken;
}

void Collector::State::convert(std::span<TraceEvent> some, Ring& ring) const
{
    for (TraceEvent& event : some) {
        if (isKernelsWord(event.kind))
            continue;
        ring.last = std::max(ring.last, converter.nanoseconds(event.time));
        event.time = static_cast<std::uint64_t>(ring.last);
    }
}

RecorderFigures Collector::State::figures() const
{
    const SessionLayout& layout = session->layout();
    RecorderFigures all;
    all.events = events;
    all.lost = lostHere + layout.lostWithoutRing.load(std::memory_order_relaxed)
        + layout.refusedDefinitions.load(std::memory_order_relaxed);
    for (std::uint32_t index = 0; index < ringsUsed(); ++index)
        all.lost += session->ring(index).lost.load(std::memory_order_relaxed);
    all.nanosecondsPerEvent =
        static_cast<double>(layout.picosecondsPerEvent.load(std::memory_order_relaxed)) / 1000;
    all.schedulerData = schedulerData;
    return all;
}

Collector::Collector(std::shared_ptr<Session> session)
    : m_state(std::make_unique<State>(std::move(session)))
{
}

Collector::~Collector() = default;

std::shared_ptr<const Trace> Collector::trace() const
{
    return m_state->builder.trace();
}

std::size_t Collector::drain()
{
    State& state = *m_state;
    if (state.isFinished)
        return 0;
    state.noticeStart();
    const std::int64_t settled = state.session->now() - kSettling;
    const std::size_t taken = state.drainAll();
    if (settled > 0 && state.hasStarted)
        state.builder.setEnd(settled);
    state.builder.setRecorder(state.figures());
    return taken;
}

bool Collector::isUrgent() const
{
    const Session& session = *m_state->session;
    const std::uint64_t half = session.geometry().recordsPerRing / 2;
    const std::uint32_t used = m_state->ringsUsed();
    for (std::uint32_t index = 0; index < used; ++index) {
        const RingControl& control = session.ring(index);
        const std::uint64_t tail = control.tail.load(std::memory_order_relaxed);
        if (control.head.load(std::memory_order_relaxed) - tail >= half)
            return true;
    }
    return false;
}

void Collector::append(std::span<const TraceEvent> events)
{
    m_state->builder.append(events);
    m_state->events += events.size();
}

void Collector::setProperty(const std::string& key, const std::string& value)
{
    m_state->builder.setProperty(key, value);
}

void Collector::setSchedulerData(const std::string& text)
{
    m_state->schedulerData = text;
}

void Collector::finish()
{
    State& state = *m_state;
    if (state.isFinished)
        return;
    state.isFinished = true;
    state.noticeStart();
    const std::int64_t now = state.session->now();
    state.drainAll();
    state.builder.setEnd(now);
    RecorderFigures figures = state.figures();
    const auto trace = state.builder.trace();
    std::int64_t ran = 0;
    for (const Lane& lane : trace->lanes())
        ran += lane.group == LaneGroup::Actors ? runningTime(*trace, lane) : 0;
    if (ran > 0)
        figures.shareOfRun = static_cast<double>(figures.events) * figures.nanosecondsPerEvent
            / static_cast<double>(ran);
    state.builder.setRecorder(figures);
    state.builder.finish();
}

} // namespace heddle
