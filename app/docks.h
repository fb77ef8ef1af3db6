// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>
#include <QTimer>

#include <array>

class QDockWidget;
class QMainWindow;

namespace heddle::widgets {
class ChartsWidget;
class EventsPanel;
class ExplorerPanel;
class InspectorPanel;
class LibraryPanel;
class OutputPanel;
class ProblemsPanel;
class StatisticsPanel;
class TimelineWidget;
class VerdictPanel;
} // namespace heddle::widgets

namespace heddle::app {

class TraceController;

enum class Panel
{
    Library,
    Inspector,
    Timeline,
    Charts,
    Output,
    Problems,
    Verdict,
    Statistics,
    Explorer,
    Events
};
inline constexpr int kPanelCount = 10;

enum class Layout
{
    Compose,
    Watch,
    Explore
};

/// The panels around the text, each in a dock that can be moved, closed and restored.
///
/// Threads: the GUI thread.
class Docks : public QObject
{
    Q_OBJECT

public:
    Docks(QMainWindow& window, TraceController& trace);

    [[nodiscard]] QDockWidget& operator[](Panel panel) const
    {
        return *m_docks[static_cast<std::size_t>(panel)];
    }
    [[nodiscard]] widgets::LibraryPanel& library() const { return *m_library; }
    [[nodiscard]] widgets::InspectorPanel& inspector() const { return *m_inspector; }
    [[nodiscard]] widgets::TimelineWidget& timeline() const { return *m_timeline; }
    [[nodiscard]] widgets::OutputPanel& output() const { return *m_output; }
    [[nodiscard]] widgets::ProblemsPanel& problems() const { return *m_problems; }
    [[nodiscard]] widgets::VerdictPanel& verdict() const { return *m_verdict; }
    [[nodiscard]] widgets::StatisticsPanel& statistics() const { return *m_statistics; }
    [[nodiscard]] widgets::ExplorerPanel& explorer() const { return *m_explorer; }
    [[nodiscard]] widgets::EventsPanel& events() const { return *m_events; }

    /// Puts every panel where the layout wants it.
    void arrange(Layout layout);

    /// Puts a panel at an edge of the window, or as a tab to another panel, and shows it there.
    void move(QDockWidget& dock, Qt::DockWidgetArea edge);
    void moveToTabsOf(QDockWidget& dock, QDockWidget& other);

    /// Shows the panel and brings it before those it is tabbed with.
    void bringUp(Panel panel) const;

    void retranslate();

private:
    void add(Panel panel, const char* name, QWidget* content);
    void place(Layout layout);
    void placeForExploring();
    void shareRoom(Layout layout);
    void scheduleTitles();
    void showTitles();

    QMainWindow& m_window;
    QTimer m_titlesTimer;
    std::array<QDockWidget*, kPanelCount> m_docks{};
    widgets::LibraryPanel* m_library;
    widgets::InspectorPanel* m_inspector;
    widgets::TimelineWidget* m_timeline;
    widgets::ChartsWidget* m_charts;
    widgets::OutputPanel* m_output;
    widgets::ProblemsPanel* m_problems;
    widgets::VerdictPanel* m_verdict;
    widgets::StatisticsPanel* m_statistics;
    widgets::ExplorerPanel* m_explorer;
    widgets::EventsPanel* m_events;
};

/// The word a layout's arrangement is remembered by.
[[nodiscard]] QString layoutName(Layout layout);

} // namespace heddle::app
