// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_view.h"

#include "widgets/shared/time_text.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/frame_painter.h"
#include "widgets/timeline/overlay_painter.h"
#include "widgets/timeline/timeline_query.h"

#include <QElapsedTimer>
#include <QFontMetrics>

#include <algorithm>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostEdges = 200;
constexpr std::size_t kMostPrefetches = 1500;
// A frame of a run that is followed waits so long for its tiles; late ones and the minimap wait for
// the next frame, or so long.
constexpr std::chrono::milliseconds kLongestWait{12};
constexpr std::chrono::milliseconds kNextFrame{40};
// Deadlocks are reported a little after their moment, by another thread than the lane's own.
constexpr std::int64_t kLateDeadlock = 1'000'000'000;

} // namespace

TimelineView::TimelineView(TraceDocument& document, TimelineRange& range, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_range(range)
    , m_overviewJob(this, [this](Overview overview) { takeOverview(std::move(overview)); })
{
    connect(&m_document, &TraceDocument::traceReplaced, this, &TimelineView::replaceTrace);
    connect(&m_document, &TraceDocument::grown, this, &TimelineView::grow);
    connect(&m_range, &TimelineRange::visibleChanged, this, &TimelineView::updateScale);
    connect(&m_range, &TimelineRange::extentChanged, this, &TimelineView::updateScale);
    connect(&m_range, &TimelineRange::cursorChanged, this, [this] {
        m_scene.cursor =
            m_range.hasCursor() ? std::optional(m_range.cursor().count()) : std::nullopt;
        changeAll();
    });
    connect(&m_range, &TimelineRange::selectionChanged, this, [this] {
        m_scene.selection = m_range.selection();
        changeAll();
    });
    connect(&m_tiles, &TileCache::ready, this, &TimelineView::tilesReady);
    m_frameDue.setSingleShot(true);
    m_frameDue.setTimerType(Qt::PreciseTimer);
    connect(&m_frameDue, &QTimer::timeout, this, &TimelineView::changeAll);
    replaceTrace();
}

TimelineView::~TimelineView() = default;

void TimelineView::resize(const QSize& size, qreal devicePixelRatio)
{
    m_scene.frame.width = size.width();
    m_scene.frame.height = size.height();
    m_scene.devicePixelRatio = devicePixelRatio;
    scrollTo(m_scene.frame.scrollY);
    updateScale();
    askOverview();
    emit layoutChanged();
}

void TimelineView::setLook(ColourScheme scheme, const QFont& font)
{
    m_scene.scheme = scheme;
    m_scene.font = font;
    refreshLayout();
    changeAll();
}

void TimelineView::setShown(bool shown)
{
    m_isShown = shown;
    if (shown)
        grow();
}

void TimelineView::replaceTrace()
{
    m_scene.trace = m_document.trace();
    m_scene.times = TraceTimes(*m_scene.trace);
    m_words = std::make_unique<SliceText>(m_scene.trace);
    m_cache.forgetLevels();
    m_tiles.setTrace(m_scene.trace);
    m_scene.hovered.reset();
    m_scene.selected.reset();
    m_scene.edges.clear();
    m_scene.deadlocks.clear();
    m_scene.overview.clear();
    m_scannedUntil = 0;
    m_isOverviewAsked = false;
    m_scene.frame.scrollY = 0;
    m_scene.isLive = !m_document.isEmpty() && m_scene.trace->isLive();
    refreshLayout();
    updateScale();
    askOverview();
    changeAll();
}

void TimelineView::grow()
{
    const bool wasLive = m_scene.isLive;
    m_scene.isLive = !m_document.isEmpty() && m_scene.trace->isLive();
    if (!m_isShown)
        return;
    if (m_scene.trace->layoutGeneration() != m_layoutGeneration)
        refreshLayout();
    updateScale();
    askOverview();
    // A range that ends before what is new keeps its lanes as they are.
    const bool isSettled = !wasLive || m_scene.scale.end + kLateDeadlock < m_scene.extent;
    if (isSettled && m_scene.isLive)
        emit changed(QRect(0, 0, m_scene.frame.width, m_scene.frame.lanesTop()));
    else
        changeWithTiles();
}

void TimelineView::refreshLayout()
{
    m_layoutGeneration = m_scene.trace->layoutGeneration();
    m_scene.layout = layOut(*m_scene.trace, m_collapsed);
    m_scene.frame.headerWidth = headerWidthFor(m_scene.layout, m_scene.font);
    scrollTo(m_scene.frame.scrollY);
    updateScale();
    emit layoutChanged();
}

void TimelineView::updateScale()
{
    const TimeScale scale{m_range.begin().count(), m_range.end().count(),
        static_cast<double>(m_scene.frame.canvasWidth())};
    const std::int64_t extent = m_range.extent().count();
    if (scale == m_scene.scale && extent == m_scene.extent)
        return;
    m_scene.scale = scale;
    m_scene.extent = extent;
    changeWithTiles();
}

void TimelineView::changeAll()
{
    m_frameDue.stop();
    m_isFrameWaiting = false;
    emit changed(QRect(0, 0, m_scene.frame.width, m_scene.frame.height));
}

bool TimelineView::isFollowed() const
{
    return m_scene.isLive && m_isShown && m_range.isFollowing();
}

/// Asks for a new picture; while a run is followed it is painted once, when its tiles are there.
void TimelineView::changeWithTiles()
{
    if (!isFollowed())
        changeAll();
    else if (!std::exchange(m_areTilesDue, true)) // one growth changes extent and range: asked once
        QMetaObject::invokeMethod(this, &TimelineView::askTiles, Qt::QueuedConnection);
}

void TimelineView::askTiles()
{
    m_areTilesDue = false;
    m_tiles.beginFrame(m_scene.extent);
    visitWishes(0,
        [this](const TileWish& wish, bool /*isSeen*/) { static_cast<void>(m_tiles.tile(wish)); });
    m_tiles.endFrame();
    m_isFrameWaiting = !m_tiles.isIdle();
    if (m_isFrameWaiting)
        m_frameDue.start(kLongestWait);
    else
        changeAll();
}

void TimelineView::tilesReady()
{
    if (!isFollowed())
        emit changed(m_scene.frame.lanes());
    else if (m_isFrameWaiting)
        changeAll();
    else
        changeLater();
}

/// What came between two frames of a run that is followed is shown by the next one, or soon.
void TimelineView::changeLater()
{
    if (!m_frameDue.isActive())
        m_frameDue.start(kNextFrame);
}

void TimelineView::askOverview()
{
    // One at a time: while a long trace is looked through, growth must not restart it for ever.
    if (!m_isShown || m_isOverviewAsked || m_scene.extent <= 0)
        return;
    m_isOverviewAsked = true;
    const auto columns = static_cast<std::size_t>(m_scene.frame.canvasWidth());
    const std::int64_t from = std::max<std::int64_t>(0, m_scannedUntil - kLateDeadlock);
    m_overviewJob.ask([trace = m_scene.trace, columns, from](const std::stop_token& stop) {
        Overview overview;
        overview.end = trace->end();
        overview.shares = overviewShares(*trace, overview.end, columns, stop);
        overview.deadlocks = deadlockMarks(*trace, from, overview.end, stop);
        overview.scannedUntil = overview.end;
        return overview;
    });
}

void TimelineView::takeOverview(Overview overview)
{
    m_isOverviewAsked = false;
    m_scene.overview = std::move(overview.shares);
    m_scene.overviewEnd = overview.end;
    m_scannedUntil = overview.scannedUntil;
    bool isNew = false;
    for (const DeadlockMark& mark : overview.deadlocks) {
        const auto isSame = [&mark](const DeadlockMark& other) {
            return other.lane == mark.lane && other.time == mark.time;
        };
        if (std::any_of(m_scene.deadlocks.begin(), m_scene.deadlocks.end(), isSame))
            continue;
        m_scene.deadlocks.push_back(mark);
        isNew = true;
    }
    if (isNew) {
        emit deadlocksChanged();
        changeAll();
    }
    if (isFollowed())
        changeLater();
    else
        emit changed(m_scene.frame.minimap());
    // The trace has grown meanwhile, or the picture is of another width by now.
    if (!m_scene.isLive && m_scene.overviewEnd < m_scene.extent)
        askOverview();
}

void TimelineView::scrollTo(int y)
{
    const int wanted = std::clamp(y, 0, largestScroll());
    if (wanted == m_scene.frame.scrollY)
        return;
    m_scene.frame.scrollY = wanted;
    emit layoutChanged();
    changeAll();
}

void TimelineView::scrollToLane(LaneId lane)
{
    const LanePlace* place = m_scene.layout.laneWith(lane);
    if (place)
        reveal(place->y, place->height);
}

void TimelineView::reveal(int y, int height)
{
    const int shown = m_scene.frame.lanes().height();
    if (y < m_scene.frame.scrollY)
        scrollTo(y);
    else if (y + height > m_scene.frame.scrollY + shown)
        scrollTo(y + height - shown);
}

int TimelineView::largestScroll() const
{
    return std::max(
        0, m_scene.layout.height - std::max(0, m_scene.frame.height - m_scene.frame.lanesTop()));
}

void TimelineView::toggleGroup(LaneGroup group)
{
    if (m_collapsed.erase(group) == 0)
        m_collapsed.insert(group);
    refreshLayout();
    changeAll();
}

void TimelineView::setHovered(const std::optional<PlacedSlice>& place)
{
    const bool isSame = place.has_value() == m_scene.hovered.has_value()
        && (!place || place->isSameAs(*m_scene.hovered));
    m_scene.hovered = place;
    if (!isSame)
        emit changed(m_scene.frame.lanes());
}

void TimelineView::setSelected(const std::optional<PlacedSlice>& place)
{
    m_scene.selected = place;
    m_scene.edges = place ? edgesOf(*m_scene.trace, *place, kMostEdges) : std::vector<Edge>{};
    changeAll();
    emit selectedChanged();
}

void TimelineView::toggleFrameTimes()
{
    m_showsFrameTimes = !m_showsFrameTimes;
    changeAll();
}

void TimelineView::paint(QPainter& painter, const QRect& exposed)
{
    QElapsedTimer timer;
    timer.start();
    m_cache.use(m_scene.scheme, m_scene.font, m_scene.devicePixelRatio);
    if (exposed.intersects(m_scene.frame.lanes())) {
        m_tiles.beginFrame(m_scene.isLive ? m_scene.extent : m_scene.trace->end());
        LanePainter(painter, m_scene, m_tiles, *m_words, m_cache).paint(exposed);
        prefetch();
        m_tiles.endFrame();
    }
    FramePainter(painter, m_scene).paint(exposed);
    OverlayPainter(painter, m_scene).paint();
    m_frameTimes.add(std::chrono::nanoseconds{timer.nsecsElapsed()});
    if (m_showsFrameTimes)
        paintFrameTimes(painter);
    if (m_cache.takeRaisedLevels())
        emit changed(m_scene.frame.lanes());
}

/// Calls `visit(wish, isSeen)` for the tiles of the lanes that are seen, and for those of so many
/// windows on each side.
template <typename Visit> void TimelineView::visitWishes(std::int64_t windows, Visit visit) const
{
    const int level = LanePainter::levelFor(m_scene);
    const std::int64_t first = tileIndexAt(level, std::max<std::int64_t>(0, m_scene.scale.begin));
    const std::int64_t last = tileIndexAt(level, m_scene.scale.end - 1);
    const std::int64_t more = windows * (last - first + 1);
    const std::int64_t end = tileIndexAt(level, std::max<std::int64_t>(0, m_scene.extent - 1));
    const int bottom = m_scene.frame.scrollY + m_scene.frame.lanes().height();
    for (const LanePlace& lane : m_scene.layout.lanes) {
        if (lane.y + lane.height < m_scene.frame.scrollY || lane.y > bottom)
            continue;
        for (const StripPlace& strip : lane.strips) {
            for (std::int64_t index = std::max<std::int64_t>(0, first - more);
                 index <= std::min(end, last + more); ++index)
                visit(LanePainter::wishFor(m_scene, strip, index, m_cache),
                    index >= first && index <= last);
        }
    }
}

void TimelineView::prefetch()
{
    if (m_tiles.hasWishes()) // what is seen comes first, and this frame has enough to do
        return;
    std::size_t count = 0;
    visitWishes(1, [this, &count](const TileWish& wish, bool isSeen) {
        if (!isSeen && ++count <= kMostPrefetches)
            m_tiles.prefetch(wish);
    });
}

void TimelineView::paintFrameTimes(QPainter& painter) const
{
    const QString words = tr("frame p50 %1 · p99 %2 · %3 lanes")
                              .arg(durationText(m_frameTimes.percentile(50)),
                                  durationText(m_frameTimes.percentile(99)))
                              .arg(m_scene.layout.lanes.size());
    const ThemeColours& colours = themeColours(m_scene.scheme);
    painter.setFont(m_scene.font);
    const int width = QFontMetrics(m_scene.font).horizontalAdvance(words) + 16;
    const QRect plate(m_scene.frame.width - width - 8, m_scene.frame.lanesTop() + 8, width, 22);
    painter.fillRect(plate, colours.text);
    painter.setPen(colours.surface);
    painter.drawText(plate, Qt::AlignCenter, words);
}

} // namespace heddle::widgets
