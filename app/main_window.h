// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/actions.h"
#include "app/docks.h"
#include "app/explore_presenter.h"
#include "app/file_controller.h"
#include "app/languages.h"
#include "app/program_check.h"
#include "app/run_controller.h"
#include "app/settings.h"
#include "app/status_line.h"
#include "app/trace_controller.h"
#include "widgets/shared/theme.h"

#include <QMainWindow>

class QDockWidget;
class QLabel;
class QMenu;
class QSpinBox;

namespace heddle::widgets {
class ProgramEditor;
}

namespace heddle::app {

class DeadlockBanner;
class FindBar;
class PaneResizing;
class Panes;
class RunPresenter;

/// The window: makes the parts, wires them, and remembers how they stood.
///
/// Threads: the GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    struct Options
    {
        QString executable; ///< the path of `heddle`, for runs
        QString recoveryFolder;
    };

    explicit MainWindow(const Options& options);
    ~MainWindow() override;

    /// Opens what was asked for, else what was open last, else dining philosophers with a hint.
    void openFirst(const QString& pathOrId);

    void run();
    void runThrough(const Schedule& schedule); ///< the real threads are forced through it

    [[nodiscard]] widgets::ProgramEditor& editor() { return *m_editor; }
    [[nodiscard]] Docks& docks() { return *m_docks; }
    [[nodiscard]] Actions& actions() { return *m_actions; }
    [[nodiscard]] RunController& runs() { return m_runs; }
    [[nodiscard]] TraceController& trace() { return m_trace; }
    [[nodiscard]] FileController& files() { return *m_files; }
    [[nodiscard]] DeadlockBanner& banner() { return *m_banner; }
    [[nodiscard]] StatusLine& status() { return *m_status; }
    [[nodiscard]] ExplorePresenter& explorer() { return *m_explore; }
    [[nodiscard]] widgets::Theme& theme() { return m_theme; }
    [[nodiscard]] Panes& panes() { return *m_panes; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void buildCentre();
    void buildToolBar();
    void buildThemeMenu();
    void buildLanguageMenu();
    void connectFileActions();
    void connectEditActions();
    void connectProgramActions();
    void connectRunActions();
    void connectExploring();
    void start(RunOptions options);
    void connectTraceActions();
    void connectViewActions();
    void connectGoingAround();
    void connectResizing();
    void connectMoving();
    void fillTabTargets(QMenu& menu);
    QDockWidget* panelToMove();
    void connectHelpActions();
    void connectFiles();
    void connectEditor();
    void connectPanels();
    void connectTrace();
    void connectEvents();
    void openFirstProgram();
    void openContextMenu();
    void restoreLayout();
    void useLayout(Layout layout);
    void rememberLayout();
    void retranslate();
    void showTitle();
    void showDocument();
    void showDiagnostics(const std::vector<Diagnostic>& diagnostics);
    void askAndOpenTrace();
    void askAndSaveTrace();
    void askAndExportPicture();
    void askAndGoToLine();
    void goToNextProblem();
    void formatText();
    void showLanguage();
    void showPalette();

    Settings m_settings;
    Languages m_languages;
    widgets::Theme m_theme;
    TraceController m_trace;
    RunController m_runs;
    ProgramCheck m_check;
    widgets::ProgramEditor* m_editor;
    QLabel* m_noProgram;
    DeadlockBanner* m_banner;
    FindBar* m_findBar;
    Panes* m_panes;
    PaneResizing* m_resizing;
    QSpinBox* m_seed;
    Actions* m_actions;
    Docks* m_docks;
    StatusLine* m_status;
    FileController* m_files;
    RunPresenter* m_presenter;
    ExplorePresenter* m_explore;
    Layout m_layout = Layout::Compose;
};

} // namespace heddle::app
