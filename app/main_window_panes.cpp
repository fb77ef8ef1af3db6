// SPDX-License-Identifier: GPL-3.0-only
// The panels by keys: going to them, resizing and moving them.
#include "app/main_window.h"
#include "app/pane_resizing.h"
#include "app/panes.h"

#include <QDockWidget>
#include <QMenu>
#include <QStatusBar>

#include <utility>

namespace heddle::app {

namespace {

constexpr double kGrowth = 1.25; ///< of a panel by key

} // namespace

void MainWindow::connectGoingAround()
{
    const Actions& actions = *m_actions;
    connect(&actions[Command::NextPane], &QAction::triggered, this,
        [this] { m_panes->goToNext(Panes::Direction::Next); });
    connect(&actions[Command::PreviousPane], &QAction::triggered, this,
        [this] { m_panes->goToNext(Panes::Direction::Previous); });
    connect(&actions[Command::GoToProgram], &QAction::triggered, this,
        [this] { m_panes->enter(*centralWidget()); });
    connect(&actions[Command::GrowPane], &QAction::triggered, this,
        [this] { m_panes->resizeCurrent(kGrowth); });
    connect(&actions[Command::ShrinkPane], &QAction::triggered, this,
        [this] { m_panes->resizeCurrent(1.0 / kGrowth); });
    connect(&actions[Command::FloatPane], &QAction::triggered, this, [this] {
        if (auto* dock = qobject_cast<QDockWidget*>(m_panes->current())) {
            dock->setFloating(!dock->isFloating());
            m_panes->enter(*dock);
        }
    });
    connect(&actions[Command::ClosePane], &QAction::triggered, this, [this] {
        if (auto* dock = qobject_cast<QDockWidget*>(m_panes->current())) {
            dock->close();
            m_panes->enter(*centralWidget());
        }
    });
    for (const auto& [command, panel] : {std::pair(Command::GoToLibrary, Panel::Library),
             std::pair(Command::GoToInspector, Panel::Inspector),
             std::pair(Command::GoToExplorer, Panel::Explorer),
             std::pair(Command::GoToTimeline, Panel::Timeline),
             std::pair(Command::GoToCharts, Panel::Charts),
             std::pair(Command::GoToOutput, Panel::Output),
             std::pair(Command::GoToProblems, Panel::Problems),
             std::pair(Command::GoToVerdict, Panel::Verdict),
             std::pair(Command::GoToStatistics, Panel::Statistics),
             std::pair(Command::GoToEvents, Panel::Events)})
        connect(&actions[command], &QAction::triggered, this, [this, wanted = panel] {
            m_docks->bringUp(wanted);
            m_panes->enter((*m_docks)[wanted]);
        });
}

void MainWindow::connectResizing()
{
    connect(
        &(*m_actions)[Command::ResizePane], &QAction::triggered, m_resizing, &PaneResizing::begin);
    connect(m_resizing, &PaneResizing::begun, this, [this](const QString& panel) {
        m_status->note(tr("%1: arrows resize it (Shift: the panel), Enter ends that.")
                           .arg(panel.isEmpty() ? tr("Program") : panel));
    });
    connect(m_resizing, &PaneResizing::ended, statusBar(), &QStatusBar::clearMessage);
}

/// The panel of the focus; where there is none it is said.
QDockWidget* MainWindow::panelToMove()
{
    auto* dock = qobject_cast<QDockWidget*>(m_panes->current());
    if (dock == nullptr)
        m_status->note(tr("The program stays in the middle: go to a panel first."));
    return dock;
}

void MainWindow::connectMoving()
{
    for (const auto& [command, edge] : {std::pair(Command::MoveLeft, Qt::LeftDockWidgetArea),
             std::pair(Command::MoveRight, Qt::RightDockWidgetArea),
             std::pair(Command::MoveUp, Qt::TopDockWidgetArea),
             std::pair(Command::MoveDown, Qt::BottomDockWidgetArea)})
        connect(&(*m_actions)[command], &QAction::triggered, this, [this, wanted = edge] {
            if (QDockWidget* dock = panelToMove()) {
                m_docks->move(*dock, wanted);
                m_panes->enter(*dock);
            }
        });
    QMenu& menu = m_actions->menu(MenuName::MovePanel);
    menu.addSeparator();
    auto* tabs = new QMenu(&menu);
    menu.addMenu(tabs);
    const auto showTitle = [tabs] { tabs->setTitle(tr("As a &tab of")); };
    showTitle();
    connect(&menu, &QMenu::aboutToShow, tabs, showTitle);
    connect(tabs, &QMenu::aboutToShow, this, [this, tabs] { fillTabTargets(*tabs); });
    connect(&(*m_actions)[Command::MovePane], &QAction::triggered, this, [this, &menu] {
        if (QDockWidget* dock = panelToMove()) {
            menu.popup(dock->mapToGlobal(dock->rect().center()));
            menu.setActiveAction(menu.actions().constFirst());
        }
    });
}

void MainWindow::fillTabTargets(QMenu& menu)
{
    menu.clear();
    const auto* current = qobject_cast<QDockWidget*>(m_panes->current());
    for (int panel = 0; panel < kPanelCount; ++panel) {
        QDockWidget& other = (*m_docks)[static_cast<Panel>(panel)];
        if (&other == current || !other.isVisible() || other.isFloating())
            continue;
        menu.addAction(other.windowTitle(), this, [this, &other] {
            if (QDockWidget* dock = panelToMove()) {
                m_docks->moveToTabsOf(*dock, other);
                m_panes->enter(*dock);
            }
        });
    }
}

} // namespace heddle::app
