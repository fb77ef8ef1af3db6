// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/move_list.h"
#include "widgets/explorer/move_model.h"
#include "widgets/shared/sentence_words.h"

#include <QKeyEvent>
#include <QMenu>

namespace heddle::widgets {

std::size_t ExplorerPanel::position() const
{
    return m_walk ? m_walk->moment.step : 0;
}

void ExplorerPanel::moveRow(int row)
{
    const MoveModel& moves = m_moves->moves();
    if (!m_walk || row < 0 || row >= moves.rowCount())
        return;
    m_moves->setCurrentIndex(moves.index(row));
    const ExploredActor actor = moves.actor(row);
    if (actor.moves.empty())
        setNotice(inWords(actor.sentence));
    else if (actor.moves.size() == 1)
        emit moveWanted(actor.number, actor.moves.front().choice);
    else
        askWhich(row, actor);
}

void ExplorerPanel::askWhich(int row, const ExploredActor& actor)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("choices"));
    for (std::size_t i = 0; i < actor.moves.size(); ++i) {
        const ExploredMove& move = actor.moves[i];
        QString text = QString::fromStdString(move.text).replace(u'&', QStringLiteral("&&"));
        if (i < MoveModel::kKeys)
            text = QStringLiteral("&%1  %2").arg(i + 1).arg(text);
        connect(menu->addAction(text), &QAction::triggered, this,
            [this, move] { emit moveWanted(move.actor, move.choice); });
    }
    menu->setActiveAction(menu->actions().constFirst());
    const QRect place = m_moves->visualRect(m_moves->moves().index(row));
    menu->popup(m_moves->viewport()->mapToGlobal(place.bottomLeft()));
}

int ExplorerPanel::nextMovableRow(int after) const
{
    const MoveModel& moves = m_moves->moves();
    const int count = moves.rowCount();
    for (int i = 1; i <= count; ++i) {
        const int row = (after + i) % count;
        if (!moves.actor(row).moves.empty())
            return row;
    }
    return -1;
}

void ExplorerPanel::moveSameActor()
{
    const int row = m_moves->moves().rowOf(m_moves->moves().lastMover());
    moveRow(row >= 0 ? row : nextMovableRow(-1));
}

void ExplorerPanel::moveNextActor()
{
    moveRow(nextMovableRow(m_moves->moves().rowOf(m_moves->moves().lastMover())));
}

void ExplorerPanel::goBack()
{
    if (position() > 0)
        emit stepWanted(position() - 1);
}

void ExplorerPanel::goForward()
{
    if (!m_walk)
        return;
    if (position() < m_walk->schedule.steps.size()) {
        emit stepWanted(position() + 1);
        return;
    }
    const MoveModel& moves = m_moves->moves();
    const int row = moves.rowOf(moves.lastMover());
    const bool goesOn = row >= 0 && !moves.actor(row).moves.empty();
    moveRow(goesOn ? row : nextMovableRow(row));
}

void ExplorerPanel::toggleExpanded()
{
    const QModelIndex current = m_moves->currentIndex();
    if (current.isValid())
        m_moves->moves().toggleExpanded(current.row());
    else if (m_moves->moves().rowCount() > 0)
        m_moves->moves().toggleExpanded(0);
}

bool ExplorerPanel::takeKey(const QKeyEvent& event)
{
    const bool isWalking = gear() == Gear::Hand || gear() == Gear::Dice;
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (!m_walk || !isWalking || modifiers != Qt::NoModifier)
        return false;
    const int key = event.key();
    if (key >= Qt::Key_1 && key <= Qt::Key_9) {
        moveRow(key - Qt::Key_1);
        return true;
    }
    switch (key) {
    case Qt::Key_N:
        moveSameActor();
        return true;
    case Qt::Key_P:
        moveNextActor();
        return true;
    case Qt::Key_Backspace:
        goBack();
        return true;
    case Qt::Key_E:
        toggleExpanded();
        return true;
    default:
        return false;
    }
}

void ExplorerPanel::keyPressEvent(QKeyEvent* event)
{
    if (!takeKey(*event))
        QWidget::keyPressEvent(event);
}

bool ExplorerPanel::eventFilter(QObject* watched, QEvent* event)
{
    // Tables would search by these letters.
    if (event->type() == QEvent::KeyPress && takeKey(*static_cast<QKeyEvent*>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace heddle::widgets
