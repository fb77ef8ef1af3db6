// SPDX-License-Identifier: GPL-3.0-only
#include "app/pane_resizing.h"

#include "app/panes.h"
#include "widgets/shared/theme.h"

#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLayout>
#include <QMainWindow>
#include <QPainter>
#include <QSplitter>

namespace heddle::app {

namespace {

constexpr int kStep = 24;
constexpr int kFrameWidth = 3;

/// A frame around what is resized; mouse and focus do not notice it.
class Frame : public QWidget
{
public:
    explicit Frame(QWidget* window)
        : QWidget(window)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        const QColor accent = widgets::themeColours(widgets::schemeOf(palette())).accent;
        painter.setPen(QPen(accent, 2 * kFrameWidth)); // half of it lies outside
        painter.drawRect(rect());
    }
};

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

/// Of the other parts that are seen the next one, else the one before; -1: there is none.
int neighbourOf(const QSplitter& splitter, int part)
{
    for (int i = part + 1; i < splitter.count(); ++i)
        if (splitter.widget(i)->isVisible())
            return i;
    for (int i = part - 1; i >= 0; --i)
        if (splitter.widget(i)->isVisible())
            return i;
    return -1;
}

} // namespace

PaneResizing::PaneResizing(QMainWindow& window, Panes& panes)
    : QObject(&window)
    , m_window(window)
    , m_panes(panes)
{
}

PaneResizing::~PaneResizing() = default;

void PaneResizing::begin()
{
    m_pane = m_panes.current();
    m_focus = QApplication::focusWidget();
    const bool isPossible = m_pane != nullptr && m_focus != nullptr
        && (m_pane == m_window.centralWidget() || qobject_cast<QDockWidget*>(m_pane) != nullptr);
    if (!isPossible)
        return;
    m_frame = std::make_unique<Frame>(m_pane->window());
    placeFrame();
    m_frame->show();
    qApp->installEventFilter(this);
    emit begun(m_pane->windowTitle());
}

void PaneResizing::end()
{
    if (!isOn())
        return;
    qApp->removeEventFilter(this);
    m_frame.reset();
    emit ended();
}

bool PaneResizing::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        if (takes(*static_cast<QKeyEvent*>(event))) {
            event->accept(); // it is no key of a menu now
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (watched->isWidgetType() && takes(*static_cast<QKeyEvent*>(event))) {
            press(*static_cast<QKeyEvent*>(event));
            return true;
        }
        break;
    case QEvent::MouseButtonPress:
        end();
        break;
    case QEvent::Resize:
    case QEvent::Move:
        if (watched == resized())
            placeFrame();
        break;
    default:
        break;
    }
    if (isOn() && QApplication::focusWidget() != m_focus)
        end();
    return QObject::eventFilter(watched, event);
}

bool PaneResizing::takes(const QKeyEvent& event) const
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    return (isArrow(event.key()) && (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier)
        || event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter
        || event.key() == Qt::Key_Escape;
}

void PaneResizing::press(const QKeyEvent& event)
{
    if (!isArrow(event.key())) {
        end();
        return;
    }
    const bool isAcross = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    const bool isLarger = event.key() == Qt::Key_Right || event.key() == Qt::Key_Down;
    resize(isAcross ? Qt::Horizontal : Qt::Vertical, isLarger ? kStep : -kStep,
        event.modifiers().testFlag(Qt::ShiftModifier));
    placeFrame();
}

/// The innermost splitter between the pane and the focus that divides in a wanted way.
PaneResizing::Division PaneResizing::divisionOf(Qt::Orientations wanted) const
{
    for (QWidget* part = m_focus; part != nullptr && part != m_pane; part = part->parentWidget()) {
        auto* splitter = qobject_cast<QSplitter*>(part->parentWidget());
        const int index = splitter == nullptr ? -1 : splitter->indexOf(part);
        if (index >= 0 && wanted.testFlag(splitter->orientation())
            && neighbourOf(*splitter, index) >= 0)
            return {splitter, index};
    }
    return {};
}

/// What the frame is around.
QWidget* PaneResizing::resized() const
{
    const Division division = divisionOf(Qt::Horizontal | Qt::Vertical);
    return division.splitter == nullptr ? m_pane.data() : division.splitter->widget(division.part);
}

void PaneResizing::resize(Qt::Orientation way, int step, bool isWholePane)
{
    const Division division = isWholePane ? Division{} : divisionOf(way);
    if (division.splitter == nullptr) {
        resizePane(way, step);
        return;
    }
    QList<int> sizes = division.splitter->sizes();
    sizes[division.part] += step;
    sizes[neighbourOf(*division.splitter, division.part)] -= step;
    division.splitter->setSizes(sizes);
}

void PaneResizing::resizePane(Qt::Orientation way, int step)
{
    const bool isAcross = way == Qt::Horizontal;
    auto* dock = qobject_cast<QDockWidget*>(m_pane);
    if (dock == nullptr)
        resizeMiddle(way, step);
    else if (dock->isFloating())
        dock->resize(dock->width() + (isAcross ? step : 0), dock->height() + (isAcross ? 0 : step));
    else
        resizeDock(*dock, way, step);
}

QList<QDockWidget*> PaneResizing::docksIn(Qt::DockWidgetArea area) const
{
    QList<QDockWidget*> docks;
    for (QWidget* pane : m_panes.shown())
        if (auto* dock = qobject_cast<QDockWidget*>(pane);
            dock != nullptr && !dock->isFloating() && m_window.dockWidgetArea(dock) == area)
            docks.append(dock);
    return docks;
}

/// At the cost of the middle, else of the others at that edge. Result: whether it could be done.
///
/// The others are told the size that they have: those that are not named go back to what they once had.
bool PaneResizing::resizeDock(QDockWidget& dock, Qt::Orientation way, int step)
{
    const auto sizeOf = [this, way](const QDockWidget* each) {
        const QSize room = m_panes.roomOf(*each);
        return way == Qt::Horizontal ? room.width() : room.height();
    };
    const QList<QDockWidget*> docks = docksIn(m_window.dockWidgetArea(&dock));
    const int before = sizeOf(&dock);
    for (const int cost : {0, step}) {
        QList<int> sizes;
        for (const QDockWidget* each : docks)
            sizes.append(sizeOf(each) + (each == &dock ? step : -cost));
        m_window.resizeDocks(docks, sizes, way);
        m_window.layout()->activate(); // else it is done later
        const int change = sizeOf(&dock) - before;
        if (change != 0 && (change > 0) == (step > 0))
            return true;
    }
    return false;
}

/// It has what the panels beside it leave: one of these gives way or grows that can.
void PaneResizing::resizeMiddle(Qt::Orientation way, int step)
{
    const bool isAcross = way == Qt::Horizontal;
    for (const Qt::DockWidgetArea area :
        {isAcross ? Qt::RightDockWidgetArea : Qt::BottomDockWidgetArea,
            isAcross ? Qt::LeftDockWidgetArea : Qt::TopDockWidgetArea})
        for (QDockWidget* dock : docksIn(area))
            if (resizeDock(*dock, way, -step))
                return;
}

void PaneResizing::placeFrame()
{
    const QWidget* part = resized();
    if (!isOn() || part == nullptr)
        return;
    m_frame->setGeometry(QRect(part->mapTo(part->window(), QPoint(0, 0)), part->size()));
    m_frame->raise();
}

} // namespace heddle::app
