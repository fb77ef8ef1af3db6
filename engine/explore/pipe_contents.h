// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/value.h"

#include <cstddef>
#include <string>

namespace heddle {

// What is in a pipe: texts, and sizes for bytes that nobody knows, never two of a kind in a row.

/// As a program reads it: "?" for a byte that nobody knows.
[[nodiscard]] std::string textIn(const ListValue& pieces);

void addPiece(ListValue& pieces, const Value& piece);

[[nodiscard]] std::size_t pieceLength(const Value& piece); ///< in bytes
[[nodiscard]] Value pieceOf(const Value& piece, std::size_t from, std::size_t count);

} // namespace heddle
