// SPDX-License-Identifier: GPL-3.0-only
#include "app/keys_dialog.h"

#include "app/actions.h"
#include "widgets/tables/table_panel.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace heddle::app {

namespace {

using widgets::Row;

void addRow(
    std::vector<Row>& rows, const QString& keys, const QString& effect, bool isHeading = false)
{
    Row row{.key = rows.size(), .cells = {}, .isHeading = isHeading};
    row.cells.push_back({.text = keys});
    row.cells.push_back({.text = effect});
    rows.push_back(std::move(row));
}

void addTimelineRows(std::vector<Row>& rows)
{
    addRow(rows, KeysDialog::tr("In the timeline"), {}, true);
    addRow(rows, KeysDialog::tr("Space"), KeysDialog::tr("Pause or follow the newest moment"));
    addRow(rows, KeysDialog::tr("W, S, +, −, Ctrl+wheel"), KeysDialog::tr("Zoom at the cursor"));
    addRow(rows, KeysDialog::tr("A, D, ←, →, Shift+wheel, middle or right drag"),
        KeysDialog::tr("Move along the time"));
    addRow(rows, KeysDialog::tr("Wheel"), KeysDialog::tr("Scroll the lanes"));
    addRow(rows, KeysDialog::tr("Drag"),
        KeysDialog::tr("Select time and lanes; the statistics follow"));
    addRow(rows, KeysDialog::tr("Drag on the ruler, Ctrl+drag"),
        KeysDialog::tr("Zoom to that stretch"));
    addRow(
        rows, KeysDialog::tr("Click, double-click"), KeysDialog::tr("Select an event, zoom to it"));
    addRow(rows, KeysDialog::tr("F, 0 or Home, End"),
        KeysDialog::tr("Fit the selection, the whole trace, the newest moment"));
    addRow(rows, KeysDialog::tr("Ctrl+Z, Ctrl+Shift+Z"),
        KeysDialog::tr("Take a change of view back, or do it again"));
    addRow(rows, KeysDialog::tr(". , and ] ["),
        KeysDialog::tr("Next and previous event of the lane, or along what caused it"));
    addRow(rows, KeysDialog::tr("M, Shift+M, P"),
        KeysDialog::tr("Bookmark the cursor, the range; pin the lane"));
    addRow(rows, KeysDialog::tr("/, Enter, Shift+Enter"),
        KeysDialog::tr("Search, next and previous match"));
    addRow(rows, KeysDialog::tr("Ctrl+P"), KeysDialog::tr("Find a lane"));
}

} // namespace

KeysDialog::KeysDialog(const std::vector<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("All keys"));
    std::vector<Row> rows;
    addRow(rows, tr("Everywhere"), {}, true);
    for (const QAction* action : actions) {
        const QString keys =
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (!keys.isEmpty())
            addRow(rows, keys, Actions::plainText(*action));
    }
    addTimelineRows(rows);
    auto* table = new widgets::TablePanel({tr("Keys"), tr("What they do")}, {});
    table->rows().setRows(std::move(rows));
    table->table().setColumnWidth(0, 300);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table);
    column->addWidget(buttons);
    resize(720, 600);
}

} // namespace heddle::app
