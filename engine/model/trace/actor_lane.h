// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace heddle {

/// Turns the events of one actor into its Activity track, its Section tracks, moments and steps.
///
/// Threads: one thread at a time.
class ActorLane
{
public:
    ActorLane(TraceWriter& writer, ActorId actor, LaneId lane);

    void setKind(ActorKind kind)
    {
        m_isProcess = kind == ActorKind::Process || kind == ActorKind::Command;
    }

    [[nodiscard]] ActorId actor() const { return m_actor; }
    [[nodiscard]] LaneId lane() const { return m_lane; }
    [[nodiscard]] TrackId activity() const { return m_activity; }
    [[nodiscard]] bool hasStarted() const { return m_startedAt >= 0; }
    [[nodiscard]] std::int64_t startedAt() const { return m_startedAt; }
    [[nodiscard]] bool hasEnded() const { return m_endedAt >= 0; }
    [[nodiscard]] std::int64_t endedAt() const { return m_endedAt; }

    /// When the first handler of the signal that began at `time` or later did so, or the signal killed
    /// the actor; nothing so far if neither has happened.
    [[nodiscard]] std::optional<std::int64_t> tookSignal(
        std::uint64_t signal, std::int64_t time) const;

    void take(const TraceEvent& event);

    /// Shows readers what is open now.
    void publishOpen();
    [[nodiscard]] bool isPublished() const { return m_isPublished; }

    /// Closes what is open.
    void finish(std::int64_t end);

private:
    struct Section
    {
        NameId name;
        Slice slice;
    };

    void takeOfActor(const TraceEvent& event, std::int64_t time);
    void takeOfWaiting(const TraceEvent& event, std::int64_t time);
    void takeOfWork(const TraceEvent& event, std::int64_t time);
    void takeOfMoment(const TraceEvent& event, std::int64_t time);
    void ended(const TraceEvent& event, std::int64_t time);
    void reaped(const TraceEvent& event, std::int64_t time);
    void rememberSignal(std::uint64_t signal, std::int64_t time);
    void change(std::int64_t time, const Slice& next);
    void resume(std::int64_t time, State from, bool matches, std::string_view complaint);
    void endWait(const TraceEvent& event, std::int64_t time);
    void enter(NameId name, std::uint16_t line, std::int64_t time);
    void leave(NameId name, std::int64_t time);
    void closeSections(std::size_t downTo, std::int64_t time);
    void addMoment(Moment::Kind kind, const TraceEvent& event, NameId name, std::uint64_t argument);
    [[nodiscard]] std::uint16_t lineOf(const TraceEvent& event) const;

    TraceWriter& m_writer;
    ActorId m_actor;
    LaneId m_lane;
    TrackId m_activity;

    bool m_isProcess = false;
    std::int64_t m_last = 0;
    std::int64_t m_startedAt = -1;
    std::int64_t m_endedAt = -1;
    std::uint16_t m_stepLine = 0;

    bool m_isOpen = false;
    Slice m_open;
    bool m_isComputing = false; ///< to be taken up again after a wait
    std::uint64_t m_waitsFor = 0; ///< `object` of the Wants, 0: no wait
    bool m_isPublished = true;

    struct TakenSignal
    {
        std::uint64_t signal = 0;
        std::int64_t time = 0;
    };
    std::vector<TakenSignal> m_takenSignals; ///< the newest ones, in order of time

    std::vector<TrackId> m_sectionTracks; ///< by depth
    std::vector<Section> m_sections;
    std::uint64_t m_tooDeep = 0;
};

} // namespace heddle
