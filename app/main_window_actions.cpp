// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_palette.h"
#include "app/error_messages.h"
#include "app/find_bar.h"
#include "app/keys_dialog.h"
#include "app/language_page.h"
#include "app/main_window.h"
#include "app/panes.h"
#include "app/picture_export.h"
#include "app/run_presenter.h"
#include "engine/model/program/parser.h"
#include "engine/model/program/printer.h"
#include "widgets/editor/program_editor.h"
#include "widgets/timeline/timeline_widget.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>

#include <algorithm>
#include <utility>

namespace heddle::app {

void MainWindow::connectFileActions()
{
    const Actions& actions = *m_actions;
    connect(
        &actions[Command::NewProgram], &QAction::triggered, m_files, &FileController::newProgram);
    connect(&actions[Command::Open], &QAction::triggered, m_files, &FileController::askAndOpen);
    connect(&actions[Command::Save], &QAction::triggered, m_files, &FileController::save);
    connect(&actions[Command::SaveAs], &QAction::triggered, m_files, &FileController::saveAs);
    connect(&actions[Command::OpenTrace], &QAction::triggered, this, &MainWindow::askAndOpenTrace);
    connect(&actions[Command::SaveTrace], &QAction::triggered, this, &MainWindow::askAndSaveTrace);
    connect(&actions[Command::ExportPicture], &QAction::triggered, this,
        &MainWindow::askAndExportPicture);
    connect(&actions[Command::Quit], &QAction::triggered, this, &QWidget::close);
}

void MainWindow::connectEditActions()
{
    const Actions& actions = *m_actions;
    connect(&actions[Command::Undo], &QAction::triggered, m_editor, &QsciScintilla::undo);
    connect(&actions[Command::Redo], &QAction::triggered, m_editor, &QsciScintilla::redo);
    connect(&actions[Command::Cut], &QAction::triggered, m_editor, &QsciScintilla::cut);
    connect(&actions[Command::Copy], &QAction::triggered, m_editor, &QsciScintilla::copy);
    connect(&actions[Command::Paste], &QAction::triggered, m_editor, &QsciScintilla::paste);
    connect(&actions[Command::SelectAll], &QAction::triggered, m_editor,
        [this] { m_editor->selectAll(true); });
    connect(&actions[Command::Find], &QAction::triggered, m_findBar, &FindBar::begin);
    connect(&actions[Command::ToggleComment], &QAction::triggered, m_editor,
        &widgets::ProgramEditor::toggleComment);
    connect(&actions[Command::Complete], &QAction::triggered, m_editor,
        &widgets::ProgramEditor::complete);
    connect(
        &actions[Command::ZoomIn], &QAction::triggered, m_editor, [this] { m_editor->zoomIn(); });
    connect(
        &actions[Command::ZoomOut], &QAction::triggered, m_editor, [this] { m_editor->zoomOut(); });
    connect(&actions[Command::ZoomReset], &QAction::triggered, m_editor,
        [this] { m_editor->zoomTo(0); });
}

void MainWindow::connectProgramActions()
{
    const Actions& actions = *m_actions;
    connect(&actions[Command::Format], &QAction::triggered, this, &MainWindow::formatText);
    connect(&actions[Command::ApplyFix], &QAction::triggered, m_editor,
        &widgets::ProgramEditor::applyFixHere);
    connect(
        &actions[Command::NextProblem], &QAction::triggered, this, &MainWindow::goToNextProblem);
    connect(&actions[Command::GoToLine], &QAction::triggered, this, &MainWindow::askAndGoToLine);
}

void MainWindow::connectRunActions()
{
    connect(&(*m_actions)[Command::Run], &QAction::triggered, this, &MainWindow::run);
    connect(&(*m_actions)[Command::Stop], &QAction::triggered, m_presenter, &RunPresenter::stopRun);
}

void MainWindow::connectExploring()
{
    connect(m_explore, &ExplorePresenter::runWanted, this, &MainWindow::run);
    connect(m_explore, &ExplorePresenter::forceWanted, this, &MainWindow::runThrough);
    connect(m_explore, &ExplorePresenter::lineChosen, m_editor, &widgets::ProgramEditor::goToLine);
    QAction& checking = (*m_actions)[Command::CheckWhileTyping];
    checking.setChecked(m_settings.checksWhileTyping());
    m_explore->setChecking(checking.isChecked());
    connect(&checking, &QAction::triggered, this, [this](bool wanted) {
        m_settings.setChecksWhileTyping(wanted);
        m_explore->setChecking(wanted);
    });
}

void MainWindow::connectTraceActions()
{
    QAction& follow = (*m_actions)[Command::Follow];
    connect(&follow, &QAction::triggered, this, [this](bool wanted) {
        if (wanted)
            m_docks->timeline().goToEndAndFollow();
        else
            m_trace.range().setFollow(widgets::Follow::Off);
    });
    connect(
        &m_trace.range(), &widgets::TimelineRange::followChanged, &follow, &QAction::setChecked);
    connect(&(*m_actions)[Command::WholeTrace], &QAction::triggered, &m_docks->timeline(),
        &widgets::TimelineWidget::showAll);
    connect(&(*m_actions)[Command::ClearSelection], &QAction::triggered, this, [this] {
        m_trace.range().clearSelection();
        m_trace.range().clearCursor();
    });
}

void MainWindow::connectViewActions()
{
    const Actions& actions = *m_actions;
    connect(&actions[Command::Compose], &QAction::triggered, this,
        [this] { useLayout(Layout::Compose); });
    connect(
        &actions[Command::Watch], &QAction::triggered, this, [this] { useLayout(Layout::Watch); });
    connect(&actions[Command::ExploreLayout], &QAction::triggered, this,
        [this] { useLayout(Layout::Explore); });
    connect(&actions[Command::ResetLayout], &QAction::triggered, this,
        [this] { m_docks->arrange(m_layout); });
    connect(&actions[Command::FullScreen], &QAction::triggered, this, [this](bool full) {
        setWindowState(
            full ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    QMenu& menu = m_actions->menu(MenuName::View);
    menu.addSeparator();
    for (int panel = 0; panel < kPanelCount; ++panel)
        menu.addAction((*m_docks)[static_cast<Panel>(panel)].toggleViewAction());
}

void MainWindow::connectHelpActions()
{
    const Actions& actions = *m_actions;
    connect(&actions[Command::Palette], &QAction::triggered, this, &MainWindow::showPalette);
    connect(&actions[Command::Keys], &QAction::triggered, this, [this] {
        auto* dialog = new KeysDialog(m_actions->all(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(&actions[Command::Language], &QAction::triggered, this, &MainWindow::showLanguage);
    connect(&actions[Command::About], &QAction::triggered, this, [this] {
        QMessageBox::about(this, tr("About Heddle"),
            tr("<h3>Heddle %1</h3><p>A workbench for concurrency: compose a small concurrent "
               "program, launch it for real, watch who runs, who holds and who waits.</p>"
               "<p>Window and program: GNU General Public License 3. Engine: Apache License "
               "2.0.</p>")
                .arg(QCoreApplication::applicationVersion()));
    });
}

void MainWindow::buildThemeMenu()
{
    auto* menu = new QMenu(this);
    auto* group = new QActionGroup(menu);
    const auto fill = [menu, group] {
        menu->setTitle(tr("C&olours"));
        const QStringList names{tr("As the &desktop"), tr("&Light"), tr("&Dark")};
        for (int i = 0; i < names.size(); ++i)
            group->actions().at(i)->setText(names[i]);
    };
    for (const auto choice : {widgets::SchemeChoice::FollowDesktop, widgets::SchemeChoice::Light,
             widgets::SchemeChoice::Dark}) {
        QAction* action = menu->addAction(QString());
        action->setCheckable(true);
        action->setChecked(choice == m_theme.choice());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_theme.setChoice(choice);
            m_settings.setScheme(choice);
        });
    }
    connect(menu, &QMenu::aboutToShow, this, fill);
    m_actions->menu(MenuName::View).addSeparator();
    m_actions->menu(MenuName::View).addMenu(menu);
    fill();
    connect(&m_actions->menu(MenuName::View), &QMenu::aboutToShow, this, fill);
}

void MainWindow::buildLanguageMenu()
{
    auto* menu = new QMenu(this);
    auto* group = new QActionGroup(menu);
    QStringList codes = Languages::available();
    codes.prepend(QString());
    for (const QString& code : std::as_const(codes)) {
        QAction* action = menu->addAction(code.isEmpty() ? QString() : Languages::nameOf(code));
        action->setCheckable(true);
        action->setChecked(code == m_settings.language());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, code] {
            m_settings.setLanguage(code);
            m_languages.use(code);
        });
    }
    const auto fill = [menu, group] {
        menu->setTitle(tr("Lan&guage"));
        group->actions().constFirst()->setText(tr("As the &system"));
    };
    m_actions->menu(MenuName::View).addMenu(menu);
    fill();
    connect(&m_actions->menu(MenuName::View), &QMenu::aboutToShow, this, fill);
}

void MainWindow::askAndOpenTrace()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a trace"), QDir::homePath(), tr("Traces (*.pftrace);;All files (*)"));
    if (!path.isEmpty())
        m_files->openTrace(path);
}

void MainWindow::askAndSaveTrace()
{
    const QString proposal =
        QDir::home().filePath(QFileInfo(m_files->document().displayName()).completeBaseName()
            + QStringLiteral(".pftrace"));
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the trace"), proposal,
        tr("Perfetto traces (*.pftrace);;Chrome JSON traces (*.json)"));
    if (!path.isEmpty())
        m_trace.save(path);
}

void MainWindow::askAndExportPicture()
{
    const QString proposal = QDir::home().filePath(
        QFileInfo(m_files->document().displayName()).completeBaseName() + QStringLiteral(".png"));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export a picture of the timeline"),
        proposal, tr("Pictures (*.png);;Scalable pictures (*.svg)"));
    if (path.isEmpty())
        return;
    const auto written = exportPicture(m_docks->timeline(), path);
    if (written)
        m_status->note(tr("Saved %1.").arg(QFileInfo(path).fileName()));
    else
        showMessage(this, messageFor(written.error(), path));
}

void MainWindow::askAndGoToLine()
{
    bool isWanted = false;
    const int line = QInputDialog::getInt(this, tr("Go to line"), tr("Line:"),
        m_editor->caretLine(), 1, m_editor->lines(), 1, &isWanted);
    if (isWanted) {
        m_editor->goToLine(line);
        m_editor->setFocus(Qt::OtherFocusReason);
    }
}

void MainWindow::goToNextProblem()
{
    const auto& problems = m_editor->problemMarks().problems();
    if (problems.empty()) {
        m_status->note(tr("The program has no problems."));
        return;
    }
    const auto line = static_cast<std::uint32_t>(m_editor->caretLine());
    const auto isBefore = [](const Diagnostic& left, const Diagnostic& right) {
        return left.offset < right.offset;
    };
    const Diagnostic* next = nullptr;
    for (const Diagnostic& problem : problems)
        if (problem.line > line && (next == nullptr || isBefore(problem, *next)))
            next = &problem;
    if (next == nullptr)
        next = &*std::min_element(problems.begin(), problems.end(), isBefore);
    m_editor->goToOffset(next->offset);
    m_editor->setFocus(Qt::OtherFocusReason);
}

void MainWindow::formatText()
{
    const std::string before = m_editor->text().toStdString();
    const std::string after = formatProgram(*parseProgram(before).tree);
    if (after != before)
        m_editor->replaceText(QString::fromStdString(after));
    m_status->note(after == before ? tr("The text is in its form already.")
                                   : tr("The text was brought into its form."));
}

void MainWindow::showPalette()
{
    std::vector<QAction*> actions = m_actions->all();
    for (int panel = 0; panel < kPanelCount; ++panel)
        actions.push_back((*m_docks)[static_cast<Panel>(panel)].toggleViewAction());
    auto* palette = new CommandPalette(std::move(actions), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void MainWindow::showLanguage()
{
    (new LanguagePage(this))->show();
}

} // namespace heddle::app
