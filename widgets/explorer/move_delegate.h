// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStyledItemDelegate>

namespace heddle::widgets {

/// Draws an actor's row: the key that moves it, its name, what it is at, its next step, and below
/// why it cannot move and the steps within its line.
class MoveDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit MoveDelegate(QObject* parent = nullptr);

    /// Where the key is drawn, which is a button for the mouse.
    [[nodiscard]] static QRect keyBox(const QRect& row);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    static void paintKey(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
    static void paintHead(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
    static void paintBelow(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
};

} // namespace heddle::widgets
