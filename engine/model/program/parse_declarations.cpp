// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>
#include <array>

namespace heddle {

NodeIndex ProgramParser::declaration()
{
    static constexpr std::array kTable = {Dispatch{"heddle", &ProgramParser::version},
        Dispatch{"program", &ProgramParser::title}, Dispatch{"const", &ProgramParser::constant},
        Dispatch{"option", &ProgramParser::option}, Dispatch{"atomic", &ProgramParser::shared},
        Dispatch{"shared", &ProgramParser::shared},
        Dispatch{"private", &ProgramParser::privateStore},
        Dispatch{"def", &ProgramParser::definition}, Dispatch{"daemon", &ProgramParser::actor},
        Dispatch{"thread", &ProgramParser::actor}, Dispatch{"process", &ProgramParser::actor},
        Dispatch{"on", &ProgramParser::topHandler}, Dispatch{"main", &ProgramParser::mainActor},
        Dispatch{"invariant", &ProgramParser::invariant},
        Dispatch{"expect", &ProgramParser::expectation}};
    static constexpr std::array<std::string_view, 7> kLater = {
        "task", "managed", "channel", "pool", "loop", "listener", "future"};
    if (at(TokenKind::Name)) {
        bool isFound = false;
        const NodeIndex node = dispatch(kTable, isFound);
        if (isFound)
            return node;
        const std::string_view word = peekText();
        if (findPrimitive(word) != nullptr)
            return primitive();
        if (std::find(kLater.begin(), kLater.end(), word) != kLater.end()
            && peek(1).kind == TokenKind::Name) {
            failUnsupported(std::string(word));
            return kNoNode;
        }
    }
    if (!failMisplaced(true))
        failUnknownStatement(true);
    return kNoNode;
}

NodeIndex ProgramParser::version()
{
    const NodeIndex node = begin(Rule::Version);
    take();
    if (!at(TokenKind::Integer))
        missing("E108", "the version of the language, which is 1");
    else if (peekText() != "1")
        fail("E125",
            "This program is for another version of the language; here it is \"heddle 1\".");
    else
        add(node, Field::Value, literal());
    return finish(node);
}

NodeIndex ProgramParser::title()
{
    const NodeIndex node = begin(Rule::ProgramTitle);
    take();
    add(node, Field::Text, plainText("the title, in quotes"));
    return finish(node);
}

NodeIndex ProgramParser::constant()
{
    const NodeIndex node = begin(Rule::Constant);
    take();
    addName(node, Field::Name, "the name of the constant");
    expectSymbol("=");
    add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::option()
{
    const NodeIndex node = begin(Rule::Option);
    take();
    if (at(TokenKind::Name))
        addWord(node, Field::Name);
    else
        missing("E109", "the name of an option, such as \"notify\"");
    while (!m_hasFailed && !atLineEnd()) {
        const TokenKind kind = peek().kind;
        if (kind == TokenKind::Name)
            addWord(node, Field::Value);
        else if (kind == TokenKind::Integer || kind == TokenKind::Duration)
            add(node, Field::Value, literal());
        else
            failAfterStatement();
    }
    return finish(node);
}

void ProgramParser::count(NodeIndex node)
{
    if (!takeSymbol("["))
        return;
    add(node, Field::Count, expression());
    expectSymbol("]");
}

void ProgramParser::store(NodeIndex node, const char* what)
{
    addName(node, Field::Name, what);
    count(node);
    if (takeSymbol(":"))
        add(node, Field::Type, type());
    expectSymbol("=");
    if (atWord("unset"))
        add(node, Field::Value, literal());
    else
        add(node, Field::Value, expression());
}

NodeIndex ProgramParser::shared()
{
    const NodeIndex node = begin(Rule::SharedStore);
    if (atWord("atomic")) {
        addWord(node, Field::Word);
        if (!atWord("shared"))
            missing("E108", "the word \"shared\"");
    }
    if (!m_hasFailed)
        take();
    store(node, "the name of the variable");
    return finish(node);
}

NodeIndex ProgramParser::privateStore()
{
    const NodeIndex node = begin(Rule::PrivateStore);
    take();
    store(node, "the name of the variable");
    if (atWord("init")) {
        take();
        addName(node, Field::Initializer, "the name of a def");
    }
    return finish(node);
}

NodeIndex ProgramParser::type()
{
    static constexpr std::array<std::string_view, 5> kTypes = {
        "int", "bool", "text", "list", "table"};
    const NodeIndex node = begin(Rule::Type);
    const std::string_view word = peekText();
    if (atSymbol("{")) {
        failUnsupported("a type of named values");
        return kNoNode;
    }
    if (!at(TokenKind::Name) || std::find(kTypes.begin(), kTypes.end(), word) == kTypes.end()) {
        missing("E126", "a type, which is int, bool, text, list[N] or table[N]");
        return kNoNode;
    }
    addWord(node, Field::Word);
    if (word == "int" && !atSymbol("=") && !atLineEnd()) {
        add(node, Field::Low, sum());
        expectSymbol("..");
        add(node, Field::High, sum());
    } else if (word == "list" || word == "table") {
        expectSymbol("[");
        add(node, Field::Count, expression());
        expectSymbol("]");
    }
    return finish(node);
}

NodeIndex ProgramParser::nameWithCount(const char* what)
{
    const NodeIndex node = begin(Rule::NameWithCount);
    addName(node, Field::Name, what);
    count(node);
    return finish(node);
}

NodeIndex ProgramParser::primitive()
{
    const PrimitiveRow& row = *findPrimitive(peekText());
    m_form = row.declaration;
    const NodeIndex node = begin(Rule::Primitive);
    addWord(node, Field::Word);
    do {
        add(node, Field::Item, nameWithCount("a name"));
    } while (takeSymbol(","));
    if (row.kind == PrimitiveKind::Semaphore || row.kind == PrimitiveKind::Latch) {
        expectSymbol("=");
        add(node, Field::Value, expression());
    } else if (row.kind == PrimitiveKind::Barrier) {
        expectSymbol("(");
        add(node, Field::Value, expression());
        expectSymbol(")");
    } else if (row.kind == PrimitiveKind::Condition) {
        if (!atWord("on"))
            missing("E108", "the word \"on\" and the mutex that belongs to it");
        else
            take();
        add(node, Field::On, reference("the name of a mutex"));
    }
    const bool mayBeBounded = row.kind == PrimitiveKind::Semaphore
        || row.kind == PrimitiveKind::Queue || row.kind == PrimitiveKind::Pipe;
    if (mayBeBounded && atWord("max")) {
        take();
        add(node, Field::Maximum, expression());
    }
    if (row.kind == PrimitiveKind::Queue && (atWord("lifo") || atWord("priority")))
        addWord(node, Field::Mode);
    return finish(node);
}

void ProgramParser::parameters(NodeIndex node)
{
    if (!takeSymbol("(") || takeSymbol(")"))
        return;
    do {
        addName(node, Field::Parameter, "the name of a parameter");
    } while (takeSymbol(","));
    expectSymbol(")");
}

NodeIndex ProgramParser::definition()
{
    const NodeIndex node = begin(Rule::Definition);
    take();
    addName(node, Field::Name, "the name of the def");
    if (!m_hasFailed && !atSymbol("("))
        missing("E108", "its parameters in \"( )\", which may be empty");
    parameters(node);
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::actor()
{
    const NodeIndex node = begin(Rule::Actor);
    if (atWord("daemon"))
        addWord(node, Field::Daemon);
    if (atWord("task")) {
        failUnsupported(std::string(peekText()));
        return kNoNode;
    }
    const bool isProcess = atWord("process");
    if (!atWord("thread") && !isProcess)
        missing("E108", "the word \"thread\" or \"process\"");
    else
        addWord(node, Field::Word);
    addName(node, Field::Name, isProcess ? "the name of the process" : "the name of the thread");
    if (takeSymbol("[")) {
        addName(node, Field::Variable, "the name of the index, such as \"i in 1..3\"");
        if (atWord("in"))
            take();
        else
            missing("E108", "the word \"in\" and a range, such as \"1..3\"");
        add(node, Field::Low, sum());
        expectSymbol("..");
        add(node, Field::High, sum());
        expectSymbol("]");
    }
    parameters(node);
    if (atWord("priority") || atWord("cpu") || atWord("on"))
        failUnsupported(std::string(peekText()));
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::mainActor()
{
    const NodeIndex node = begin(Rule::Main);
    take();
    if (atWord("on"))
        failUnsupported("main on a loop");
    body(node);
    return finish(node);
}

NodeIndex ProgramParser::invariant()
{
    const NodeIndex node = begin(Rule::Invariant);
    take();
    if (at(TokenKind::Text))
        add(node, Field::Text, plainText("a name in quotes"));
    add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::expectation()
{
    const NodeIndex node = begin(Rule::Expect);
    take();
    add(node, Field::Item, verdict());
    return finish(node);
}

} // namespace heddle
