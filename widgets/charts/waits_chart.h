// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/charts/chart.h"
#include "widgets/shared/latest_job.h"

namespace heddle::widgets {

/// What was waited for longest within the visible range: one bar an object, at most twelve.
class WaitsChart : public Chart
{
    Q_OBJECT

public:
    WaitsChart(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

protected:
    void ask() override;
    void translate() override;

private:
    void take(const std::vector<WaitBar>& bars);

    LatestJob<std::vector<WaitBar>> m_job; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
