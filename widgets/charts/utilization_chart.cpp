// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/utilization_chart.h"

#include "widgets/shared/state_colours.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::array<StateGroup, kStateGroupCount> kBottomUp{StateGroup::Running,
    StateGroup::Runnable, StateGroup::Contention, StateGroup::Error, StateGroup::Idle};

} // namespace

UtilizationChart::UtilizationChart(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : Chart(document, range, parent)
    , m_choice(new QComboBox(this))
    , m_job(this, [this](const UtilizationCurves& curves) { take(curves); })
{
    addToHeading(m_choice);
    UtilizationChart::translate();
    setIsEmpty(true);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] { askSoon(); });
    connect(&range, &TimelineRange::cursorChanged, this, &UtilizationChart::showCursor);
    connect(&plot(), &ChartPlot::timeClicked, this,
        [&range](qint64 time) { range.setCursor(std::chrono::nanoseconds{time}); });
}

void UtilizationChart::translate()
{
    setTexts(tr("Utilization, %"), tr("Run a program to see how its actors spend their time."));
    m_choice->setAccessibleName(tr("Whose utilization"));
    m_layoutGeneration = 0;
}

void UtilizationChart::refreshChoices()
{
    const auto trace = document().trace();
    if (m_choice->count() > 0 && m_layoutGeneration == trace->layoutGeneration())
        return;
    m_layoutGeneration = trace->layoutGeneration();
    const QSignalBlocker blocker(m_choice);
    const QVariant chosen = m_choice->currentData();
    m_choice->clear();
    m_choice->addItem(tr("All actors"), 0U);
    for (const Lane& lane : trace->lanes()) {
        if (lane.group == LaneGroup::Actors)
            m_choice->addItem(QString::fromStdString(lane.name), lane.id.value);
    }
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(chosen)));
}

void UtilizationChart::ask()
{
    refreshChoices();
    const LaneId lane{m_choice->currentData().toUInt()};
    m_job.ask([trace = document().trace(), lane, span = span()](const std::stop_token& stop) {
        return utilizationCurves(*trace, lane, span, stop);
    });
}

void UtilizationChart::take(const UtilizationCurves& curves)
{
    setIsEmpty(curves.isEmpty);
    std::vector<PlotCurve> layers;
    std::vector<LegendEntry> legend;
    for (const StateGroup group : kBottomUp) {
        const QColor colour = stateLook(group, scheme()).fill;
        layers.push_back({stateGroupWord(group), colour, curves.times,
            curves.shares[static_cast<std::size_t>(group)]});
        const std::vector<double>& shares = curves.shares[static_cast<std::size_t>(group)];
        if (std::any_of(shares.begin(), shares.end(), [](double share) { return share > 0.001; }))
            legend.push_back({stateGroupWord(group), colour});
    }
    setLegend(std::move(legend));
    mutablePlot().showStack(layers);
    mutablePlot().setTimeAxis(
        range().begin().count(), range().end().count(), TraceTimes(*document().trace()));
    showCursor();
    emit updated();
}

void UtilizationChart::showCursor()
{
    mutablePlot().setCursor(
        range().hasCursor() ? std::optional(range().cursor().count()) : std::nullopt);
}

} // namespace heddle::widgets
