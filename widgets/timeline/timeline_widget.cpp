// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_widget.h"

#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/statistics_strip.h"
#include "widgets/timeline/timeline_canvas.h"

#include <QGridLayout>
#include <QScrollBar>
#include <QSignalBlocker>

namespace heddle::widgets {

TimelineWidget::TimelineWidget(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_range(range)
    , m_canvas(new TimelineCanvas(document, range, this))
    , m_scrollBar(new QScrollBar(Qt::Vertical, this))
    , m_statistics(new StatisticsStrip(document, range, this))
{
    setFocusProxy(m_canvas);
    buildLayout();
    connectParts();
    adjustScrollBar();
}

void TimelineWidget::buildLayout()
{
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_canvas, 0, 0);
    layout->addWidget(m_scrollBar, 0, 1);
    layout->addWidget(m_statistics, 1, 0, 1, 2);
    layout->setRowStretch(0, 1);
    layout->setColumnStretch(0, 1);
}

void TimelineWidget::connectParts()
{
    connect(
        &m_canvas->view(), &TimelineView::layoutChanged, this, &TimelineWidget::adjustScrollBar);
    connect(m_scrollBar, &QScrollBar::valueChanged, &m_canvas->view(), &TimelineView::scrollTo);
    connect(m_canvas, &TimelineCanvas::sliceActivated, this, &TimelineWidget::sliceActivated);
    connect(m_canvas, &TimelineCanvas::laneActivated, this, &TimelineWidget::laneActivated);
    connect(m_canvas, &TimelineCanvas::tableWanted, this, &TimelineWidget::tableWanted);
    connect(&m_canvas->view(), &TimelineView::selectedChanged, this, [this] {
        const auto& selected = m_canvas->view().scene().selected;
        emit sliceSelected(selected ? selected->track : TrackId{},
            std::chrono::nanoseconds{selected ? selected->slice.begin : 0});
    });
    connect(&m_range, &TimelineRange::followChanged, this, &TimelineWidget::followChanged);
    connect(&m_range, &TimelineRange::cursorChanged, this, [this] {
        if (m_range.hasCursor())
            emit cursorMoved(m_range.cursor());
    });
}

void TimelineWidget::adjustScrollBar()
{
    const TimelineView& view = m_canvas->view();
    const QSignalBlocker blocker(m_scrollBar);
    m_scrollBar->setRange(0, view.largestScroll());
    m_scrollBar->setPageStep(view.scene().frame.lanes().height());
    m_scrollBar->setSingleStep(24);
    m_scrollBar->setValue(view.scene().frame.scrollY);
    m_scrollBar->setVisible(view.largestScroll() > 0);
}

void TimelineWidget::zoomIn()
{
    m_canvas->zoomIn();
}

void TimelineWidget::zoomOut()
{
    m_canvas->zoomOut();
}

void TimelineWidget::fitSelection()
{
    m_canvas->fitSelection();
}

void TimelineWidget::showAll()
{
    m_canvas->showAll();
}

void TimelineWidget::goToEndAndFollow()
{
    m_canvas->goToEndAndFollow();
}

void TimelineWidget::toggleFollow()
{
    m_canvas->toggleFollow();
}

void TimelineWidget::undoView()
{
    m_canvas->undoView();
}

void TimelineWidget::redoView()
{
    m_canvas->redoView();
}

void TimelineWidget::choose(const ListedEvent& event)
{
    m_canvas->choose(event);
}

void TimelineWidget::zoomTo(const ListedEvent& event)
{
    m_canvas->zoomTo(event);
}

void TimelineWidget::revealLane(LaneId lane)
{
    m_canvas->view().scrollToLane(lane);
}

} // namespace heddle::widgets
