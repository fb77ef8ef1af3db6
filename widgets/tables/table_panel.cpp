// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/table_panel.h"

#include "widgets/tables/table_look.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace heddle::widgets {

TablePanel::TablePanel(QStringList headers, const QString& hint, QWidget* parent)
    : QWidget(parent)
    , m_rows(new RowModel(std::move(headers), this))
    , m_table(new QTableView)
    , m_hint(new QLabel(hint))
    , m_stack(new QStackedLayout(this))
{
    setUpHint(*m_hint);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_hint);
    buildTable();
    connectTable();
    showTableOrHint();
}

void TablePanel::buildTable()
{
    m_table->setModel(m_rows);
    setUpTable(*m_table);
    setFocusProxy(m_table);
}

void TablePanel::connectTable()
{
    for (const auto signal : {&RowModel::rowsInserted, &RowModel::rowsRemoved})
        connect(m_rows, signal, this, &TablePanel::showTableOrHint);
    connect(m_rows, &RowModel::modelReset, this, &TablePanel::showTableOrHint);
    // Not the current row: that the focus comes by makes one as well, and nobody has chosen it.
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this](const QItemSelection& selected) {
            if (!selected.isEmpty() && !m_isSelecting)
                emit chosen(m_rows->row(selected.constFirst().top()));
        });
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { emit activated(m_rows->row(index.row())); });
}

void TablePanel::setHint(const QString& hint)
{
    m_hint->setText(hint);
}

void TablePanel::setName(const QString& name)
{
    m_table->setAccessibleName(name);
}

void TablePanel::setStretchColumn(int column)
{
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(column, QHeaderView::Stretch);
}

void TablePanel::fitColumn(int column, int least, int most)
{
    constexpr int kGap = 8;
    const QAbstractItemView& view = *m_table;
    const int wanted =
        std::clamp(view.sizeHintForColumn(column) + kGap, least, std::max(least, most));
    if (std::exchange(m_fitted[column], wanted)
        != wanted) // else somebody may have drawn it otherwise
        m_table->setColumnWidth(column, wanted);
}

void TablePanel::select(quint64 key)
{
    const QScopedValueRollback<bool> quiet(m_isSelecting, true);
    const int row = m_rows->indexOfKey(key);
    if (row >= 0)
        m_table->setCurrentIndex(m_rows->index(row, 0));
}

void TablePanel::showTableOrHint()
{
    m_stack->setCurrentIndex(m_rows->rowCount() > 0 ? 0 : 1);
}

} // namespace heddle::widgets
