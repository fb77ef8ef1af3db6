// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace heddle {

class Track;

/// Which events are listed: those that have a part in [from, to), of some lanes.
struct EventSpan
{
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<LaneId> lanes; ///< empty: all

    friend bool operator==(const EventSpan&, const EventSpan&) = default;
};

/// Which event of a trace; it stays true while the trace grows.
struct EventPlace
{
    LaneId lane;
    TrackId track; ///< 0: a moment of the lane
    std::uint64_t index =
        0; ///< among the slices or samples of the track, or the moments of the lane

    friend bool operator==(const EventPlace&, const EventPlace&) = default;
};

/// A slice, a moment or a sample of a level, with where it is.
struct ListedEvent
{
    enum class Kind : std::uint8_t
    {
        Slice,
        Moment,
        Sample
    };
    Kind kind = Kind::Slice;
    EventPlace place;
    TrackKind track = TrackKind::Activity; ///< of a slice
    Slice slice = {};
    Moment moment = {};
    Sample sample = {};

    [[nodiscard]] std::int64_t begin() const;
    [[nodiscard]] std::int64_t duration() const; ///< 0 but for slices
    [[nodiscard]] std::uint16_t line() const; ///< of the source, 0 unknown
};

/// The events of a stretch of time in the order in which they begin, over all lanes: a view of the
/// trace that copies nothing, so that its price depends on the lanes and not on the events.
///
/// It is a snapshot: what the trace gets later is not in it. Of those that begin at the same time
/// the upper lane's comes first.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: immutable; any thread.
class EventList
{
public:
    EventList(std::shared_ptr<const Trace> trace, EventSpan span);

    [[nodiscard]] const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    [[nodiscard]] const EventSpan& span() const { return m_span; }
    [[nodiscard]] std::size_t size() const { return m_size; }

    /// Whether the other one lists the same events, whatever its stretch of time.
    [[nodiscard]] bool isSameAs(const EventList& other) const;

    /// The events from a row on, at most `count`: one search, then in turn.
    [[nodiscard]] std::vector<EventPlace> places(std::size_t first, std::size_t count) const;

    /// In which row an event stands; nothing if it is not listed.
    [[nodiscard]] std::optional<std::size_t> rowOf(const EventPlace& place) const;

    /// The slice of a track that begins at a moment.
    [[nodiscard]] std::optional<EventPlace> sliceBeginningAt(
        TrackId track, std::int64_t begin) const;

    /// What there is to know of an event of the trace; one that has not ended lasts until the end.
    [[nodiscard]] ListedEvent event(const EventPlace& place) const;

    /// Calls `visit(event)` for all, in order, until it returns false or a stop is requested.
    template <typename Visit> void visit(const std::stop_token& stop, Visit visit) const
    {
        constexpr std::size_t kAtOnce = 4096;
        for (std::size_t first = 0; first < m_size && !stop.stop_requested(); first += kAtOnce)
            for (const EventPlace& place : places(first, kAtOnce))
                if (!visit(event(place)))
                    return;
    }

private:
    /// A strip of events that come in order: [first, last) of them are listed.
    struct Source
    {
        LaneId lane;
        const Track* track = nullptr; ///< null: the moments of the lane
        std::size_t first = 0;
        std::size_t last = 0;
        std::optional<Slice> open = {}; ///< the last one, if it had not ended

        [[nodiscard]] TrackId id() const;
    };
    using Cursors = std::vector<std::size_t>;

    void addTrack(LaneId lane, const Track& track);
    void addMoments(LaneId lane);
    void add(const Source& source);
    [[nodiscard]] std::size_t countOf(Source& source) const;
    [[nodiscard]] std::int64_t timeOf(const Source& source, std::size_t index) const;
    [[nodiscard]] std::size_t firstFrom(
        const Source& source, std::int64_t time, std::size_t low, std::size_t high) const;
    [[nodiscard]] const Source* sourceOf(const EventPlace& place) const;
    [[nodiscard]] Cursors cursorsAt(std::size_t row) const;
    void skip(Cursors& cursors, std::size_t count, std::int64_t time) const;

    std::shared_ptr<const Trace> m_trace;
    EventSpan m_span;
    std::vector<Source> m_sources; ///< from the top
    std::size_t m_size = 0;
};

} // namespace heddle
