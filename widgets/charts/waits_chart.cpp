// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/waits_chart.h"

#include "widgets/shared/state_colours.h"
#include "widgets/shared/trace_document.h"
#include "widgets/shared/trace_times.h"

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostBars = 12;

} // namespace

WaitsChart::WaitsChart(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : Chart(document, range, parent)
    , m_job(this, [this](const std::vector<WaitBar>& bars) { take(bars); })
{
    WaitsChart::translate();
    setIsEmpty(true);
}

void WaitsChart::translate()
{
    setTexts(tr("Waits by object"),
        tr("Nobody waited in the visible time. Run a program, or show more of it (Home)."));
}

void WaitsChart::ask()
{
    m_job.ask([trace = document().trace(), span = span()](
                  const std::stop_token& stop) { return waitBars(*trace, span, kMostBars, stop); });
}

void WaitsChart::take(const std::vector<WaitBar>& bars)
{
    setIsEmpty(bars.empty());
    const TraceTimes times(*document().trace());
    std::vector<PlotBar> shown;
    for (const WaitBar& bar : bars) {
        const QString time = times.duration(bar.totalNanoseconds);
        shown.push_back({tr("%1  ·  %2 in %3×", "object, time, count")
                             .arg(QString::fromStdString(bar.object), time)
                             .arg(bar.count),
            static_cast<double>(bar.totalNanoseconds)});
    }
    mutablePlot().showBars(shown, stateLook(State::WaitLock, scheme()).fill, times);
    emit updated();
}

} // namespace heddle::widgets
