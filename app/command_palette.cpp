// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_palette.h"

#include "app/actions.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QStringBuilder>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace heddle::app {

namespace {

constexpr int kActionRole = Qt::UserRole + 1;

} // namespace

bool matchesLoosely(const QString& text, const QString& wanted)
{
    qsizetype from = 0;
    for (const QChar letter : wanted) {
        if (letter.isSpace())
            continue;
        from = text.indexOf(letter, from, Qt::CaseInsensitive) + 1;
        if (from == 0)
            return false;
    }
    return true;
}

CommandPalette::CommandPalette(std::vector<QAction*> actions, QWidget* parent)
    : QDialog(parent)
    , m_actions(std::move(actions))
    , m_search(new QLineEdit)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Command palette"));
    m_search->setPlaceholderText(tr("Type what you want to do"));
    m_search->setAccessibleName(tr("Type what you want to do"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_list);
    resize(520, 400);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::showMatching);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::trigger);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::trigger);
    showMatching();
}

void CommandPalette::showMatching()
{
    m_list->clear();
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        const QAction& action = *m_actions[i];
        const QString text = Actions::plainText(action);
        if (!action.isEnabled() || !matchesLoosely(text, m_search->text()))
            continue;
        const QString keys = action.shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(action.icon(),
            keys.isEmpty() ? text : QString(text % QStringLiteral("    ") % keys), m_list);
        item->setData(kActionRole, static_cast<qulonglong>(i));
    }
    // What holds the letters in one piece comes first.
    if (!m_search->text().isEmpty())
        for (int row = 0; row < m_list->count(); ++row)
            if (m_list->item(row)->text().contains(m_search->text(), Qt::CaseInsensitive)) {
                m_list->insertItem(0, m_list->takeItem(row));
                break;
            }
    m_list->setCurrentRow(0);
}

void CommandPalette::trigger()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (item == nullptr)
        return;
    const QPointer<QAction> action = m_actions[item->data(kActionRole).toULongLong()];
    accept();
    if (action)
        QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace heddle::app
