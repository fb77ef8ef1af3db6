// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/table_look.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>

namespace heddle::widgets {

void setUpTable(QTableView& table)
{
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 8);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setTextElideMode(Qt::ElideRight);
    table.horizontalHeader()->setMinimumSectionSize(40);
    table.horizontalHeader()->setStretchLastSection(true);
}

void setUpHint(QLabel& hint)
{
    hint.setObjectName(QStringLiteral("hint"));
    hint.setFocusPolicy(Qt::StrongFocus);
    hint.setAlignment(Qt::AlignCenter);
    hint.setWordWrap(true);
    hint.setMargin(16);
    hint.setForegroundRole(QPalette::PlaceholderText);
    hint.setBackgroundRole(QPalette::Base);
    hint.setAutoFillBackground(true);
}

} // namespace heddle::widgets
