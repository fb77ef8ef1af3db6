// SPDX-License-Identifier: GPL-3.0-only
// What the parts of the window tell each other.
#include "app/deadlock_banner.h"
#include "app/error_messages.h"
#include "app/library_contents.h"
#include "app/main_window.h"
#include "app/panes.h"
#include "app/run_presenter.h"
#include "widgets/editor/program_editor.h"
#include "widgets/events/events_panel.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/statistics_panel.h"
#include "widgets/tables/verdict_panel.h"
#include "widgets/timeline/timeline_widget.h"

#include <QDockWidget>
#include <QFileInfo>

namespace heddle::app {

void MainWindow::connectFiles()
{
    connect(&m_files->document(), &Document::changed, this, &MainWindow::showDocument);
    connect(m_files, &FileController::opened, this, [this] {
        m_docks->problems().setProblems({});
        m_check.setText(m_editor->text().toStdString());
        m_editor->setActorPositions({});
        m_explore->programReplaced();
    });
    connect(m_files, &FileController::traceWanted, &m_trace, &TraceController::load);
    connect(m_files, &FileController::noted, m_status, &StatusLine::note);
    connect(
        m_files, &FileController::failed, this, [this](const Error& error, const QString& subject) {
            showMessage(this, messageFor(error, subject));
        });
    connect(m_files, &FileController::recentChanged, this,
        [this] { m_docks->library().setRecentFiles(recentEntries(m_settings.recentFiles())); });
    connect(
        m_presenter, &RunPresenter::lineOfInterest, m_editor, &widgets::ProgramEditor::revealLine);
    connect(m_presenter, &RunPresenter::failed, this, [this](const Error& error) {
        showMessage(this, messageFor(error, m_files->document().displayName()));
    });
}

void MainWindow::connectEditor()
{
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        m_check.setText(m_editor->text().toStdString());
        m_editor->setActorPositions({});
    });
    connect(m_editor, &widgets::ProgramEditor::messageChanged, m_status, &StatusLine::setProblem);
    connect(&m_check, &ProgramCheck::checked, this, &MainWindow::showDiagnostics);
}

void MainWindow::showDiagnostics(const std::vector<Diagnostic>& diagnostics)
{
    m_editor->setProblems(diagnostics);
    m_docks->problems().setProblems(diagnostics);
    m_explore->programChecked(diagnostics);
}

void MainWindow::connectPanels()
{
    connect(&m_docks->library(), &widgets::LibraryPanel::programWanted, m_files,
        &FileController::openGallery);
    connect(&m_docks->library(), &widgets::LibraryPanel::fileWanted, m_files,
        &FileController::openPath);
    m_docks->library().setChapters(galleryChapters());
    m_docks->library().setRecentFiles(recentEntries(m_settings.recentFiles()));
    connect(&m_docks->problems(), &widgets::ProblemsPanel::chosen, this,
        [this](const Diagnostic& problem) { m_editor->goToOffset(problem.offset); });
    connect(&m_docks->problems(), &widgets::ProblemsPanel::fixWanted, m_editor,
        &widgets::ProgramEditor::applyFix);
    connect(&m_docks->verdict(), &widgets::VerdictPanel::lineChosen, m_editor,
        &widgets::ProgramEditor::goToLine);
    connect(
        &m_docks->output(), &widgets::OutputPanel::timeChosen, &m_trace, &TraceController::goTo);
    connect(&m_docks->inspector(), &widgets::InspectorPanel::lineChosen, m_editor,
        &widgets::ProgramEditor::goToLine);
    connect(
        &m_docks->inspector(), &widgets::InspectorPanel::actorChosen, this, [this](quint32 actor) {
            m_trace.selectActor(ActorId{actor});
            m_docks->timeline().revealLane(m_trace.document().trace()->laneOfActor(ActorId{actor}));
        });
    connect(&m_docks->inspector(), &widgets::InspectorPanel::objectChosen, this,
        [this](quint32 object) {
            m_docks->timeline().revealLane(
                m_trace.document().trace()->laneOfObject(ObjectId{object}));
        });
    connect(&m_docks->timeline(), &widgets::TimelineWidget::sliceActivated, this, [this](int line) {
        if (line > 0)
            m_editor->goToLine(line);
    });
    connect(&m_docks->timeline(), &widgets::TimelineWidget::laneActivated, this, [this](LaneId id) {
        if (const auto lane = m_trace.document().trace()->lane(id); lane && lane->actor)
            m_docks->inspector().selectActor(lane->actor);
    });
}

void MainWindow::connectTrace()
{
    connect(&m_trace, &TraceController::momentChanged, this,
        [this](const std::optional<widgets::InspectedMoment>& moment) {
            m_docks->inspector().setMoment(moment);
            if (m_explore->isShown())
                return; // the state of the walk says it better
            std::vector<widgets::ActorPosition> positions;
            if (moment)
                for (const ActorMoment& actor : moment->graph.actors)
                    if (actor.line > 0 && actor.state != State::None)
                        positions.push_back({QString::fromStdString(actor.name), actor.line,
                            static_cast<int>(positions.size())});
            m_editor->setActorPositions(std::move(positions));
        });
    connect(&m_trace, &TraceController::statisticsChanged, &m_docks->statistics(),
        &widgets::StatisticsPanel::setStatistics);
    connect(&m_trace, &TraceController::loaded, this,
        [this](const QString& path, const QString& damage) {
            m_docks->bringUp(Panel::Timeline);
            if (!m_runs.isRunning()) {
                m_presenter->forgetLastRun();
                m_status->setRunState(StatusLine::RunState::Idle);
            }
            const auto trace = m_trace.document().trace();
            m_files->showProgramOf(path, QString::fromStdString(trace->property("program")),
                QString::fromStdString(trace->property(Trace::kTextProperty)));
            m_trace.scheduleMoment(); // whose lines are marked in the text that has come
            m_status->setRecorder(trace->recorder());
            m_status->note(tr("Opened %1.").arg(QFileInfo(path).fileName()));
            if (!damage.isEmpty())
                showMessage(this,
                    {tr("%1 is damaged; what came before the damage is shown.").arg(path),
                        tr("Record it again if you can."), damage});
        });
    connect(&m_trace, &TraceController::saved, this, [this](const QString& path) {
        m_status->note(tr("Saved %1.").arg(QFileInfo(path).fileName()));
    });
    connect(
        &m_trace, &TraceController::failed, this, [this](const Error& error, const QString& path) {
            if (!m_files->document().hasProgram() && !m_trace.hasTrace())
                openFirstProgram(); // rather than nothing at all
            showMessage(this, messageFor(error, path));
        });
    const auto showTraceActions = [this] {
        for (const Command command :
            {Command::SaveTrace, Command::ExportPicture, Command::WholeTrace, Command::Follow})
            (*m_actions)[command].setEnabled(m_trace.hasTrace());
    };
    connect(&m_trace.document(), &widgets::TraceDocument::traceReplaced, this, showTraceActions);
    showTraceActions();
}

/// The timeline and the table of its events select the same.
void MainWindow::connectEvents()
{
    widgets::TimelineWidget* timeline = &m_docks->timeline();
    widgets::EventsPanel* events = &m_docks->events();
    connect(timeline, &widgets::TimelineWidget::sliceSelected, events,
        &widgets::EventsPanel::selectSlice);
    connect(timeline, &widgets::TimelineWidget::laneActivated, events,
        &widgets::EventsPanel::setChosenLane);
    connect(timeline, &widgets::TimelineWidget::tableWanted, this, [this, events] {
        m_docks->bringUp(Panel::Events);
        events->refresh(); // an empty table does not take the focus
        m_panes->enter((*m_docks)[Panel::Events]);
    });
    connect(events, &widgets::EventsPanel::chosen, timeline, &widgets::TimelineWidget::choose);
    connect(events, &widgets::EventsPanel::activated, timeline, &widgets::TimelineWidget::zoomTo);
}

} // namespace heddle::app
