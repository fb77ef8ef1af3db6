// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/kinds.h"
#include "engine/model/program/instruction.h"

#include <array>
#include <cstddef>

namespace heddle {

// Tables with a row for each visible operation, or each kind of primitive, in the order of the
// enumeration: what the runner does and what the explorer does about it.

inline constexpr auto kFirstVisible = static_cast<std::size_t>(Operation::LoadShared);
inline constexpr auto kLastOperation = static_cast<std::size_t>(Operation::AwaitSignal);
inline constexpr std::size_t kVisibleCount = kLastOperation - kFirstVisible + 1;

/// Where the row of a visible operation is.
[[nodiscard]] constexpr std::size_t rowOf(Operation operation)
{
    return static_cast<std::size_t>(operation) - kFirstVisible;
}

/// Whether each row stands in its place. A row has an `operation`.
template <typename Row>
[[nodiscard]] constexpr bool hasEachVisibleOperation(const std::array<Row, kVisibleCount>& rows)
{
    for (std::size_t row = 0; row < kVisibleCount; ++row)
        if (rowOf(rows[row].operation) != row)
            return false;
    return true;
}

/// Without None.
template <typename Row> using PrimitiveRows = std::array<Row, kPrimitiveKindCount - 1>;

/// Where the row of a kind is; beyond all for None.
[[nodiscard]] constexpr std::size_t rowOf(PrimitiveKind kind)
{
    return static_cast<std::size_t>(kind) - 1;
}

/// Whether each row stands in its place. A row has a `kind`.
template <typename Row>
[[nodiscard]] constexpr bool hasEachPrimitive(const PrimitiveRows<Row>& rows)
{
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (rowOf(rows[row].kind) != row)
            return false;
    return true;
}

} // namespace heddle
