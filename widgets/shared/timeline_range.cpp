// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/timeline_range.h"

#include "widgets/shared/trace_document.h"

#include <algorithm>

namespace heddle::widgets {

using namespace std::chrono_literals;

namespace {

// A run that has lasted longer than this is followed through a window of this length.
constexpr std::chrono::nanoseconds kDefaultFollowSpan = 10s;

} // namespace

TimelineRange::TimelineRange(QObject* parent)
    : QObject(parent)
    , m_followSpan(kDefaultFollowSpan)
{
}

void TimelineRange::attachTo(const TraceDocument& document)
{
    const auto replace = [this, &document] {
        const auto trace = document.trace();
        clearSelection();
        clearCursor();
        m_followSpan = kDefaultFollowSpan;
        setExtent(nanoseconds{trace->end()});
        showAll();
        setFollow(!document.isEmpty() && trace->isLive() ? Follow::On : Follow::Off);
    };
    connect(&document, &TraceDocument::traceReplaced, this, replace);
    connect(&document, &TraceDocument::grown, this, [this, &document] {
        const auto trace = document.trace();
        setExtent(nanoseconds{trace->end()});
        if (!trace->isLive())
            setFollow(Follow::Off);
    });
    replace();
}

void TimelineRange::setExtent(nanoseconds extent)
{
    extent = std::max(extent, 0ns);
    if (extent == m_extent)
        return;
    m_extent = extent;
    emit extentChanged();
    if (m_follow == Follow::On)
        moveWithExtent();
}

void TimelineRange::setVisible(nanoseconds begin, nanoseconds end)
{
    const nanoseconds longest = std::max(kShortest, m_extent + m_extent / 5);
    const nanoseconds span = std::clamp(end - begin, kShortest, longest);
    if (end - begin < kShortest) // widened on both sides
        begin -= (kShortest - (end - begin)) / 2;
    const nanoseconds last = std::max(0ns, m_extent + std::min(span, m_extent) / 5 - span);
    begin = std::clamp(begin, 0ns, last);
    if (m_follow == Follow::On)
        m_followSpan = span;
    assignVisible(begin, begin + span);
}

void TimelineRange::showAll()
{
    assignVisible(0ns, std::max(kShortest, m_extent));
    if (m_follow == Follow::On)
        m_followSpan = std::max(kDefaultFollowSpan, m_extent);
}

void TimelineRange::setCursor(nanoseconds cursor)
{
    cursor = std::clamp(cursor, 0ns, m_extent);
    if (m_hasCursor && cursor == m_cursor)
        return;
    m_hasCursor = true;
    m_cursor = cursor;
    emit cursorChanged();
}

void TimelineRange::clearCursor()
{
    if (!m_hasCursor)
        return;
    m_hasCursor = false;
    emit cursorChanged();
}

void TimelineRange::setSelection(const TimelineSelection& selection)
{
    TimelineSelection wanted = selection;
    wanted.begin = std::clamp(wanted.begin, 0ns, m_extent);
    wanted.end = std::clamp(wanted.end, 0ns, m_extent);
    if (wanted.isEmpty())
        wanted = {};
    if (wanted == m_selection)
        return;
    m_selection = std::move(wanted);
    emit selectionChanged();
}

void TimelineRange::clearSelection()
{
    setSelection({});
}

void TimelineRange::setFollow(Follow follow)
{
    if (follow == m_follow)
        return;
    m_follow = follow;
    emit followChanged(follow == Follow::On);
    if (follow == Follow::On)
        moveWithExtent();
}

void TimelineRange::moveWithExtent()
{
    const nanoseconds span = std::clamp(m_extent, kShortest, std::max(kShortest, m_followSpan));
    const nanoseconds end = std::max(m_extent, span);
    assignVisible(end - span, end);
}

void TimelineRange::assignVisible(nanoseconds begin, nanoseconds end)
{
    if (begin == m_begin && end == m_end)
        return;
    m_begin = begin;
    m_end = end;
    emit visibleChanged();
}

} // namespace heddle::widgets
