// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/threads/thread.h"

#include <functional>
#include <string>

namespace heddle {

/// Starts a thread of the runner's own beside the program's actors: no signal reaches it, and nobody
/// waits for its end.
///
/// Errors:  SystemCall if the system grants no thread.
/// Threads: any thread.
[[nodiscard]] Result<void> startWatcher(ThreadOptions options, std::function<void()> watch);
[[nodiscard]] Result<void> startWatcher(std::string name, std::function<void()> watch);

} // namespace heddle
