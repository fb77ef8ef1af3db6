// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/charts/chart.h"
#include "widgets/shared/latest_job.h"

namespace heddle::widgets {

/// Queue lengths, units and counters over the visible range, the highest few.
class LevelChart : public Chart
{
    Q_OBJECT

public:
    LevelChart(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

protected:
    void ask() override;
    void translate() override;

private:
    void take(const std::vector<LevelCurve>& curves);
    void showCursor();

    LatestJob<std::vector<LevelCurve>> m_job; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
