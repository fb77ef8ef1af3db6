// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/statistics_panel.h"

#include "widgets/shared/trace_times.h"
#include "widgets/tables/table_panel.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace heddle::widgets {

namespace {

Cell number(QString text)
{
    return {.text = std::move(text), .isNumber = true};
}

Cell share(std::int64_t part, std::int64_t whole, const TraceTimes& times)
{
    if (whole <= 0)
        return number({});
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return number(
        StatisticsPanel::tr("%1 (%2 %)")
            .arg(times.duration(part), QLocale().toString(percent, 'f', percent < 10 ? 1 : 0)));
}

void addLane(
    std::vector<Row>& rows, const LaneStatistics& lane, std::int64_t whole, const TraceTimes& times)
{
    Row row{.key = quint64{lane.lane.value} << 16, .cells = {}, .isHeading = true};
    row.cells.push_back({.text = QString::fromStdString(lane.name)});
    row.cells.push_back(share(lane.runningNanoseconds, whole, times));
    row.cells.push_back(share(lane.runnableNanoseconds, whole, times));
    row.cells.push_back(share(lane.blockedNanoseconds, whole, times));
    rows.push_back(std::move(row));
    for (const WaitStatistics& wait : lane.waits) {
        Row child{.key = (quint64{lane.lane.value} << 16) + rows.size(), .cells = {}};
        child.cells.push_back({.text = StatisticsPanel::tr("    waits for %1")
                                           .arg(QString::fromStdString(wait.object))});
        child.cells.resize(3);
        child.cells.push_back(share(wait.totalNanoseconds, whole, times));
        child.cells.push_back(number(QLocale().toString(static_cast<qulonglong>(wait.count))));
        child.cells.push_back(number(times.duration(wait.p50Nanoseconds)));
        child.cells.push_back(number(times.duration(wait.p99Nanoseconds)));
        child.cells.push_back(number(times.duration(wait.longestNanoseconds)));
        rows.push_back(std::move(child));
    }
}

} // namespace

StatisticsPanel::StatisticsPanel(QWidget* parent)
    : QWidget(parent)
    , m_range(new QLabel)
    , m_table(new TablePanel(QStringList(8), {}))
{
    m_range->setMargin(6);
    m_range->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_range);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    m_table->table().setColumnWidth(0, 200);
    for (int i = 1; i < 4; ++i)
        m_table->table().setColumnWidth(i, 120);
    retranslate();
}

void StatisticsPanel::retranslate()
{
    m_table->rows().setHeaders({tr("Lane"), tr("Running"), tr("Runnable"), tr("Blocked"),
        tr("Waits"), tr("Median"), tr("99th percentile"), tr("Longest")});
    m_table->setName(tr("Statistics"));
    m_table->setHint(
        tr("Run a program, then drag over the timeline: its times are summed up here."));
    showStatistics();
}

void StatisticsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StatisticsPanel::setStatistics(
    std::optional<TraceStatistics> statistics, std::vector<LaneId> lanes)
{
    m_statistics = std::move(statistics);
    m_lanes = std::move(lanes);
    showStatistics();
}

void StatisticsPanel::showStatistics()
{
    std::vector<Row> rows;
    m_range->setVisible(m_statistics.has_value());
    if (m_statistics) {
        const TraceTimes times(m_statistics->stepNanoseconds);
        const std::int64_t whole = m_statistics->to - m_statistics->from;
        const std::int64_t resolution = std::max<std::int64_t>(1, whole / 1000);
        m_range->setText(
            tr("From %1 to %2: %3")
                .arg(times.moment(m_statistics->from, resolution),
                    times.moment(m_statistics->to, resolution), times.duration(whole)));
        for (const LaneStatistics& lane : m_statistics->lanes)
            if (m_lanes.empty()
                || std::find(m_lanes.begin(), m_lanes.end(), lane.lane) != m_lanes.end())
                addLane(rows, lane, whole, times);
    }
    m_table->rows().setRows(std::move(rows));
}

} // namespace heddle::widgets
