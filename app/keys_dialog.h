// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDialog>

#include <vector>

class QAction;

namespace heddle::app {

/// Every key of the window and of the timeline, in one table.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    KeysDialog(const std::vector<QAction*>& actions, QWidget* parent);
};

} // namespace heddle::app
