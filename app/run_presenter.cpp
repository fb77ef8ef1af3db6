// SPDX-License-Identifier: GPL-3.0-only
#include "app/run_presenter.h"

#include "app/actions.h"
#include "app/deadlock_banner.h"
#include "app/docks.h"
#include "app/run_controller.h"
#include "app/status_line.h"
#include "app/trace_controller.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/verdict_panel.h"

#include <QDockWidget>

namespace heddle::app {

RunPresenter::RunPresenter(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
{
    connectRuns();
    connect(&m_parts.banner, &DeadlockBanner::showWanted, this, &RunPresenter::showDeadlock);
    connect(&m_parts.banner, &DeadlockBanner::explainWanted, this, &RunPresenter::explainDeadlock);
    connect(&m_parts.actions[Command::ShowDeadlock], &QAction::triggered, this,
        &RunPresenter::showDeadlock);
    connect(&m_parts.actions[Command::ExplainDeadlock], &QAction::triggered, this,
        &RunPresenter::explainDeadlock);
    showDeadlockAction(false);
    m_parts.actions[Command::Stop].setEnabled(false);
}

void RunPresenter::connectRuns()
{
    RunController& runs = m_parts.runs;
    connect(
        &runs, &RunController::traceBegan, this, [this](const std::shared_ptr<const Trace>& trace) {
            forgetLastRun();
            m_parts.trace.show(trace);
        });
    connect(&runs, &RunController::traceGrew, this, [this] {
        m_parts.trace.noteGrowth();
        m_parts.status.setRecorder(m_parts.trace.document().trace()->recorder());
    });
    connect(&runs, &RunController::outputArrived, this,
        [this](const std::vector<OutputLine>& lines, quint64 lost) {
            m_parts.docks.output().append(lines);
            m_parts.docks.output().addLost(lost);
        });
    connect(&runs, &RunController::deadlockFound, this, [this](const DeadlockReport& deadlock) {
        if (!m_deadlockTime)
            m_deadlockTime = deadlock.time;
        m_parts.banner.add(deadlock);
        m_parts.status.setRunState(StatusLine::RunState::Running, RunVerdict::Deadlock);
        if (!deadlock.links.empty())
            emit lineOfInterest(static_cast<int>(deadlock.links.front().line));
        showDeadlockAction(true);
    });
    connect(&runs, &RunController::ended, this, &RunPresenter::end);
    connect(&runs, &RunController::refused, this, &RunPresenter::tellRefusal);
    connect(&m_parts.docks.inspector(), &widgets::InspectorPanel::signalWanted, &runs,
        &RunController::sendSignal);
    connect(&runs, &RunController::runningChanged, this, [this](bool running) {
        m_parts.docks.inspector().setSignalsPossible(running);
        m_parts.actions[Command::Stop].setEnabled(running);
        if (running)
            m_parts.status.setRunState(StatusLine::RunState::Running);
        else if (m_lastVerdict)
            m_parts.status.setRunState(StatusLine::RunState::Ended, m_lastVerdict);
        else
            m_parts.status.setRunState(StatusLine::RunState::Idle);
    });
}

void RunPresenter::beginRun()
{
    m_parts.status.setRunState(StatusLine::RunState::Running);
    if (m_parts.docks[Panel::Timeline].isHidden())
        m_parts.docks.bringUp(Panel::Timeline);
}

/// What a run has shown stays until the next one has really begun.
void RunPresenter::forgetLastRun()
{
    m_lastVerdict.reset();
    m_deadlockTime.reset();
    showDeadlockAction(false);
    m_parts.banner.clear();
    m_parts.docks.output().clear();
    m_parts.docks.verdict().setReport(std::nullopt);
    m_parts.status.setRecorder(std::nullopt);
}

void RunPresenter::tellRefusal(const Error& error)
{
    if (error.kind == ErrorKind::BadProgram)
        tellErrors();
    else
        emit failed(error);
}

void RunPresenter::tellErrors()
{
    m_parts.docks.bringUp(Panel::Problems);
    m_parts.status.note(tr("The program has errors: see Problems (F8: the next one)."));
}

void RunPresenter::stopRun()
{
    if (!m_parts.runs.isRunning())
        return;
    m_parts.status.setRunState(StatusLine::RunState::Stopping);
    m_parts.runs.stop();
}

void RunPresenter::end(const RunReport& report)
{
    m_lastVerdict = report.verdict;
    m_parts.trace.noteGrowth();
    m_parts.docks.verdict().setReport(report);
    m_parts.status.setRecorder(report.recorder);
    m_parts.status.setRunState(StatusLine::RunState::Ended, report.verdict);
    if (report.verdict == RunVerdict::Failed || report.verdict == RunVerdict::Error)
        m_parts.docks.bringUp(Panel::Verdict);
}

void RunPresenter::showDeadlockAction(bool available) const
{
    m_parts.actions[Command::ShowDeadlock].setEnabled(available);
    m_parts.actions[Command::ExplainDeadlock].setEnabled(available);
}

void RunPresenter::showDeadlock()
{
    if (!m_deadlockTime)
        return;
    m_parts.docks.bringUp(Panel::Timeline);
    m_parts.trace.goTo(*m_deadlockTime);
}

void RunPresenter::explainDeadlock()
{
    showDeadlock();
    m_parts.docks.bringUp(Panel::Inspector);
    m_parts.docks.inspector().showWaits();
}

} // namespace heddle::app
