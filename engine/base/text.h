// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// A duration as a person reads it: "320 ns", "1.5 ms", "2 s".
[[nodiscard]] std::string durationText(std::chrono::nanoseconds duration);

/// A duration as the language writes it, exact: "1500us", "2s", "0s".
[[nodiscard]] std::string durationLiteral(std::chrono::nanoseconds duration);

/// Reads "10s", "250ms", "5us", "3ns"; a bare number is seconds and may have a point ("1.5").
///
/// Result: nothing if the text is not a duration or too large for 64 bits of nanoseconds.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parseDuration(std::string_view text);

/// The smallest number of single-character changes that turn one text into the other.
[[nodiscard]] std::size_t editDistance(std::string_view left, std::string_view right);

/// The candidate nearest to `word`, if it is near enough to be meant: at most a third of it differs.
[[nodiscard]] std::optional<std::string> nearestWord(
    std::string_view word, const std::vector<std::string>& candidates);

/// Whether a whole line matches: `*` any run of characters, `?` any one, `\` takes the next as it is.
[[nodiscard]] bool matchesPattern(std::string_view line, std::string_view pattern);

/// "SIGSEGV", "SIGRTMIN+3"; "signal 99" for one without a name.
[[nodiscard]] std::string signalName(int signal);

} // namespace heddle
