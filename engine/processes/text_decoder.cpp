// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/text_decoder.h"

#include <cstdint>

namespace heddle {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kLargest = 0x10FFFF;

bool isSurrogate(char32_t character)
{
    return character >= 0xD800 && character <= 0xDFFF;
}

std::uint32_t byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<unsigned char>(bytes[index]);
}

// A number of `width` bytes.
std::uint32_t unitAt(std::string_view bytes, std::size_t width, bool bigEndian)
{
    std::uint32_t unit = 0;
    for (std::size_t index = 0; index < width; ++index)
        unit = unit << 8 | byteAt(bytes, bigEndian ? index : width - 1 - index);
    return unit;
}

void appendUtf8(char32_t character, std::string& text)
{
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) {
        add(character);
    } else if (character < 0x800) {
        add(0xC0 | character >> 6);
        add(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        add(0xE0 | character >> 12);
        add(0x80 | (character >> 6 & 0x3F));
        add(0x80 | (character & 0x3F));
    } else {
        add(0xF0 | character >> 18);
        add(0x80 | (character >> 12 & 0x3F));
        add(0x80 | (character >> 6 & 0x3F));
        add(0x80 | (character & 0x3F));
    }
}

} // namespace

// One character at the front of the bytes, of which there is at least one.
TextDecoder::Taken TextDecoder::next(std::string_view bytes) const
{
    const std::uint32_t first = byteAt(bytes, 0);
    switch (m_encoding) {
    case Encoding::Ascii:
        return {first < 0x80 ? Step::Character : Step::Bad, 1, first};
    case Encoding::Latin1:
        return {Step::Character, 1, first};
    case Encoding::Utf8:
        return nextUtf8(bytes);
    case Encoding::Utf16LittleEndian:
    case Encoding::Utf16BigEndian:
        return nextUtf16(bytes, m_encoding == Encoding::Utf16BigEndian);
    case Encoding::Utf32LittleEndian:
    case Encoding::Utf32BigEndian:
        break;
    }
    if (bytes.size() < 4)
        return {Step::Incomplete, bytes.size(), 0};
    const char32_t character = unitAt(bytes, 4, m_encoding == Encoding::Utf32BigEndian);
    const bool isBad = character > kLargest || isSurrogate(character);
    return {isBad ? Step::Bad : Step::Character, 4, character};
}

TextDecoder::Taken TextDecoder::nextUtf8(std::string_view bytes)
{
    const std::uint32_t first = byteAt(bytes, 0);
    if (first < 0x80)
        return {Step::Character, 1, first};
    std::size_t length = 4;
    if (first < 0xE0)
        length = 2;
    else if (first < 0xF0)
        length = 3;
    if (first < 0xC2 || first > 0xF4)
        return {Step::Bad, 1, 0};
    char32_t character = first & (0x7FU >> length);
    for (std::size_t index = 1; index < length; ++index) {
        if (index == bytes.size())
            return {Step::Incomplete, bytes.size(), 0};
        const std::uint32_t byte = byteAt(bytes, index);
        // The second byte shows whether it is too long, a surrogate or beyond the last one.
        const bool isWrong = (byte & 0xC0) != 0x80
            || (index == 1
                && ((first == 0xE0 && byte < 0xA0) || (first == 0xED && byte > 0x9F)
                    || (first == 0xF0 && byte < 0x90) || (first == 0xF4 && byte > 0x8F)));
        if (isWrong)
            return {Step::Bad, index, 0};
        character = character << 6 | (byte & 0x3F);
    }
    return {Step::Character, length, character};
}

TextDecoder::Taken TextDecoder::nextUtf16(std::string_view bytes, bool bigEndian)
{
    if (bytes.size() < 2)
        return {Step::Incomplete, bytes.size(), 0};
    const char32_t high = unitAt(bytes, 2, bigEndian);
    if (!isSurrogate(high))
        return {Step::Character, 2, high};
    if (high >= 0xDC00)
        return {Step::Bad, 2, 0};
    if (bytes.size() < 4)
        return {Step::Incomplete, bytes.size(), 0};
    const char32_t low = unitAt(bytes.substr(2), 2, bigEndian);
    if (low < 0xDC00 || low > 0xDFFF)
        return {Step::Bad, 2, 0};
    return {Step::Character, 4, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};
}

void TextDecoder::append(char32_t character, std::string& text)
{
    const bool wasReturn = std::exchange(m_afterReturn, character == '\r');
    if (wasReturn && character == '\n')
        return;
    appendUtf8(character == '\r' ? U'\n' : character, text);
}

void TextDecoder::appendBad(std::string_view bytes, std::string& text)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (m_badBytes == BadBytes::AreReplaced)
        append(kReplacement, text);
    if (m_badBytes == BadBytes::AreKept)
        text += bytes;
    if (m_badBytes == BadBytes::AreEscaped) {
        for (std::size_t index = 0; index < bytes.size(); ++index) {
            const std::uint32_t byte = byteAt(bytes, index);
            text += "\\x";
            text += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
        }
    }
    m_afterReturn = m_afterReturn && m_badBytes == BadBytes::AreLeftOut;
}

Result<std::string> TextDecoder::decode(std::string_view bytes)
{
    const std::string all = std::exchange(m_rest, {}) + std::string(bytes);
    std::string_view left = all;
    std::string text;
    while (!left.empty()) {
        const Taken taken = next(left);
        if (taken.step == Step::Incomplete)
            break;
        if (taken.step == Step::Bad && m_badBytes == BadBytes::AreAnError)
            return Error{ErrorKind::InvalidArgument, 0, "decode", "the bytes are no text"};
        if (taken.step == Step::Character)
            append(taken.character, text);
        else
            appendBad(left.substr(0, taken.bytes), text);
        left.remove_prefix(taken.bytes);
    }
    m_rest = std::string(left);
    return text;
}

Result<std::string> TextDecoder::decodeAll(
    std::string_view bytes, Encoding encoding, BadBytes badBytes)
{
    TextDecoder decoder(encoding, badBytes);
    Result<std::string> text = decoder.decode(bytes);
    if (!text)
        return text;
    Result<std::string> rest = decoder.finish();
    if (!rest)
        return rest;
    return *text + *rest;
}

Result<std::string> TextDecoder::finish()
{
    std::string text;
    const std::string rest = std::exchange(m_rest, {});
    if (rest.empty())
        return text;
    if (m_badBytes == BadBytes::AreAnError)
        return Error{ErrorKind::InvalidArgument, 0, "decode", "the last character is cut off"};
    appendBad(rest, text);
    return text;
}

} // namespace heddle
