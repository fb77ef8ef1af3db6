// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "widgets/timeline/lane_layout.h"
#include "widgets/timeline/timeline_scene.h"

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <vector>

namespace heddle::widgets {

/// Paints the marks of moments, and the flags of processes that ended or became orphans.
class MomentPainter
{
public:
    MomentPainter(QPainter& painter, const TimelineScene& scene);

    /// Paints the marks in a strip.
    void paint(const std::vector<Moment>& moments, const StripPlace& strip);

    /// Takes the flags of the moments that bear one; of two at one place the later one stays.
    void addFlags(const std::vector<Moment>& moments, const StripPlace& strip);

    /// The largest part of `place` that no flag covers, from the left.
    [[nodiscard]] QRectF besideFlags(QRectF place) const;

    void paintFlags();

private:
    struct Flag
    {
        QRectF place;
        QString words;
        QColor colour;
    };

    [[nodiscard]] bool isSeen(const Moment& moment) const;
    [[nodiscard]] double pixelOf(const Moment& moment) const;
    void addFlag(Flag flag);

    QPainter& m_painter;
    const TimelineScene& m_scene;
    std::vector<Flag> m_flags;
};

} // namespace heddle::widgets
