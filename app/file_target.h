// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <string>

namespace heddle::app {

/// Whether a file could be written here, found out by trying: nothing is left behind.
///
/// Errors: SystemCall with one sentence for people.
[[nodiscard]] Result<void> checkFileTarget(const std::string& path);

/// Writes a text, whole or not at all.
///
/// Errors: SystemCall with one sentence for people.
[[nodiscard]] Result<void> writeTextFile(const std::string& path, const std::string& text);

/// Whether something that is no file has the name: a device or a pipe is written to, not replaced.
[[nodiscard]] bool isWrittenInto(const std::string& path);

/// What both say when it cannot be done.
[[nodiscard]] Error cannotBeWritten(const std::string& path, int systemErrno);

} // namespace heddle::app
