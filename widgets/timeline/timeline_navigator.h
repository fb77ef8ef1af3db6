// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/timeline_range.h"

#include <QElapsedTimer>

#include <cstdint>
#include <utility>
#include <vector>

namespace heddle::widgets {

/// Moves the visible range by hand, and takes such moves back.
///
/// Each move switches follow off, unless it ends at the right edge of a trace that is followed. Moves of
/// one kind in quick succession are one step of undo.
///
/// Threads: the GUI thread.
class TimelineNavigator
{
public:
    explicit TimelineNavigator(TimelineRange& range);

    /// Zooms by `factor` (below 1: closer); the moment at `share` (0 left … 1 right) stays there.
    void zoom(double share, double factor);

    /// Moves by a share of the visible range; positive is later.
    void pan(double share);

    /// Moves the range so that it begins at a moment; its length stays.
    void panTo(std::int64_t begin);

    void show(std::int64_t begin, std::int64_t end);

    /// Shows a stretch with a little room on both sides.
    void fit(std::int64_t begin, std::int64_t end);

    void showAll();
    void goToEnd(); ///< now, and follow if the trace is live (the caller knows)

    void undo();
    void redo();
    void forget(); ///< another trace: its steps mean nothing here

private:
    enum class Kind
    {
        None,
        Zoom,
        Pan,
        Jump
    };
    using View = std::pair<std::int64_t, std::int64_t>;

    void remember(Kind kind);
    [[nodiscard]] View view() const;
    void restore(const View& view);

    TimelineRange& m_range;
    std::vector<View> m_undo;
    std::vector<View> m_redo;
    Kind m_lastKind = Kind::None;
    QElapsedTimer m_sinceLast;
};

} // namespace heddle::widgets
