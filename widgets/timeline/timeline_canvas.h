// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/event_list.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/timeline/timeline_navigator.h"
#include "widgets/timeline/timeline_query.h"
#include "widgets/timeline/timeline_view.h"

#include <QPoint>
#include <QWidget>

#include <optional>

namespace heddle::widgets {

class TraceDocument;

/// The painted part of the timeline, with its keys and gestures (docs: ui, section 3).
class TimelineCanvas : public QWidget
{
    Q_OBJECT

public:
    TimelineCanvas(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

    [[nodiscard]] TimelineView& view() { return m_view; }
    [[nodiscard]] TimelineNavigator& navigator() { return m_navigator; }
    [[nodiscard]] QSize sizeHint() const override { return {960, 420}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 160}; }

public slots:
    void zoomIn();
    void zoomOut();
    void fitSelection(); ///< the selection, else the selected slice
    void showAll();
    void goToEndAndFollow();
    void toggleFollow();
    void undoView();
    void redoView();
    void selectNext();
    void selectPrevious();
    void followEdgeForward();
    void followEdgeBack();
    void clearSelection();

    /// The row of the keys: a lane, or the heading of a group.
    void rowUp();
    void rowDown();
    void fitOrFold(); ///< folds the group if the row is a heading, else fits the selection
    void tell(); ///< all there is to say about the selected slice, or the row

    void panEarlier();
    void panLater();
    void cursorLater();
    void cursorEarlier();
    void scrollUp();
    void scrollDown();
    void pageUp();
    void pageDown();

    /// Grow the selection from the cursor, from the row.
    void selectLater();
    void selectEarlier();
    void selectRowDown();
    void selectRowUp();

    void toggleFrameTimes();
    void askForTable();

    /// Selects an event that somebody else has chosen; the view moves only if it is not seen.
    void choose(const heddle::ListedEvent& event);

    /// The same, and zooms to it.
    void zoomTo(const heddle::ListedEvent& event);

signals:
    void tableWanted(); ///< the events are to be shown as a table
    void sliceActivated(int line); ///< clicked or reached by key; 0: its line is not known
    void laneActivated(heddle::LaneId lane);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag
    {
        None,
        Select,
        ZoomRegion,
        Pan,
        Minimap,
        Scrub
    };

    /// By an arrow key: in time, or over the lanes.
    enum class Way
    {
        Earlier = -1,
        Later = 1
    };

    [[nodiscard]] std::optional<RowPlace> row() const;
    void moveRow(int step);
    void enterRow(const RowPlace& row);
    void selectRows(int step);
    void setRowOfLane(LaneId lane);
    void moveCursor(Way way);
    void growSelection(Way way);
    void bringIntoView(std::int64_t time);
    [[nodiscard]] std::int64_t timeOfKeys() const;
    [[nodiscard]] std::int64_t stepOfKeys() const;
    [[nodiscard]] QRect rowOnWidget() const;
    [[nodiscard]] Drag dragFor(const QMouseEvent& event) const;
    void dragTo(const QPoint& point);
    void click(const QPoint& point);
    void clickHeader(const QPoint& point);
    void centreOnMinimap(int x);
    void selectArea(const QPoint& point);
    void select(const std::optional<PlacedSlice>& place);
    void step(const std::optional<PlacedSlice>& place);
    void zoom(double factor);
    [[nodiscard]] std::int64_t timeUnder(int x) const;
    [[nodiscard]] double shareUnder(int x) const;
    [[nodiscard]] QString tooltipAt(const QPoint& point);
    void paintEmpty(QPainter& painter) const;
    void describe();

    TraceDocument& m_document;
    TimelineRange& m_range;
    TimelineNavigator m_navigator;
    TimelineView m_view;
    Drag m_drag = Drag::None;
    bool m_hasMoved = false;
    QPoint m_pressed;
    std::int64_t m_pressedTime = 0;
    std::int64_t m_pressedBegin = 0;
    int m_pressedScroll = 0;
    RowPlace m_row; ///< of the keys; its height is 0 while there is none
    LaneId m_anchorLane; ///< where a selection by keys has begun
    std::int64_t m_anchorTime = 0;
    std::int64_t m_grownTo = 0; ///< its other end
};

} // namespace heddle::widgets
