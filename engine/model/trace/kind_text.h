// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/kinds.h"

namespace heddle {

// Words for kinds as reports in JSON give them; they stay as they are.

[[nodiscard]] const char* toText(ActorKind kind); ///< "thread"
[[nodiscard]] const char* toText(PrimitiveKind kind); ///< "rlock"; for None "object"

} // namespace heddle
