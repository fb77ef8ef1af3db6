// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/strong_id.h"

#include <QObject>

#include <chrono>
#include <vector>

namespace heddle::widgets {

class TraceDocument;

/// Whether the visible range moves along with the end of a live trace.
enum class Follow
{
    Off,
    On
};

/// A stretch of time on some lanes; no lanes means all of them.
struct TimelineSelection
{
    std::chrono::nanoseconds begin{0};
    std::chrono::nanoseconds end{0};
    std::vector<LaneId> lanes;

    [[nodiscard]] bool isEmpty() const { return end <= begin; }
    friend bool operator==(const TimelineSelection&, const TimelineSelection&) = default;
};

/// What the timeline shows, as a value that timeline, charts and inspector share.
///
/// Each setter emits its signal once, or not at all if nothing changes, so that views bound to it
/// cannot loop.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: the GUI thread.
class TimelineRange : public QObject
{
    Q_OBJECT

public:
    using nanoseconds = std::chrono::nanoseconds;

    static constexpr nanoseconds kShortest{500};

    explicit TimelineRange(QObject* parent = nullptr);

    /// Follows the document: a new trace is shown whole, a growing one moves the range while following.
    void attachTo(const TraceDocument& document);

    /// The part of time there is something to see of: [0, extent]. Emits extentChanged().
    void setExtent(nanoseconds extent);

    /// Shows [begin, end), widened to at least 500 ns and moved into the extent (with a margin of
    /// a fifth of the range beyond its end). Emits visibleChanged().
    void setVisible(nanoseconds begin, nanoseconds end);

    /// Shows everything there is.
    void showAll();

    void setCursor(nanoseconds cursor); ///< clamped to the extent; emits cursorChanged()
    void clearCursor(); ///< no cursor: views show the end of the trace

    void setSelection(const TimelineSelection& selection); ///< emits selectionChanged()
    void clearSelection();

    /// While on, each growth of the extent moves the range; switched on, it moves at once.
    void setFollow(Follow follow); ///< emits followChanged()

    [[nodiscard]] nanoseconds begin() const { return m_begin; }
    [[nodiscard]] nanoseconds end() const { return m_end; }
    [[nodiscard]] nanoseconds duration() const { return m_end - m_begin; }
    [[nodiscard]] nanoseconds extent() const { return m_extent; }
    [[nodiscard]] bool hasCursor() const { return m_hasCursor; }
    [[nodiscard]] nanoseconds cursor() const { return m_hasCursor ? m_cursor : m_extent; }
    [[nodiscard]] const TimelineSelection& selection() const { return m_selection; }
    [[nodiscard]] Follow follow() const { return m_follow; }
    [[nodiscard]] bool isFollowing() const { return m_follow == Follow::On; }

signals:
    void visibleChanged();
    void cursorChanged();
    void selectionChanged();
    void followChanged(bool following);
    void extentChanged();

private:
    void moveWithExtent();
    void assignVisible(nanoseconds begin, nanoseconds end);

    nanoseconds m_extent{0};
    nanoseconds m_begin{0};
    nanoseconds m_end{kShortest};
    nanoseconds m_followSpan; ///< the longest range shown while following
    nanoseconds m_cursor{0};
    bool m_hasCursor = false;
    TimelineSelection m_selection;
    Follow m_follow = Follow::Off;
};

} // namespace heddle::widgets
