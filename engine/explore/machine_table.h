// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"
#include "engine/model/kinds.h"
#include "engine/model/program/code.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace heddle {

/// Carries out a visible operation on a state, in every way in which it may come out.
///
/// There is one row for each visible operation; a missing one does not compile.
void carryOutStep(MachineStep& step);

/// How a kind of primitive lies in a state. There is one row for each; a missing one does not compile.
struct PrimitiveLayout
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::size_t cells = 0;
    Cell (*initial)(const ObjectDeclaration&, ValueStore&) = nullptr; ///< of the first cell
    Phase waiting = Phase::Ready; ///< of who waits for one
    /// What a query answers that only some kinds know; nothing if this one does not.
    std::optional<Value> (*answer)(
        Machine&, std::span<const Cell>, std::int32_t object, std::string_view question) = nullptr;
};
[[nodiscard]] const PrimitiveLayout& primitiveLayout(PrimitiveKind kind);

/// What a query about an object answers; nothing if its kind does not know the question.
[[nodiscard]] std::optional<Value> answerOf(
    Machine& machine, std::span<const Cell> state, std::int32_t object, std::string_view question);

} // namespace heddle
