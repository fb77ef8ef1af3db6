// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDialog>

#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace heddle::app {

/// All that can be done, found by typing a few letters; Enter does it.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(std::vector<QAction*> actions, QWidget* parent);

    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QListWidget& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMatching();
    void trigger();

    std::vector<QAction*> m_actions;
    QLineEdit* m_search;
    QListWidget* m_list;
};

/// Whether the letters of `wanted` occur in `text` in this order, case apart.
[[nodiscard]] bool matchesLoosely(const QString& text, const QString& wanted);

} // namespace heddle::app
