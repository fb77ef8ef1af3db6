// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

namespace heddle::widgets {

/// How the statement or call is written that `lineUpToCaret` begins, with a sentence about it; or empty.
[[nodiscard]] QString callTipFor(const QString& lineUpToCaret);

/// No line of a call tip is longer.
inline constexpr qsizetype kCallTipColumns = 72;

} // namespace heddle::widgets
