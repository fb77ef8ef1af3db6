// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/explorer/state_graph_layout.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace heddle::widgets {

/// Draws the states of a small program and the steps between them, with the walk so far on top.
///
/// Colour and shape say what a state is: a deadlock is a red square, a violation an orange diamond,
/// an end a double circle. Wheel, + and − zoom, dragging and arrows pan, Home fits; a click goes to
/// a state.
class StateGraphView : public QWidget
{
    Q_OBJECT

public:
    explicit StateGraphView(QWidget* parent = nullptr);

    void setPicture(StatePicture picture, StateGraphLayout layout);

    /// A sentence in place of the picture: why there is none.
    void setMessage(const QString& message);

    /// The states of the walk up to where it stands; the last one is where it stands.
    void setWalk(std::vector<std::uint32_t> states);

    void fit();
    void zoomBy(qreal factor);

    [[nodiscard]] const StatePicture& picture() const { return m_picture; }
    [[nodiscard]] const std::vector<std::uint32_t>& walk() const { return m_walk; }

    /// The state that the arrow keys have come to, once they were used.
    [[nodiscard]] std::optional<std::uint32_t> current() const { return m_current; }
    [[nodiscard]] qreal zoom() const { return m_zoom; }
    [[nodiscard]] QString description() const;

    /// Where a state is drawn.
    [[nodiscard]] QPointF placeOf(std::uint32_t state) const;

    [[nodiscard]] QSize sizeHint() const override { return {320, 220}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 80}; }

signals:
    void stateChosen(quint32 state);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void paintEdge(QPainter& painter, const StateGraphLayout::Edge& edge) const;
    static void paintShape(QPainter& painter, const StatePicture::Node& node, QPointF centre);
    void paintNode(QPainter& painter, const StatePicture::Node& node) const;
    void paintLegend(QPainter& painter) const;
    void paintFocus(QPainter& painter) const;
    void zoomAt(QPointF place, qreal factor);
    void pan(QPointF way);
    void goTowards(Qt::Key arrow);
    void showCurrent();
    void retranslate();
    [[nodiscard]] bool isWalked(const StateGraphLayout::Edge& edge) const;
    [[nodiscard]] std::optional<std::uint32_t> stateAt(QPointF place) const;
    [[nodiscard]] QString toolTipOf(std::uint32_t state) const;

    StatePicture m_picture;
    std::optional<StateGraphLayout> m_layout;
    std::vector<std::uint32_t> m_walk;
    std::optional<std::uint32_t> m_current;
    QString m_message;
    qreal m_zoom = 1;
    QPointF m_offset;
    bool m_isFitted = true; ///< until somebody zooms or pans
    QPointF m_pressedAt;
    QPointF m_draggedFrom;
    bool m_isDragging = false;
};

} // namespace heddle::widgets
