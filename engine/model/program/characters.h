// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace heddle {

/// One character of a UTF-8 text.
struct Character
{
    std::uint32_t codePoint = 0;
    std::uint32_t length = 1; ///< bytes
    bool isValid = false; ///< otherwise it is a byte that belongs to no character
};

/// The character that begins at this byte; `offset` lies inside of the text.
[[nodiscard]] Character characterAt(std::string_view text, std::size_t offset);

[[nodiscard]] bool isDigit(char byte);

/// Whether a name can begin with the character: a letter of any script, or `_`.
[[nodiscard]] bool isLetter(const Character& character);

/// How many bytes from `offset` on could belong to a name: letters, digits and `_`.
[[nodiscard]] std::size_t nameLength(std::string_view text, std::size_t offset);

} // namespace heddle
