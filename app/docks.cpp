// SPDX-License-Identifier: GPL-3.0-only
#include "app/docks.h"

#include "app/trace_controller.h"
#include "widgets/charts/charts_widget.h"
#include "widgets/events/events_panel.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/statistics_panel.h"
#include "widgets/tables/verdict_panel.h"
#include "widgets/timeline/timeline_widget.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>

#include <algorithm>

namespace heddle::app {

QString layoutName(Layout layout)
{
    return layout == Layout::Compose ? QStringLiteral("compose")
        : layout == Layout::Watch    ? QStringLiteral("watch")
                                     : QStringLiteral("explore");
}

Docks::Docks(QMainWindow& window, TraceController& trace)
    : QObject(&window)
    , m_window(window)
    , m_library(new widgets::LibraryPanel)
    , m_inspector(new widgets::InspectorPanel)
    , m_timeline(new widgets::TimelineWidget(trace.document(), trace.range()))
    , m_charts(new widgets::ChartsWidget(trace.document(), trace.range()))
    , m_output(new widgets::OutputPanel)
    , m_problems(new widgets::ProblemsPanel)
    , m_verdict(new widgets::VerdictPanel)
    , m_statistics(new widgets::StatisticsPanel)
    , m_explorer(new widgets::ExplorerPanel)
    , m_events(new widgets::EventsPanel(trace.document(), trace.range()))
{
    // Grouped dragging lets a tab be dragged out, so that tabbed panels need no title as well.
    window.setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks
        | QMainWindow::GroupedDragging);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    add(Panel::Library, "library", m_library);
    add(Panel::Inspector, "inspector", m_inspector);
    add(Panel::Timeline, "timeline", m_timeline);
    add(Panel::Charts, "charts", m_charts);
    add(Panel::Output, "output", m_output);
    add(Panel::Problems, "problems", m_problems);
    add(Panel::Verdict, "verdict", m_verdict);
    add(Panel::Statistics, "statistics", m_statistics);
    add(Panel::Explorer, "explorer", m_explorer);
    add(Panel::Events, "events", m_events);
    connect(m_docks[static_cast<std::size_t>(Panel::Events)], &QDockWidget::visibilityChanged,
        m_events, &widgets::EventsPanel::setSeen);
    place(Layout::Compose);
    retranslate();
    m_titlesTimer.setSingleShot(true);
    m_titlesTimer.setInterval(0);
    connect(&m_titlesTimer, &QTimer::timeout, this, &Docks::showTitles);
    scheduleTitles();
}

void Docks::add(Panel panel, const char* name, QWidget* content)
{
    auto* dock = new QDockWidget(&m_window);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setWidget(content);
    m_docks[static_cast<std::size_t>(panel)] = dock;
    connect(dock, &QDockWidget::dockLocationChanged, this, &Docks::scheduleTitles);
    connect(dock, &QDockWidget::topLevelChanged, this, &Docks::scheduleTitles);
    connect(dock, &QDockWidget::visibilityChanged, this, &Docks::scheduleTitles);
}

void Docks::scheduleTitles()
{
    if (!m_titlesTimer.isActive())
        m_titlesTimer.start();
}

void Docks::showTitles()
{
    for (QTabBar* tabs : m_window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        tabs->setDrawBase(false);
        tabs->setAccessibleName(tr("Panels"));
    }
    for (QDockWidget* dock : m_docks) {
        const QList<QDockWidget*> others = m_window.tabifiedDockWidgets(dock);
        const bool isTabbed = !dock->isFloating() // one that is closed has no tab
            && std::any_of(others.begin(), others.end(),
                [](const QDockWidget* other) { return !other->isHidden(); });
        const bool hasNone = dock->titleBarWidget() != nullptr;
        if (isTabbed && !hasNone) {
            dock->setTitleBarWidget(new QWidget(dock));
        } else if (!isTabbed && hasNone) {
            delete dock->titleBarWidget();
            dock->setTitleBarWidget(nullptr);
        }
    }
}

void Docks::place(Layout layout)
{
    if (layout == Layout::Explore) {
        placeForExploring();
        return;
    }
    m_window.addDockWidget(Qt::LeftDockWidgetArea, &(*this)[Panel::Library]);
    m_window.addDockWidget(Qt::RightDockWidgetArea, &(*this)[Panel::Inspector]);
    m_window.tabifyDockWidget(&(*this)[Panel::Inspector], &(*this)[Panel::Explorer]);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, &(*this)[Panel::Timeline]);
    m_window.splitDockWidget(&(*this)[Panel::Timeline], &(*this)[Panel::Charts], Qt::Vertical);
    for (const Panel panel :
        {Panel::Output, Panel::Problems, Panel::Verdict, Panel::Statistics, Panel::Events})
        m_window.tabifyDockWidget(&(*this)[Panel::Charts], &(*this)[panel]);
}

/// Who may move stands at the right, what is so at the left, and the program between them.
void Docks::placeForExploring()
{
    m_window.addDockWidget(Qt::LeftDockWidgetArea, &(*this)[Panel::Inspector]);
    m_window.tabifyDockWidget(&(*this)[Panel::Inspector], &(*this)[Panel::Library]);
    m_window.addDockWidget(Qt::RightDockWidgetArea, &(*this)[Panel::Explorer]);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, &(*this)[Panel::Timeline]);
    for (const Panel panel : {Panel::Charts, Panel::Output, Panel::Problems, Panel::Verdict,
             Panel::Statistics, Panel::Events})
        m_window.tabifyDockWidget(&(*this)[Panel::Timeline], &(*this)[panel]);
}

void Docks::arrange(Layout layout)
{
    for (QDockWidget* dock : m_docks) {
        dock->setFloating(false);
        m_window.removeDockWidget(dock);
    }
    place(layout);
    for (QDockWidget* dock : m_docks)
        dock->show();
    (*this)[Panel::Library].setVisible(layout == Layout::Compose);
    if (layout == Layout::Explore)
        (*this)[Panel::Charts].hide();
    shareRoom(layout);
    bringUp(layout == Layout::Explore ? Panel::Explorer : Panel::Inspector);
    bringUp(layout == Layout::Compose ? Panel::Output
            : layout == Layout::Watch ? Panel::Charts
                                      : Panel::Timeline);
}

void Docks::shareRoom(Layout layout)
{
    const int width = m_window.width();
    const int height = m_window.height();
    if (layout == Layout::Explore) {
        m_window.resizeDocks({&(*this)[Panel::Inspector], &(*this)[Panel::Explorer]},
            {std::clamp(width * 22 / 100, 260, 480), std::clamp(width * 38 / 100, 420, 860)},
            Qt::Horizontal);
        m_window.resizeDocks({&(*this)[Panel::Timeline]}, {height * 34 / 100}, Qt::Vertical);
        return;
    }
    const bool isCompose = layout == Layout::Compose;
    m_window.resizeDocks({&(*this)[Panel::Library], &(*this)[Panel::Inspector]},
        {std::clamp(width / 6, 230, 340), std::clamp(width * 34 / 100, 340, 760)}, Qt::Horizontal);
    const int timeline = isCompose ? height * 36 / 100 : height * 46 / 100;
    const int tabs = isCompose ? height * 20 / 100 : height * 24 / 100;
    m_window.resizeDocks(
        {&(*this)[Panel::Timeline], &(*this)[Panel::Charts]}, {timeline, tabs}, Qt::Vertical);
}

void Docks::move(QDockWidget& dock, Qt::DockWidgetArea edge)
{
    const bool isBeside = edge == Qt::LeftDockWidgetArea || edge == Qt::RightDockWidgetArea;
    dock.setFloating(false);
    m_window.addDockWidget(edge, &dock);
    dock.show();
    m_window.resizeDocks({&dock}, {(isBeside ? m_window.width() : m_window.height()) * 3 / 10},
        isBeside ? Qt::Horizontal : Qt::Vertical);
}

void Docks::moveToTabsOf(QDockWidget& dock, QDockWidget& other)
{
    dock.setFloating(false);
    m_window.tabifyDockWidget(&other, &dock);
    dock.show();
    dock.raise();
}

void Docks::bringUp(Panel panel) const
{
    QDockWidget& dock = (*this)[panel];
    dock.show();
    dock.raise();
}

void Docks::retranslate()
{
    (*this)[Panel::Library].setWindowTitle(tr("Library"));
    (*this)[Panel::Inspector].setWindowTitle(tr("Inspector"));
    (*this)[Panel::Timeline].setWindowTitle(tr("Timeline"));
    (*this)[Panel::Charts].setWindowTitle(tr("Charts"));
    (*this)[Panel::Output].setWindowTitle(tr("Output"));
    (*this)[Panel::Problems].setWindowTitle(tr("Problems"));
    (*this)[Panel::Verdict].setWindowTitle(tr("Verdict"));
    (*this)[Panel::Statistics].setWindowTitle(tr("Statistics"));
    (*this)[Panel::Explorer].setWindowTitle(tr("Explorer"));
    (*this)[Panel::Events].setWindowTitle(tr("Events"));
}

} // namespace heddle::app
