// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/verdict_panel.h"

#include "widgets/shared/time_text.h"
#include "widgets/tables/table_panel.h"

#include <QEvent>
#include <QLabel>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

namespace heddle::widgets {

namespace {

using Status = JudgedExpectation::Status;

QString wordOf(Status status)
{
    switch (status) {
    case Status::Held:
        return VerdictPanel::tr("held");
    case Status::Failed:
        return VerdictPanel::tr("failed");
    case Status::Unchecked:
        break;
    }
    return VerdictPanel::tr("not checked");
}

QStyle::StandardPixmap pixmapOf(Status status)
{
    switch (status) {
    case Status::Held:
        return QStyle::SP_DialogApplyButton;
    case Status::Failed:
        return QStyle::SP_MessageBoxCritical;
    case Status::Unchecked:
        break;
    }
    return QStyle::SP_MessageBoxInformation;
}

QString headlineOf(const RunReport& report)
{
    const QString time = durationText(nanoseconds(report.record.nanoseconds));
    switch (report.verdict) {
    case RunVerdict::Ok:
        return VerdictPanel::tr("Ended well after %1.").arg(time);
    case RunVerdict::Failed:
        return VerdictPanel::tr("Ended after %1; something the program expects did not come true.")
            .arg(time);
    case RunVerdict::Deadlock:
        return VerdictPanel::tr("Deadlock: nobody could go on. The run lasted %1.").arg(time);
    case RunVerdict::Timeout:
        return VerdictPanel::tr("Ended by its time limit after %1.").arg(time);
    case RunVerdict::Stopped:
        return VerdictPanel::tr("Stopped after %1.").arg(time);
    case RunVerdict::Error:
        break;
    }
    return VerdictPanel::tr("The program's process came to a bad end after %1: %2")
        .arg(time, QString::fromStdString(report.record.problem));
}

} // namespace

VerdictPanel::VerdictPanel(QWidget* parent)
    : QWidget(parent)
    , m_headline(new QLabel)
    , m_table(new TablePanel({{}, {}, {}}, {}))
{
    m_headline->setMargin(6);
    m_headline->setWordWrap(true);
    m_headline->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_headline);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    m_table->table().setColumnWidth(0, 110);
    m_table->table().setColumnWidth(1, 320);
    connect(m_table, &TablePanel::chosen, this, [this](const Row& row) {
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    retranslate();
}

void VerdictPanel::retranslate()
{
    m_table->rows().setHeaders({tr("Result"), tr("Expectation"), tr("Why")});
    m_table->setName(tr("Expectations"));
    m_table->setHint(m_report ? tr("The program states no expectations. Add lines that begin with "
                                   "“expect” to have a run judged.")
                              : tr("After a run this shows which of the program's expectations "
                                   "held. Press F5 to run it."));
    showReport();
}

void VerdictPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void VerdictPanel::setReport(std::optional<RunReport> report)
{
    m_report = std::move(report);
    retranslate();
}

QString VerdictPanel::headline() const
{
    return m_headline->text();
}

void VerdictPanel::showReport()
{
    m_headline->setVisible(m_report.has_value());
    m_headline->setText(m_report ? headlineOf(*m_report) : QString());
    std::vector<Row> rows;
    if (m_report) {
        for (const JudgedExpectation& judged : m_report->expectations) {
            Row row{.key = rows.size(), .cells = {}, .line = static_cast<int>(judged.line)};
            row.cells.push_back({.text = wordOf(judged.status),
                .icon = style()->standardIcon(pixmapOf(judged.status))});
            row.cells.push_back({.text = QString::fromStdString(judged.text)});
            row.cells.push_back({.text = QString::fromStdString(judged.why)});
            rows.push_back(std::move(row));
        }
    }
    m_table->rows().setRows(std::move(rows));
}

} // namespace heddle::widgets
