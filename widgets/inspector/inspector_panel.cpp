// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/inspector/inspector_panel.h"

#include "engine/base/text.h"
#include "widgets/inspector/explored_rows.h"
#include "widgets/inspector/wait_graph_view.h"
#include "widgets/tables/table_panel.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr int kActorWidth = 118;
constexpr int kObjectWidth = 96;
constexpr int kRoomForLevel = 360;
constexpr int kRoomForLine = 460;
constexpr int kRoomForAllColumns = 530;

QWidget* section(QLabel* title, QWidget* content)
{
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setContentsMargins(6, 4, 6, 2);
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(content, 1);
    return widget;
}

constexpr std::array kUsualSignals = {
    SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGSTOP, SIGCONT, SIGTERM, SIGKILL};
constexpr int kFirstRealTime = 32; ///< of the kernel; the C library keeps some for itself

bool isUsual(int number)
{
    return std::find(kUsualSignals.begin(), kUsualSignals.end(), number) != kUsualSignals.end();
}

void addSignals(QMenu& menu, const QString& receiver, bool isPossible)
{
    const auto add = [isPossible](QMenu& to, const QString& text, int number) {
        QAction* action = to.addAction(text);
        action->setData(number);
        action->setEnabled(isPossible);
    };
    add(menu, InspectorPanel::tr("&Terminate %1 (SIGTERM)").arg(receiver), SIGTERM);
    add(menu, InspectorPanel::tr("&Kill %1 (SIGKILL)").arg(receiver), SIGKILL);
    QMenu* others = menu.addMenu(InspectorPanel::tr("&Send to %1").arg(receiver));
    others->setEnabled(isPossible);
    for (const int number : kUsualSignals)
        add(*others, QString::fromStdString(signalName(number)), number);
    QMenu* rare = others->addMenu(InspectorPanel::tr("&Others"));
    for (int number = 1; number < kFirstRealTime; ++number)
        if (!isUsual(number))
            add(*rare, QString::fromStdString(signalName(number)), number);
    QMenu* realTime = others->addMenu(InspectorPanel::tr("&Real-time signals"));
    for (int number = SIGRTMIN; number <= SIGRTMAX; ++number)
        add(*realTime, QString::fromStdString(signalName(number)), number);
}

} // namespace

InspectorPanel::InspectorPanel(QWidget* parent)
    : QWidget(parent)
    , m_when(new QLabel)
    , m_sections(new QSplitter(Qt::Vertical))
    , m_actors(new TablePanel(QStringList(5), {}))
    , m_objects(new TablePanel(QStringList(4), {}))
    , m_variables(new TablePanel(QStringList(3), {}))
    , m_waits(new WaitGraphView)
{
    buildSections();
    connectSections();
    retranslate();
}

void InspectorPanel::buildSections()
{
    const std::array<QWidget*, 4> contents{m_actors, m_objects, m_variables, m_waits};
    for (std::size_t i = 0; i < contents.size(); ++i) {
        m_titles[i] = new QLabel;
        m_sections->addWidget(section(m_titles[i], contents[i]));
    }
    m_sections->setChildrenCollapsible(false);
    m_sections->setSizes({200, 160, 130, 220});
    m_when->setContentsMargins(6, 4, 6, 2);
    m_when->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_when);
    column->addWidget(m_sections, 1);
    m_actors->setStretchColumn(1);
    m_objects->setStretchColumn(2);
    m_actors->table().setColumnWidth(0, kActorWidth);
    m_objects->table().setColumnWidth(0, kObjectWidth);
    m_objects->table().setColumnWidth(1, 116);
    m_objects->table().setColumnWidth(3, 56);
    m_variables->table().setColumnWidth(0, 96);
    m_variables->table().setColumnWidth(1, 64);
    m_variables->setStretchColumn(2);
    setFocusProxy(m_actors);
}

void InspectorPanel::connectSections()
{
    connect(m_actors, &TablePanel::chosen, this, [this](const Row& row) {
        emit actorChosen(static_cast<quint32>(row.key));
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    m_actors->table().setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_actors->table(), &QWidget::customContextMenuRequested, this,
        &InspectorPanel::showActorMenu);
    connect(m_objects, &TablePanel::chosen, this,
        [this](const Row& row) { emit objectChosen(static_cast<quint32>(row.key)); });
    connect(m_variables, &TablePanel::chosen, this, [this](const Row& row) {
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    connect(m_waits, &WaitGraphView::actorChosen, this, [this](quint32 actor) {
        selectActor(ActorId{actor});
        emit actorChosen(actor);
    });
}

/// What can be done to the process of the actor under the pointer, or of the current one.
void InspectorPanel::showActorMenu(const QPoint& position)
{
    const QModelIndex index = m_actors->table().indexAt(position);
    const int row = (index.isValid() ? index : m_actors->table().currentIndex()).row();
    if (!m_moment || m_explored || row < 0)
        return;
    const auto number = static_cast<std::size_t>(row);
    const qint64 process = m_moment->processes[number];
    const QString name = process == 0 ? tr("the program")
                                      : QString::fromStdString(m_moment->graph.actors[number].name);
    QMenu menu(this);
    const bool isAlive = m_moment->fates[number].life == ActorLife::Living;
    if (!m_areSignalsPossible || !isAlive) {
        const QString reason =
            m_areSignalsPossible ? tr("%1 has ended").arg(name) : tr("No run goes on");
        menu.addAction(reason)->setEnabled(false);
        menu.addSeparator();
    }
    addSignals(menu, name, m_areSignalsPossible && isAlive);
    const QAction* chosen = menu.exec(m_actors->table().viewport()->mapToGlobal(position));
    if (chosen != nullptr)
        emit signalWanted(process, chosen->data().toInt());
}

void InspectorPanel::retranslate()
{
    m_titles[0]->setText(tr("Actors"));
    m_titles[1]->setText(tr("Objects"));
    m_titles[2]->setText(tr("Variables"));
    m_titles[3]->setText(tr("Waits"));
    m_actors->rows().setHeaders({tr("Actor"), tr("Doing"), tr("For"), tr("CPU"), tr("Line")});
    const QHeaderView& heads = *m_actors->table().horizontalHeader();
    for (const auto& [column, width] : {std::pair(2, 62), std::pair(3, 62), std::pair(4, 40)})
        m_actors->table().setColumnWidth(
            column, std::max(width, heads.sectionSizeHint(column))); // words differ in length
    m_actors->setHint(tr("Press F5: every actor of the running program is listed here with what it "
                         "does and what it waits for."));
    m_objects->setHint(
        tr("Locks, queues and the like are listed here with who holds them and who queues."));
    m_variables->rows().setHeaders({tr("Variable"), tr("Value"), tr("Written last by")});
    m_variables->setHint(tr("The program has no variables that are set here."));
    m_variables->table().setAccessibleName(tr("Variables"));
    m_actors->table().setAccessibleName(tr("Actors"));
    m_objects->table().setAccessibleName(tr("Objects"));
    showMoment();
}

void InspectorPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // What an actor waits for must be readable first.
    const bool isNarrow = width() < kRoomForAllColumns;
    m_actors->table().setColumnHidden(3, isNarrow);
    m_actors->table().setColumnHidden(4, width() < kRoomForLine);
    showObjectColumns();
}

/// Who holds and who waits comes before the level.
void InspectorPanel::showObjectColumns()
{
    const bool isNarrow = width() < kRoomForLevel;
    m_objects->table().setColumnHidden(3, m_explored.has_value() || isNarrow);
    m_objects->setStretchColumn(m_explored ? 1 : 2);
    m_objects->table().setColumnWidth(m_explored ? 2 : 1, m_explored || isNarrow ? 84 : 116);
}

void InspectorPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        showMoment();
    QWidget::changeEvent(event);
}

void InspectorPanel::setMoment(std::optional<InspectedMoment> moment)
{
    m_moment = std::move(moment);
    showMoment();
}

void InspectorPanel::setExplored(std::optional<ExploredMoment> explored)
{
    m_explored = std::move(explored);
    showMoment();
}

void InspectorPanel::showExplored(const ExploredMoment& explored)
{
    m_when->setText(tr("The state after step %1").arg(explored.step));
    m_objects->rows().setRows(exploredObjectRows(explored));
    m_variables->rows().setRows(exploredVariableRows(explored));
    m_waits->setGraph(exploredWaits(explored));
}

void InspectorPanel::showMoment()
{
    m_when->setVisible(m_explored.has_value());
    m_variables->parentWidget()->setVisible(m_explored.has_value());
    m_actors->parentWidget()->setVisible(!m_explored); // the explorer says more about them
    showObjectColumns();
    m_objects->rows().setHeaders({tr("Object"), m_explored ? tr("State") : tr("Held by"),
        m_explored ? tr("Waiting") : tr("Queue"), tr("Level")});
    if (m_explored) {
        showExplored(*m_explored);
        return;
    }
    m_when->setVisible(m_moment.has_value());
    if (!m_moment) {
        m_actors->rows().clear();
        m_objects->rows().clear();
        m_waits->setGraph(std::nullopt);
        return;
    }
    const QString time = m_moment->times.moment(m_moment->graph.time, 1000);
    m_when->setText(m_moment->isPresent ? tr("The newest moment: %1").arg(time)
                                        : tr("The moment of the cursor: %1").arg(time));
    m_actors->rows().setRows(actorRows(*m_moment, schemeOf(palette())));
    m_actors->fitColumn(0, kActorWidth, width() / 3);
    m_objects->rows().setRows(objectRows(*m_moment));
    m_objects->fitColumn(0, kObjectWidth, width() / 3);
    m_waits->setGraph(m_moment->graph);
}

void InspectorPanel::showWaits()
{
    const int height = m_sections->height();
    m_sections->setSizes({height / 4, height / 4, height / 8, height / 2});
    m_waits->setFocus(Qt::OtherFocusReason);
}

void InspectorPanel::selectActor(ActorId actor)
{
    m_actors->select(actor.value);
}

} // namespace heddle::widgets
