// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_canvas.h"

#include "widgets/shared/trace_document.h"
#include "widgets/timeline/slice_text.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr double kZoomStep = 0.7;
constexpr double kMomentReach = 4.0;
constexpr std::size_t kMostMomentsTold = 4;

} // namespace

TimelineCanvas::TimelineCanvas(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_range(range)
    , m_navigator(range)
    , m_view(document, range)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    m_view.setLook(schemeOf(palette()), font());
    connect(&m_view, &TimelineView::changed, this, [this](const QRect& area) { update(area); });
    connect(&m_document, &TraceDocument::traceReplaced, this, [this] { m_navigator.forget(); });
    connect(&m_range, &TimelineRange::visibleChanged, this, &TimelineCanvas::describe);
    describe();
}

void TimelineCanvas::zoomIn()
{
    zoom(kZoomStep);
}

void TimelineCanvas::zoomOut()
{
    zoom(1.0 / kZoomStep);
}

void TimelineCanvas::zoom(double factor)
{
    double share = 0.5;
    const int mouseX = mapFromGlobal(QCursor::pos()).x();
    if (underMouse() && mouseX >= m_view.scene().frame.headerWidth)
        share = shareUnder(mouseX);
    else if (m_range.hasCursor() && m_range.cursor() >= m_range.begin()
        && m_range.cursor() <= m_range.end())
        share = static_cast<double>((m_range.cursor() - m_range.begin()).count())
            / static_cast<double>(m_range.duration().count());
    m_navigator.zoom(share, factor);
}

void TimelineCanvas::fitSelection()
{
    const TimelineSelection& selection = m_range.selection();
    const auto& selected = m_view.scene().selected;
    if (!selection.isEmpty())
        m_navigator.fit(selection.begin.count(), selection.end.count());
    else if (selected)
        m_navigator.fit(selected->slice.begin, selected->slice.end);
}

void TimelineCanvas::showAll()
{
    m_navigator.showAll();
}

void TimelineCanvas::goToEndAndFollow()
{
    m_navigator.goToEnd();
    if (m_view.scene().isLive)
        m_range.setFollow(Follow::On);
}

void TimelineCanvas::toggleFollow()
{
    if (m_range.isFollowing())
        m_range.setFollow(Follow::Off);
    else
        goToEndAndFollow();
}

void TimelineCanvas::undoView()
{
    m_navigator.undo();
}

void TimelineCanvas::redoView()
{
    m_navigator.redo();
}

void TimelineCanvas::selectNext()
{
    const auto& selected = m_view.scene().selected;
    if (selected)
        step(neighbourOf(*m_view.scene().trace, *selected, Direction::Next));
    else if (!m_view.scene().layout.lanes.empty()) {
        const auto current = row();
        const LaneId lane =
            current && current->lane ? current->lane : m_view.scene().layout.lanes.front().lane.id;
        step(sliceOfLane(*m_view.scene().trace, lane, m_range.begin().count()));
    }
}

void TimelineCanvas::selectPrevious()
{
    if (const auto& selected = m_view.scene().selected)
        step(neighbourOf(*m_view.scene().trace, *selected, Direction::Previous));
}

void TimelineCanvas::followEdgeForward()
{
    if (const auto& selected = m_view.scene().selected)
        step(acrossEdge(*m_view.scene().trace, *selected, Direction::Next));
}

void TimelineCanvas::followEdgeBack()
{
    if (const auto& selected = m_view.scene().selected)
        step(acrossEdge(*m_view.scene().trace, *selected, Direction::Previous));
}

void TimelineCanvas::clearSelection()
{
    m_range.clearSelection();
    m_range.clearCursor();
    m_view.setSelected(std::nullopt);
}

void TimelineCanvas::select(const std::optional<PlacedSlice>& place)
{
    m_view.setSelected(place);
    describe();
    if (place)
        emit sliceActivated(place->slice.line);
}

void TimelineCanvas::step(const std::optional<PlacedSlice>& place)
{
    if (!place)
        return;
    select(place);
    setRowOfLane(place->lane);
    m_view.scrollToLane(place->lane);
    m_range.setCursor(std::chrono::nanoseconds{place->slice.begin});
    const std::int64_t begin = place->slice.begin;
    if (begin < m_range.begin().count() || begin >= m_range.end().count())
        m_navigator.panTo(begin - m_range.duration().count() / 4);
}

void TimelineCanvas::choose(const ListedEvent& event)
{
    m_range.setFollow(Follow::Off); // what is read must not move away
    const std::int64_t begin = event.begin();
    const bool isSeen =
        begin < m_range.end().count() && begin + event.duration() >= m_range.begin().count();
    if (event.kind == ListedEvent::Kind::Slice)
        select(PlacedSlice{event.slice, event.place.track, event.track, event.place.lane});
    else
        select(std::nullopt);
    setRowOfLane(event.place.lane);
    m_view.scrollToLane(event.place.lane);
    m_range.setCursor(std::chrono::nanoseconds{
        isSeen ? std::max(begin, static_cast<std::int64_t>(m_range.begin().count())) : begin});
    if (!isSeen)
        m_navigator.panTo(begin - m_range.duration().count() / 4);
    emit laneActivated(event.place.lane);
    describe();
}

void TimelineCanvas::zoomTo(const ListedEvent& event)
{
    choose(event);
    fitSelection();
}

std::int64_t TimelineCanvas::timeUnder(int x) const
{
    return timeAt(m_view.scene().scale, x - m_view.scene().frame.headerWidth);
}

double TimelineCanvas::shareUnder(int x) const
{
    const TimelineFrame& frame = m_view.scene().frame;
    return std::clamp(static_cast<double>(x - frame.headerWidth) / frame.canvasWidth(), 0.0, 1.0);
}

QString TimelineCanvas::tooltipAt(const QPoint& point)
{
    const TimelineScene& scene = m_view.scene();
    const LanePlace* lane = scene.frame.lanes().contains(point)
        ? scene.layout.laneAt(scene.frame.toLayout(point.y()))
        : nullptr;
    if (!lane)
        return {};
    QString text;
    if (const auto place = sliceAt(scene, point))
        text = m_view.words().description(place->slice, place->kind);
    const StripPlace* strip = scene.layout.stripAt(scene.frame.toLayout(point.y()));
    if (const Track* track = strip ? scene.trace->track(strip->track) : nullptr;
        track && track->kind() == TrackKind::Level)
        text = tr("%1: %2").arg(QString::fromStdString(lane->lane.name).toHtmlEscaped(),
            QString::number(track->levelAt(timeUnder(point.x()))));
    const double reach = kMomentReach * nanosecondsPerPixel(scene.scale);
    const auto time = static_cast<double>(timeUnder(point.x()));
    for (const Moment& moment :
        scene.trace->moments(lane->lane.id, static_cast<std::int64_t>(time - reach),
            static_cast<std::int64_t>(time + reach), kMostMomentsTold))
        text += QStringLiteral("<div>● %1</div>")
                    .arg(m_view.words().description(moment).toHtmlEscaped());
    return text;
}

void TimelineCanvas::paintEmpty(QPainter& painter) const
{
    const ThemeColours& colours = themeColours(m_view.scene().scheme);
    painter.fillRect(rect(), colours.surface);
    painter.setFont(font());
    painter.setPen(colours.textMuted);
    painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
        tr("Nothing has been recorded yet.\nRun the program (F5) or open a trace to see its actors "
           "here."));
}

void TimelineCanvas::describe()
{
    const TraceTimes& times = m_view.scene().times;
    const std::int64_t resolution = m_range.duration().count() / 1000;
    QString words = tr("From %1 to %2")
                        .arg(times.moment(m_range.begin().count(), resolution),
                            times.moment(m_range.end().count(), resolution));
    if (const auto current = row(); current && current->lane)
        words += QStringLiteral("; ")
            + tr("lane: %1")
                  .arg(QString::fromStdString(
                      m_view.scene().layout.laneWith(current->lane)->lane.name));
    else if (current)
        words += QStringLiteral("; ") + tr("group: %1").arg(laneGroupWord(current->group));
    if (const auto& selected = m_view.scene().selected)
        words += QStringLiteral("; ")
            + tr("selected: %1").arg(m_view.words().label(selected->slice, selected->kind));
    if (m_range.hasCursor())
        words += QStringLiteral("; ")
            + tr("cursor: %1").arg(times.moment(m_range.cursor().count(), resolution));
    setAccessibleDescription(words);
}

bool TimelineCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = tooltipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void TimelineCanvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (m_document.isEmpty() || m_view.scene().layout.groups.empty())
        paintEmpty(painter);
    else
        m_view.paint(painter, event->rect());
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(themeColours(m_view.scene().scheme).accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
        if (const QRect current = rowOnWidget(); current.isValid())
            painter.drawRect(current.adjusted(3, 1, -1, -2));
    }
}

void TimelineCanvas::resizeEvent(QResizeEvent*)
{
    m_view.resize(size(), devicePixelRatioF());
}

void TimelineCanvas::showEvent(QShowEvent*)
{
    m_view.resize(size(), devicePixelRatioF());
    m_view.setShown(true);
}

void TimelineCanvas::hideEvent(QHideEvent*)
{
    m_view.setShown(false);
}

void TimelineCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_view.setLook(schemeOf(palette()), font());
    else if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Timeline"));
    QWidget::changeEvent(event);
}

void TimelineCanvas::leaveEvent(QEvent*)
{
    m_view.setHovered(std::nullopt);
}

} // namespace heddle::widgets
