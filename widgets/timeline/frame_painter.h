// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/timeline/timeline_scene.h"

#include <QCoreApplication>
#include <QPainter>

namespace heddle::widgets {

/// Paints what surrounds the lanes: headers, ruler, minimap and the corner with the clock.
class FramePainter
{
    Q_DECLARE_TR_FUNCTIONS(heddle::widgets::FramePainter)

public:
    FramePainter(QPainter& painter, const TimelineScene& scene);

    void paint(const QRect& exposed);

private:
    void paintHeaders();
    void paintHeader(const LanePlace& lane);
    void paintGroup(const GroupPlace& group);
    void paintIcon(const QRect& place, const QString& name, const QColor& colour);
    void paintRuler();
    void paintMinimap();
    void paintOverview(const QRect& area);
    void paintCorner();
    [[nodiscard]] bool isDeadlocked(LaneId lane) const;

    QPainter& m_painter;
    const TimelineScene& m_scene;
    const ThemeColours& m_colours;
};

/// The width that the headers need for the names of all lanes.
[[nodiscard]] int headerWidthFor(const LaneLayout& layout, const QFont& font);

} // namespace heddle::widgets
