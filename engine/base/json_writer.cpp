// SPDX-License-Identifier: Apache-2.0
#include "engine/base/json_writer.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace heddle {

namespace {

/// Bytes of the valid UTF-8 character at `at`; 0 if there is none.
std::size_t characterAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0U) != 0x80)
            return 0;
    // Too long forms, surrogates, and what lies beyond the last character.
    const bool isWrong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)
        || (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F);
    return isWrong ? 0 : length;
}

std::string escapedControl(char character)
{
    if (character == '\n')
        return "\\n";
    if (character == '\t')
        return "\\t";
    if (character == '\r')
        return "\\r";
    std::array<char, 8> buffer{};
    static_cast<void>(std::snprintf(buffer.data(), buffer.size(), "\\u%04x",
        static_cast<unsigned>(static_cast<unsigned char>(character))));
    return buffer.data();
}

} // namespace

JsonWriter& JsonWriter::beginObject()
{
    return open('{');
}

JsonWriter& JsonWriter::endObject()
{
    return close('}');
}

JsonWriter& JsonWriter::beginArray()
{
    return open('[');
}

JsonWriter& JsonWriter::endArray()
{
    return close(']');
}

JsonWriter& JsonWriter::open(char bracket)
{
    separate();
    m_result += bracket;
    m_hasItems.push_back(false);
    return *this;
}

JsonWriter& JsonWriter::close(char bracket)
{
    m_hasItems.pop_back();
    m_result += bracket;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    separate();
    quote(name);
    m_result += ':';
    m_isAfterKey = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    separate();
    quote(value);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value)
{
    return raw(std::to_string(value));
}

JsonWriter& JsonWriter::unsignedInteger(std::uint64_t value)
{
    return raw(std::to_string(value));
}

JsonWriter& JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null();
    std::array<char, 40> buffer{};
    static_cast<void>(std::snprintf(buffer.data(), buffer.size(), "%.9g", value));
    return raw(buffer.data());
}

JsonWriter& JsonWriter::boolean(bool value)
{
    return raw(value ? "true" : "false");
}

JsonWriter& JsonWriter::null()
{
    return raw("null");
}

JsonWriter& JsonWriter::raw(std::string_view value)
{
    separate();
    m_result += value;
    return *this;
}

/// A comma between two items; nothing after a key.
void JsonWriter::separate()
{
    if (!m_isAfterKey && m_hasItems.back())
        m_result += ',';
    m_hasItems.back() = true;
    m_isAfterKey = false;
}

void JsonWriter::quote(std::string_view value)
{
    m_result += '"';
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t length = characterAt(value, at);
        const char character = value[at];
        if (length == 0)
            m_result += "\xEF\xBF\xBD";
        else if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F)
            m_result += escapedControl(character);
        else if (character == '"' || character == '\\')
            m_result += {'\\', character};
        else
            m_result += value.substr(at, length);
        at += length == 0 ? 1 : length;
    }
    m_result += '"';
}

} // namespace heddle
