// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_navigator.h"

#include "widgets/timeline/timeline_coordinates.h"

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::int64_t kOneGestureMilliseconds = 600;
constexpr std::size_t kMostSteps = 200;

} // namespace

TimelineNavigator::TimelineNavigator(TimelineRange& range)
    : m_range(range)
{
}

void TimelineNavigator::zoom(double share, double factor)
{
    remember(Kind::Zoom);
    const TimeScale scale{m_range.begin().count(), m_range.end().count(), 1.0};
    // While following, the right edge is what stays.
    const TimeScale wanted = zoomed(scale, m_range.isFollowing() ? 1.0 : share, factor);
    m_range.setVisible(
        std::chrono::nanoseconds{wanted.begin}, std::chrono::nanoseconds{wanted.end});
}

void TimelineNavigator::pan(double share)
{
    const auto step = static_cast<double>(m_range.duration().count()) * share;
    panTo(m_range.begin().count() + static_cast<std::int64_t>(step));
}

void TimelineNavigator::panTo(std::int64_t begin)
{
    remember(Kind::Pan);
    const std::int64_t duration = m_range.duration().count();
    if (m_range.isFollowing() && begin + duration < m_range.extent().count())
        m_range.setFollow(Follow::Off);
    if (!m_range.isFollowing())
        m_range.setVisible(
            std::chrono::nanoseconds{begin}, std::chrono::nanoseconds{begin + duration});
}

void TimelineNavigator::show(std::int64_t begin, std::int64_t end)
{
    remember(Kind::Jump);
    m_range.setFollow(Follow::Off);
    m_range.setVisible(std::chrono::nanoseconds{begin}, std::chrono::nanoseconds{end});
}

void TimelineNavigator::fit(std::int64_t begin, std::int64_t end)
{
    const std::int64_t room = std::max<std::int64_t>(1, (end - begin) / 10);
    show(begin - room, end + room);
}

void TimelineNavigator::showAll()
{
    remember(Kind::Jump);
    m_range.showAll();
}

void TimelineNavigator::goToEnd()
{
    remember(Kind::Jump);
    const std::int64_t end = m_range.extent().count();
    const std::int64_t begin = std::max<std::int64_t>(0, end - m_range.duration().count());
    m_range.setVisible(std::chrono::nanoseconds{begin},
        std::chrono::nanoseconds{begin + m_range.duration().count()});
}

void TimelineNavigator::undo()
{
    if (m_undo.empty())
        return;
    m_redo.push_back(view());
    restore(m_undo.back());
    m_undo.pop_back();
}

void TimelineNavigator::redo()
{
    if (m_redo.empty())
        return;
    m_undo.push_back(view());
    restore(m_redo.back());
    m_redo.pop_back();
}

void TimelineNavigator::forget()
{
    m_undo.clear();
    m_redo.clear();
    m_lastKind = Kind::None;
}

void TimelineNavigator::remember(Kind kind)
{
    const bool isSameGesture = kind == m_lastKind && kind != Kind::Jump && m_sinceLast.isValid()
        && m_sinceLast.elapsed() < kOneGestureMilliseconds;
    m_lastKind = kind;
    m_sinceLast.start();
    if (isSameGesture)
        return;
    m_redo.clear();
    m_undo.push_back(view());
    if (m_undo.size() > kMostSteps)
        m_undo.erase(m_undo.begin());
}

TimelineNavigator::View TimelineNavigator::view() const
{
    return {m_range.begin().count(), m_range.end().count()};
}

void TimelineNavigator::restore(const View& view)
{
    m_lastKind = Kind::None;
    m_range.setFollow(Follow::Off);
    m_range.setVisible(std::chrono::nanoseconds{view.first}, std::chrono::nanoseconds{view.second});
}

} // namespace heddle::widgets
