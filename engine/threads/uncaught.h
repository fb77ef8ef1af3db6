// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/threads/thread.h"

#include <exception>

namespace heddle {

/// Tells the uncaught hook; whatever that does, it returns.
///
/// Threads: any thread.
void tellOfUncaught(const ThreadInfo& thread, const std::exception_ptr& exception);

} // namespace heddle
