// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QListView>

namespace heddle::widgets {

class MoveModel;

/// The actors of a moment, each with the key that moves it.
///
/// A click on the key, a double-click, Enter or Space moves the actor; letters are left to those around.
class MoveList : public QListView
{
    Q_OBJECT

public:
    explicit MoveList(QWidget* parent = nullptr);

    [[nodiscard]] MoveModel& moves() { return *m_model; }

signals:
    /// A person wants the actor of the row to move.
    void moveWanted(int row);

    /// A person looks at the actor of the row.
    void rowChosen(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    MoveModel* m_model;
};

} // namespace heddle::widgets
