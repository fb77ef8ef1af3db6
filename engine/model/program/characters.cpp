// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/characters.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

struct CodeRange
{
    std::uint32_t first;
    std::uint32_t last;
};

// Characters above ASCII that are signs, not letters: Latin-1 signs, punctuation, arrows and
// pictures, CJK and full-width punctuation, what belongs to nobody.
constexpr std::array kSigns = {CodeRange{0x80, 0xA9}, CodeRange{0xAB, 0xB4}, CodeRange{0xB6, 0xB9},
    CodeRange{0xBB, 0xBF}, CodeRange{0xD7, 0xD7}, CodeRange{0xF7, 0xF7}, CodeRange{0x2000, 0x206F},
    CodeRange{0x20A0, 0x20CF}, CodeRange{0x2190, 0x2BFF}, CodeRange{0x2E00, 0x2E7F},
    CodeRange{0x3000, 0x3004}, CodeRange{0x3008, 0x3020}, CodeRange{0xE000, 0xF8FF},
    CodeRange{0xFE10, 0xFE6F}, CodeRange{0xFEFF, 0xFEFF}, CodeRange{0xFF01, 0xFF0F},
    CodeRange{0xFF1A, 0xFF20}, CodeRange{0xFF5B, 0xFF65}, CodeRange{0xFFF0, 0xFFFF},
    CodeRange{0x1F000, 0x1FAFF}, CodeRange{0xE0000, 0x10FFFF}};

struct Lead
{
    std::uint32_t length;
    std::uint32_t bits;
    std::uint32_t smallest; // shorter forms exist below it: such bytes are no character
};

Lead leadOf(unsigned char byte)
{
    if (byte < 0x80)
        return {1, byte, 0};
    if ((byte & 0xE0U) == 0xC0U)
        return {2, byte & 0x1FU, 0x80};
    if ((byte & 0xF0U) == 0xE0U)
        return {3, byte & 0x0FU, 0x800};
    if ((byte & 0xF8U) == 0xF0U)
        return {4, byte & 0x07U, 0x10000};
    return {0, 0, 0};
}

} // namespace

Character characterAt(std::string_view text, std::size_t offset)
{
    const Lead lead = leadOf(static_cast<unsigned char>(text[offset]));
    if (lead.length == 0 || offset + lead.length > text.size())
        return {};
    std::uint32_t codePoint = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto byte = static_cast<unsigned char>(text[offset + i]);
        if ((byte & 0xC0U) != 0x80U)
            return {};
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    const bool isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (codePoint < lead.smallest || codePoint > 0x10FFFF || isSurrogate)
        return {};
    return {codePoint, lead.length, true};
}

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool isLetter(const Character& character)
{
    const std::uint32_t code = character.codePoint;
    if (!character.isValid)
        return false;
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
    return std::none_of(kSigns.begin(), kSigns.end(),
        [&](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

std::size_t nameLength(std::string_view text, std::size_t offset)
{
    std::size_t end = offset;
    while (end < text.size()) {
        const Character character = characterAt(text, end);
        if (!isDigit(text[end]) && !isLetter(character))
            break;
        end += character.length;
    }
    return end - offset;
}

} // namespace heddle
