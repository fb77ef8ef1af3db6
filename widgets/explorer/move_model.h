// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/explorer/shown_walk.h"

#include <QAbstractListModel>
#include <QString>
#include <QStringList>

#include <set>
#include <vector>

namespace heddle::widgets {

/// The word for what an actor is at: "can move", "waits".
[[nodiscard]] QString standingWord(ExploredActor::Standing standing);

/// The file of its icon, without ".svg".
[[nodiscard]] QString standingIconName(ExploredActor::Standing standing);

/// One row for each actor of a moment.
class MoveModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int kKeys = 9; ///< the first so many rows can be moved by a digit

    explicit MoveModel(QObject* parent = nullptr);

    void setWalk(const ShownWalk& walk);
    void clear();

    /// Shows or hides the steps within the next line of an actor.
    void toggleExpanded(int row);

    [[nodiscard]] const ExploredActor& actor(int row) const
    {
        return m_actors[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowOf(std::int32_t actor) const; ///< -1: not there
    [[nodiscard]] std::int32_t lastMover() const { return m_lastMover; } ///< -1: nobody yet

    /// What stands below the first line of a row: why the actor cannot move.
    [[nodiscard]] QString sentence(int row) const;

    /// The steps of the next line, if the row is expanded.
    [[nodiscard]] QStringList steps(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<ExploredActor> m_actors;
    std::vector<std::vector<std::string>> m_lineSteps;
    std::set<std::int32_t> m_expanded; ///< numbers of actors
    std::int32_t m_lastMover = -1;
};

} // namespace heddle::widgets
