// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QAction>
#include <QObject>

#include <map>
#include <vector>

class QMenu;
class QMenuBar;
class QWidget;

namespace heddle::app {

/// Everything the window can be told to do.
enum class Command
{
    NewProgram,
    Open,
    Save,
    SaveAs,
    OpenTrace,
    SaveTrace,
    ExportPicture,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
    Find,
    ToggleComment,
    Complete,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Format,
    ApplyFix,
    NextProblem,
    GoToLine,
    Run,
    Stop,
    Jitter,
    Explore,
    CancelSearch,
    StepForward,
    StepBack,
    HandGear,
    DiceGear,
    RestartWalk,
    OpenSchedule,
    SaveSchedule,
    CheckWhileTyping,
    ShowDeadlock,
    ExplainDeadlock,
    Follow,
    WholeTrace,
    ClearSelection,
    Compose,
    Watch,
    ExploreLayout,
    ResetLayout,
    FullScreen,
    NextPane,
    PreviousPane,
    GoToProgram,
    GoToLibrary,
    GoToInspector,
    GoToExplorer,
    GoToTimeline,
    GoToCharts,
    GoToOutput,
    GoToProblems,
    GoToVerdict,
    GoToStatistics,
    GoToEvents,
    GrowPane,
    ShrinkPane,
    FloatPane,
    ClosePane,
    ResizePane,
    MovePane,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    Palette,
    Keys,
    Language,
    About,
};

enum class MenuName
{
    File,
    Edit,
    Program,
    Run,
    Explore,
    Trace,
    View,
    GoTo, ///< within View
    MovePanel, ///< likewise
    Help
};

/// The actions behind menus, tool bar, keys and command palette: one table says all of them.
///
/// Threads: the GUI thread.
class Actions : public QObject
{
    Q_OBJECT

public:
    /// Makes the actions and adds them to `window`, so that their keys work there.
    explicit Actions(QWidget* window);

    void fillMenuBar(QMenuBar* bar);

    [[nodiscard]] QAction& operator[](Command command) const { return *m_actions.at(command); }
    [[nodiscard]] QMenu& menu(MenuName name) const { return *m_menus.at(name); }

    /// In the order of the menus.
    [[nodiscard]] std::vector<QAction*> all() const;

    /// The text of an action without its mark for the keyboard.
    [[nodiscard]] static QString plainText(const QAction& action);

    void retranslate();

private:
    std::map<Command, QAction*> m_actions;
    std::map<MenuName, QMenu*> m_menus;
};

} // namespace heddle::app
