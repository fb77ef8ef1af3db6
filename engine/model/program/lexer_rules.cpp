// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/lexer_rules.h"

#include "engine/model/program/catalogue.h"
#include "engine/model/program/characters.h"
#include "engine/model/program/lexer.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

constexpr std::array<std::string_view, 5> kDurationUnits = {"ns", "us", "ms", "s", "min"};
constexpr std::array<std::string_view, 4> kSizeUnits = {"B", "KiB", "MiB", "GiB"};
constexpr std::size_t kShownBytes = 12;

template <std::size_t Count>
bool holds(const std::array<std::string_view, Count>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool beginsExpression(char byte)
{
    return byte == '"' || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

} // namespace

bool isDurationUnit(std::string_view unit)
{
    return holds(kDurationUnits, unit);
}

bool isSizeUnit(std::string_view unit)
{
    return holds(kSizeUnits, unit);
}

bool isSignalName(std::string_view word)
{
    return word.size() > 3 && word.substr(0, 3) == "SIG"
        && std::all_of(word.begin() + 3, word.end(),
            [](char byte) { return isDigit(byte) || (byte >= 'A' && byte <= 'Z'); });
}

bool isTrivia(const Token& token, std::string_view text)
{
    if (token.kind != TokenKind::Unknown)
        return token.kind == TokenKind::Space || token.kind == TokenKind::Comment;
    const std::string_view bytes = text.substr(token.offset, token.length);
    return bytes.find_first_not_of('\t') == std::string_view::npos;
}

bool isDeclarationWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 18> kOthers = {"program", "const", "option",
        "shared", "private", "atomic", "thread", "daemon", "main", "def", "invariant", "expect",
        "process", "task", "managed", "channel", "pipe", "pool"};
    return holds(kOthers, word) || findPrimitive(word) != nullptr;
}

bool beginsStatement(std::string_view text, std::size_t begin)
{
    static constexpr std::array<std::string_view, 7> kOfExpressions = {
        "and", "or", "not", "in", "true", "false", "none"};
    const std::size_t first = std::min(text.find_first_not_of(" \t", begin), text.size());
    const std::size_t length = nameLength(text, first);
    const std::string_view word = text.substr(first, length);
    const std::string_view rest = text.substr(first + length, 2);
    const auto reserved = reservedWords();
    if (std::find(reserved.begin(), reserved.end(), word) != reserved.end())
        return !holds(kOfExpressions, word);
    if (first != begin || rest.empty())
        return false;
    if (word == "main")
        return rest[0] == ':';
    return isDeclarationWord(word) && rest.size() == 2 && rest[0] == ' '
        && beginsExpression(rest[1]);
}

std::size_t expressionEnd(std::string_view text, std::size_t from, std::size_t end)
{
    int depth = 0;
    char quote = '\0';
    for (std::size_t i = from; i < end; ++i) {
        const char byte = text[i];
        if (quote != '\0')
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '{')
            ++depth;
        else if (byte == '}' && depth-- == 0)
            return i;
    }
    return end;
}

std::optional<Diagnostic> whyNotRead(std::string_view text)
{
    Diagnostic diagnostic;
    if (text.size() > kMaximumProgramBytes) {
        diagnostic.code = "E120";
        diagnostic.message =
            "This text is larger than 1 MiB, so it is not read. A program of Heddle "
            "composes concurrency and stays small: is this the right file?";
        return diagnostic;
    }
    const std::size_t zero = text.find('\0');
    if (zero == std::string_view::npos)
        return std::nullopt;
    const std::string_view before = text.substr(0, zero);
    const std::string_view line =
        before.substr(before.rfind('\n') + 1); // all, if there is no other
    diagnostic.code = "E104";
    diagnostic.message = strangeBytesMessage(text.substr(zero, 1));
    diagnostic.offset = static_cast<std::uint32_t>(zero);
    diagnostic.line += static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    diagnostic.column += static_cast<std::uint32_t>(std::count_if(line.begin(), line.end(),
        [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
    return diagnostic;
}

std::string strangeBytesMessage(std::string_view run)
{
    const bool isText = std::all_of(run.begin(), run.end(),
        [](char byte) { return static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F; });
    if (isText && run.size() <= kShownBytes && characterAt(run, 0).isValid)
        return "\"" + std::string(run)
            + "\" means nothing in a program. Is it meant to be in a text?";
    return "Here are bytes that are no characters of a program. Programs are texts in UTF-8: is "
           "this "
           "the right file?";
}

Diagnostic tabProblem(
    std::string_view text, const std::vector<Token>& tokens, const std::vector<std::uint32_t>& tabs)
{
    const Token& first = tokens[tabs.front()];
    Diagnostic diagnostic;
    diagnostic.code = "E112";
    diagnostic.message = first.column == 1
        ? "This line is indented with a tab. Heddle uses spaces so that every editor shows the "
          "same blocks."
        : "There is a tab in this line. Heddle uses spaces so that every editor shows the same "
          "blocks.";
    diagnostic.line = first.line;
    diagnostic.column = first.column;
    diagnostic.offset = first.offset;
    diagnostic.length = first.length;
    diagnostic.fixes.push_back({"Replace this tab by four spaces", first.offset, first.length,
        std::string(std::size_t{first.length} * kTabWidth, ' ')});
    if (tabs.size() == 1)
        return diagnostic;
    std::string mended;
    std::size_t done = 0;
    for (const std::uint32_t tab : tabs) {
        mended += text.substr(done, tokens[tab].offset - done);
        mended.append(std::size_t{tokens[tab].length} * kTabWidth, ' ');
        done = tokens[tab].offset + tokens[tab].length;
    }
    diagnostic.fixes.push_back({"Replace all tabs", 0, static_cast<std::uint32_t>(done), mended});
    return diagnostic;
}

} // namespace heddle
