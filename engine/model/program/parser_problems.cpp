// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/lexer.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::size_t kShownLength = 40;

std::string quoted(std::string_view words)
{
    if (words.size() > kShownLength) {
        std::size_t length = kShownLength;
        while (length > 0 && (static_cast<unsigned char>(words[length]) & 0xC0U) == 0x80U)
            --length;
        return "\"" + std::string(words.substr(0, length)) + "…\"";
    }
    return "\"" + std::string(words) + "\"";
}

bool isReserved(std::string_view word)
{
    const auto reserved = reservedWords();
    return std::find(reserved.begin(), reserved.end(), word) != reserved.end();
}

std::vector<std::string> wordsOf(bool isTop)
{
    std::vector<std::string> words;
    for (const StatementRow& row : statementRows()) {
        const bool isDeclaration = isDeclarationWord(row.word);
        if (isDeclaration == isTop && row.word.find(' ') == std::string_view::npos
            && !row.word.empty())
            words.emplace_back(row.word);
    }
    if (isTop) {
        words.emplace_back("atomic");
        words.emplace_back("daemon");
        for (const PrimitiveRow& row : primitiveRows())
            words.emplace_back(row.keyword);
    }
    return words;
}

} // namespace

void ProgramParser::report(
    const Token& token, const char* code, std::string message, std::vector<Fix> fixes)
{
    if (m_diagnostics.size() >= kMaximumDiagnostics)
        return;
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.message = std::move(message);
    diagnostic.line = token.line;
    diagnostic.column = token.column;
    diagnostic.offset = token.offset;
    const bool isEmpty = token.kind == TokenKind::NewLine;
    diagnostic.length = isEmpty ? 0 : token.length;
    diagnostic.fixes = std::move(fixes);
    m_diagnostics.push_back(std::move(diagnostic));
}

void ProgramParser::failAt(
    const Token& token, const char* code, std::string message, std::vector<Fix> fixes)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    report(token, code, std::move(message), std::move(fixes));
}

void ProgramParser::fail(const char* code, std::string message)
{
    failAt(peek(), code, std::move(message), {});
}

std::string ProgramParser::found() const
{
    return atLineEnd() ? "the line ends" : "here stands " + quoted(peekText());
}

// Says what belongs here and what is there instead; characters that are no token have been
// reported by the lexer.
void ProgramParser::missing(const char* code, const std::string& what)
{
    if (m_hasFailed)
        return;
    if (at(TokenKind::Unknown)) {
        m_hasFailed = true;
        return;
    }
    const std::string form = m_form.empty() ? "" : " It is written: " + std::string(m_form);
    if (at(TokenKind::Name) && isReserved(peekText())) {
        fail(code,
            quoted(peekText()) + " is a word of the language, and here belongs " + what
                + ": such words are never names." + form);
        return;
    }
    if (m_position == 0) {
        fail(code, "Here belongs " + what + ", but " + found() + "." + form);
        return;
    }
    const Token& before = m_tokens[m_significant[m_position - 1]];
    const bool isWordBefore = before.kind != TokenKind::NewLine && before.kind != TokenKind::Indent
        && before.kind != TokenKind::Dedent;
    const std::string after = isWordBefore
        ? "After " + quoted(m_text.substr(before.offset, before.length)) + " comes "
        : "Here belongs ";
    fail(code, after + what + ", but " + found() + "." + form);
}

void ProgramParser::failUnsupported(const std::string& what)
{
    fail("E190",
        quoted(what)
            + " is part of the language, but this version of Heddle cannot run it yet. The rest of "
              "the program stays usable; leave this out to run it.");
}

// Words that are right, but not here.
bool ProgramParser::failMisplaced(bool isTop)
{
    const std::string word(peekText());
    if (!at(TokenKind::Name))
        return false;
    if (word == "elif" || word == "else") {
        fail("E115",
            quoted(word)
                + " belongs to an \"if\" right before it, in the same column, and there is none.");
    } else if (word == "except" || word == "finally") {
        fail("E115",
            quoted(word)
                + " belongs to a \"try\" right before it, in the same column, and there is none.");
    } else if (isTop && isReserved(word)) {
        fail("E116",
            quoted(word)
                + " is something that an actor does, so it stands inside of a \"thread\" or "
                  "\"main\". Indent it under one of them.");
    } else if (!isTop && isDeclarationWord(word)
        && (peek(1).kind == TokenKind::Name || peek(1).kind == TokenKind::Text)) {
        fail("E117",
            quoted(word)
                + " declares something for the whole program, so it stands at the top, without "
                  "indentation. A value of this actor alone begins with \"local\".");
    } else {
        return false;
    }
    return true;
}

void ProgramParser::failUnknownStatement(bool isTop)
{
    if (at(TokenKind::Unknown)) {
        m_hasFailed = true;
        return;
    }
    const std::string word(peekText());
    const std::string what = isTop ? "a declaration" : "a statement";
    if (!at(TokenKind::Name)) {
        fail("E101",
            quoted(word) + " cannot begin " + what + ": every line begins with a word such as "
                + (isTop ? "\"mutex\" or \"thread\"." : "\"lock\" or \"say\", or with a name."));
        return;
    }
    const auto nearest =
        word.size() > kShownLength ? std::nullopt : nearestWord(word, wordsOf(isTop));
    if (nearest) {
        const Token& token = peek();
        failAt(token, "E101",
            quoted(word) + " is not " + what + ". Did you mean " + quoted(*nearest) + "?",
            {{"Replace by " + quoted(*nearest), token.offset, token.length, *nearest}});
        return;
    }
    const bool isAssignment = peekText(1) == "=";
    if (isTop && isAssignment) {
        const Token& token = peek();
        failAt(token, "E102",
            quoted(word)
                + " gets a value here, but at the top a line declares something: begin it with "
                  "\"shared\" for a variable that all actors see, or \"const\" for a fixed value.",
            {{"Insert \"shared\"", token.offset, 0, "shared "}});
        return;
    }
    fail("E101",
        quoted(word) + " is not " + what + ". "
            + (isTop ? "At the top stand declarations, such as \"mutex m\" or \"thread worker:\"."
                     : "A line begins with a statement, such as \"lock m\", or is an assignment, "
                       "such as \"x = 1\"."));
}

// A statement is complete, but its line goes on.
void ProgramParser::failAfterStatement()
{
    if (at(TokenKind::Unknown)) {
        m_hasFailed = true;
        return;
    }
    const std::string form = m_form.empty() ? "" : " It is written: " + std::string(m_form);
    if (atSymbol("=")) {
        const Token& token = peek();
        failAt(token, "E106",
            "\"=\" stores a value, which cannot be done here; two values are compared by \"==\".",
            {{"Use \"==\"", token.offset, token.length, "=="}});
    } else if (atSymbol("<-")) {
        fail("E106",
            "\"<-\" hands over an item in \"put\" and \"get\". For \"smaller than minus\", write a "
            "blank between the two signs.");
    } else if (atSymbol(")") || atSymbol("]") || atSymbol("}")) {
        fail("E111", quoted(peekText()) + " closes a bracket that was not opened in this line.");
    } else {
        fail("E107",
            "The line is complete before " + quoted(peekText()) + ", so this does not belong here."
                + form);
    }
}

} // namespace heddle
