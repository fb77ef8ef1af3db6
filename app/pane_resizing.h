// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

#include <memory>

class QDockWidget;
class QKeyEvent;
class QMainWindow;
class QSplitter;
class QWidget;

namespace heddle::app {

class Panes;

/// Lets the arrow keys resize what has the focus, as dragging its borders does: the part of a panel
/// that a splitter divides from the others, or the panel, or with Shift the panel in any case.
///
/// A frame shows what is resized. Enter, Esc and every other key end it, and so does the mouse.
///
/// Threads: the GUI thread.
class PaneResizing : public QObject
{
    Q_OBJECT

public:
    PaneResizing(QMainWindow& window, Panes& panes);
    ~PaneResizing() override;

    void begin();
    void end();
    [[nodiscard]] bool isOn() const { return m_frame != nullptr; }

signals:
    void begun(const QString& panel); ///< its title
    void ended();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A splitter within the pane, and which of its parts the focus is in.
    struct Division
    {
        QSplitter* splitter = nullptr; ///< null: there is none
        int part = 0;
    };
    [[nodiscard]] Division divisionOf(Qt::Orientations wanted) const;
    [[nodiscard]] QWidget* resized() const;
    [[nodiscard]] bool takes(const QKeyEvent& event) const;
    void press(const QKeyEvent& event);
    void resize(Qt::Orientation way, int step, bool isWholePane);
    void resizePane(Qt::Orientation way, int step);
    [[nodiscard]] QList<QDockWidget*> docksIn(Qt::DockWidgetArea area) const;
    bool resizeDock(QDockWidget& dock, Qt::Orientation way, int step);
    void resizeMiddle(Qt::Orientation way, int step);
    void placeFrame();

    QMainWindow& m_window;
    Panes& m_panes;
    QPointer<QWidget> m_pane;
    QPointer<QWidget> m_focus;
    std::unique_ptr<QWidget> m_frame; ///< null: it is off
};

} // namespace heddle::app
