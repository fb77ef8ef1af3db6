// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"
#include "engine/model/program/lexer.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>

namespace heddle {

ProgramParser::ProgramParser(
    std::string_view text, const std::vector<Token>& tokens, std::vector<Diagnostic>& diagnostics)
    : m_text(text)
    , m_tokens(tokens)
    , m_diagnostics(diagnostics)
{
    for (std::uint32_t token = 0; token < tokens.size(); ++token) {
        if (!isTrivia(tokens[token], text))
            m_significant.push_back(token);
    }
}

const Token& ProgramParser::peek(std::size_t ahead) const
{
    const std::size_t position = std::min(m_position + ahead, m_significant.size() - 1);
    return m_tokens[m_significant[position]];
}

std::string_view ProgramParser::peekText(std::size_t ahead) const
{
    const Token& token = peek(ahead);
    return m_text.substr(token.offset, token.length);
}

bool ProgramParser::atWord(std::string_view word) const
{
    return !m_hasFailed && at(TokenKind::Name) && peekText() == word;
}

bool ProgramParser::atSymbol(std::string_view symbol) const
{
    return !m_hasFailed && at(TokenKind::Symbol) && peekText() == symbol;
}

bool ProgramParser::atLineEnd() const
{
    return at(TokenKind::NewLine) || at(TokenKind::Dedent) || at(TokenKind::End);
}

bool ProgramParser::atName() const
{
    const auto reserved = reservedWords();
    return at(TokenKind::Name)
        && std::find(reserved.begin(), reserved.end(), peekText()) == reserved.end();
}

void ProgramParser::take()
{
    if (m_position + 1 < m_significant.size())
        ++m_position;
}

bool ProgramParser::takeSymbol(std::string_view symbol)
{
    if (!atSymbol(symbol))
        return false;
    take();
    return true;
}

void ProgramParser::expectSymbol(std::string_view symbol)
{
    if (!m_hasFailed && !takeSymbol(symbol))
        missing("E108", "\"" + std::string(symbol) + "\"");
}

void ProgramParser::expectWord(std::string_view word, NodeIndex parent)
{
    if (atWord(word))
        addWord(parent, Field::Word);
    else
        missing("E108", "the word \"" + std::string(word) + "\"");
}

NodeIndex ProgramParser::begin(Rule rule)
{
    Node node;
    node.rule = rule;
    node.firstToken = m_significant[std::min(m_position, m_significant.size() - 1)];
    node.endToken = node.firstToken;
    m_nodes.push_back(std::move(node));
    m_heights.push_back(0);
    return static_cast<NodeIndex>(m_nodes.size() - 1);
}

NodeIndex ProgramParser::beginAt(Rule rule, NodeIndex first)
{
    const NodeIndex node = begin(rule);
    if (first != kNoNode)
        m_nodes[static_cast<std::size_t>(node)].firstToken =
            m_nodes[static_cast<std::size_t>(first)].firstToken;
    return node;
}

void ProgramParser::add(NodeIndex parent, Field field, NodeIndex child)
{
    if (child == kNoNode || m_hasFailed)
        return;
    const int height = m_heights[static_cast<std::size_t>(child)] + 1;
    if (height > kMaximumNesting) {
        failNesting();
        return;
    }
    int& parentHeight = m_heights[static_cast<std::size_t>(parent)];
    parentHeight = std::max(parentHeight, height);
    m_nodes[static_cast<std::size_t>(parent)].children.push_back(child);
    m_nodes[static_cast<std::size_t>(child)].parent = parent;
    m_nodes[static_cast<std::size_t>(child)].field = field;
}

NodeIndex ProgramParser::finish(NodeIndex node)
{
    if (m_hasFailed)
        return kNoNode;
    if (m_position > 0) {
        Node& finished = m_nodes[static_cast<std::size_t>(node)];
        finished.endToken = std::max(m_significant[m_position - 1] + 1, finished.firstToken);
    }
    return node;
}

NodeIndex ProgramParser::wordNode()
{
    if (m_hasFailed)
        return kNoNode;
    const NodeIndex node = begin(Rule::Word);
    take();
    return finish(node);
}

void ProgramParser::addName(NodeIndex parent, Field field, const char* what)
{
    if (m_hasFailed)
        return;
    if (atName())
        addWord(parent, field);
    else
        missing("E109", what);
}

} // namespace heddle
