// SPDX-License-Identifier: GPL-3.0-only
#include "app/main_window.h"

#include "app/deadlock_banner.h"
#include "app/error_messages.h"
#include "app/find_bar.h"
#include "app/library_contents.h"
#include "app/run_presenter.h"
#include "widgets/editor/program_editor.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/shared/icons.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/statistics_panel.h"
#include "widgets/tables/verdict_panel.h"
#include "widgets/timeline/timeline_widget.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSpinBox>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>

#include <limits>

namespace heddle::app {

namespace {

const QString kFirstProgram = QStringLiteral("locks/dining_philosophers");

} // namespace

MainWindow::MainWindow(const Options& options)
    : m_languages(m_settings.language())
    , m_theme(m_settings.scheme())
    , m_runs(options.executable)
    , m_editor(new widgets::ProgramEditor)
    , m_banner(new DeadlockBanner)
    , m_findBar(new FindBar(*m_editor))
    , m_seed(new QSpinBox)
    , m_actions(new Actions(this))
    , m_docks(new Docks(*this, m_trace))
    , m_status(new StatusLine(statusBar()))
    , m_files(new FileController(*m_editor, m_settings, options.recoveryFolder, this))
    , m_presenter(
          new RunPresenter({m_runs, m_trace, *m_docks, *m_banner, *m_status, *m_actions}, this))
    , m_explore(new ExplorePresenter({m_trace, *m_docks, *m_status, *m_actions, *m_editor}, this))
{
    setWindowIcon(widgets::themedIcon(QStringLiteral("heddle")));
    setAcceptDrops(true);
    m_actions->fillMenuBar(menuBar());
    buildCentre();
    buildToolBar();
    buildThemeMenu();
    buildLanguageMenu();
    connectFileActions();
    connectEditActions();
    connectProgramActions();
    connectRunActions();
    connectExploring();
    connectTraceActions();
    connectViewActions();
    connectHelpActions();
    connectFiles();
    connectEditor();
    connectPanels();
    connectTrace();
    retranslate();
    restoreLayout();
}

MainWindow::~MainWindow()
{
    // What is told while the parts go would find some of them gone.
    m_runs.disconnect();
    m_trace.disconnect();
    m_runs.stopAndWait();
}

void MainWindow::buildCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_editor, 1);
    column->addWidget(m_findBar);
    setCentralWidget(centre);
    m_editor->zoomTo(m_settings.zoom());
}

void MainWindow::buildToolBar()
{
    auto* bar = new QToolBar(this);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({16, 16});
    bar->addAction(&(*m_actions)[Command::Run]);
    bar->addAction(&(*m_actions)[Command::Stop]);
    bar->addSeparator();
    bar->addAction(&(*m_actions)[Command::Explore]);
    bar->addAction(&(*m_actions)[Command::HandGear]);
    bar->addSeparator();
    bar->addAction(&(*m_actions)[Command::Follow]);
    bar->addSeparator();
    auto* label = new QLabel;
    label->setObjectName(QStringLiteral("seedLabel"));
    label->setContentsMargins(6, 0, 4, 0);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setMinimumWidth(64);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    bar->addWidget(label);
    bar->addWidget(m_seed);
    bar->addAction(&(*m_actions)[Command::Jitter]);
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addAction(&(*m_actions)[Command::Palette]);
    addToolBar(bar);
    setContextMenuPolicy(Qt::NoContextMenu);
}

void MainWindow::connectFiles()
{
    connect(&m_files->document(), &Document::changed, this, &MainWindow::showTitle);
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
    connect(
        &m_check, &ProgramCheck::checked, this, [this](const std::vector<Diagnostic>& diagnostics) {
            m_editor->setProblems(diagnostics);
            m_docks->problems().setProblems(diagnostics);
            m_explore->programChecked(diagnostics);
        });
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
            m_status->setRecorder(m_trace.document().trace()->recorder());
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

void MainWindow::openFirst(const QString& pathOrId)
{
    if (!pathOrId.isEmpty()) {
        const bool isOpen = m_files->open(pathOrId);
        if (!isOpen)
            m_files->openGallery(kFirstProgram);
        return;
    }
    if (m_files->recover())
        return;
    const QString last = m_settings.lastDocument();
    const bool isKnown = !last.isEmpty() && (QFileInfo::exists(last) || !last.startsWith(u'/'));
    if (isKnown && m_files->open(last))
        return;
    m_files->openGallery(kFirstProgram);
    if (m_settings.isFirstStart())
        m_status->note(tr("Five philosophers, five forks: press F5 and watch what happens."));
}

void MainWindow::run()
{
    RunOptions options;
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.jitter = (*m_actions)[Command::Jitter].isChecked();
    start(std::move(options));
}

void MainWindow::runThrough(const Schedule& schedule)
{
    RunOptions options;
    options.schedule = schedule;
    start(std::move(options));
}

void MainWindow::start(RunOptions options)
{
    m_presenter->beginRun();
    m_runs.start({.name = m_files->document().runName().toStdString(),
                     .text = m_editor->text().toStdString()},
        std::move(options));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_files->mayDiscard()) {
        event->ignore();
        return;
    }
    rememberLayout();
    m_settings.setGeometry(saveGeometry(), saveState());
    m_settings.setZoom(static_cast<int>(m_editor->SendScintilla(QsciScintilla::SCI_GETZOOM)));
    m_settings.setStarted();
    m_files->finish();
    hide();
    m_runs.stopAndWait();
    event->accept();
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.constFirst().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString path = event->mimeData()->urls().constFirst().toLocalFile();
    event->acceptProposedAction();
    // The source of the drag waits for this event: questions come after it.
    QTimer::singleShot(0, this, [this, path] { m_files->openPath(path); });
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Question)
        (*m_actions)[Command::Keys].trigger();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::restoreLayout()
{
    resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    for (const Layout layout : {Layout::Watch, Layout::Explore})
        if (m_settings.currentLayout() == layoutName(layout))
            m_layout = layout;
    restoreGeometry(m_settings.geometry());
    const QByteArray state = m_settings.state();
    if (state.isEmpty() || !restoreState(state))
        m_docks->arrange(m_layout);
}

void MainWindow::rememberLayout()
{
    m_settings.setLayout(layoutName(m_layout), saveState());
    m_settings.setCurrentLayout(layoutName(m_layout));
}

void MainWindow::useLayout(Layout layout)
{
    rememberLayout();
    m_layout = layout;
    const QByteArray state = m_settings.layout(layoutName(layout));
    if (state.isEmpty() || !restoreState(state))
        m_docks->arrange(layout);
    m_settings.setCurrentLayout(layoutName(layout));
}

void MainWindow::retranslate()
{
    m_actions->retranslate();
    m_docks->retranslate();
    m_status->retranslate();
    findChild<QLabel*>(QStringLiteral("seedLabel"))->setText(tr("Seed"));
    m_seed->setToolTip(tr("The seed of what a run draws by chance"));
    m_seed->setAccessibleName(tr("Seed"));
    auto* bar = findChild<QToolBar*>(QStringLiteral("toolBar"));
    bar->setWindowTitle(tr("Tool bar"));
    (*m_actions)[Command::Jitter].setIconText(tr("Jitter"));
    (*m_actions)[Command::Explore].setIconText(tr("Explore"));
    (*m_actions)[Command::HandGear].setIconText(tr("Be the scheduler"));
    (*m_actions)[Command::Follow].setIconText(tr("Follow"));
    (*m_actions)[Command::Palette].setIconText(tr("Ctrl+Shift+P"));
    showTitle();
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1[*] — Heddle").arg(m_files->document().displayName()));
    setWindowModified(m_files->document().isModified());
}

} // namespace heddle::app
