// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/event_list.h"

#include <QWidget>

#include <chrono>

class QScrollBar;

namespace heddle::widgets {

class StatisticsStrip;
class TimelineCanvas;
class TimelineRange;
class TraceDocument;

/// The timeline: minimap, ruler, lanes with headers, and the statistics of the selection below.
///
/// It shows the document's trace within the range, and changes the range by its keys and gestures.
/// Both must outlive it.
class TimelineWidget : public QWidget
{
    Q_OBJECT

public:
    TimelineWidget(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

    [[nodiscard]] TimelineCanvas& canvas() { return *m_canvas; }

public slots:
    void zoomIn();
    void zoomOut();
    void fitSelection();
    void showAll();
    void goToEndAndFollow();
    void toggleFollow();
    void undoView();
    void redoView();

    /// Scrolls to the lane of an actor or object.
    void revealLane(heddle::LaneId lane);

    /// Selects an event that was chosen in its table; zooms to it.
    void choose(const heddle::ListedEvent& event);
    void zoomTo(const heddle::ListedEvent& event);

signals:
    void tableWanted(); ///< by key: the events as a table
    void sliceSelected(heddle::TrackId track, std::chrono::nanoseconds begin); ///< track 0: none
    void cursorMoved(std::chrono::nanoseconds time);
    void sliceActivated(int line); ///< a slice was chosen; line of the source, 0 if not known
    void laneActivated(heddle::LaneId lane);
    void followChanged(bool following);

private:
    void buildLayout();
    void connectParts();
    void adjustScrollBar();

    TimelineRange& m_range;
    TimelineCanvas* m_canvas;
    QScrollBar* m_scrollBar;
    StatisticsStrip* m_statistics;
};

} // namespace heddle::widgets
