// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>

namespace heddle::widgets {

/// The words that could stand at the byte `position`, those that fit best first.
///
/// Threads: any thread; a pure function.
[[nodiscard]] QStringList completionList(const std::string& text, std::uint32_t position);

/// How the statement or call is written that `lineUpToCaret` begins, with a sentence about it; or
/// empty.
[[nodiscard]] QString callTipFor(const QString& lineUpToCaret);

} // namespace heddle::widgets
