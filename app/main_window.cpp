// SPDX-License-Identifier: GPL-3.0-only
#include "app/main_window.h"

#include "app/deadlock_banner.h"
#include "app/find_bar.h"
#include "app/pane_resizing.h"
#include "app/panes.h"
#include "app/run_presenter.h"
#include "engine/model/program/compiler.h"
#include "widgets/editor/program_editor.h"
#include "widgets/shared/icons.h"

#include <QApplication>
#include <QCloseEvent>
#include <QContextMenuEvent>
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
    , m_noProgram(new QLabel)
    , m_banner(new DeadlockBanner)
    , m_findBar(new FindBar(*m_editor))
    , m_panes(new Panes(*this))
    , m_resizing(new PaneResizing(*this, *m_panes))
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
    connectGoingAround();
    connectResizing();
    connectMoving();
    connectHelpActions();
    connectFiles();
    connectEditor();
    connectPanels();
    connectTrace();
    connectEvents();
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
    m_noProgram->setAlignment(Qt::AlignCenter);
    m_noProgram->setWordWrap(true);
    m_noProgram->setMargin(24);
    m_noProgram->setForegroundRole(QPalette::PlaceholderText);
    m_noProgram->setBackgroundRole(QPalette::Base);
    m_noProgram->setAutoFillBackground(true);
    m_noProgram->hide();
    column->addWidget(m_noProgram, 1);
    column->addWidget(m_findBar);
    centre->setFocusProxy(m_editor);
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

void MainWindow::openFirstProgram()
{
    m_files->openGallery(kFirstProgram);
}

void MainWindow::openFirst(const QString& pathOrId)
{
    m_editor->setFocus(Qt::OtherFocusReason);
    if (!pathOrId.isEmpty()) {
        const bool isOpen = m_files->open(pathOrId);
        if (!isOpen)
            openFirstProgram();
        else if (m_editor->text().isEmpty() && FileController::isTrace(pathOrId))
            m_files->showProgramOf(pathOrId, {}, {}); // until it is read
        return;
    }
    if (m_files->recover())
        return;
    const QString last = m_settings.lastDocument();
    const bool isKnown = !last.isEmpty() && (QFileInfo::exists(last) || !last.startsWith(u'/'));
    if (isKnown && m_files->open(last))
        return;
    openFirstProgram();
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

/// A program with errors leaves a run that goes on alone: its errors are shown instead.
void MainWindow::start(RunOptions options)
{
    std::string text = m_editor->text().toStdString();
    const std::vector<Diagnostic> diagnostics = compileProgram(text).diagnostics;
    if (hasErrors(diagnostics)) {
        showDiagnostics(diagnostics);
        m_presenter->tellErrors();
        return;
    }
    m_presenter->beginRun();
    m_runs.start({.name = m_files->document().runName().toStdString(), .text = std::move(text)},
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

/// Keys that nobody with the focus has a use for.
void MainWindow::keyPressEvent(QKeyEvent* event)
{
    const bool hasShift = event->modifiers() == Qt::ShiftModifier;
    if (event->key() == Qt::Key_Question)
        (*m_actions)[Command::Keys].trigger();
    else if (event->key() == Qt::Key_Escape)
        m_panes->enter(*centralWidget());
    else if (event->key() == Qt::Key_F10 && hasShift)
        openContextMenu();
    else
        QMainWindow::keyPressEvent(event);
}

/// As the menu key does, which not every keyboard has.
void MainWindow::openContextMenu()
{
    QWidget* widget = QApplication::focusWidget();
    if (widget == nullptr)
        return;
    const QPoint place = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent wish(QContextMenuEvent::Keyboard, place, widget->mapToGlobal(place));
    QApplication::sendEvent(widget, &wish);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return m_panes->step(next ? Panes::Direction::Next : Panes::Direction::Previous)
        || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::restoreLayout()
{
    const QSize room = screen()->availableSize();
    resize((room * 3 / 4).expandedTo({1280, 800}).boundedTo(room));
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
    m_editor->setAccessibleDescription(tr("Tab indents here; Ctrl+Tab leaves the text."));
    auto* bar = findChild<QToolBar*>(QStringLiteral("toolBar"));
    bar->setWindowTitle(tr("Tool bar"));
    (*m_actions)[Command::Jitter].setIconText(tr("Jitter"));
    (*m_actions)[Command::Explore].setIconText(tr("Explore"));
    (*m_actions)[Command::HandGear].setIconText(tr("Be the scheduler"));
    (*m_actions)[Command::Follow].setIconText(tr("Follow"));
    (*m_actions)[Command::Palette].setIconText(tr("Ctrl+Shift+P"));
    showDocument();
}

void MainWindow::showDocument()
{
    showTitle();
    const bool hasProgram = m_files->document().hasProgram();
    m_editor->setVisible(hasProgram);
    m_noProgram->setVisible(!hasProgram);
    m_noProgram->setText(
        tr("%1 carries no program: its actors are in the timeline.\nCtrl+N begins a program, "
           "Ctrl+O opens one.")
            .arg(m_files->document().displayName()));
    for (const Command command :
        {Command::Save, Command::SaveAs, Command::Find, Command::Format, Command::GoToLine,
            Command::Run, Command::Explore, Command::HandGear, Command::DiceGear})
        (*m_actions)[command].setEnabled(hasProgram);
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1[*] — Heddle").arg(m_files->document().displayName()));
    setWindowModified(m_files->document().isModified());
}

} // namespace heddle::app
