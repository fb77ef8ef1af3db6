// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/interpreter.h"

#include <cstdint>

namespace heddle {

/// A number for what the actor's next instruction is done with (its operands and its index), by
/// which a recording can be compared with the machine: equal operands have equal numbers, and
/// different ones mostly different ones. Of lists and tables it knows no more than that they are.
[[nodiscard]] std::uint32_t operandDigest(const Code& code, const ActorState& state);

} // namespace heddle
