// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/processes/spawn_options.h"

#include <sys/types.h>

namespace heddle {

/// The number of a user.
///
/// Errors:  InvalidArgument if the number is negative or too large, or nobody has that name.
/// Threads: any thread.
/// Source:  getpwnam_r(3).
[[nodiscard]] Result<uid_t> userNumber(const Account& user);

/// The number of a group. Errors, threads: as userNumber. Source: getgrnam_r(3).
[[nodiscard]] Result<gid_t> groupNumber(const Account& group);

} // namespace heddle
