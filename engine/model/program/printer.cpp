// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/printer.h"

#include "engine/model/program/lexer.h"

#include <string_view>
#include <utility>
#include <vector>

namespace heddle {

namespace {

constexpr std::uint32_t kIndentation = 4;

/// A comment on a line of its own, or a blank line, that waits for the line after it.
struct Pending
{
    bool isBlank = false;
    std::uint32_t width = 0; ///< of the comment's indentation
    std::string_view text;
};

bool isOneOf(std::string_view symbol, std::string_view symbols)
{
    return symbol.size() == 1 && symbols.find(symbol) != std::string_view::npos;
}

std::string_view withoutBlanksAtEnd(std::string_view text)
{
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

class Formatter
{
public:
    explicit Formatter(const SyntaxTree& tree);
    std::string run();

private:
    void markNode(NodeIndex index);
    void markCount(const Node& node);
    void markOperators(NodeIndex index);
    void mark(std::vector<bool>& marks, std::uint32_t begin, std::uint32_t end, bool isSet);

    [[nodiscard]] std::uint32_t lineEndFrom(std::uint32_t token) const;
    std::uint32_t triviaBefore(std::uint32_t token);
    void addBlankLine();
    [[nodiscard]] std::uint32_t widthOf(const Token& blanks) const;
    void changeLevel(const Token& token, std::uint32_t width);
    void writePending();
    void writeLine(std::uint32_t begin, std::uint32_t end);
    bool writeComments(std::uint32_t begin, std::uint32_t end);
    void writeBetween(std::uint32_t previous, std::uint32_t next);
    [[nodiscard]] bool needsBlank(std::uint32_t previous, std::uint32_t next) const;
    [[nodiscard]] bool isNothing(std::uint32_t token) const;
    void indent(std::size_t level) { m_text.append(level * kIndentation, ' '); }

    const SyntaxTree& m_tree;
    std::vector<bool> m_isKept; ///< tokens of what could not be read: with the blanks as they are
    std::vector<bool> m_isInText; ///< tokens inside of a text with {expressions}
    std::vector<bool> m_hugsPrevious; ///< no blank before it
    std::vector<bool> m_hugsNext; ///< no blank after it
    std::vector<std::uint32_t> m_widths = {0}; ///< of the open blocks, as the text has them
    std::vector<std::uint32_t> m_oldWidths; ///< before the line that comes next
    std::vector<Pending> m_pending;
    std::string m_text;
};

Formatter::Formatter(const SyntaxTree& tree)
    : m_tree(tree)
    , m_isKept(tree.tokens().size())
    , m_isInText(tree.tokens().size())
    , m_hugsPrevious(tree.tokens().size())
    , m_hugsNext(tree.tokens().size())
{
    for (std::size_t i = 0; i < tree.nodeCount(); ++i)
        markNode(static_cast<NodeIndex>(i));
}

void Formatter::mark(std::vector<bool>& marks, std::uint32_t begin, std::uint32_t end, bool isSet)
{
    for (std::uint32_t token = begin; token < end; ++token)
        marks[token] = isSet;
}

void Formatter::markNode(NodeIndex index)
{
    const Node& node = m_tree.node(index);
    const bool isParentBroken =
        node.parent != kNoNode && m_tree.node(node.parent).rule == Rule::Broken;
    if (node.rule == Rule::Broken || isParentBroken)
        mark(m_isKept, node.firstToken, node.endToken, node.rule == Rule::Broken);
    switch (node.rule) {
    case Rule::FormattedText:
        mark(m_isInText, node.firstToken + 1, node.endToken, true);
        break;
    case Rule::Unary:
        if (m_tree.word(index, Field::Operator) == "-")
            m_hugsNext[node.firstToken] = true;
        break;
    case Rule::Range:
    case Rule::Actor:
    case Rule::Type:
        for (const NodeIndex child : node.children) {
            const Field field = m_tree.node(child).field;
            if (field == Field::Low || field == Field::High)
                markOperators(child);
        }
        break;
    default:
        break;
    }
    markCount(node);
}

// `fork[5]`, `f(x)`: the bracket belongs to the name before it.
void Formatter::markCount(const Node& node)
{
    const bool isName = node.rule == Rule::Word
        && (node.field == Field::Name || m_tree.node(node.parent).rule == Rule::Type);
    if (isName && node.endToken < m_hugsNext.size()) {
        std::uint32_t next = node.endToken;
        while (isTrivia(m_tree.tokens()[next], m_tree.text()))
            ++next;
        if (isOneOf(m_tree.tokenText(next), "(["))
            m_hugsPrevious[next] = true;
    }
}

// `0..N-1`: what is computed in a range stands close together.
void Formatter::markOperators(NodeIndex index)
{
    const Node& node = m_tree.node(index);
    if (node.rule != Rule::Binary)
        return;
    const NodeIndex sign = m_tree.child(index, Field::Operator);
    if (sign != kNoNode && isOneOf(m_tree.sourceText(sign), "+-*/%")) {
        m_hugsPrevious[m_tree.node(sign).firstToken] = true;
        m_hugsNext[m_tree.node(sign).firstToken] = true;
    }
    for (const NodeIndex child : node.children)
        markOperators(child);
}

bool Formatter::isNothing(std::uint32_t token) const
{
    const TokenKind kind = m_tree.tokens()[token].kind;
    return isTrivia(m_tree.tokens()[token], m_tree.text()) || kind == TokenKind::Indent
        || kind == TokenKind::Dedent || kind == TokenKind::End;
}

std::string Formatter::run()
{
    const auto count = static_cast<std::uint32_t>(m_tree.tokens().size());
    std::uint32_t token = 0;
    while (token < count) {
        token = triviaBefore(token);
        if (token >= count)
            break;
        writePending();
        const std::uint32_t end = lineEndFrom(token);
        writeLine(token, end);
        token = end + 1;
    }
    while (!m_pending.empty() && m_pending.back().isBlank)
        m_pending.pop_back();
    writePending();
    return std::move(m_text);
}

std::uint32_t Formatter::lineEndFrom(std::uint32_t token) const
{
    const auto& tokens = m_tree.tokens();
    while (token + 1 < tokens.size() && tokens[token].kind != TokenKind::NewLine)
        ++token;
    return token;
}

// Collects blank lines and comments up to the first token of the next line.
std::uint32_t Formatter::triviaBefore(std::uint32_t token)
{
    m_oldWidths = m_widths;
    std::uint32_t width = 0;
    bool hasComment = false;
    for (; token < m_tree.tokens().size(); ++token) {
        const Token& next = m_tree.tokens()[token];
        const std::string_view text = m_tree.tokenText(token);
        if (next.kind == TokenKind::Comment) {
            m_pending.push_back({false, width, withoutBlanksAtEnd(text)});
            hasComment = true;
        } else if (next.kind == TokenKind::Space && text.find('\n') != std::string_view::npos) {
            if (!hasComment)
                addBlankLine();
            hasComment = false;
            width = 0;
        } else if (isTrivia(next, m_tree.text())) {
            width += widthOf(next);
        } else if (next.kind == TokenKind::Indent || next.kind == TokenKind::Dedent) {
            changeLevel(next, width);
        } else if (next.kind != TokenKind::End) {
            return token;
        }
    }
    return token;
}

// At most one in a row, and none at the head.
void Formatter::addBlankLine()
{
    const bool isFirst = m_pending.empty() && m_text.empty();
    const bool isRepeated = !m_pending.empty() && m_pending.back().isBlank;
    if (!isFirst && !isRepeated)
        m_pending.push_back({true, 0, {}});
}

std::uint32_t Formatter::widthOf(const Token& blanks) const
{
    const char first = m_tree.text()[blanks.offset];
    if (first != ' ' && first != '\t')
        return 0;
    return first == '\t' ? blanks.length * kIndentation : blanks.length;
}

void Formatter::changeLevel(const Token& token, std::uint32_t width)
{
    if (token.kind == TokenKind::Indent)
        m_widths.push_back(width);
    else if (m_widths.size() > 1)
        m_widths.pop_back();
}

// A comment belongs to the deepest block, of those before and after it, that it is indented for.
void Formatter::writePending()
{
    const auto& widths = m_widths.size() > m_oldWidths.size() ? m_widths : m_oldWidths;
    for (const Pending& pending : m_pending) {
        if (!pending.isBlank) {
            std::size_t level = 0;
            while (level + 1 < widths.size() && widths[level + 1] <= pending.width)
                ++level;
            indent(level);
            m_text += pending.text;
        }
        m_text += '\n';
    }
    m_pending.clear();
}

void Formatter::writeLine(std::uint32_t begin, std::uint32_t end)
{
    indent(m_widths.size() - 1);
    std::uint32_t last = end;
    while (last > begin && (isNothing(last) || m_tree.tokens()[last].kind == TokenKind::NewLine))
        --last;
    for (std::uint32_t token = begin, previous = begin; token <= last; ++token) {
        if (isNothing(token))
            continue;
        if (token != begin)
            writeBetween(previous, token);
        m_text += m_tree.tokenText(token);
        previous = token;
    }
    if (m_isKept[begin])
        m_text.resize(withoutBlanksAtEnd(m_text).size());
    writeComments(last + 1, end);
    m_text += '\n';
}

// Comments among blanks, each on its line as it was; says whether a new line begins after them.
bool Formatter::writeComments(std::uint32_t begin, std::uint32_t end)
{
    bool isNewLine = false;
    for (std::uint32_t token = begin; token < end; ++token) {
        const std::string_view text = m_tree.tokenText(token);
        if (m_tree.tokens()[token].kind != TokenKind::Comment) {
            isNewLine = isNewLine || text.find('\n') != std::string_view::npos;
            continue;
        }
        if (isNewLine) {
            m_text += '\n';
            indent(m_widths.size());
        } else {
            m_text += "  ";
        }
        m_text += withoutBlanksAtEnd(text);
        isNewLine = false;
    }
    return isNewLine;
}

// What stands between two tokens of one statement.
void Formatter::writeBetween(std::uint32_t previous, std::uint32_t next)
{
    if (m_isKept[next] || m_isInText[next]) {
        for (std::uint32_t token = previous + 1; token < next; ++token)
            m_text += m_tree.tokenText(token);
        return;
    }
    const bool isNewLine = writeComments(previous + 1, next);
    if (isNewLine) {
        m_text += '\n';
        indent(m_widths.size());
    } else if (needsBlank(previous, next)) {
        m_text += ' ';
    }
}

bool Formatter::needsBlank(std::uint32_t previous, std::uint32_t next) const
{
    const std::string_view before = m_tree.tokenText(previous);
    const std::string_view after = m_tree.tokenText(next);
    const bool isSymbolBefore = m_tree.tokens()[previous].kind == TokenKind::Symbol;
    const bool isSymbolAfter = m_tree.tokens()[next].kind == TokenKind::Symbol;
    if (m_hugsNext[previous] || m_hugsPrevious[next])
        return false;
    if (isSymbolBefore && (isOneOf(before, "([{.") || before == ".."))
        return false;
    if (isSymbolAfter && (isOneOf(after, ")]},:.") || after == ".."))
        return false;
    return !(isSymbolBefore && isSymbolAfter && isOneOf(before, ")]") && isOneOf(after, "(["));
}

} // namespace

std::string printProgram(const SyntaxTree& tree)
{
    std::string text;
    text.reserve(tree.text().size());
    for (std::uint32_t token = 0; token < tree.tokens().size(); ++token)
        text += tree.tokenText(token);
    return text;
}

std::string formatProgram(const SyntaxTree& tree)
{
    return Formatter(tree).run();
}

} // namespace heddle
