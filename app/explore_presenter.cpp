// SPDX-License-Identifier: GPL-3.0-only
#include "app/explore_presenter.h"

#include "app/actions.h"
#include "app/docks.h"
#include "app/status_line.h"
#include "app/trace_controller.h"
#include "engine/explore/walk.h"
#include "widgets/editor/program_editor.h"
#include "widgets/explorer/dice_bar.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/verdict_view.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QDockWidget>
#include <QKeyEvent>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace heddle::app {

using widgets::Gear;

ExplorePresenter::ExplorePresenter(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_panel(parts.docks.explorer())
    , m_limit(ExplorerLimits{}.states)
    , m_graph(&parts.docks.explorer().graph())
    , m_matrixView(&parts.docks.explorer().matrix())
{
    connectPanel();
    connectVerdict();
    connectActions();
    connectSearches();
    connectTimeline();
    connectPictures();
    connectMatrix();
}

std::string ExplorePresenter::text() const
{
    return m_parts.editor.text().toStdString();
}

void ExplorePresenter::connectPanel()
{
    using widgets::DiceBar;
    using widgets::ExplorerPanel;
    connect(&m_panel, &ExplorerPanel::moveWanted, this, [this](int actor, int choice) {
        m_isShown = true;
        m_walks.move(actor, choice);
    });
    connect(&m_panel, &ExplorerPanel::stepWanted, this, [this](quint64 step) {
        m_isShown = true;
        m_walks.goTo(step);
    });
    connect(&m_panel.dice(), &DiceBar::rollWanted, this, [this] {
        const DiceBar::Setting setting = m_panel.dice().setting();
        m_isShown = true;
        m_walks.roll(static_cast<std::uint64_t>(setting.seed),
            setting.odds == DiceBar::Odds::Even ? DicePolicy::Uniform : DicePolicy::Priorities);
    });
    connect(&m_panel, &ExplorerPanel::runWanted, this, &ExplorePresenter::runWanted);
    connect(&m_panel, &ExplorerPanel::forceWanted, this, [this] {
        if (!m_panel.walk())
            return;
        Schedule schedule = m_panel.walk()->schedule;
        schedule.steps.resize(std::min(schedule.steps.size(), m_panel.walk()->moment.step));
        emit forceWanted(schedule);
    });
    connect(&m_panel, &ExplorerPanel::lineChosen, this, &ExplorePresenter::lineChosen);
    connect(&m_panel, &ExplorerPanel::gearChanged, this, [this] { beginIfNeeded(); });
    connect(&m_parts.docks[Panel::Explorer], &QDockWidget::visibilityChanged, this,
        [this](bool isVisible) {
            // While docks are arranged each of them is seen for a moment.
            if (isVisible)
                QTimer::singleShot(0, this, [this] {
                    if (isPanelSeen())
                        beginIfNeeded();
                });
        });
    connect(&m_walks, &WalkThread::walked, this, &ExplorePresenter::takeNews);
}

void ExplorePresenter::connectVerdict()
{
    using widgets::VerdictView;
    VerdictView& verdict = m_panel.verdict();
    connect(&verdict, &VerdictView::exploreWanted, this, &ExplorePresenter::explore);
    connect(&verdict, &VerdictView::cancelWanted, &m_searches, &ExploreController::cancel);
    connect(&verdict, &VerdictView::limitRaiseWanted, this, [this] { search(m_limit * 10); });
    connect(&verdict, &VerdictView::sampleWanted, this, [this] {
        if (!m_report)
            return;
        m_parts.actions[Command::CancelSearch].setEnabled(true);
        m_searchedText = text();
        m_searches.sample(text(), *m_report, m_report->sampled ? m_report->sampled->seed + 1 : 1);
    });
    connect(&verdict, &VerdictView::witnessWanted, this, [this](int index) {
        if (m_report)
            showWitness(*m_report, static_cast<std::size_t>(index));
    });
}

void ExplorePresenter::connectActions()
{
    Actions& actions = m_parts.actions;
    connect(&actions[Command::Explore], &QAction::triggered, this, &ExplorePresenter::explore);
    connect(&actions[Command::CancelSearch], &QAction::triggered, &m_searches,
        &ExploreController::cancel);
    connect(&actions[Command::StepForward], &QAction::triggered, this, [this] {
        beginIfNeeded();
        m_panel.goForward();
    });
    connect(&actions[Command::StepBack], &QAction::triggered, &m_panel,
        &widgets::ExplorerPanel::goBack);
    const auto shift = [this](Gear gear) {
        m_parts.docks.bringUp(Panel::Explorer);
        m_panel.setGear(gear);
        m_panel.setFocus(Qt::OtherFocusReason);
    };
    connect(&actions[Command::HandGear], &QAction::triggered, this, [shift] { shift(Gear::Hand); });
    connect(&actions[Command::DiceGear], &QAction::triggered, this, [shift] { shift(Gear::Dice); });
    connect(&actions[Command::RestartWalk], &QAction::triggered, this, [this] { begin({}, 0); });
    connect(&actions[Command::OpenSchedule], &QAction::triggered, this,
        &ExplorePresenter::openSchedule);
    connect(&actions[Command::SaveSchedule], &QAction::triggered, this,
        &ExplorePresenter::saveSchedule);
    connect(&m_parts.status, &StatusLine::explorationChosen, this, &ExplorePresenter::showChecked);
    actions[Command::CancelSearch].setEnabled(false);
    actions[Command::SaveSchedule].setEnabled(false);
}

void ExplorePresenter::connectSearches()
{
    connect(&m_searches, &ExploreController::progressed, this,
        [this](
            const widgets::SearchProgress& progress) { m_panel.verdict().setProgress(progress); });
    connect(
        &m_searches, &ExploreController::explored, this, [this](const ExplorationReport& report) {
            showReport(report);
            if (m_searchedText != text())
                return;
            m_checked = report; // it has seen more than the search in the background
            m_searches.forgetCheck();
            m_parts.status.setExploration(report);
        });
    connect(&m_searches, &ExploreController::refused, this, [this](const QString& why) {
        m_parts.actions[Command::CancelSearch].setEnabled(false);
        m_panel.verdict().setProgress(std::nullopt);
        m_parts.docks.bringUp(Panel::Problems);
        m_parts.status.note(why);
    });
    connect(&m_searches, &ExploreController::checked, this,
        [this](const std::optional<ExplorationReport>& report) {
            m_checked = report;
            m_parts.status.setExploration(report);
        });
}

void ExplorePresenter::connectTimeline()
{
    m_parts.docks.timeline().canvas().installEventFilter(this);
    connect(&m_parts.trace.range(), &widgets::TimelineRange::cursorChanged, this, [this] {
        const auto& walk = m_panel.walk();
        const widgets::TimelineRange& range = m_parts.trace.range();
        if (!m_isShown || !walk || !range.hasCursor())
            return;
        const std::int64_t step =
            (range.cursor().count() + Walk::kStepNanoseconds / 2) / Walk::kStepNanoseconds;
        const auto wanted = std::min(static_cast<std::size_t>(step), walk->schedule.steps.size());
        if (wanted != walk->moment.step)
            m_walks.goTo(wanted);
    });
    connect(&m_parts.trace.document(), &widgets::TraceDocument::traceReplaced, this, [this] {
        if (m_parts.trace.document().trace() != m_trace)
            hide();
    });
}

bool ExplorePresenter::eventFilter(QObject* watched, QEvent* event)
{
    // In the timeline of a walk its keys work as well.
    if (m_isShown && event->type() == QEvent::KeyPress
        && m_panel.takeKey(*static_cast<QKeyEvent*>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool ExplorePresenter::isPanelSeen() const
{
    return !m_panel.visibleRegion().isEmpty(); // a dock behind another one is visible as well
}

void ExplorePresenter::beginIfNeeded()
{
    if (m_walkText.empty() && !m_parts.editor.text().isEmpty()) {
        const bool wasShown = m_isShown;
        begin({}, 0);
        m_isShown = wasShown || !m_parts.trace.hasTrace();
    }
}

void ExplorePresenter::begin(const Schedule& schedule, std::size_t step,
    std::vector<std::pair<std::string, std::string>> constants)
{
    m_isShown = true;
    m_walkText = text();
    m_walks.begin({m_walkText, std::move(constants)}, schedule, step);
    mapIfShown();
    offerConstants();
}

void ExplorePresenter::programReplaced()
{
    m_walkText.clear();
    m_report.reset();
    m_panel.setWalk(std::nullopt);
    m_panel.verdict().setReport(std::nullopt);
    if (m_isShown)
        m_parts.trace.show(nullptr);
    if (isPanelSeen())
        beginIfNeeded();
}

void ExplorePresenter::programChecked(const std::vector<Diagnostic>& diagnostics)
{
    m_checked.reset();
    m_parts.status.setExploration(std::nullopt);
    m_searches.forgetCheck();
    if (hasErrors(diagnostics))
        return;
    const std::string now = text();
    if (m_isChecking)
        m_searches.check(now);
    const auto& walk = m_panel.walk();
    if (m_walkText.empty() || now == m_walkText)
        return;
    const bool wasShown = m_isShown;
    begin(walk ? walk->schedule : Schedule{}, walk ? walk->moment.step : 0);
    m_isShown = wasShown;
}

void ExplorePresenter::setChecking(bool checking)
{
    m_isChecking = checking;
    if (checking) {
        m_searches.check(text());
        return;
    }
    m_searches.forgetCheck();
    m_checked.reset();
    m_parts.status.setExploration(std::nullopt);
}

void ExplorePresenter::takeNews(const WalkNews& news)
{
    m_panel.setWalk(news.walk);
    if (!news.problem.isEmpty())
        m_panel.setNotice(news.problem);
    showWalkInPicture();
    m_parts.actions[Command::SaveSchedule].setEnabled(
        news.walk && !news.walk->schedule.steps.empty());
    const bool isNewTrace = m_trace != news.trace;
    const std::shared_ptr<const Trace> before = std::exchange(m_trace, news.trace);
    if (!m_isShown)
        return;
    if (!news.walk) {
        hide();
        return;
    }
    const std::int64_t time =
        static_cast<std::int64_t>(news.walk->moment.step) * Walk::kStepNanoseconds;
    m_parts.docks.inspector().setExplored(news.walk->moment);
    if (isNewTrace)
        m_parts.trace.showStep(m_trace, time, before);
    else
        m_parts.trace.range().setCursor(std::chrono::nanoseconds(time));
    markActors(news.walk->moment);
}

void ExplorePresenter::markActors(const ExploredMoment& moment)
{
    std::vector<widgets::ActorPosition> positions;
    int ordinal = 0;
    for (const ExploredActor& actor : moment.actors) {
        const bool isThere = actor.standing == ExploredActor::Standing::CanMove
            || actor.standing == ExploredActor::Standing::Waits;
        if (isThere && actor.line > 0)
            positions.push_back(
                {QString::fromStdString(actor.name), static_cast<int>(actor.line), ordinal});
        ++ordinal;
    }
    m_parts.editor.setActorPositions(std::move(positions));
}

void ExplorePresenter::hide()
{
    if (!std::exchange(m_isShown, false))
        return;
    m_parts.docks.inspector().setExplored(std::nullopt);
    m_parts.editor.setActorPositions({});
}

} // namespace heddle::app
