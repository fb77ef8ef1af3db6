// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listText(const std::vector<std::string>& words);

/// "a", "a, b, c".
[[nodiscard]] std::string commaText(const std::vector<std::string>& words);

/// What somebody does, of a step's text: "lock fork[2]" becomes "locks fork[2]".
[[nodiscard]] std::string thirdPerson(const std::string& step);

/// "1 unit", "2 units".
[[nodiscard]] std::string countText(std::int64_t count, std::string_view one);

} // namespace heddle
