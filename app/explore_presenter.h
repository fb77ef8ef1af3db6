// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/explore_controller.h"
#include "app/state_mapper.h"
#include "app/verdict_matrix.h"
#include "app/walk_thread.h"
#include "engine/model/exploration/verdict.h"
#include "engine/model/program/diagnostic.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace heddle::widgets {
class ExplorerPanel;
class ProgramEditor;
class StateGraphView;
class VerdictMatrixView;
} // namespace heddle::widgets

namespace heddle::app {

class Actions;
class Docks;
class StatusLine;
class TraceController;

/// Shows walks and searches in the window: in the explorer, the timeline, the editor, the
/// inspector and the status line; and does what the explorer wishes.
///
/// Threads: the GUI thread.
class ExplorePresenter : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        TraceController& trace;
        Docks& docks;
        StatusLine& status;
        Actions& actions;
        widgets::ProgramEditor& editor;
    };

    ExplorePresenter(const Parts& parts, QObject* parent);

    /// Searches every schedule and shows how that goes.
    void explore();

    /// Another program is open: the schedule of the last one is void.
    void programReplaced();

    /// The text was checked: a program without errors is explored in the background, and a walk
    /// goes on in it as far as it still can.
    void programChecked(const std::vector<Diagnostic>& diagnostics);

    /// Whether programs are explored while they are typed.
    void setChecking(bool checking);

    /// A walk, not a trace of something else, is what timeline, editor and inspector show.
    [[nodiscard]] bool isShown() const { return m_isShown; }
    void hide(); ///< something else is shown from now on

    [[nodiscard]] WalkThread& walks() { return m_walks; }
    [[nodiscard]] VerdictMatrix& matrix() { return m_matrix; }
    [[nodiscard]] ExploreController& searches() { return m_searches; }

signals:
    void runWanted();
    void forceWanted(const heddle::Schedule& schedule); ///< a run through it

    /// A source line, from 1, that somebody wants to see.
    void lineChosen(int line);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectPanel();
    void connectVerdict();
    void connectActions();
    void connectSearches();
    void connectTimeline();
    void connectPictures();
    void connectMatrix();
    void mapIfShown();
    void showWalkInPicture();
    void goToState(std::uint32_t state);
    void offerConstants();
    void openVariant(int row, int column);
    [[nodiscard]] bool isPanelSeen() const;
    void beginIfNeeded();
    void begin(const Schedule& schedule, std::size_t step,
        std::vector<std::pair<std::string, std::string>> constants = {});
    void takeNews(const WalkNews& news);
    void markActors(const ExploredMoment& moment);
    void search(std::size_t states);
    void showReport(const ExplorationReport& report);
    void showWitness(const ExplorationReport& report, std::size_t index);
    void showChecked();
    void openSchedule();
    void saveSchedule();
    [[nodiscard]] std::string text() const;

    Parts m_parts;
    widgets::ExplorerPanel& m_panel;
    std::string m_walkText; ///< of the program that is walked through; empty: none yet
    std::shared_ptr<const Trace> m_trace; ///< of the walk
    std::optional<ExplorationReport> m_report; ///< of the last search
    std::optional<ExplorationReport> m_checked; ///< of the search in the background
    std::string m_searchedText; ///< of the program that m_report is about
    std::size_t m_limit;
    bool m_isShown = false;
    bool m_isChecking = true;
    widgets::StateGraphView* m_graph; ///< these two belong to the panel
    widgets::VerdictMatrixView* m_matrixView;
    std::string m_mappedText; ///< of the program whose picture is there or comes
    std::shared_ptr<const MappedStates> m_map;
    ExploreController m_searches; // these four come last: their threads are ended first
    StateMapper m_mapper;
    VerdictMatrix m_matrix;
    WalkThread m_walks;
};

} // namespace heddle::app
