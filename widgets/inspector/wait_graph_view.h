// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/inspector/wait_picture.h"

#include <QWidget>

#include <optional>

namespace heddle::widgets {

/// Draws who waits for whom; a cycle is red and its arrows are thick. A click chooses an actor.
class WaitGraphView : public QWidget
{
    Q_OBJECT

public:
    explicit WaitGraphView(QWidget* parent = nullptr);

    void setGraph(std::optional<WaitGraph> graph);

    /// What it says in words, for readers of the screen and for the empty picture.
    [[nodiscard]] QString description() const;

    [[nodiscard]] QSize sizeHint() const override { return {320, 220}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 100}; }

signals:
    void actorChosen(quint32 actor);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void drawArrow(QPainter& painter, const WaitPicture::Arrow& arrow) const;
    void drawLabel(QPainter& painter, const WaitPicture::Arrow& arrow) const;
    void drawNode(QPainter& painter, const WaitPicture::Node& node) const;
    void drawFocus(QPainter& painter) const;
    [[nodiscard]] QRectF boxOf(const WaitPicture::Node& node) const;
    [[nodiscard]] int currentNode() const; ///< of the keys; -1: none
    void describe();

    std::optional<WaitGraph> m_graph;
    WaitPicture m_picture;
    QString m_current; ///< the name of the node that the keys have come to
};

} // namespace heddle::widgets
