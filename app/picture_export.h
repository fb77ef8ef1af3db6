// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <QString>

class QWidget;

namespace heddle::app {

/// Writes what a widget shows as PNG, or as SVG if the name ends so; whole or not at all.
///
/// Errors:  SystemCall with the path.
/// Threads: the GUI thread.
[[nodiscard]] Result<void> exportPicture(QWidget& widget, const QString& path);

} // namespace heddle::app
