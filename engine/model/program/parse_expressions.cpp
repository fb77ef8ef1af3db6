// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/literal.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

bool isOpeningPiece(std::string_view token)
{
    return token.size() >= 2 && token.front() != token.back();
}

} // namespace

// left ∘ right; the operator is the next token.
NodeIndex ProgramParser::binary(NodeIndex left, RuleFunction right)
{
    const NodeIndex node = beginAt(Rule::Binary, left);
    add(node, Field::Left, left);
    addWord(node, Field::Operator);
    add(node, Field::Right, (this->*right)());
    return finish(node);
}

NodeIndex ProgramParser::expression()
{
    NodeIndex left = conjunction();
    while (atWord("or"))
        left = binary(left, &ProgramParser::conjunction);
    return left;
}

NodeIndex ProgramParser::conjunction()
{
    NodeIndex left = negation();
    while (atWord("and"))
        left = binary(left, &ProgramParser::negation);
    return left;
}

NodeIndex ProgramParser::negation()
{
    if (!atWord("not"))
        return comparison();
    const NodeIndex node = begin(Rule::Unary);
    addWord(node, Field::Operator);
    add(node, Field::Right, comparison());
    return finish(node);
}

NodeIndex ProgramParser::comparison()
{
    static constexpr std::array<std::string_view, 6> kOperators = {
        "==", "!=", "<", "<=", ">", ">="};
    const NodeIndex left = sum();
    if (atWord("in"))
        return binary(left, &ProgramParser::setOrTable);
    const bool isComparison = !m_hasFailed && at(TokenKind::Symbol)
        && std::find(kOperators.begin(), kOperators.end(), peekText()) != kOperators.end();
    return isComparison ? binary(left, &ProgramParser::sum) : left;
}

NodeIndex ProgramParser::sum()
{
    NodeIndex left = product();
    while (atSymbol("+") || atSymbol("-"))
        left = binary(left, &ProgramParser::product);
    return left;
}

NodeIndex ProgramParser::product()
{
    NodeIndex left = unary();
    while (atSymbol("*") || atSymbol("/") || atSymbol("%"))
        left = binary(left, &ProgramParser::unary);
    return left;
}

NodeIndex ProgramParser::unary()
{
    if (!atSymbol("-"))
        return atom();
    const NodeIndex node = begin(Rule::Unary);
    addWord(node, Field::Operator);
    add(node, Field::Right, atom());
    return finish(node);
}

NodeIndex ProgramParser::atom()
{
    if (!goDeeper())
        return kNoNode;
    NodeIndex left = atomStart();
    while (atSymbol("[")) {
        const NodeIndex node = beginAt(Rule::Element, left);
        add(node, Field::Left, left);
        take();
        add(node, Field::Index, expression());
        expectSymbol("]");
        left = finish(node);
    }
    --m_depth;
    return left;
}

NodeIndex ProgramParser::atomStart()
{
    switch (peek().kind) {
    case TokenKind::Integer:
    case TokenKind::Duration:
    case TokenKind::Size:
    case TokenKind::Signal:
        return literal();
    case TokenKind::Text:
        return text();
    case TokenKind::Name:
        if (atWord("true") || atWord("false") || atWord("none"))
            return literal();
        if (atName())
            return referenceOrCall();
        break;
    case TokenKind::Symbol:
        if (atSymbol("(") || atSymbol("[") || atSymbol("{"))
            return inBrackets();
        break;
    default:
        break;
    }
    missing("E123", "a value");
    return kNoNode;
}

NodeIndex ProgramParser::inBrackets()
{
    if (atSymbol("["))
        return list();
    if (atSymbol("{"))
        return table();
    take();
    const NodeIndex node = expression();
    expectSymbol(")");
    return m_hasFailed ? kNoNode : node;
}

void ProgramParser::indexes(NodeIndex reference)
{
    while (takeSymbol("[")) {
        add(reference, Field::Index, expression());
        expectSymbol("]");
    }
}

NodeIndex ProgramParser::reference(const char* what)
{
    if (m_hasFailed)
        return kNoNode;
    const NodeIndex node = begin(Rule::Reference);
    addName(node, Field::Name, what);
    indexes(node);
    return finish(node);
}

NodeIndex ProgramParser::referenceOrCall()
{
    if (peekText(1) != "(")
        return reference("a name");
    const NodeIndex node = begin(Rule::FunctionCall);
    addName(node, Field::Name, "the name of a function");
    take();
    arguments(node);
    return finish(node);
}

NodeIndex ProgramParser::list()
{
    const NodeIndex node = begin(Rule::ListLiteral);
    take();
    if (!takeSymbol("]")) {
        do {
            add(node, Field::Item, expression());
        } while (takeSymbol(","));
        expectSymbol("]");
    }
    return finish(node);
}

NodeIndex ProgramParser::table()
{
    const NodeIndex node = begin(Rule::TableLiteral);
    take();
    if (!takeSymbol("}")) {
        do {
            const NodeIndex entry = begin(Rule::TableEntry);
            add(entry, Field::Left, expression());
            expectSymbol(":");
            add(entry, Field::Right, expression());
            add(node, Field::Item, finish(entry));
        } while (takeSymbol(","));
        expectSymbol("}");
    }
    return finish(node);
}

// After `in`: a set in braces, or a sum.
NodeIndex ProgramParser::setOrTable()
{
    return atSymbol("{") ? setLiteral() : sum();
}

NodeIndex ProgramParser::setLiteral()
{
    if (m_hasFailed)
        return kNoNode;
    const NodeIndex node = begin(Rule::SetLiteral);
    expectSymbol("{");
    if (!takeSymbol("}")) {
        do {
            add(node, Field::Item, rangeFrom(sum()));
        } while (takeSymbol(","));
        expectSymbol("}");
    }
    return finish(node);
}

// low..high if ".." follows.
NodeIndex ProgramParser::rangeFrom(NodeIndex low)
{
    if (!atSymbol(".."))
        return low;
    const NodeIndex node = beginAt(Rule::Range, low);
    add(node, Field::Low, low);
    take();
    add(node, Field::High, sum());
    return finish(node);
}

NodeIndex ProgramParser::literal()
{
    if (m_hasFailed)
        return kNoNode;
    const NodeIndex node = begin(Rule::Literal);
    take();
    return finish(node);
}

NodeIndex ProgramParser::plainText(const char* what)
{
    if (!m_hasFailed && !at(TokenKind::Text))
        missing("E127", what);
    return literal();
}

NodeIndex ProgramParser::text()
{
    if (!m_hasFailed && !at(TokenKind::Text))
        missing("E127", "a text in quotes");
    if (m_hasFailed)
        return kNoNode;
    return isOpeningPiece(peekText()) ? formattedText() : literal();
}

NodeIndex ProgramParser::textPiece()
{
    const std::string characters = textOf(peekText(), TextUse::Formatted);
    if (characters.empty()) {
        take();
        return kNoNode;
    }
    const NodeIndex piece = begin(Rule::TextPiece);
    m_nodes.back().text = characters;
    take();
    return finish(piece);
}

NodeIndex ProgramParser::formattedText()
{
    const NodeIndex node = begin(Rule::FormattedText);
    const char quote = peekText().front();
    add(node, Field::Item, textPiece());
    while (!m_hasFailed) {
        add(node, Field::Item, expression());
        if (m_hasFailed)
            break;
        const bool isPiece = at(TokenKind::Text) && peekText().front() == '}';
        if (!isPiece) {
            failAfterStatement();
            break;
        }
        const bool isLast = peekText().back() == quote;
        add(node, Field::Item, textPiece());
        if (isLast)
            break;
    }
    return finish(node);
}

} // namespace heddle
