// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/explorer_panel.h"

#include "widgets/explorer/dice_bar.h"
#include "widgets/explorer/goal_list.h"
#include "widgets/explorer/move_list.h"
#include "widgets/explorer/move_model.h"
#include "widgets/explorer/schedule_list.h"
#include "widgets/explorer/state_graph_view.h"
#include "widgets/explorer/verdict_matrix_view.h"
#include "widgets/explorer/verdict_view.h"
#include "widgets/shared/icons.h"
#include "widgets/shared/sentence_words.h"
#include "widgets/shared/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace heddle::widgets {

namespace {

constexpr int kWalkPage = 0;
constexpr int kVerdictPage = 1;
constexpr int kRealPage = 2;

} // namespace

ExplorerPanel::ExplorerPanel(QWidget* parent)
    : QWidget(parent)
    , m_gears(new GearBar)
    , m_headlineIcon(new QLabel)
    , m_headline(new QLabel)
    , m_keys(new QLabel)
    , m_pages(new QStackedWidget)
    , m_dice(new DiceBar)
    , m_moves(new MoveList)
    , m_verdict(new VerdictView)
    , m_realText(new QLabel)
    , m_run(new QPushButton)
    , m_forceText(new QLabel)
    , m_force(new QPushButton)
    , m_parts(new QSplitter(Qt::Vertical))
    , m_tabs(new QTabWidget)
    , m_schedule(new ScheduleList)
    , m_goals(new GoalList)
    , m_graph(new StateGraphView)
    , m_matrix(new VerdictMatrixView)
{
    build();
    connectParts();
    retranslate();
    showGear();
}

void ExplorerPanel::build()
{
    m_pages->addWidget(walkPage());
    m_pages->addWidget(m_verdict);
    m_pages->addWidget(realPage());
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_schedule, {});
    m_tabs->addTab(m_goals, {});
    m_tabs->addTab(m_graph, {});
    m_tabs->addTab(m_matrix, {});
    m_parts->addWidget(m_pages);
    m_parts->addWidget(m_tabs);
    m_parts->setChildrenCollapsible(false);
    m_parts->setStretchFactor(0, 3);
    m_parts->setStretchFactor(1, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_gears);
    column->addWidget(m_parts, 1);
    setFocusProxy(m_moves);
    for (QWidget* view : std::initializer_list<QWidget*>{
             m_moves, &m_schedule->table(), &m_goals->table(), &m_verdict->expectations().table()})
        view->installEventFilter(this);
}

QWidget* ExplorerPanel::walkPage()
{
    m_headlineBox = new QWidget;
    auto* head = new QHBoxLayout(m_headlineBox);
    head->setContentsMargins(8, 2, 8, 7);
    head->setSpacing(8);
    m_headline->setWordWrap(true);
    head->addWidget(m_headlineIcon, 0, Qt::AlignTop);
    head->addWidget(m_headline, 1);
    m_keys->setForegroundRole(QPalette::PlaceholderText);
    m_keys->setContentsMargins(8, 3, 8, 4);
    m_keys->setWordWrap(true);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_dice);
    column->addWidget(m_headlineBox);
    column->addWidget(m_moves, 1);
    column->addWidget(m_keys);
    return page;
}

QWidget* ExplorerPanel::realPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 6, 10, 10);
    column->setSpacing(8);
    const auto add = [column](QLabel* text, QPushButton* button) {
        text->setWordWrap(true);
        column->addWidget(text);
        column->addWidget(button, 0, Qt::AlignLeft);
        column->addSpacing(6);
    };
    add(m_realText, m_run);
    add(m_forceText, m_force);
    column->addStretch(1);
    return page;
}

void ExplorerPanel::connectParts()
{
    connect(m_gears, &GearBar::gearChanged, this, [this](Gear gear) {
        m_dice->pause();
        showGear();
        emit gearChanged(gear);
    });
    connect(m_gears, &GearBar::startWanted, this, [this] { emit stepWanted(0); });
    connect(m_gears, &GearBar::backWanted, this, &ExplorerPanel::goBack);
    connect(m_gears, &GearBar::forwardWanted, this, &ExplorerPanel::goForward);
    connect(m_gears, &GearBar::endWanted, this, [this] {
        if (m_walk)
            emit stepWanted(m_walk->schedule.steps.size());
    });
    connect(m_moves, &MoveList::moveWanted, this, &ExplorerPanel::moveRow);
    connect(m_moves, &MoveList::rowChosen, this, [this](int row) {
        if (m_moves->moves().actor(row).line > 0)
            emit lineChosen(static_cast<int>(m_moves->moves().actor(row).line));
    });
    connect(m_schedule, &ScheduleList::stepWanted, this, &ExplorerPanel::stepWanted);
    connect(m_schedule, &ScheduleList::lineChosen, this, &ExplorerPanel::lineChosen);
    connect(m_goals, &GoalList::lineChosen, this, &ExplorerPanel::lineChosen);
    connect(m_verdict, &VerdictView::lineChosen, this, &ExplorerPanel::lineChosen);
    connect(m_run, &QPushButton::clicked, this, &ExplorerPanel::runWanted);
    connect(m_force, &QPushButton::clicked, this, &ExplorerPanel::forceWanted);
}

void ExplorerPanel::setWalk(std::optional<ShownWalk> walk)
{
    m_walk = std::move(walk);
    m_notice.clear();
    if (m_walk) {
        m_moves->moves().setWalk(*m_walk);
        m_schedule->setWalk(*m_walk);
        m_goals->setGoals(m_walk->goals);
        m_gears->setPosition(m_walk->moment.step, m_walk->schedule.steps.size());
        if (m_walk->moment.isEnd || isStandstill())
            m_dice->pause();
    } else {
        m_dice->pause();
        m_moves->moves().clear();
        m_schedule->clear();
        m_goals->setGoals({});
        m_gears->setPosition(0, 0);
    }
    showHeadline();
    showForce();
}

void ExplorerPanel::setNotice(const QString& notice)
{
    m_notice = notice;
    showHeadline();
}

void ExplorerPanel::setGear(Gear gear)
{
    if (gear == m_gears->gear())
        return;
    m_dice->pause();
    m_gears->setGear(gear);
    showGear();
    emit gearChanged(gear);
}

Gear ExplorerPanel::gear() const
{
    return m_gears->gear();
}

QString ExplorerPanel::headline() const
{
    return m_headline->text();
}

void ExplorerPanel::showGear()
{
    const Gear gear = m_gears->gear();
    m_dice->setVisible(gear == Gear::Dice);
    m_keys->setVisible(gear == Gear::Hand);
    m_pages->setCurrentIndex(gear == Gear::All ? kVerdictPage
            : gear == Gear::Real               ? kRealPage
                                               : kWalkPage);
}

/// Nothing can change any more, and the program has not come to its end.
bool ExplorerPanel::isStandstill() const
{
    return m_walk && (m_walk->moment.isDeadlock || m_walk->moment.isLivelock);
}

void ExplorerPanel::showHeadline()
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    m_headlineBox->setVisible(m_walk.has_value() || !m_notice.isEmpty());
    QString icon = QStringLiteral("step");
    QColor colour = colours.textMuted;
    if (m_walk && (m_walk->moment.isEnd || isStandstill())) {
        icon = m_walk->moment.isEnd ? QStringLiteral("success") : QStringLiteral("deadlock");
        colour = m_walk->moment.isEnd ? colours.success : colours.danger;
    }
    QString text = m_walk ? inWords(m_walk->moment.headline) : QString();
    if (!m_notice.isEmpty()) {
        text = m_notice;
        icon = QStringLiteral("warning");
        colour = colours.warning;
    }
    m_headlineIcon->setPixmap(iconPixmap(icon, colour, 16, devicePixelRatioF()));
    m_headline->setText(text);
    QPalette inked = m_headline->palette();
    inked.setColor(
        QPalette::WindowText, isStandstill() && m_notice.isEmpty() ? colours.danger : colours.text);
    m_headline->setPalette(inked);
}

void ExplorerPanel::showForce()
{
    const auto steps = static_cast<int>(m_walk ? m_walk->moment.step : 0);
    m_force->setEnabled(steps > 0);
    m_forceText->setText(steps > 0
            ? tr("Or hold the real threads back, so that each step of your schedule happens in its "
                 "turn: %n steps, and from there on they are free.",
                nullptr, steps)
            : tr("Or let the real threads go through a schedule: first walk one by hand or by "
                 "dice, or take one that a search has found."));
}

void ExplorerPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        showHeadline();
    QWidget::changeEvent(event);
}

void ExplorerPanel::retranslate()
{
    m_tabs->setTabText(0, tr("Schedule"));
    m_tabs->setTabText(1, tr("Goals"));
    m_tabs->setTabText(2, tr("States"));
    m_tabs->setTabText(3, tr("Matrix"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of the exploration"));
    m_keys->setText(tr("1…9 move an actor · N the same again · P the next one · Backspace undo · "
                       "E steps within the line"));
    m_realText->setText(tr("The real threads run under the system's scheduler, which is free to "
                           "choose any order: what you see is one schedule of many. The schedule "
                           "you walked stays here."));
    m_run->setText(tr("Run for real (F5)"));
    m_force->setText(tr("Force the real threads"));
    showForce();
    showHeadline();
}

} // namespace heddle::widgets
