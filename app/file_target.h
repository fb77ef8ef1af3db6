// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace heddle::app {

/// Whether a file could be written here, found out by trying: nothing is left behind.
///
/// Errors: SystemCall with one sentence for people.
[[nodiscard]] Result<void> checkFileTarget(const std::string& path);

/// Writes a file, whole or not at all. A link is followed, and the permissions of a file that was
/// there stay; a device or a pipe is written to.
///
/// Errors: SystemCall with one sentence for people.
[[nodiscard]] Result<void> writeFile(const std::string& path, std::string_view bytes);

/// What both say when it cannot be done.
[[nodiscard]] Error cannotBeWritten(const std::string& path, int systemErrno);

} // namespace heddle::app
