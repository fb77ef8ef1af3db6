// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"

#include <cstddef>

namespace heddle {

/// Notes a child, by its pidfd, that nobody will wait for.
///
/// Threads: any thread.
void rememberAbandoned(OwnedFd pidfd);

/// Reaps those that have ended. Result: how many are left. Threads: any thread.
std::size_t reapAbandoned();

} // namespace heddle
