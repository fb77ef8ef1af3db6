// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/event_list.h"

#include "engine/model/trace/track.h"

#include <queue>

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace heddle {

std::int64_t ListedEvent::begin() const
{
    return kind == Kind::Slice ? slice.begin : kind == Kind::Moment ? moment.time : sample.time;
}

std::int64_t ListedEvent::duration() const
{
    return kind == Kind::Slice ? slice.end - slice.begin : 0;
}

std::uint16_t ListedEvent::line() const
{
    return kind == Kind::Slice ? slice.line : kind == Kind::Moment ? moment.line : std::uint16_t{0};
}

TrackId EventList::Source::id() const
{
    return track == nullptr ? TrackId{} : track->id();
}

EventList::EventList(std::shared_ptr<const Trace> trace, EventSpan span)
    : m_trace(std::move(trace))
    , m_span(std::move(span))
{
    for (const Lane& lane : m_trace->lanes()) {
        const bool isWanted = m_span.lanes.empty()
            || std::find(m_span.lanes.begin(), m_span.lanes.end(), lane.id) != m_span.lanes.end();
        if (!isWanted)
            continue;
        for (const TrackId id : lane.tracks)
            if (const Track* track = m_trace->track(id))
                addTrack(lane.id, *track);
        addMoments(lane.id);
    }
}

void EventList::addTrack(LaneId lane, const Track& track)
{
    Source source{.lane = lane, .track = &track};
    source.last = countOf(source);
    if (track.kind() != TrackKind::Level) {
        source.first = std::min(track.firstEndingAfter(m_span.from), source.last);
        source.last = firstFrom(source, m_span.to, source.first, source.last);
    } else {
        const std::size_t count = source.last;
        source.first = firstFrom(source, m_span.from, 0, count);
        source.last = firstFrom(source, m_span.to, source.first, count);
    }
    add(source);
}

void EventList::addMoments(LaneId lane)
{
    Source source{.lane = lane};
    const std::size_t count = countOf(source);
    source.first = firstFrom(source, m_span.from, 0, count);
    source.last = firstFrom(source, m_span.to, source.first, count);
    add(source);
}

void EventList::add(const Source& source)
{
    if (source.first == source.last)
        return;
    m_size += source.last - source.first;
    m_sources.push_back(source);
}

/// All that the source has by now; an open slice is kept, for the writer may close it meanwhile.
std::size_t EventList::countOf(Source& source) const
{
    if (source.track == nullptr)
        return m_trace->momentCount(source.lane);
    if (source.track->kind() == TrackKind::Level)
        return source.track->sampleCount();
    std::size_t count = source.track->sliceCount();
    for (;;) {
        source.open = source.track->openSlice();
        const std::size_t now = source.track->sliceCount();
        if (now == count)
            return count + (source.open ? 1 : 0);
        count = now;
    }
}

std::int64_t EventList::timeOf(const Source& source, std::size_t index) const
{
    if (source.track == nullptr)
        return m_trace->moment(source.lane, index).time;
    if (source.track->kind() == TrackKind::Level)
        return source.track->sample(index).time;
    return index < source.track->sliceCount() ? source.track->slice(index).begin
                                              : source.open->begin;
}

/// The first of [low, high) that begins at `time` or later.
std::size_t EventList::firstFrom(
    const Source& source, std::int64_t time, std::size_t low, std::size_t high) const
{
    while (low < high) {
        const std::size_t middle = std::midpoint(low, high);
        if (timeOf(source, middle) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool EventList::isSameAs(const EventList& other) const
{
    const auto isSame = [](const Source& left, const Source& right) {
        return left.lane == right.lane && left.track == right.track && left.first == right.first
            && left.last == right.last && left.open.has_value() == right.open.has_value();
    };
    return m_trace == other.m_trace
        && std::equal(m_sources.begin(), m_sources.end(), other.m_sources.begin(),
            other.m_sources.end(), isSame);
}

/// For each source the first event that does not come before `row`.
///
/// The moment of the row is searched for; the bounds of each source close in with it, so that all
/// searches together cost little more than one in each source.
EventList::Cursors EventList::cursorsAt(std::size_t row) const
{
    Cursors low(m_sources.size());
    Cursors high(m_sources.size());
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
    std::int64_t latest = std::numeric_limits<std::int64_t>::min();
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        low[i] = m_sources[i].first;
        high[i] = m_sources[i].last;
        earliest = std::min(earliest, timeOf(m_sources[i], low[i]));
        latest = std::max(latest, timeOf(m_sources[i], high[i] - 1));
    }
    // As many rows begin before `earliest` as `low` says, which are never more than `row`.
    Cursors middle(m_sources.size());
    while (earliest < latest) {
        const std::int64_t time = earliest + (latest - earliest + 1) / 2;
        std::size_t before = 0;
        for (std::size_t i = 0; i < m_sources.size(); ++i) {
            middle[i] = firstFrom(m_sources[i], time, low[i], high[i]);
            before += middle[i] - m_sources[i].first;
        }
        if (before <= row) {
            low.swap(middle);
            earliest = time;
        } else {
            high.swap(middle);
            latest = time - 1;
        }
    }
    std::size_t before = 0;
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        before += low[i] - m_sources[i].first;
    skip(low, row - before, earliest);
    return low;
}

/// Goes over `count` of the events that begin at `time`, from the top.
void EventList::skip(Cursors& cursors, std::size_t count, std::int64_t time) const
{
    for (std::size_t i = 0; i < m_sources.size() && count > 0; ++i) {
        const std::size_t end = firstFrom(m_sources[i], time + 1, cursors[i], m_sources[i].last);
        const std::size_t step = std::min(count, end - cursors[i]);
        cursors[i] += step;
        count -= step;
    }
}

std::vector<EventPlace> EventList::places(std::size_t first, std::size_t count) const
{
    std::vector<EventPlace> found;
    if (first >= m_size)
        return found;
    found.reserve(std::min(count, m_size - first));
    Cursors cursors = cursorsAt(first);
    using Next = std::pair<std::int64_t, std::size_t>; // when it begins, which source
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    const auto push = [&](std::size_t i) {
        if (cursors[i] < m_sources[i].last)
            next.emplace(timeOf(m_sources[i], cursors[i]), i);
    };
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        push(i);
    while (found.size() < count && !next.empty()) {
        const std::size_t i = next.top().second;
        next.pop();
        found.push_back({m_sources[i].lane, m_sources[i].id(), cursors[i]++});
        push(i);
    }
    return found;
}

const EventList::Source* EventList::sourceOf(const EventPlace& place) const
{
    const auto found =
        std::find_if(m_sources.begin(), m_sources.end(), [&place](const Source& source) {
            return source.lane == place.lane && source.id() == place.track;
        });
    return found == m_sources.end() ? nullptr : &*found;
}

std::optional<std::size_t> EventList::rowOf(const EventPlace& place) const
{
    const Source* own = sourceOf(place);
    if (own == nullptr || place.index < own->first || place.index >= own->last)
        return std::nullopt;
    const std::int64_t time = timeOf(*own, place.index);
    std::size_t row = place.index - own->first;
    for (const Source& source : m_sources) {
        // Those above it come first where they begin at the same time.
        const std::int64_t before = &source < own ? time + 1 : time;
        if (&source != own)
            row += firstFrom(source, before, source.first, source.last) - source.first;
    }
    return row;
}

std::optional<EventPlace> EventList::sliceBeginningAt(TrackId track, std::int64_t begin) const
{
    const auto source =
        std::find_if(m_sources.begin(), m_sources.end(), [track](const Source& candidate) {
            return candidate.track != nullptr && candidate.track->id() == track;
        });
    if (source == m_sources.end())
        return std::nullopt;
    const std::size_t index = firstFrom(*source, begin, source->first, source->last);
    if (index == source->last || timeOf(*source, index) != begin)
        return std::nullopt;
    return EventPlace{source->lane, track, index};
}

ListedEvent EventList::event(const EventPlace& place) const
{
    ListedEvent event{.place = place};
    const Track* track = place.track ? m_trace->track(place.track) : nullptr;
    if (track == nullptr) {
        event.kind = ListedEvent::Kind::Moment;
        event.moment = m_trace->moment(place.lane, place.index);
        return event;
    }
    event.track = track->kind();
    if (track->kind() == TrackKind::Level) {
        event.kind = ListedEvent::Kind::Sample;
        event.sample = track->sample(place.index);
        return event;
    }
    if (place.index < track->sliceCount()) {
        event.slice = track->slice(place.index);
    } else if (const Source* source = sourceOf(place); source != nullptr && source->open) {
        event.slice = *source->open;
        event.slice.end = std::max(event.slice.end, m_trace->end());
    }
    return event;
}

} // namespace heddle
