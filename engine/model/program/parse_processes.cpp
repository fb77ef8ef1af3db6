// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/program_parser.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

template <std::size_t Count>
bool holds(const std::array<std::string_view, Count>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

// `p`, `p.writer`, `c.stderr`.
void ProgramParser::stream(NodeIndex node, const char* what)
{
    static constexpr std::array<std::string_view, 3> kParts = {"reader", "writer", "stderr"};
    target(node, Field::Target, what);
    if (!takeSymbol("."))
        return;
    if (at(TokenKind::Name) && holds(kParts, peekText()))
        addWord(node, Field::Part);
    else
        missing("E108", "reader, writer or stderr");
}

NodeIndex ProgramParser::read()
{
    const NodeIndex node = begin(Rule::Read);
    take();
    target(node, Field::Into, "the name that receives what is read");
    expectSymbol("<-");
    stream(node, "the name of a pipe or of a command");
    if (atWord("line") || atWord("all"))
        addWord(node, Field::Mode);
    else
        amount(node);
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::write()
{
    const NodeIndex node = begin(Rule::Write);
    take();
    stream(node, "the name of a pipe or of a command");
    expectSymbol("<-");
    add(node, Field::Value, expression());
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::send()
{
    const NodeIndex node = begin(Rule::Send);
    take();
    add(node, Field::Value, sum());
    if (atWord("to"))
        take();
    else
        missing("E108", "the word \"to\" and who gets the signal");
    if (atWord("group") && peek(1).kind == TokenKind::Name)
        addWord(node, Field::Word);
    target(node, Field::Target, "a handle, \"main\", \"me\" or \"program\"");
    return finish(node);
}

NodeIndex ProgramParser::communicate()
{
    const NodeIndex node = begin(Rule::Communicate);
    take();
    target(node, Field::Target, "the name of a command");
    if (takeSymbol("<-"))
        add(node, Field::Value, expression());
    limit(node);
    if (atWord("into")) {
        into(node);
        if (takeSymbol(","))
            target(node, Field::Into, "the name that receives the error output");
    }
    return finish(node);
}

NodeIndex ProgramParser::start()
{
    const NodeIndex node = begin(Rule::Start);
    take();
    target(node, Field::Into, "the name of its handle");
    expectSymbol("=");
    const bool isShell = atWord("shell");
    if (!isShell && !atWord("command")) {
        missing("E108", "\"command\" and its words, or \"shell\" and a script");
        return kNoNode;
    }
    addWord(node, Field::Word);
    do {
        add(node, Field::Argument, isShell ? text() : sum());
    } while (!isShell && takeSymbol(","));
    while (atWiring())
        add(node, Field::Wiring, wiring());
    if (atWord("model"))
        add(node, Field::Contract, contract());
    return finish(node);
}

bool ProgramParser::atWiring() const
{
    return atWord("stdin") || atWord("stdout") || atWord("stderr") || atWord("new")
        || atWord("before") || atWord("env");
}

NodeIndex ProgramParser::wiring()
{
    const NodeIndex node = begin(Rule::Wiring);
    const std::string_view word = peekText();
    addWord(node, Field::Word);
    if (word == "new") {
        expectWord("group", node);
    } else if (word == "before") {
        addName(node, Field::Name, "the name of a def");
    } else if (word == "env") {
        add(node, Field::Text, plainText("the name of the variable, in quotes"));
        expectSymbol("=");
        add(node, Field::Value, sum());
    } else {
        expectWord(word == "stdin" ? "from" : "to", node);
        wiringEnd(node);
    }
    return finish(node);
}

// own | null | stdout | "file" | pipe
void ProgramParser::wiringEnd(NodeIndex wiring)
{
    if (atWord("own") || atWord("null") || atWord("stdout"))
        addWord(wiring, Field::To);
    else if (at(TokenKind::Text))
        add(wiring, Field::To, plainText("the name of a file"));
    else
        target(wiring, Field::To, "own, null, stdout, the name of a file in quotes, or of a pipe");
}

// model reads all writes same exits {0} lasts 1s
NodeIndex ProgramParser::contract()
{
    static constexpr std::array<std::string_view, 4> kParts = {"reads", "writes", "exits", "lasts"};
    static constexpr std::array<std::string_view, 4> kAmounts = {"all", "line", "nothing", "same"};
    const NodeIndex node = begin(Rule::Contract);
    take();
    if (!at(TokenKind::Name) || !holds(kParts, peekText()))
        missing("E108", "what is known of it: reads, writes, exits or lasts");
    while (!m_hasFailed && at(TokenKind::Name) && holds(kParts, peekText())) {
        const std::string_view part = peekText();
        addWord(node, Field::Word);
        const bool isWord = at(TokenKind::Name) && holds(kAmounts, peekText());
        if (part == "exits")
            add(node, Field::Set, setLiteral());
        else if (part != "lasts" && isWord)
            addWord(node, Field::Word);
        else
            add(node, Field::Amount, sum());
    }
    return finish(node);
}

void ProgramParser::signalNames(NodeIndex node)
{
    do {
        if (!m_hasFailed && !at(TokenKind::Signal))
            missing("E109", "the name of a signal, such as SIGTERM");
        add(node, Field::Item, literal());
    } while (takeSymbol(","));
}

NodeIndex ProgramParser::on()
{
    return handler(HandlerPlace::Body);
}

NodeIndex ProgramParser::topHandler()
{
    return handler(HandlerPlace::Top);
}

// At the top `in` says for which process; in a body it holds from here on.
NodeIndex ProgramParser::handler(HandlerPlace place)
{
    static constexpr std::array<std::string_view, 4> kSettings = {
        "ignore", "default", "block", "unblock"};
    if (peek(1).kind == TokenKind::Name) {
        failUnsupported("on " + std::string(peekText(1)));
        return kNoNode;
    }
    const NodeIndex node = begin(Rule::On);
    take();
    signalNames(node);
    if (place == HandlerPlace::Top && atWord("in")) {
        take();
        addName(node, Field::In, "the name of a process");
    }
    if (at(TokenKind::Name) && holds(kSettings, peekText()))
        addWord(node, Field::Word);
    else if (!m_hasFailed && !atSymbol(":"))
        missing("E108", "\":\" and what to do, or ignore, default, block or unblock");
    else
        body(node);
    return finish(node);
}

NodeIndex ProgramParser::alarm()
{
    const NodeIndex node = begin(Rule::Alarm);
    take();
    add(node, Field::Amount, sum());
    return finish(node);
}

NodeIndex ProgramParser::pause()
{
    const NodeIndex node = begin(Rule::Pause);
    take();
    if (atWord("unblocking")) {
        take();
        signalNames(node);
    }
    return finish(node);
}

NodeIndex ProgramParser::awaitSignal()
{
    const NodeIndex node = begin(Rule::AwaitSignal);
    take();
    signalNames(node);
    limit(node);
    into(node);
    return finish(node);
}

} // namespace heddle
