// SPDX-License-Identifier: GPL-3.0-only
#include "app/status_line.h"

#include "widgets/explorer/verdict_view.h"
#include "widgets/explorer/verdict_words.h"
#include "widgets/shared/icons.h"
#include "widgets/shared/theme.h"

#include <QLabel>
#include <QLocale>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>
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
    , m_exploration(new QToolButton)
    , m_state(new QLabel)
    , m_recorder(new QLabel)
    , m_scheduler(new QLabel)
{
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->addWidget(m_problem, 1);
    m_exploration->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_exploration->setIconSize({14, 14});
    m_exploration->setFocusPolicy(Qt::TabFocus); // a click must not take it from the text
    m_exploration->hide();
    connect(m_exploration, &QToolButton::clicked, this, &StatusLine::explorationChosen);
    m_bar->addPermanentWidget(m_exploration);
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

void StatusLine::setExploration(const std::optional<ExplorationReport>& report)
{
    m_explored = report;
    showExploration();
}

void StatusLine::showExploration()
{
    m_exploration->setVisible(m_explored.has_value());
    if (!m_explored)
        return;
    const auto& colours = widgets::themeColours(widgets::schemeOf(m_exploration->palette()));
    const auto mark = [this](const QString& icon, const QColor& colour, const QString& text) {
        m_exploration->setIcon(widgets::themedIcon(icon, colour));
        m_exploration->setText(text);
    };
    const auto failed = std::find_if(m_explored->expectations.begin(),
        m_explored->expectations.end(), [](const ExploredExpectation& each) {
            return each.status == ExploredExpectation::Status::Failed;
        });
    if (m_explored->verdict == ExplorationVerdict::Holds)
        mark(QStringLiteral("success"), colours.success,
            widgets::uncheckedCount(*m_explored) == 0 ? tr("as expected in every schedule")
                                                      : tr("no schedule breaks an expectation"));
    else if (widgets::isAllHeld(*m_explored))
        mark(QStringLiteral("success"), colours.success, tr("every expectation holds"));
    else if (m_explored->verdict == ExplorationVerdict::Violated
        && failed != m_explored->expectations.end())
        mark(QStringLiteral("warning"), colours.warning,
            tr("a schedule breaks “%1”").arg(QString::fromStdString(failed->text)));
    else
        mark(QStringLiteral("help"), colours.textMuted, tr("schedules not decided"));
    m_exploration->setToolTip(widgets::verdictSentence(*m_explored) + QStringLiteral("\n")
        + tr("Found while you typed. Click to see it."));
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
    showExploration();
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
