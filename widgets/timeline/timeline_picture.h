// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "widgets/shared/theme.h"

#include <QFont>
#include <QPainter>
#include <QSize>

#include <cstdint>
#include <memory>
#include <optional>

namespace heddle::widgets {

/// What a picture of the timeline shows.
///
/// Units:   nanoseconds since the start of the trace; logical pixels.
struct PictureOptions
{
    QSize size{1600, 0}; ///< height 0: as high as all lanes need, at most 4000
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    ColourScheme scheme = ColourScheme::Light;
};

/// The timeline without a window: title, minimap, ruler, lanes and a legend, painted by the code that
/// paints the window's.
///
/// Threads: one thread at a time; needs a QGuiApplication.
class TimelinePicture
{
public:
    TimelinePicture(std::shared_ptr<const Trace> trace, const PictureOptions& options);

    [[nodiscard]] QSize size() const { return m_size; }
    void paint(QPainter& painter);

private:
    void paintTitle(QPainter& painter) const;
    void paintTimeline(QPainter& painter);
    void paintLegend(QPainter& painter) const;
    [[nodiscard]] QFont font() const;

    std::shared_ptr<const Trace> m_trace;
    PictureOptions m_options;
    QSize m_size;
};

} // namespace heddle::widgets
