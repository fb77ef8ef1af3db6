// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/syntax_tree.h"

#include "engine/model/program/lexer.h"

#include <utility>

namespace heddle {

SyntaxTree::SyntaxTree(std::string text, std::vector<Token> tokens, std::vector<Node> nodes)
    : m_text(std::move(text))
    , m_tokens(std::move(tokens))
    , m_nodes(std::move(nodes))
{
}

NodeIndex SyntaxTree::child(NodeIndex parent, Field field) const
{
    if (parent == kNoNode)
        return kNoNode;
    for (const NodeIndex child : node(parent).children) {
        if (node(child).field == field)
            return child;
    }
    return kNoNode;
}

std::vector<NodeIndex> SyntaxTree::children(NodeIndex parent, Field field) const
{
    std::vector<NodeIndex> found;
    if (parent == kNoNode)
        return found;
    for (const NodeIndex child : node(parent).children) {
        if (node(child).field == field)
            found.push_back(child);
    }
    return found;
}

std::string_view SyntaxTree::tokenText(std::uint32_t token) const
{
    if (token >= m_tokens.size())
        return {};
    return std::string_view(m_text).substr(m_tokens[token].offset, m_tokens[token].length);
}

std::string_view SyntaxTree::sourceText(NodeIndex index) const
{
    if (index == kNoNode)
        return {};
    std::uint32_t first = node(index).firstToken;
    std::uint32_t end = node(index).endToken;
    const auto isEmpty = [this](std::uint32_t token) {
        const TokenKind kind = m_tokens[token].kind;
        return isTrivia(m_tokens[token], m_text) || kind == TokenKind::NewLine
            || kind == TokenKind::Indent || kind == TokenKind::Dedent || kind == TokenKind::End;
    };
    while (first < end && isEmpty(first))
        ++first;
    while (end > first && isEmpty(end - 1))
        --end;
    if (first == end)
        return {};
    const std::uint32_t begin = m_tokens[first].offset;
    const Token& last = m_tokens[end - 1];
    return std::string_view(m_text).substr(begin, last.offset + last.length - begin);
}

std::string_view SyntaxTree::word(NodeIndex parent, Field field) const
{
    return sourceText(child(parent, field));
}

const Token& SyntaxTree::start(NodeIndex index) const
{
    static const Token kNowhere;
    const std::uint32_t first = index == kNoNode ? 0 : node(index).firstToken;
    return first < m_tokens.size() ? m_tokens[first] : kNowhere;
}

} // namespace heddle
