// SPDX-License-Identifier: GPL-3.0-only
#include "app/panes.h"

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>

#include <algorithm>
#include <iterator>
#include <utility>

namespace heddle::app {

namespace {

constexpr int kSameHeight = 24; ///< tops that differ by less stand side by side

bool takesFocus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0
        && widget.focusProxy() == nullptr;
}

bool isSeen(const QDockWidget& dock)
{
    return dock.isVisible() && !dock.visibleRegion().isEmpty(); // else it is behind another one
}

/// Whoever takes the focus for the widget.
QWidget* focusEndOf(QWidget* widget)
{
    while (widget != nullptr && widget->focusProxy() != nullptr)
        widget = widget->focusProxy();
    return widget;
}

/// What a pane is there for.
QWidget* contentOf(QWidget& pane)
{
    auto* dock = qobject_cast<QDockWidget*>(&pane);
    return dock != nullptr ? dock->widget() : &pane;
}

} // namespace

Panes::Panes(QMainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget* /*before*/, QWidget* now) { noteFocus(now); });
}

void Panes::noteFocus(QWidget* widget)
{
    for (QWidget* pane = widget; pane != nullptr; pane = pane->parentWidget()) {
        const bool isPane = qobject_cast<QDockWidget*>(pane) != nullptr
            || qobject_cast<QToolBar*>(pane) != nullptr || pane == m_window.centralWidget();
        if (isPane && m_window.isAncestorOf(pane)) {
            m_last[pane] = widget;
            m_current = pane;
            return;
        }
    }
}

QTabBar* Panes::tabsAbove(const QDockWidget& dock) const
{
    if (m_window.tabifiedDockWidgets(const_cast<QDockWidget*>(&dock)).isEmpty())
        return nullptr;
    for (QTabBar* tabs : m_window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        if (tabs->isVisible() && tabs->tabText(tabs->currentIndex()) == dock.windowTitle())
            return tabs;
    return nullptr;
}

std::vector<Panes::Pane> Panes::panes() const
{
    std::vector<Pane> found;
    const auto add = [this, &found](QWidget* widget, QTabBar* tabs) {
        const auto placeOf = [this](const QWidget* part) {
            return QRect(m_window.mapFromGlobal(part->mapToGlobal(QPoint(0, 0))), part->size());
        };
        const QRect place = placeOf(widget);
        found.push_back({widget, tabs, tabs == nullptr ? place : place.united(placeOf(tabs))});
    };
    for (QToolBar* bar : m_window.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly))
        if (bar->isVisible())
            add(bar, nullptr);
    add(m_window.centralWidget(), nullptr);
    for (QDockWidget* dock : m_window.findChildren<QDockWidget*>())
        if (isSeen(*dock))
            add(dock, dock->isFloating() ? nullptr : tabsAbove(*dock));
    if (QWidget* status = m_window.findChild<QStatusBar*>(); status != nullptr)
        add(status, nullptr);
    std::sort(found.begin(), found.end(),
        [](const Pane& one, const Pane& other) { return one.place.top() < other.place.top(); });
    for (auto band = found.begin(); band != found.end();) {
        const auto end = std::find_if(band, found.end(), [band](const Pane& pane) {
            return pane.place.top() >= band->place.top() + kSameHeight;
        });
        std::sort(band, end, [](const Pane& one, const Pane& other) {
            return one.place.left() < other.place.left();
        });
        band = end;
    }
    return found;
}

std::vector<QWidget*> Panes::stopsIn(const QWidget& pane) const
{
    std::vector<QWidget*> stops;
    const QWidget* window = pane.window();
    for (QWidget* widget = window->nextInFocusChain(); widget != window;
         widget = widget->nextInFocusChain())
        if ((widget == &pane || pane.isAncestorOf(widget)) && takesFocus(*widget))
            stops.push_back(widget);
    return stops;
}

std::vector<QWidget*> Panes::stopsOf(const Pane& pane) const
{
    std::vector<QWidget*> stops;
    if (pane.tabs != nullptr && takesFocus(*pane.tabs))
        stops.push_back(pane.tabs);
    const std::vector<QWidget*> inside = stopsIn(*pane.widget);
    stops.insert(stops.end(), inside.begin(), inside.end());
    return stops;
}

std::vector<QWidget*> Panes::shown() const
{
    std::vector<QWidget*> widgets;
    for (const Pane& pane : panes())
        widgets.push_back(pane.widget);
    return widgets;
}

bool Panes::step(Direction direction)
{
    std::vector<QWidget*> stops;
    for (const Pane& pane : panes()) {
        const std::vector<QWidget*> more = stopsOf(pane);
        if (pane.widget->window() == &m_window) // those in windows of their own are left to Qt
            stops.insert(stops.end(), more.begin(), more.end());
    }
    const auto current = std::find(stops.begin(), stops.end(), m_window.focusWidget());
    if (current == stops.end())
        return false;
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    const std::ptrdiff_t next =
        (current - stops.begin() + (direction == Direction::Next ? 1 : count - 1)) % count;
    stops[static_cast<std::size_t>(next)]->setFocus(
        direction == Direction::Next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void Panes::goToNext(Direction direction)
{
    std::vector<Pane> all = panes();
    std::erase_if(all, [this](const Pane& pane) { return stopsOf(pane).empty(); });
    if (all.empty())
        return;
    const QWidget* focus = QApplication::focusWidget();
    const auto current = std::find_if(all.begin(), all.end(), [focus](const Pane& pane) {
        return focus != nullptr
            && (pane.widget == focus || pane.tabs == focus || pane.widget->isAncestorOf(focus));
    });
    const std::size_t count = all.size();
    std::size_t next = 0;
    if (current != all.end())
        next = (static_cast<std::size_t>(current - all.begin())
                   + (direction == Direction::Next ? 1 : count - 1))
            % count;
    enter(*all[next].widget);
}

QSize Panes::roomOf(const QDockWidget& dock) const
{
    const QTabBar* tabs = tabsAbove(dock);
    return dock.size() + QSize(0, tabs == nullptr ? 0 : tabs->height());
}

void Panes::resizeCurrent(double factor)
{
    QList<QDockWidget*> docks;
    auto* current = qobject_cast<QDockWidget*>(m_current);
    if (current != nullptr) {
        docks.append(current);
    } else { // the middle has what the docks leave
        factor = 1.0 / factor;
        for (QDockWidget* dock : m_window.findChildren<QDockWidget*>())
            if (isSeen(*dock))
                docks.append(dock);
    }
    QList<int> widths;
    QList<int> heights;
    docks.removeIf([](const QDockWidget* dock) { return dock->isFloating(); });
    for (const QDockWidget* dock : std::as_const(docks)) {
        widths.append(qRound(roomOf(*dock).width() * factor));
        heights.append(qRound(roomOf(*dock).height() * factor));
    }
    m_window.resizeDocks(docks, widths, Qt::Horizontal);
    m_window.resizeDocks(docks, heights, Qt::Vertical);
}

void Panes::enter(QWidget& pane)
{
    const std::vector<QWidget*> stops = stopsIn(pane);
    const auto isStop = [&stops](const QWidget* widget) {
        return std::find(stops.begin(), stops.end(), widget) != stops.end();
    };
    QWidget* wanted = m_last.value(&pane);
    if (!isStop(wanted))
        wanted = focusEndOf(contentOf(pane));
    if (!isStop(wanted) && !stops.empty())
        wanted = stops.front();
    if (wanted == nullptr)
        return;
    if (pane.window() != &m_window)
        pane.window()->activateWindow();
    wanted->setFocus(Qt::ShortcutFocusReason);
}

} // namespace heddle::app
