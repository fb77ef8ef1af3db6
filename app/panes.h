// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QRect>
#include <QSize>

#include <vector>

class QDockWidget;
class QMainWindow;
class QTabBar;
class QWidget;

namespace heddle::app {

/// How the keyboard goes through the window: over its panes in the order in which the eye sees them, from the top,
/// and from the left where they stand side by side, wherever a person has put them.
///
/// A pane is the tool bar, what stands in the middle, each dock that is seen (with the tabs above it), or the
/// status bar.
///
/// Threads: the GUI thread.
class Panes : public QObject
{
    Q_OBJECT

public:
    explicit Panes(QMainWindow& window);

    enum class Direction
    {
        Next,
        Previous
    };

    /// To the next thing that takes the focus (Tab). Result: whether there was one to go on from.
    bool step(Direction direction);

    /// To the next pane: to what had the focus in it last, else to what it is there for.
    void goToNext(Direction direction);

    /// The same for a certain one: the middle, a dock.
    void enter(QWidget& pane);

    /// The one that has the focus, or had it last: the middle, a dock or the tool bar; null before that.
    [[nodiscard]] QWidget* current() const { return m_current; }

    /// Makes the current pane larger or smaller, at the cost of those around it.
    void resizeCurrent(double factor);

    /// The room that a dock takes, with the tabs above it: what QMainWindow::resizeDocks() counts.
    [[nodiscard]] QSize roomOf(const QDockWidget& dock) const;

    /// What takes the focus in a pane, in the order of Tab.
    [[nodiscard]] std::vector<QWidget*> stopsIn(const QWidget& pane) const;

    /// The panes that are seen, in the order in which the focus goes through them.
    [[nodiscard]] std::vector<QWidget*> shown() const;

private:
    struct Pane
    {
        QWidget* widget = nullptr;
        QTabBar* tabs = nullptr; ///< above a dock
        QRect place;
    };
    [[nodiscard]] std::vector<Pane> panes() const;
    [[nodiscard]] QTabBar* tabsAbove(const QDockWidget& dock) const;
    [[nodiscard]] std::vector<QWidget*> stopsOf(const Pane& pane) const;
    void noteFocus(QWidget* widget);

    QMainWindow& m_window;
    QHash<QWidget*, QPointer<QWidget>> m_last; ///< by pane
    QPointer<QWidget> m_current;
};

} // namespace heddle::app
