// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>

#include <signal.h>
#include <string.h>

namespace heddle {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr std::array kUnits = {
    Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000}, Unit{"us", 1'000}, Unit{"ns", 1}};

std::optional<std::int64_t> unitOf(std::string_view name)
{
    if (name.empty())
        return kUnits.front().nanoseconds;
    const auto unit = std::find_if(
        kUnits.begin(), kUnits.end(), [name](const Unit& each) { return each.name == name; });
    return unit == kUnits.end() ? std::nullopt : std::optional(unit->nanoseconds);
}

} // namespace

std::string durationText(std::chrono::nanoseconds duration)
{
    const auto count = duration.count();
    const auto magnitude = std::abs(static_cast<double>(count));
    for (const Unit& unit : kUnits) {
        if (magnitude < static_cast<double>(unit.nanoseconds) && unit.nanoseconds > 1)
            continue;
        std::array<char, 48> buffer{};
        const int length = std::snprintf(buffer.data(), buffer.size(), "%.4g %s",
            static_cast<double>(count) / static_cast<double>(unit.nanoseconds), unit.name.data());
        return std::string(buffer.data(), static_cast<std::size_t>(length));
    }
    return "0 ns";
}

std::string durationLiteral(std::chrono::nanoseconds duration)
{
    const auto count = duration.count();
    for (const Unit& unit : kUnits)
        if (count % unit.nanoseconds == 0)
            return std::to_string(count / unit.nanoseconds) + std::string(unit.name);
    return std::to_string(count) + "ns";
}

std::optional<std::chrono::nanoseconds> parseDuration(std::string_view text)
{
    double number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || !std::isfinite(number))
        return std::nullopt;
    const auto unit = unitOf(text.substr(static_cast<std::size_t>(rest - text.data())));
    const double product = unit ? number * static_cast<double>(*unit) : 0;
    if (!unit || std::abs(product) >= 9.2e18)
        return std::nullopt;
    return std::chrono::nanoseconds(std::llround(product));
}

std::size_t editDistance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0U : 1U);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::optional<std::string> nearestWord(
    std::string_view word, const std::vector<std::string>& candidates)
{
    std::optional<std::string> best;
    std::size_t bestDistance = std::max<std::size_t>(1, (word.size() + 2) / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

bool matchesPattern(std::string_view line, std::string_view pattern)
{
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t starIn = std::string_view::npos;
    std::size_t starAt = 0;
    while (at < line.size()) {
        const bool escaped = in + 1 < pattern.size() && pattern[in] == '\\';
        const bool isStar = in < pattern.size() && !escaped && pattern[in] == '*';
        const char wanted = in < pattern.size() ? pattern[in + (escaped ? 1U : 0U)] : '\0';
        if (isStar) {
            starIn = in++;
            starAt = at;
        } else if (in < pattern.size() && ((!escaped && wanted == '?') || wanted == line[at])) {
            in += escaped ? 2 : 1;
            ++at;
        } else if (starIn != std::string_view::npos) {
            in = starIn + 1;
            at = ++starAt;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

std::string signalName(int signal)
{
    const char* abbreviation = ::sigabbrev_np(signal);
    if (abbreviation != nullptr)
        return std::string("SIG") + abbreviation;
    if (signal < SIGRTMIN || signal > SIGRTMAX)
        return "signal " + std::to_string(signal);
    if (signal == SIGRTMAX)
        return "SIGRTMAX";
    return signal == SIGRTMIN ? "SIGRTMIN" : "SIGRTMIN+" + std::to_string(signal - SIGRTMIN);
}

} // namespace heddle
