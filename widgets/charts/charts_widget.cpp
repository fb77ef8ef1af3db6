// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/charts_widget.h"

#include "widgets/charts/level_chart.h"
#include "widgets/charts/utilization_chart.h"
#include "widgets/charts/waits_chart.h"

#include <QHBoxLayout>
#include <QSplitter>

namespace heddle::widgets {

ChartsWidget::ChartsWidget(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_utilization(new UtilizationChart(document, range, this))
    , m_levels(new LevelChart(document, range, this))
    , m_waits(new WaitsChart(document, range, this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_utilization);
    splitter->addWidget(m_levels);
    splitter->addWidget(m_waits);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->setSizes({400, 320, 300});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

} // namespace heddle::widgets
