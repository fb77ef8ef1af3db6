// SPDX-License-Identifier: GPL-3.0-only
#include "app/actions.h"
#include "app/docks.h"
#include "app/documents.h"
#include "app/error_messages.h"
#include "app/explore_presenter.h"
#include "app/status_line.h"
#include "widgets/editor/program_editor.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/verdict_view.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace heddle::app {

using widgets::Gear;

void ExplorePresenter::explore()
{
    m_parts.docks.bringUp(Panel::Explorer);
    m_panel.setGear(Gear::All);
    search(ExplorerLimits{}.states);
}

void ExplorePresenter::search(std::size_t states)
{
    m_limit = states;
    ExplorerLimits limits;
    const std::size_t times = std::max<std::size_t>(1, states / limits.states);
    limits.states = states;
    limits.bytes *= times;
    limits.time *= static_cast<std::int64_t>(times);
    m_parts.actions[Command::CancelSearch].setEnabled(true);
    m_searchedText = text();
    m_searches.explore(m_searchedText, limits);
}

void ExplorePresenter::showReport(const ExplorationReport& report)
{
    m_report = report;
    m_parts.actions[Command::CancelSearch].setEnabled(false);
    m_panel.verdict().setProgress(std::nullopt);
    m_panel.verdict().setReport(report);
}

void ExplorePresenter::showWitness(const ExplorationReport& report, std::size_t index)
{
    const std::optional<Schedule> schedule = widgets::shownSchedule(report, index);
    if (!schedule)
        return;
    m_parts.docks.bringUp(Panel::Explorer);
    m_panel.setGear(Gear::Hand);
    m_panel.setFocus(Qt::OtherFocusReason);
    begin(*schedule, schedule->steps.size());
}

void ExplorePresenter::showChecked()
{
    if (!m_checked)
        return;
    const ExplorationReport report = *m_checked;
    m_parts.docks.bringUp(Panel::Explorer);
    showReport(report);
    const auto failed =
        std::find_if(report.expectations.begin(), report.expectations.end(), [](const auto& each) {
            return each.status == ExploredExpectation::Status::Failed && each.witness;
        });
    if (failed == report.expectations.end())
        m_panel.setGear(Gear::All);
    else
        showWitness(report, static_cast<std::size_t>(failed - report.expectations.begin()));
}

void ExplorePresenter::openSchedule()
{
    QWidget* window = m_panel.window();
    const QString path = QFileDialog::getOpenFileName(window, tr("Open a schedule"),
        QDir::homePath(), tr("Schedules (*.schedule);;All files (*)"));
    if (path.isEmpty())
        return;
    const Result<QString> content = Document::readProgram(path);
    if (!content) {
        showMessage(window, messageFor(content.error(), path));
        return;
    }
    const Result<Schedule> schedule = readSchedule(content->toStdString());
    if (!schedule) {
        showMessage(window,
            {tr("%1 is not a schedule.").arg(QFileInfo(path).fileName()),
                tr("A schedule is written by “Save schedule” or by heddle explore --schedule."),
                QString::fromStdString(schedule.error().detail)});
        return;
    }
    m_parts.docks.bringUp(Panel::Explorer);
    m_panel.setGear(Gear::Hand);
    begin(*schedule, schedule->steps.size());
}

void ExplorePresenter::saveSchedule()
{
    if (!m_panel.walk())
        return;
    QWidget* window = m_panel.window();
    const QString path = QFileDialog::getSaveFileName(window, tr("Save the schedule"),
        QDir::home().filePath(QStringLiteral("program.schedule")),
        tr("Schedules (*.schedule);;All files (*)"));
    if (path.isEmpty())
        return;
    const Result<void> written =
        Document::writeProgram(path, QString::fromStdString(toText(m_panel.walk()->schedule)));
    if (written)
        m_parts.status.note(tr("Saved %1.").arg(QFileInfo(path).fileName()));
    else
        showMessage(window, messageFor(written.error(), path));
}

} // namespace heddle::app
