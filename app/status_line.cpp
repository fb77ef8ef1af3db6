// SPDX-License-Identifier: GPL-3.0-only
#include "app/status_line.h"

#include <QLabel>
#include <QLocale>
#include <QStatusBar>

#include <climits>

namespace heddle::app {

namespace {

constexpr int kNoteMilliseconds = 6000;

QString verdictText(RunVerdict verdict)
{
    switch (verdict) {
    case RunVerdict::Ok:
        return StatusLine::tr("Ended well");
    case RunVerdict::Failed:
        return StatusLine::tr("An expectation failed");
    case RunVerdict::Deadlock:
        return StatusLine::tr("Deadlocked");
    case RunVerdict::Timeout:
        return StatusLine::tr("Ended by the time limit");
    case RunVerdict::Stopped:
        return StatusLine::tr("Stopped");
    case RunVerdict::Error:
        break;
    }
    return StatusLine::tr("Came to a bad end");
}

} // namespace

StatusLine::StatusLine(QStatusBar* bar)
    : QObject(bar)
    , m_bar(bar)
    , m_problem(new QLabel)
    , m_state(new QLabel)
    , m_recorder(new QLabel)
    , m_scheduler(new QLabel)
{
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->addWidget(m_problem, 1);
    for (QLabel* label : {m_state, m_recorder, m_scheduler}) {
        label->setContentsMargins(8, 0, 8, 0);
        m_bar->addPermanentWidget(label);
    }
    retranslate();
}

void StatusLine::setRunState(RunState state, std::optional<RunVerdict> verdict)
{
    m_runState = state;
    m_verdict = verdict;
    showState();
}

void StatusLine::setRecorder(const std::optional<RecorderFigures>& figures)
{
    m_figures = figures;
    showRecorder();
}

void StatusLine::setProblem(const QString& message)
{
    m_problem->setText(message);
    m_problem->setToolTip(message);
}

void StatusLine::note(const QString& message)
{
    m_bar->showMessage(message, kNoteMilliseconds);
}

void StatusLine::retranslate()
{
    m_recorder->setToolTip(
        tr("What recording one event costs on this machine, and how many events found no room"));
    m_scheduler->setToolTip(tr("Where the lanes' running and runnable times come from"));
    showState();
    showRecorder();
}

QString StatusLine::stateText() const
{
    return m_state->text();
}

QString StatusLine::recorderText() const
{
    return m_recorder->text();
}

void StatusLine::showState()
{
    switch (m_runState) {
    case RunState::Idle:
        m_state->setText(tr("Ready"));
        return;
    case RunState::Running:
        m_state->setText(
            m_verdict == RunVerdict::Deadlock ? tr("Running, deadlocked") : tr("Running"));
        return;
    case RunState::Stopping:
        m_state->setText(tr("Stopping…"));
        return;
    case RunState::Ended:
        m_state->setText(m_verdict ? verdictText(*m_verdict) : tr("Ready"));
        return;
    }
}

void StatusLine::showRecorder()
{
    const bool isShown = m_figures.has_value();
    m_recorder->setVisible(isShown);
    m_scheduler->setVisible(isShown && !m_figures->schedulerData.empty());
    if (!isShown)
        return;
    const QString cost = QLocale().toString(
        m_figures->nanosecondsPerEvent, 'f', m_figures->nanosecondsPerEvent < 10 ? 1 : 0);
    const int lost = static_cast<int>(std::min<std::uint64_t>(m_figures->lost, INT_MAX));
    m_recorder->setText(m_figures->nanosecondsPerEvent > 0
            ? tr("recorder %1 ns/event, %n lost", nullptr, lost).arg(cost)
            : tr("%n events lost", nullptr, lost));
    const QString source = QString::fromStdString(m_figures->schedulerData);
    if (source == QStringLiteral("kernel"))
        m_scheduler->setText(tr("scheduler data: kernel"));
    else
        m_scheduler->setText(
            tr("scheduler data not available: %1").arg(source.section(QStringLiteral(": "), 1)));
}

} // namespace heddle::app
