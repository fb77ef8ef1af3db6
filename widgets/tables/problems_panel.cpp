// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/problems_panel.h"

#include "widgets/tables/table_panel.h"

#include <QEvent>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kFixColumn = 3;

QStyle::StandardPixmap pixmapOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStyle::SP_MessageBoxCritical;
    case Severity::Warning:
        return QStyle::SP_MessageBoxWarning;
    case Severity::Hint:
        break;
    }
    return QStyle::SP_MessageBoxInformation;
}

} // namespace

ProblemsPanel::ProblemsPanel(QWidget* parent)
    : QWidget(parent)
    , m_table(new TablePanel({{}, {}, {}, {}}, {}))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    setFocusProxy(m_table);
    m_table->setStretchColumn(2);
    m_table->table().setColumnWidth(0, 70);
    m_table->table().setColumnWidth(1, 90);
    m_table->table().setColumnWidth(kFixColumn, 180);
    const auto problemOf = [this](const Row& row) { return m_problems[row.key]; };
    connect(m_table, &TablePanel::chosen, this,
        [this, problemOf](const Row& row) { emit chosen(problemOf(row)); });
    connect(m_table, &TablePanel::activated, this, [this, problemOf](const Row& row) {
        const Diagnostic problem = problemOf(row);
        if (!problem.fixes.empty())
            emit fixWanted(problem.fixes.front());
    });
    retranslate();
}

void ProblemsPanel::retranslate()
{
    m_table->rows().setHeaders({tr("Line"), tr("Code"), tr("Problem"), tr("Mend with Enter")});
    m_table->setName(tr("Problems"));
    m_table->setHint(tr(
        "The program has no problems. What is wrong with it would be listed here while you type."));
}

void ProblemsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ProblemsPanel::setProblems(std::vector<Diagnostic> problems)
{
    std::stable_sort(
        problems.begin(), problems.end(), [](const Diagnostic& left, const Diagnostic& right) {
            return left.severity < right.severity;
        });
    m_problems = std::move(problems);
    showProblems();
}

void ProblemsPanel::showProblems()
{
    std::vector<Row> rows;
    for (const Diagnostic& problem : m_problems) {
        Row row{.key = rows.size(), .cells = {}, .line = static_cast<int>(problem.line)};
        row.cells.push_back({.text = QString::number(problem.line),
            .icon = style()->standardIcon(pixmapOf(problem.severity))});
        row.cells.push_back({.text = QString::fromStdString(problem.code)});
        row.cells.push_back({.text = QString::fromStdString(problem.message)});
        row.cells.push_back(
            {.text = problem.fixes.empty() ? QString()
                                           : QString::fromStdString(problem.fixes.front().title)});
        rows.push_back(std::move(row));
    }
    const bool isAnyMendable = std::any_of(m_problems.begin(), m_problems.end(),
        [](const Diagnostic& problem) { return !problem.fixes.empty(); });
    m_table->table().setColumnHidden(kFixColumn, !isAnyMendable); // its room is for the words
    m_table->rows().setRows(std::move(rows));
}

} // namespace heddle::widgets
