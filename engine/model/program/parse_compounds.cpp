// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/program_parser.h"

namespace heddle {

// `try` and an operation as a question, or any expression.
void ProgramParser::condition(NodeIndex node)
{
    const bool isAttempt = atWord("try") || (atWord("not") && peekText(1) == "try");
    add(node, Field::Condition, isAttempt ? attempt() : expression());
}

NodeIndex ProgramParser::attempt()
{
    const NodeIndex node = begin(Rule::Attempt);
    if (atWord("not"))
        addWord(node, Field::Word);
    take();
    static constexpr Dispatch kAttempts[] = {{"lock", &ProgramParser::lock},
        {"acquire", &ProgramParser::acquire}, {"put", &ProgramParser::put},
        {"get", &ProgramParser::get}, {"wait", &ProgramParser::wait},
        {"join", &ProgramParser::join}};
    m_isAttempt = true;
    bool isFound = false;
    const NodeIndex operation = dispatch(kAttempts, isFound);
    m_isAttempt = false;
    if (!isFound)
        missing("E108", "what to try: lock, acquire, put, get, wait or join");
    add(node, Field::Item, operation);
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::source(const char* what)
{
    if (!m_hasFailed && atLineEnd())
        missing("E108", what);
    return atSymbol("{") ? setOrTable() : rangeFrom(expression());
}

// elif, else, except, finally: what is wrong with one of them does not spoil the others.
void ProgramParser::branch(NodeIndex statement, Rule rule)
{
    const std::size_t firstNode = m_nodes.size();
    const std::uint32_t firstToken = m_significant[m_position];
    m_form = {};
    if (rule == Rule::Block) {
        take();
        body(statement, Field::Otherwise);
    } else {
        const NodeIndex node = begin(rule);
        take();
        if (rule == Rule::ElseIf)
            condition(node);
        else if (!atSymbol(":"))
            addName(node, Field::Name, "the name of an exception");
        body(node);
        add(statement, Field::Branch, finish(node));
    }
    if (m_hasFailed)
        breakOff(statement, firstNode, firstToken);
    const bool isLineLeft = at(TokenKind::NewLine);
    if (isLineLeft
        && (peekText(1) == "elif" || peekText(1) == "else" || peekText(1) == "except"
            || peekText(1) == "finally"))
        take();
}

NodeIndex ProgramParser::ifStatement()
{
    const NodeIndex node = begin(Rule::If);
    take();
    condition(node);
    body(node);
    while (atWord("elif"))
        branch(node, Rule::ElseIf);
    if (atWord("else"))
        branch(node, Rule::Block);
    return finish(node);
}

NodeIndex ProgramParser::whileStatement()
{
    const NodeIndex node = begin(Rule::While);
    take();
    condition(node);
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::foreverLoop()
{
    const NodeIndex node = begin(Rule::Forever);
    take();
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::repeat()
{
    const NodeIndex node = begin(Rule::Repeat);
    take();
    add(node, Field::Amount, sum());
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::forStatement()
{
    const NodeIndex node = begin(Rule::For);
    take();
    addName(node, Field::Name, "the name of a variable");
    if (atWord("as")) {
        failUnsupported("for … as completed");
        return kNoNode;
    }
    if (atWord("in"))
        take();
    else
        missing("E108", "the word \"in\" and what to walk over, such as \"1..3\"");
    add(node, Field::Source, source("what to walk over"));
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::with()
{
    const bool isPair = peekText(2) == ":";
    if (peekText(1) == "atomic" && isPair) {
        const NodeIndex node = begin(Rule::WithAtomic);
        take();
        take();
        body(node);
        return finish(node);
    }
    const std::string_view next = peekText(2);
    const bool isLimit = peekText(1) == "limit"
        && (peek(2).kind == TokenKind::Duration || peek(2).kind == TokenKind::Name)
        && next != "read" && next != "write";
    if (isLimit || (peekText(1) == "group" && isPair)) {
        failUnsupported("with " + std::string(peekText(1)));
        return kNoNode;
    }
    const NodeIndex node = withTarget(Rule::With, "the name of what to hold");
    mode(node);
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::section()
{
    const NodeIndex node = begin(Rule::Section);
    take();
    add(node, Field::Text, plainText("the name of the section, in quotes"));
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::tryStatement()
{
    const NodeIndex node = begin(Rule::Try);
    const Token& word = peek();
    take();
    body(node);
    const bool hasBody = !m_hasFailed;
    bool hasBranch = false;
    while (atWord("except")) {
        hasBranch = true;
        branch(node, Rule::Except);
    }
    if (atWord("finally")) {
        hasBranch = true;
        branch(node, Rule::Block);
    }
    if (hasBody && !hasBranch)
        report(word, "E124",
            "This \"try\" has neither an \"except\" nor a \"finally\", so it changes nothing. Add "
            "one of them in the same column, or leave \"try\" out.",
            {});
    return finish(node);
}

NodeIndex ProgramParser::after()
{
    const NodeIndex node = begin(Rule::After);
    take();
    add(node, Field::Amount, sum());
    if (atWord("from") || atWord("on"))
        failUnsupported("after … " + std::string(peekText()));
    if (atWord("as")) {
        take();
        addName(node, Field::As, "the name of the timer");
    }
    body(node);
    return finish(node);
}

} // namespace heddle
