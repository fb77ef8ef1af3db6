// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/latest_job.h"
#include "widgets/timeline/frame_times.h"
#include "widgets/timeline/lane_painter.h"
#include "widgets/timeline/timeline_scene.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <set>

namespace heddle::widgets {

class TraceDocument;

/// What stands between a trace and its picture: keeps the scene up to date and paints it.
///
/// It asks for tiles, for the overview and for deadlocks in the background, and says by changed()
/// that a new picture is due. It knows nothing of keys and mice.
///
/// Threads: the GUI thread.
class TimelineView : public QObject
{
    Q_OBJECT

public:
    TimelineView(TraceDocument& document, TimelineRange& range, QObject* parent = nullptr);
    ~TimelineView() override;

    /// The size and the look of the place it is painted on.
    void resize(const QSize& size, qreal devicePixelRatio);
    void setLook(ColourScheme scheme, const QFont& font);
    void setShown(bool shown); ///< hidden: no work at all

    void paint(QPainter& painter, const QRect& exposed);

    /// Scrolls; clamped to what there is.
    void scrollTo(int y);
    void scrollToLane(LaneId lane);
    void reveal(int y, int height); ///< of the layout
    [[nodiscard]] int largestScroll() const;

    void toggleGroup(LaneGroup group);
    void setHovered(const std::optional<PlacedSlice>& place);
    void setSelected(const std::optional<PlacedSlice>& place);
    void toggleFrameTimes();

    [[nodiscard]] const TimelineScene& scene() const { return m_scene; }
    [[nodiscard]] SliceText& words() { return *m_words; }
    [[nodiscard]] const FrameTimes& frameTimes() const { return m_frameTimes; }
    [[nodiscard]] TileCache& tiles() { return m_tiles; }

signals:
    void changed(const QRect& area); ///< to be painted again
    void layoutChanged(); ///< heights or scrolling have changed
    void deadlocksChanged();
    void selectedChanged(); ///< another slice, or none

private:
    void replaceTrace();
    void grow();
    void refreshLayout();
    void updateScale();
    void askOverview();
    void askTiles();
    void tilesReady();
    [[nodiscard]] bool isFollowed() const;
    void changeLater();
    template <typename Visit> void visitWishes(std::int64_t windows, Visit visit) const;
    void prefetch();
    void paintFrameTimes(QPainter& painter) const;
    void changeAll();
    void changeWithTiles();

    struct Overview
    {
        std::vector<StateShares> shares;
        std::int64_t end = 0;
        std::vector<DeadlockMark> deadlocks; ///< new ones
        std::int64_t scannedUntil = 0;
    };
    void takeOverview(Overview overview);

    TraceDocument& m_document;
    TimelineRange& m_range;
    TimelineScene m_scene;
    std::unique_ptr<SliceText> m_words;
    PaintCache m_cache;
    TileCache m_tiles;
    std::set<LaneGroup> m_collapsed;
    std::uint64_t m_layoutGeneration = 0;
    std::int64_t m_scannedUntil = 0;
    bool m_isShown = false;
    bool m_isOverviewAsked = false;
    bool m_showsFrameTimes = false;
    FrameTimes m_frameTimes;
    QTimer m_frameDue; ///< while a run is followed
    bool m_isFrameWaiting = false; ///< for its tiles
    bool m_areTilesDue = false;
    LatestJob<Overview> m_overviewJob; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
