// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/schedule_list.h"

#include "widgets/shared/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace heddle::widgets {

ScheduleList::ScheduleList(QWidget* parent)
    : TablePanel(QStringList(4), {}, parent)
{
    table().setColumnWidth(0, 64);
    table().setColumnWidth(1, 130);
    table().setColumnWidth(2, 50);
    connect(this, &TablePanel::chosen, this, [this](const Row& row) {
        emit stepWanted(row.key);
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    retranslate();
}

void ScheduleList::retranslate()
{
    rows().setHeaders({tr("Step"), tr("Actor"), tr("Line"), tr("Does")});
    setHint(tr("The steps taken are listed here; a click goes back to one."));
    table().setAccessibleName(tr("Schedule"));
    fill();
}

void ScheduleList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        fill();
    TablePanel::changeEvent(event);
}

void ScheduleList::setWalk(const ShownWalk& walk)
{
    m_schedule = walk.schedule;
    m_step = walk.moment.step;
    m_hasWalk = true;
    fill();
}

void ScheduleList::clear()
{
    m_schedule = {};
    m_hasWalk = false;
    fill();
}

void ScheduleList::fill()
{
    std::vector<Row> all;
    const QColor muted = themeColours(schemeOf(palette())).textMuted;
    if (m_hasWalk)
        all.push_back({.key = 0,
            .cells = {{.text = QStringLiteral("0"), .isNumber = true}, {.text = tr("start")}, {},
                {}},
            .isHeading = m_step == 0});
    for (std::size_t i = 0; i < m_schedule.steps.size(); ++i) {
        const ScheduledStep& step = m_schedule.steps[i];
        const QColor colour = i < m_step ? QColor() : muted;
        Row row{.key = i + 1, .cells = {}, .line = static_cast<int>(step.line)};
        row.cells.push_back({.text = QString::number(i + 1), .colour = colour, .isNumber = true});
        row.cells.push_back({.text = QString::fromStdString(step.actorName), .colour = colour});
        row.cells.push_back({.text = step.line > 0 ? QString::number(step.line) : QString(),
            .colour = colour,
            .isNumber = true});
        row.cells.push_back({.text = QString::fromStdString(step.text), .colour = colour});
        row.isHeading = i + 1 == m_step;
        all.push_back(std::move(row));
    }
    rows().setRows(std::move(all));
    if (m_hasWalk) {
        select(m_step);
        table().scrollTo(rows().index(rows().indexOfKey(m_step), 0));
    }
}

} // namespace heddle::widgets
