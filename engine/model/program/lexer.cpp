// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/lexer.h"

#include "engine/model/program/characters.h"
#include "engine/model/program/lexer_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace heddle {

namespace {

constexpr std::array<std::string_view, 9> kDoubleSymbols = {
    "..", "==", "!=", "<=", ">=", "<-", "+=", "-=", "*="};
constexpr std::string_view kSingleSymbols = "()[]{}:,.=<>+-*/%";
class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_text(text)
    {
    }

    LexedText run();

private:
    [[nodiscard]] char at(std::size_t offset) const
    {
        return offset < m_text.size() ? m_text[offset] : '\0';
    }
    [[nodiscard]] bool isBlank(std::size_t offset) const;
    [[nodiscard]] std::size_t lineEnd(std::size_t from);
    [[nodiscard]] std::size_t lineBreakLength(std::size_t offset) const;
    void add(TokenKind kind, std::size_t length);
    void report(const char* code, std::size_t length, std::string message);

    void lineStart();
    std::uint32_t leadingBlanks();
    void blanks();
    void changeIndentation(std::uint32_t width);
    void lineBreak();
    void token();
    void word();
    void number();
    void symbolOrUnknown();
    void unknown();
    void quotedText();
    bool formattedText(std::size_t end);

    std::string_view m_text;
    std::size_t m_offset = 0;
    std::size_t m_lineFeed = 0; ///< the next one, once it has been looked for
    std::size_t m_stop = 0; ///< while a part of a text is read: its end
    std::uint32_t m_line = 1;
    std::uint32_t m_column = 1;
    std::vector<std::uint32_t> m_widths = {0};
    std::size_t m_openBrackets = 0;
    bool m_isLineEmpty = true;
    bool m_isSection = false; ///< the text after `section` is plain
    std::vector<std::uint32_t> m_tabs; ///< tokens
    LexedText m_result;
};

// Without the line break. Looked for once for each line: lines may be long and texts many.
std::size_t Lexer::lineEnd(std::size_t from)
{
    if (m_lineFeed < from || m_lineFeed == 0)
        m_lineFeed = std::min(m_text.find('\n', from), m_text.size());
    const std::size_t end = m_lineFeed;
    const bool hasReturn = end < m_text.size() && end > from && m_text[end - 1] == '\r';
    return std::min(hasReturn ? end - 1 : end, m_stop);
}

std::size_t Lexer::lineBreakLength(std::size_t offset) const
{
    if (at(offset) == '\n')
        return 1;
    return at(offset) == '\r' && at(offset + 1) == '\n' ? 2 : 0;
}

// A carriage return that ends no line means nothing.
bool Lexer::isBlank(std::size_t offset) const
{
    const char byte = at(offset);
    return byte == ' ' || byte == '\t' || (byte == '\r' && lineBreakLength(offset) == 0);
}

void Lexer::add(TokenKind kind, std::size_t length)
{
    Token token;
    token.kind = kind;
    token.offset = static_cast<std::uint32_t>(m_offset);
    token.length = static_cast<std::uint32_t>(length);
    token.line = m_line;
    token.column = m_column;
    m_result.tokens.push_back(token);
    for (std::size_t i = m_offset; i < m_offset + length; ++i) {
        const auto byte = static_cast<unsigned char>(m_text[i]);
        if (byte == '\n') {
            ++m_line;
            m_column = 1;
        } else if ((byte & 0xC0U) != 0x80U) {
            ++m_column;
        }
    }
    m_offset += length;
}

void Lexer::report(const char* code, std::size_t length, std::string message)
{
    if (m_result.diagnostics.size() >= kMaximumDiagnostics)
        return;
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.message = std::move(message);
    diagnostic.line = m_line;
    diagnostic.column = m_column;
    diagnostic.offset = static_cast<std::uint32_t>(m_offset);
    diagnostic.length = static_cast<std::uint32_t>(length);
    m_result.diagnostics.push_back(std::move(diagnostic));
}

LexedText Lexer::run()
{
    m_stop = m_text.size();
    if (std::optional<Diagnostic> refusal = whyNotRead(m_text)) {
        m_result.diagnostics.push_back(std::move(*refusal));
        add(TokenKind::Unknown, m_text.size());
        m_isLineEmpty = false;
    }
    if (m_text.substr(0, 3) == "\xEF\xBB\xBF")
        add(TokenKind::Space, 3);
    while (m_offset < m_stop) {
        if (m_isLineEmpty)
            lineStart();
        if (m_offset < m_stop)
            token();
    }
    if (!m_isLineEmpty)
        add(TokenKind::NewLine, 0);
    for (; m_widths.size() > 1; m_widths.pop_back())
        add(TokenKind::Dedent, 0);
    add(TokenKind::End, 0);
    if (!m_tabs.empty())
        m_result.diagnostics.insert(
            m_result.diagnostics.begin(), tabProblem(m_text, m_result.tokens, m_tabs));
    return std::move(m_result);
}

// Blanks, comments and line ends up to the first word of the next line that has one.
void Lexer::lineStart()
{
    while (m_offset < m_stop && m_isLineEmpty) {
        const std::uint32_t width = leadingBlanks();
        if (m_offset < m_stop && at(m_offset) == '#')
            add(TokenKind::Comment, lineEnd(m_offset) - m_offset);
        if (const std::size_t length = lineBreakLength(m_offset); length > 0) {
            add(TokenKind::Space, length);
        } else if (m_offset < m_stop) {
            m_isLineEmpty = false;
            changeIndentation(width);
        }
    }
}

std::uint32_t Lexer::leadingBlanks()
{
    std::uint32_t width = 0;
    while (m_offset < m_stop && isBlank(m_offset)) {
        const char blank = at(m_offset);
        const std::size_t begin = m_offset;
        blanks();
        const auto length = static_cast<std::uint32_t>(m_offset - begin);
        if (blank != '\r')
            width += blank == '\t' ? length * kTabWidth : length;
    }
    return width;
}

void Lexer::blanks()
{
    const char blank = at(m_offset);
    std::size_t end = m_offset + 1;
    while (end < m_stop && blank != '\r' && m_text[end] == blank)
        ++end;
    if (blank == '\t')
        m_tabs.push_back(static_cast<std::uint32_t>(m_result.tokens.size()));
    add(blank == '\t' ? TokenKind::Unknown : TokenKind::Space, end - m_offset);
}

void Lexer::changeIndentation(std::uint32_t width)
{
    if (width > m_widths.back()) {
        m_widths.push_back(width);
        add(TokenKind::Indent, 0);
        return;
    }
    for (; width < m_widths.back(); m_widths.pop_back())
        add(TokenKind::Dedent, 0);
    if (width != m_widths.back()) {
        report("E113", nameLength(m_text, m_offset),
            "This line is indented by " + std::to_string(width)
                + " blanks, which fits no block above it: the nearest is indented by "
                + std::to_string(m_widths.back())
                + ". All lines of a block begin in the same column.");
    }
}

void Lexer::lineBreak()
{
    const std::size_t length = lineBreakLength(m_offset);
    const bool isContinued =
        m_openBrackets > 0 && !beginsStatement(m_text.substr(0, m_stop), m_offset + length);
    add(isContinued ? TokenKind::Space : TokenKind::NewLine, length);
    if (!isContinued) {
        m_openBrackets = 0;
        m_isLineEmpty = true;
        m_isSection = false;
    }
}

void Lexer::token()
{
    const char byte = at(m_offset);
    if (lineBreakLength(m_offset) > 0)
        lineBreak();
    else if (isBlank(m_offset))
        blanks();
    else if (byte == '#')
        add(TokenKind::Comment, lineEnd(m_offset) - m_offset);
    else if (isDigit(byte))
        number();
    else if (byte == '"' || byte == '\'')
        quotedText();
    else if (isLetter(characterAt(m_text, m_offset)))
        word();
    else
        symbolOrUnknown();
}

void Lexer::word()
{
    const std::size_t length = std::min(nameLength(m_text, m_offset), m_stop - m_offset);
    const std::string_view name = m_text.substr(m_offset, length);
    m_isSection = name == "section";
    add(isSignalName(name) ? TokenKind::Signal : TokenKind::Name, length);
}

void Lexer::number()
{
    std::size_t length = std::min(nameLength(m_text, m_offset), m_stop - m_offset);
    const std::string_view word = m_text.substr(m_offset, length);
    const std::size_t digits = std::min(word.find_first_not_of("0123456789_"), word.size());
    const std::string_view unit = word.substr(digits);
    const bool isHexadecimal = word.size() > 2 && word[0] == '0' && (word[1] | 0x20) == 'x'
        && word.find_first_not_of("0123456789abcdefABCDEF_", 2) == std::string_view::npos;
    if (at(m_offset + length) == '.' && isDigit(at(m_offset + length + 1))) {
        length += 1 + nameLength(m_text, m_offset + length + 1);
        length = std::min(length, m_stop - m_offset);
        report("E118", length,
            "\"" + std::string(m_text.substr(m_offset, length))
                + "\" has a point, but there are only whole numbers. Write a smaller unit, such as "
                  "\"1500us\" for 1.5 ms.");
        add(TokenKind::Unknown, length);
    } else if (unit.empty() || isHexadecimal) {
        add(TokenKind::Integer, length);
    } else if (isDurationUnit(unit)) {
        add(TokenKind::Duration, length);
    } else if (isSizeUnit(unit)) {
        add(TokenKind::Size, length);
    } else {
        report("E122", length,
            "\"" + std::string(word) + "\" is neither a number nor a name: \"" + std::string(unit)
                + "\" is no unit. Durations end in ns, us, ms, s or min, sizes in B, KiB, MiB or "
                  "GiB.");
        add(TokenKind::Unknown, length);
    }
}

void Lexer::symbolOrUnknown()
{
    const std::string_view two = m_text.substr(m_offset, 2);
    const bool isDouble =
        std::find(kDoubleSymbols.begin(), kDoubleSymbols.end(), two) != kDoubleSymbols.end();
    const std::size_t length = isDouble ? 2 : 1;
    const char byte = at(m_offset);
    if (length == 1 && (byte == '\0' || kSingleSymbols.find(byte) == std::string_view::npos)) {
        unknown();
        return;
    }
    if (byte == '(' || byte == '[' || byte == '{')
        ++m_openBrackets;
    else if ((byte == ')' || byte == ']' || byte == '}') && m_openBrackets > 0)
        --m_openBrackets;
    add(TokenKind::Symbol, length);
}

void Lexer::unknown()
{
    std::size_t end = m_offset;
    while (end < m_stop && lineBreakLength(end) == 0) {
        const Character character = characterAt(m_text, end);
        const bool isSign = m_text[end] != '\0'
            && (std::string_view(" \t\r#\"'").find(m_text[end]) != std::string_view::npos
                || kSingleSymbols.find(m_text[end]) != std::string_view::npos);
        if (end > m_offset && (isSign || isDigit(m_text[end]) || isLetter(character)))
            break;
        end = std::min(end + character.length, m_stop);
    }
    const std::string_view run = m_text.substr(m_offset, end - m_offset);
    report("E104", end - m_offset, strangeBytesMessage(run));
    add(TokenKind::Unknown, end - m_offset);
}

void Lexer::quotedText()
{
    const std::size_t end = lineEnd(m_offset);
    std::size_t close = m_offset + 1;
    while (close < end && m_text[close] != m_text[m_offset])
        close += m_text[close] == '\\' ? 2 : 1;
    if (close >= end) {
        report("E103", end - m_offset,
            "This text has no end: it begins with " + std::string(1, m_text[m_offset])
                + " and needs the same sign at its end, on the same line.");
        add(TokenKind::Unknown, end - m_offset);
        return;
    }
    const bool isPlain = m_widths.size() == 1 || m_isSection;
    m_isSection = false;
    if (isPlain || !formattedText(close + 1))
        add(TokenKind::Text, close + 1 - m_offset);
}

// Splits a text with {expressions} into its pieces; false if it has none. `end` is one past its
// closing quote.
bool Lexer::formattedText(std::size_t end)
{
    bool hasExpression = false;
    std::size_t scan = m_offset + 1;
    while (scan < end - 1) {
        const char byte = m_text[scan];
        if (byte == '\\' || ((byte == '{' || byte == '}') && at(scan + 1) == byte)) {
            scan += 2;
        } else if (byte == '{' && expressionEnd(m_text, scan + 1, end - 1) < end - 1) {
            hasExpression = true;
            const std::size_t close = expressionEnd(m_text, scan + 1, end - 1);
            add(TokenKind::Text, scan + 1 - m_offset);
            const std::size_t stop = std::exchange(m_stop, close);
            const std::size_t openBrackets = std::exchange(m_openBrackets, 1);
            std::vector<std::uint32_t> widths = std::exchange(m_widths, {0});
            while (m_offset < m_stop)
                token();
            m_stop = stop;
            m_openBrackets = openBrackets;
            m_widths = std::move(widths);
            scan = close + 1;
        } else if (byte == '{' || byte == '}') {
            report("E121", end - m_offset,
                std::string("The brace \"") + byte
                    + "\" in this text has no partner. Around an expression they come in pairs, "
                      "\"{x}\"; for a brace itself write it twice.");
            add(TokenKind::Unknown, end - m_offset);
            return true;
        } else {
            ++scan;
        }
    }
    if (hasExpression)
        add(TokenKind::Text, end - m_offset);
    return hasExpression;
}

} // namespace

LexedText lexProgram(std::string_view text)
{
    return Lexer(text).run();
}

} // namespace heddle
