// SPDX-License-Identifier: GPL-3.0-only
#pragma once

class QLabel;
class QTableView;

namespace heddle::widgets {

/// Makes a table look and act as all tables of the window: whole rows, no grid, Tab leaves it.
void setUpTable(QTableView& table);

/// A label for the sentence that stands in the place of an empty table; it takes the focus, so that
/// an empty panel can be gone to as well.
void setUpHint(QLabel& hint);

} // namespace heddle::widgets
