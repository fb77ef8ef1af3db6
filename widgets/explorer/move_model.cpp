// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/move_model.h"

#include "widgets/shared/sentence_words.h"

#include <algorithm>

namespace heddle::widgets {

using Standing = ExploredActor::Standing;

QString standingWord(Standing standing)
{
    switch (standing) {
    case Standing::NotStarted:
        return MoveModel::tr("not started");
    case Standing::CanMove:
        return MoveModel::tr("can move");
    case Standing::Waits:
        return MoveModel::tr("waits");
    case Standing::Idle:
        return MoveModel::tr("idle");
    case Standing::Ended:
        return MoveModel::tr("has ended");
    case Standing::Failed:
        break;
    }
    return MoveModel::tr("failed");
}

QString standingIconName(Standing standing)
{
    switch (standing) {
    case Standing::NotStarted:
        return QStringLiteral("timer");
    case Standing::CanMove:
        return QStringLiteral("run");
    case Standing::Waits:
    case Standing::Idle:
        return QStringLiteral("pause");
    case Standing::Ended:
        return QStringLiteral("check");
    case Standing::Failed:
        break;
    }
    return QStringLiteral("error");
}

MoveModel::MoveModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void MoveModel::setWalk(const ShownWalk& walk)
{
    const bool sameActors =
        std::equal(walk.moment.actors.begin(), walk.moment.actors.end(), m_actors.begin(),
            m_actors.end(), [](const ExploredActor& left, const ExploredActor& right) {
                return left.number == right.number;
            });
    if (!sameActors)
        beginResetModel();
    m_actors = walk.moment.actors;
    m_lineSteps = walk.lineSteps;
    m_lineSteps.resize(m_actors.size());
    const std::size_t step = walk.moment.step;
    m_lastMover =
        step > 0 && step <= walk.schedule.steps.size() ? walk.schedule.steps[step - 1].actor : -1;
    if (!sameActors)
        endResetModel();
    else if (!m_actors.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

void MoveModel::clear()
{
    beginResetModel();
    m_actors.clear();
    m_lineSteps.clear();
    m_lastMover = -1;
    endResetModel();
}

void MoveModel::toggleExpanded(int row)
{
    const std::int32_t number = actor(row).number;
    if (m_expanded.erase(number) == 0)
        m_expanded.insert(number);
    emit dataChanged(index(row), index(row));
}

int MoveModel::rowOf(std::int32_t actor) const
{
    const auto found = std::find_if(m_actors.begin(), m_actors.end(),
        [actor](const ExploredActor& each) { return each.number == actor; });
    return found == m_actors.end() ? -1 : static_cast<int>(found - m_actors.begin());
}

QString MoveModel::sentence(int row) const
{
    const ExploredActor& shown = actor(row);
    const bool isTelling = shown.spins || shown.standing == Standing::Waits
        || shown.standing == Standing::Idle || shown.standing == Standing::Failed;
    return isTelling ? inWords(shown.sentence) : QString();
}

QStringList MoveModel::steps(int row) const
{
    QStringList texts;
    if (m_expanded.contains(actor(row).number))
        for (const std::string& text : m_lineSteps[static_cast<std::size_t>(row)])
            texts.append(QString::fromStdString(text));
    return texts;
}

int MoveModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_actors.size());
}

QVariant MoveModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ExploredActor& shown = actor(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(shown.name);
    case Qt::ToolTipRole:
        return inWords(shown.sentence);
    case Qt::AccessibleTextRole:
        return tr("%1: %2. %3")
            .arg(QString::fromStdString(shown.name), standingWord(shown.standing),
                inWords(shown.sentence));
    default:
        return {};
    }
}

} // namespace heddle::widgets
