// SPDX-License-Identifier: GPL-3.0-only
// What the table of events says about itself, and its menu.
#include "widgets/events/events_panel.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>

#include <array>

namespace heddle::widgets {

QString EventsPanel::note() const
{
    return m_note->text();
}

QString EventsPanel::hint() const
{
    return m_stack->currentIndex() == 0 ? QString() : m_hint->text();
}

void EventsPanel::showNote()
{
    m_hint->setText(reasonForNothing());
    const std::size_t total = m_model->total();
    const auto rows = static_cast<std::size_t>(m_model->rowCount());
    const QLocale locale;
    const auto number = [&locale](std::size_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    if (m_asked)
        m_note->setText(tr("Searching…"));
    else if (rows < total)
        m_note->setText(tr("%1 to %2 of %3 events; zoom in for the others")
                            .arg(number(m_model->firstRow() + 1),
                                number(m_model->firstRow() + rows), number(total)));
    else
        m_note->setText(rows == 0 ? QString() : tr("%n event(s)", nullptr, static_cast<int>(rows)));
}

/// What to do where there are no rows.
QString EventsPanel::reasonForNothing() const
{
    if (m_document.isEmpty())
        return tr("Run the program (F5) or open a trace: what the timeline shows is listed here.");
    if (m_asked)
        return tr("Searching…");
    if (m_part->currentIndex() == kSelectedPart && m_range.selection().isEmpty())
        return tr(
            "Nothing is selected: drag over the timeline, or press Shift and an arrow there.");
    if (m_lane->currentIndex() == kChosenLane && !m_chosenLane)
        return tr("No lane is chosen: click one in the timeline, or go to it with the arrows.");
    if (!m_shownOrder.words.isEmpty())
        return tr("No event here has “%1” in it.").arg(m_shownOrder.words);
    return tr("Nothing happens in this part of the timeline.");
}

void EventsPanel::showMenu(const QPoint& position)
{
    const QModelIndex index = m_table->indexAt(position);
    const QModelIndex wanted = index.isValid() ? index : m_table->currentIndex();
    QMenu menu(this);
    QAction* zoom = menu.addAction(tr("&Zoom to the event"));
    zoom->setEnabled(wanted.isValid());
    menu.addSeparator();
    addOrders(menu);
    const QAction* chosenAction = menu.exec(m_table->viewport()->mapToGlobal(position));
    if (chosenAction == zoom && wanted.isValid())
        emit activated(m_model->eventAt(wanted.row()));
}

/// What a click on a head of the table does, for those without a mouse.
void EventsPanel::addOrders(QMenu& menu)
{
    QHeaderView& header = *m_table->horizontalHeader();
    const std::array<QString, kEventColumnCount> texts{tr("Sort by &time"), tr("Sort by &lane"),
        tr("Sort by &event"), tr("Sort by &state"), tr("Sort by &duration"), tr("Sort by l&ine")};
    auto* group = new QActionGroup(&menu);
    for (int column = 0; column < kEventColumnCount; ++column) {
        QAction* action = menu.addAction(texts[static_cast<std::size_t>(column)]);
        action->setCheckable(true);
        action->setChecked(column == static_cast<int>(m_order.column));
        group->addAction(action);
        connect(action, &QAction::triggered, this,
            [this, &header, column] { header.setSortIndicator(column, m_order.direction); });
    }
    menu.addSeparator();
    QAction* reversed = menu.addAction(tr("Last or longest &first"));
    reversed->setCheckable(true);
    reversed->setChecked(m_order.direction == Qt::DescendingOrder);
    connect(reversed, &QAction::triggered, this, [this, &header](bool isWanted) {
        header.setSortIndicator(
            static_cast<int>(m_order.column), isWanted ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
}

} // namespace heddle::widgets
