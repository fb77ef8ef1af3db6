// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/goal_list.h"

#include "widgets/shared/icons.h"
#include "widgets/shared/sentence_words.h"
#include "widgets/shared/theme.h"

#include <QEvent>
#include <QTableView>

namespace heddle::widgets {

namespace {

struct GoalLook
{
    QString word;
    QString icon;
    QColor colour;
};

GoalLook lookOf(Goal::State state, const ThemeColours& colours)
{
    switch (state) {
    case Goal::State::Open:
        return {GoalList::tr("open"), QStringLiteral("timer"), colours.textMuted};
    case Goal::State::Reached:
        return {GoalList::tr("reached"), QStringLiteral("success"), colours.success};
    case Goal::State::Broken:
        return {GoalList::tr("broken"), QStringLiteral("error"), colours.danger};
    case Goal::State::Elsewhere:
        break;
    }
    return {GoalList::tr("see All"), QStringLiteral("explore"), colours.textMuted};
}

} // namespace

GoalList::GoalList(QWidget* parent)
    : TablePanel(QStringList(3), {}, parent)
{
    table().setColumnWidth(0, 92);
    table().setColumnWidth(2, 170);
    setStretchColumn(1);
    connect(this, &TablePanel::chosen, this, [this](const Row& row) {
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    retranslate();
}

void GoalList::setGoals(std::vector<Goal> goals)
{
    m_goals = std::move(goals);
    fill();
}

void GoalList::retranslate()
{
    rows().setHeaders({tr("Goal"), tr("What the program expects"), tr("Here")});
    setHint(tr("What the program expects is listed here, with what this schedule has shown of it. "
               "Add lines that begin with “expect”."));
    table().setAccessibleName(tr("Goals"));
    fill();
}

void GoalList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        fill();
    TablePanel::changeEvent(event);
}

void GoalList::fill()
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    std::vector<Row> all;
    for (const Goal& goal : m_goals) {
        const GoalLook look = lookOf(goal.state, colours);
        Row row{.key = all.size(), .cells = {}, .line = static_cast<int>(goal.line)};
        row.cells.push_back(
            {.text = look.word, .icon = themedIcon(look.icon, look.colour), .colour = look.colour});
        row.cells.push_back({.text = QString::fromStdString(goal.text)});
        row.cells.push_back({.text = inWords(goal.why), .colour = colours.textMuted});
        all.push_back(std::move(row));
    }
    rows().setRows(std::move(all));
}

} // namespace heddle::widgets
