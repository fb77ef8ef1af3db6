// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/literal.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <vector>

namespace heddle {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t factor;
};
constexpr std::array kDurations = {Unit{"ns", 1}, Unit{"us", 1'000}, Unit{"ms", 1'000'000},
    Unit{"s", 1'000'000'000}, Unit{"min", 60'000'000'000}};
constexpr std::array kSizes = {Unit{"B", 1}, Unit{"KiB", 1024},
    Unit{"MiB", std::int64_t{1024} * 1024}, Unit{"GiB", std::int64_t{1024} * 1024 * 1024}};

std::optional<std::int64_t> wholeNumber(std::string_view token)
{
    std::string digits(token);
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    const bool isHexadecimal =
        digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    const char* begin = digits.data() + (isHexadecimal ? 2 : 0);
    const char* end = digits.data() + digits.size();
    std::int64_t number = 0;
    const auto [rest, failure] = std::from_chars(begin, end, number, isHexadecimal ? 16 : 10);
    return failure == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

template <std::size_t Count>
std::optional<std::int64_t> measure(std::string_view token, const std::array<Unit, Count>& units)
{
    const std::size_t digits = std::min(token.find_first_not_of("0123456789_"), token.size());
    const auto number = wholeNumber(token.substr(0, digits));
    const auto unit = std::find_if(units.begin(), units.end(),
        [&](const Unit& each) { return each.name == token.substr(digits); });
    std::int64_t product = 0;
    if (!number || unit == units.end() || __builtin_mul_overflow(*number, unit->factor, &product))
        return std::nullopt;
    return product;
}

char escaped(char character)
{
    switch (character) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '0':
        return '\0';
    default:
        return character;
    }
}

bool staysEscaped(char character, TextUse use)
{
    return use == TextUse::Pattern && (character == '*' || character == '?' || character == '\\');
}

std::optional<Value> asValue(std::optional<std::int64_t> number, Value (*make)(std::int64_t))
{
    return number ? std::optional(make(*number)) : std::nullopt;
}

} // namespace

std::string textOf(std::string_view token, TextUse use)
{
    if (token.size() >= 2)
        token = token.substr(1, token.size() - 2);
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool hasNext = i + 1 < token.size();
        const bool isBrace = token[i] == '{' || token[i] == '}';
        if (token[i] == '\\' && hasNext) {
            ++i;
            if (staysEscaped(token[i], use))
                text += '\\';
            text += escaped(token[i]);
        } else if (use == TextUse::Formatted && isBrace && hasNext && token[i + 1] == token[i]) {
            text += token[i++];
        } else {
            text += token[i];
        }
    }
    return text;
}

std::optional<int> signalNumber(std::string_view name)
{
    if (name.substr(0, 3) != "SIG")
        return std::nullopt;
    if (name == "SIGRTMIN" || name == "SIGRTMAX")
        return name == "SIGRTMIN" ? SIGRTMIN : SIGRTMAX;
    for (int number = 1; number < NSIG; ++number) {
        const char* abbreviation = sigabbrev_np(number);
        if (abbreviation != nullptr && name.substr(3) == abbreviation)
            return number;
    }
    return std::nullopt;
}

std::string literalProblem(std::string_view token)
{
    const std::string name = "\"" + std::string(token) + "\"";
    if (token.substr(0, 3) != "SIG")
        return name + " is no number that fits into 64 bits.";
    std::vector<std::string> known = {"SIGRTMIN", "SIGRTMAX"};
    for (int number = 1; number < SIGRTMIN; ++number)
        if (const char* abbreviation = sigabbrev_np(number); abbreviation != nullptr)
            known.push_back(std::string("SIG") + abbreviation);
    const std::optional<std::string> nearest = nearestWord(token, known);
    return name + " is no signal." + (nearest ? " Did you mean \"" + *nearest + "\"?" : "");
}

std::optional<Value> literalValue(TokenKind kind, std::string_view token, TextUse use)
{
    switch (kind) {
    case TokenKind::Integer:
        return asValue(wholeNumber(token), Value::integer);
    case TokenKind::Duration:
        return asValue(measure(token, kDurations), Value::duration);
    case TokenKind::Size:
        return asValue(measure(token, kSizes), Value::size);
    case TokenKind::Signal: {
        const auto number = signalNumber(token);
        return number ? std::optional(Value::signal(*number)) : std::nullopt;
    }
    case TokenKind::Text:
        return Value::text(textOf(token, use));
    case TokenKind::Name:
        if (token == "true" || token == "false")
            return Value::boolean(token == "true");
        if (token == "none" || token == "unset")
            return token == "none" ? Value::none() : Value::unset();
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace heddle
