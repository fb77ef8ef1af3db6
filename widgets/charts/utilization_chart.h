// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/charts/chart.h"
#include "widgets/shared/latest_job.h"

class QComboBox;

namespace heddle::widgets {

/// How actors spend their time: state groups stacked over the visible range, for all or for one.
class UtilizationChart : public Chart
{
    Q_OBJECT

public:
    UtilizationChart(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

protected:
    void ask() override;
    void translate() override;

private:
    void take(const UtilizationCurves& curves);
    void refreshChoices();
    void showCursor();

    QComboBox* m_choice;
    std::uint64_t m_layoutGeneration = 0;
    LatestJob<UtilizationCurves> m_job; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
