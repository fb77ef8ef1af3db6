// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/evaluate.h"

namespace heddle {

/// The value of an instruction that does nothing but compute one from registers: Constant …
/// Function, handles. What routines and fragments have in common.
[[nodiscard]] Evaluated computeValue(const Code& code, const Instruction& instruction,
    const Value* registers, EvaluationContext& context);

} // namespace heddle
