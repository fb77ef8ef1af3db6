// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/panes.h"
#include "app/status_line.h"
#include "tests/app/window_fixture.h"
#include "widgets/editor/program_editor.h"
#include "widgets/explorer/explorer_panel.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <vector>

namespace heddle::app {

inline constexpr int kPatience = 20'000; // milliseconds; a loaded machine is slow

/// A window without a mouse. Keys go to the window as the system would send them, not to a widget.
class KeyboardOnly
{
public:
    explicit KeyboardOnly(const QString& program = QStringLiteral("locks/lost_update"))
    {
        m_window->openFirst(program);
        settle();
    }
    MainWindow* operator->() { return &*m_window; }
    MainWindow& operator*() { return *m_window; }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_window->windowHandle(), key, modifiers);
        QCoreApplication::processEvents();
    }

    /// Ctrl and a digit: the layout, with all in it that comes by and by.
    void show(Qt::Key layout)
    {
        press(layout, Qt::ControlModifier);
        settle();
    }

    /// Everything that Tab comes to until the text, where it indents, or until it has come round.
    std::vector<QWidget*> walk(Qt::Key key)
    {
        constexpr int kMostStops = 200;
        std::vector<QWidget*> seen;
        for (int i = 0; i < kMostStops; ++i) {
            QWidget* focus = QApplication::focusWidget();
            if (!seen.empty() && focus == seen.front())
                return seen;
            seen.push_back(focus);
            if (focus == &m_window->editor())
                press(Qt::Key_Tab, // the way out
                    Qt::ControlModifier
                        | (key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier));
            else
                press(key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        }
        qWarning("Tab never comes round");
        return seen;
    }

    /// Its place among the panes from the eye's start, -1: in none.
    int paneOf(const QWidget* widget)
    {
        const std::vector<QWidget*> panes = m_window->panes().shown();
        for (std::size_t i = 0; i < panes.size(); ++i)
            if (panes[i] == widget || panes[i]->isAncestorOf(widget))
                return static_cast<int>(i);
        return -1;
    }

    QRect placeOf(const QWidget* widget)
    {
        return {widget->mapTo(&*m_window, QPoint(0, 0)), widget->size()};
    }

    bool hasFocusIn(const QWidget& pane)
    {
        const QWidget* focus = QApplication::focusWidget();
        return focus != nullptr && (focus == &pane || pane.isAncestorOf(focus));
    }

private:
    /// An explorer that is seen begins a walk on a thread of its own, which brings a trace, which enables
    /// buttons; and a search in the background ends with a button in the status line.
    void settle()
    {
        const widgets::ExplorerPanel& explorer = m_window->docks().explorer();
        const QToolButton& mark = m_window->status().explorationMark();
        const auto isSettled = [&] {
            return (explorer.visibleRegion().isEmpty() || explorer.walk()) && mark.isVisible();
        };
        if (!QTest::qWaitFor(isSettled, kPatience))
            qWarning("the explorer is not ready");
    }

    WindowFixture m_window;
};

/// Presses a key in the menu or dialog that comes up, whenever it does.
inline void pressInWhatComesUp(Qt::Key key)
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, key] {
        QWidget* popup = QApplication::activePopupWidget();
        if (QWidget* up = popup != nullptr ? popup : QApplication::activeModalWidget()) {
            timer->deleteLater();
            QTest::keyClick(up, key);
        }
    });
    timer->start(10);
}

/// What a screen reader calls it.
inline QString nameOf(const QWidget* widget)
{
    QAccessibleInterface* face =
        QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    return face == nullptr ? QString() : face->text(QAccessible::Name);
}

/// For messages: what it is, what it is called, where it stands.
inline QByteArray wordsFor(const QWidget* widget)
{
    QString words = QStringLiteral("%1 “%2”").arg(
        QString::fromLatin1(widget->metaObject()->className()), nameOf(widget));
    for (const QWidget* up = widget; up != nullptr; up = up->parentWidget())
        if (!up->objectName().isEmpty())
            words += QStringLiteral(" in ") + up->objectName();
    return words.toUtf8();
}

/// The column "layout": the key that brings each of the window's layouts up.
inline void addLayouts()
{
    QTest::addColumn<Qt::Key>("layout");
    QTest::newRow("compose") << Qt::Key_1;
    QTest::newRow("watch") << Qt::Key_2;
    QTest::newRow("explore") << Qt::Key_3;
}

} // namespace heddle::app
