// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

namespace heddle::widgets {

class LevelChart;
class TimelineRange;
class TraceDocument;
class UtilizationChart;
class WaitsChart;

/// The charts beside each other: utilization, queues and levels, waits by object.
///
/// They show the timeline's visible range; a click in one moves its cursor.
class ChartsWidget : public QWidget
{
    Q_OBJECT

public:
    ChartsWidget(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

    [[nodiscard]] UtilizationChart& utilization() const { return *m_utilization; }
    [[nodiscard]] LevelChart& levels() const { return *m_levels; }
    [[nodiscard]] WaitsChart& waits() const { return *m_waits; }
    [[nodiscard]] QSize sizeHint() const override { return {960, 220}; }

private:
    UtilizationChart* m_utilization;
    LevelChart* m_levels;
    WaitsChart* m_waits;
};

} // namespace heddle::widgets
