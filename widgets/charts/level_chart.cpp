// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/level_chart.h"

#include "widgets/shared/state_colours.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

namespace heddle::widgets {

namespace {

constexpr std::array<State, 5> kCurveColours{
    State::WaitQueue, State::WaitLock, State::Running, State::WaitCondition, State::WaitActor};

} // namespace

LevelChart::LevelChart(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : Chart(document, range, parent)
    , m_job(this, [this](const std::vector<LevelCurve>& curves) { take(curves); })
{
    LevelChart::translate();
    setIsEmpty(true);
    connect(&range, &TimelineRange::cursorChanged, this, &LevelChart::showCursor);
    connect(&plot(), &ChartPlot::timeClicked, this,
        [&range](qint64 time) { range.setCursor(std::chrono::nanoseconds{time}); });
}

void LevelChart::translate()
{
    setTexts(tr("Queues and levels"),
        tr("Run a program with a queue, a semaphore or a contended lock to see how many wait."));
}

void LevelChart::ask()
{
    m_job.ask([trace = document().trace(), span = span()](const std::stop_token& stop) {
        return levelCurves(*trace, span, kCurveColours.size(), stop);
    });
}

void LevelChart::take(const std::vector<LevelCurve>& curves)
{
    setIsEmpty(curves.empty());
    std::vector<PlotCurve> lines;
    std::vector<LegendEntry> legend;
    std::int64_t highest = 0;
    for (std::size_t index = 0; index < curves.size(); ++index) {
        PlotCurve line{QString::fromStdString(curves[index].name),
            stateLook(kCurveColours[index], scheme()).fill, {}, {}};
        for (const Sample& sample : curves[index].samples) {
            line.times.push_back(static_cast<double>(sample.time));
            line.values.push_back(static_cast<double>(sample.value));
        }
        highest = std::max(highest, curves[index].highest);
        legend.push_back({line.name, line.colour});
        lines.push_back(std::move(line));
    }
    setLegend(std::move(legend));
    mutablePlot().showSteps(lines, static_cast<double>(highest));
    mutablePlot().setTimeAxis(
        range().begin().count(), range().end().count(), TraceTimes(*document().trace()));
    showCursor();
    emit updated();
}

void LevelChart::showCursor()
{
    mutablePlot().setCursor(
        range().hasCursor() ? std::optional(range().cursor().count()) : std::nullopt);
}

} // namespace heddle::widgets
