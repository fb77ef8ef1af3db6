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

/// Without those that hardly any keyboard has: F13 and higher.
QString keysOf(const QAction& action)
{
    QList<QKeySequence> keys = action.shortcuts();
    keys.removeIf([](const QKeySequence& sequence) {
        const Qt::Key key = sequence[0].key();
        return key >= Qt::Key_F13 && key <= Qt::Key_F35;
    });
    return QKeySequence::listToString(keys, QKeySequence::NativeText);
}

void addPanelRows(std::vector<Row>& rows)
{
    addRow(rows, KeysDialog::tr("In every panel"), {}, true);
    addRow(rows, KeysDialog::tr("Tab, Shift+Tab"),
        KeysDialog::tr("To the next thing, to the one before; in the text they indent"));
    addRow(rows, KeysDialog::tr("Ctrl+Tab, Ctrl+Shift+Tab"),
        KeysDialog::tr("To the next panel, to the one before; out of the text, too"));
    addRow(rows, KeysDialog::tr("Esc"), KeysDialog::tr("Back to the text of the program"));
    addRow(rows, KeysDialog::tr("Menu key, Shift+F10"),
        KeysDialog::tr("What can be done here: send a signal to an actor, copy or save a chart"));
    addRow(rows, KeysDialog::tr("Enter"),
        KeysDialog::tr("Open the program, show the schedule, mend the problem of the row"));
    addRow(rows, KeysDialog::tr("?"), KeysDialog::tr("This list"));
}

void addTimelineRows(std::vector<Row>& rows)
{
    addRow(rows, KeysDialog::tr("In the timeline"), {}, true);
    addRow(rows, KeysDialog::tr("↑, ↓"), KeysDialog::tr("To the lane above, below"));
    addRow(rows, KeysDialog::tr(". , and ] ["),
        KeysDialog::tr("Next and previous event of the lane, or along what caused it"));
    addRow(rows, KeysDialog::tr("Enter"),
        KeysDialog::tr("Zoom to the event or the selection; fold or unfold the group"));
    addRow(rows, KeysDialog::tr("I"), KeysDialog::tr("Tell all about the event"));
    addRow(rows, KeysDialog::tr("T"),
        KeysDialog::tr("To the table of the events, at the selected one; Enter zooms to it there"));
    addRow(rows, KeysDialog::tr("Ctrl+←, Ctrl+→"), KeysDialog::tr("Move the cursor"));
    addRow(rows, KeysDialog::tr("Shift+←, →, ↑, ↓"),
        KeysDialog::tr("Select time and lanes; the statistics follow"));
    addRow(rows, KeysDialog::tr("W, S, +, −, Ctrl+wheel"), KeysDialog::tr("Zoom at the cursor"));
    addRow(rows, KeysDialog::tr("A, D, ←, →, Shift+wheel, middle or right drag"),
        KeysDialog::tr("Move along the time"));
    addRow(rows, KeysDialog::tr("Ctrl+↑, Ctrl+↓, Page up, Page down, wheel"),
        KeysDialog::tr("Scroll the lanes"));
    addRow(rows, KeysDialog::tr("F, 0 or Home, End"),
        KeysDialog::tr("Fit the selection, the whole trace, the newest moment"));
    addRow(rows, KeysDialog::tr("Space"), KeysDialog::tr("Pause or follow the newest moment"));
    addRow(rows, KeysDialog::tr("Ctrl+Z, Ctrl+Shift+Z"),
        KeysDialog::tr("Take a change of view back, or do it again"));
    addRow(rows, KeysDialog::tr("Esc"), KeysDialog::tr("Clear cursor and selection"));
    addRow(rows, KeysDialog::tr("Drag"),
        KeysDialog::tr("Select time and lanes; the statistics follow"));
    addRow(rows, KeysDialog::tr("Drag on the ruler, Ctrl+drag"),
        KeysDialog::tr("Zoom to that stretch"));
    addRow(
        rows, KeysDialog::tr("Click, double-click"), KeysDialog::tr("Select an event, zoom to it"));
}

void addExplorerRows(std::vector<Row>& rows)
{
    addRow(rows, KeysDialog::tr("In the explorer"), {}, true);
    addRow(rows, KeysDialog::tr("1…9, Enter"), KeysDialog::tr("Move an actor by one step"));
    addRow(rows, KeysDialog::tr("N, P"), KeysDialog::tr("Move the same actor again, the next one"));
    addRow(rows, KeysDialog::tr("Backspace"), KeysDialog::tr("Take a step back"));
    addRow(rows, KeysDialog::tr("E"), KeysDialog::tr("Show the steps within a line"));
    addRow(rows, KeysDialog::tr("In the graphs of states and of waits"), {}, true);
    addRow(
        rows, KeysDialog::tr("←, →, ↑, ↓"), KeysDialog::tr("To what is drawn in that direction"));
    addRow(rows, KeysDialog::tr("Enter"), KeysDialog::tr("Go into that state, to that actor"));
    addRow(rows, KeysDialog::tr("+, −, 0, Ctrl+arrows"),
        KeysDialog::tr("Nearer, farther, the whole graph; move it"));
}

} // namespace

KeysDialog::KeysDialog(const std::vector<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("All keys"));
    std::vector<Row> rows;
    addRow(rows, tr("Everywhere"), {}, true);
    for (const QAction* action : actions) {
        const QString keys = keysOf(*action);
        if (!keys.isEmpty())
            addRow(rows, keys, Actions::plainText(*action));
    }
    addPanelRows(rows);
    addTimelineRows(rows);
    addExplorerRows(rows);
    auto* table = new widgets::TablePanel({tr("Keys"), tr("What they do")}, {});
    table->setName(windowTitle());
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
