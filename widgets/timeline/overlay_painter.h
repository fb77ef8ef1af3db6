// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/timeline/timeline_scene.h"

#include <QPainter>

namespace heddle::widgets {

/// Paints what lies over the lanes: hover, selection, deadlocks, edges and the cursor.
class OverlayPainter
{
public:
    OverlayPainter(QPainter& painter, const TimelineScene& scene);

    void paint();

private:
    void paintSlice(const PlacedSlice& place, const QColor& colour, double thickness);
    void paintDeadlocks();
    void paintEdges();
    void paintEdge(const Edge& edge);
    void paintSelection();
    void paintCursor();
    [[nodiscard]] QRectF areaOf(const PlacedSlice& place) const;

    QPainter& m_painter;
    const TimelineScene& m_scene;
    const ThemeColours& m_colours;
};

} // namespace heddle::widgets
