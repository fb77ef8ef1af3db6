// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/record/session.h"

namespace heddle {

/// What this process records into; only while isRecording().
///
/// Threads: any thread.
[[nodiscard]] Session& activeSession() noexcept;

} // namespace heddle
