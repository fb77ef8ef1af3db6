// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/program_parser.h"

namespace heddle {

NodeIndex ProgramParser::bare(Rule rule)
{
    const NodeIndex node = begin(rule);
    take();
    return finish(node);
}

void ProgramParser::target(NodeIndex node, Field field, const char* what)
{
    add(node, field, reference(what));
}

NodeIndex ProgramParser::withTarget(Rule rule, const char* what)
{
    const NodeIndex node = begin(rule);
    take();
    target(node, Field::Target, what);
    return finish(node);
}

void ProgramParser::mode(NodeIndex node)
{
    if (atWord("read") || atWord("write"))
        addWord(node, Field::Mode);
}

void ProgramParser::limit(NodeIndex node)
{
    if (!atWord("within") || m_isAttempt)
        return;
    take();
    add(node, Field::Limit, sum());
}

void ProgramParser::into(NodeIndex node)
{
    if (!atWord("into"))
        return;
    take();
    target(node, Field::Into, "the name that receives it");
}

void ProgramParser::amount(NodeIndex node)
{
    if (!m_hasFailed && !atLineEnd() && !atWord("within") && !atSymbol(":"))
        add(node, Field::Amount, sum());
}

void ProgramParser::arguments(NodeIndex node)
{
    if (takeSymbol(")"))
        return;
    do {
        add(node, Field::Argument, expression());
    } while (takeSymbol(","));
    expectSymbol(")");
}

NodeIndex ProgramParser::local()
{
    const NodeIndex node = begin(Rule::Local);
    take();
    addName(node, Field::Name, "the name of a variable");
    expectSymbol("=");
    add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::assignment()
{
    const NodeIndex node = begin(Rule::Assign);
    target(node, Field::Target, "a name");
    if (atSymbol("=") || atSymbol("+=") || atSymbol("-=") || atSymbol("*="))
        addWord(node, Field::Operator);
    else
        missing("E108", "\"=\" and a value");
    add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::lock()
{
    const NodeIndex node = withTarget(Rule::Lock, "the name of a lock");
    mode(node);
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::unlock()
{
    const NodeIndex node = withTarget(Rule::Unlock, "the name of a lock");
    mode(node);
    return finish(node);
}

NodeIndex ProgramParser::acquire()
{
    const NodeIndex node = withTarget(Rule::Acquire, "the name of a semaphore");
    amount(node);
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::release()
{
    const NodeIndex node = withTarget(Rule::Release, "the name of a semaphore");
    amount(node);
    return finish(node);
}

NodeIndex ProgramParser::wait()
{
    const bool isPair = (peekText(1) == "all" || peekText(1) == "first") && peekText(2) == "of";
    if (isPair) {
        failUnsupported("wait all of");
        return kNoNode;
    }
    const NodeIndex node = withTarget(Rule::Wait, "the name of an event, a condition or a latch");
    if (atWord("until")) {
        take();
        add(node, Field::Condition, expression());
    }
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::notify()
{
    const NodeIndex node = withTarget(Rule::Notify, "the name of a condition");
    if (atWord("all"))
        addWord(node, Field::Word);
    else
        amount(node);
    return finish(node);
}

NodeIndex ProgramParser::set()
{
    const NodeIndex node = withTarget(Rule::Set, "the name of an event");
    if (atSymbol("<-"))
        failUnsupported("set with a value");
    return finish(node);
}

NodeIndex ProgramParser::clear()
{
    return withTarget(Rule::Clear, "the name of an event or a barrier");
}

NodeIndex ProgramParser::arrive()
{
    const NodeIndex node = withTarget(Rule::Arrive, "the name of a barrier");
    limit(node);
    into(node);
    return finish(node);
}

NodeIndex ProgramParser::abort()
{
    return withTarget(Rule::Abort, "the name of a barrier");
}

NodeIndex ProgramParser::finishItem()
{
    return withTarget(Rule::Finish, "the name of a latch or a queue");
}

NodeIndex ProgramParser::await()
{
    if (peek(1).kind == TokenKind::Signal)
        return awaitSignal();
    const NodeIndex node = begin(Rule::AwaitUntil);
    take();
    if (atName() && !atWord("until")) {
        failUnsupported("await of a task or future");
        return kNoNode;
    }
    if (atWord("until"))
        take();
    else
        missing("E108", "the word \"until\" and a condition");
    add(node, Field::Condition, expression());
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::put()
{
    const NodeIndex node = withTarget(Rule::Put, "the name of a queue");
    expectSymbol("<-");
    add(node, Field::Value, expression());
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::get()
{
    const NodeIndex node = begin(Rule::Get);
    take();
    target(node, Field::Into, "the name that receives the item");
    expectSymbol("<-");
    target(node, Field::Target, "the name of a queue");
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::close()
{
    const NodeIndex node = begin(Rule::Close);
    take();
    stream(node, "the name of a queue, a pipe or a command");
    if (atWord("now"))
        addWord(node, Field::Word);
    return finish(node);
}

NodeIndex ProgramParser::spawn()
{
    const NodeIndex node = begin(Rule::Spawn);
    take();
    const NodeIndex first = reference("the name of an actor");
    if (takeSymbol("=")) {
        add(node, Field::Into, first);
        target(node, Field::Target, "the name of an actor");
    } else {
        add(node, Field::Target, first);
    }
    if (takeSymbol("("))
        arguments(node);
    if (atWord("as")) {
        take();
        add(node, Field::As, sum());
    }
    return finish(node);
}

NodeIndex ProgramParser::join()
{
    const NodeIndex node = begin(Rule::Join);
    take();
    if (atWord("all")) {
        addWord(node, Field::Word);
        return finish(node);
    }
    target(node, Field::Target, "the name of an actor, or \"all\"");
    if (atWord("checked"))
        addWord(node, Field::Checked);
    limit(node);
    return finish(node);
}

NodeIndex ProgramParser::cancel()
{
    return withTarget(Rule::Cancel, "the name of a timer");
}

NodeIndex ProgramParser::call()
{
    const NodeIndex node = begin(Rule::Call);
    take();
    addName(node, Field::Name, "the name of a def");
    expectSymbol("(");
    if (!m_hasFailed)
        arguments(node);
    into(node);
    return finish(node);
}

NodeIndex ProgramParser::exit()
{
    const NodeIndex node = begin(Rule::Exit);
    take();
    if (!atLineEnd())
        add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::compute()
{
    const NodeIndex node = begin(Rule::Compute);
    take();
    add(node, Field::Value, sum());
    return finish(node);
}

NodeIndex ProgramParser::sleep()
{
    const NodeIndex node = begin(Rule::Sleep);
    take();
    add(node, Field::Value, sum());
    return finish(node);
}

NodeIndex ProgramParser::yield()
{
    return bare(Rule::Yield);
}

NodeIndex ProgramParser::progress()
{
    return bare(Rule::Progress);
}

NodeIndex ProgramParser::pass()
{
    return bare(Rule::Pass);
}

NodeIndex ProgramParser::breakLoop()
{
    return bare(Rule::Break);
}

NodeIndex ProgramParser::continueLoop()
{
    return bare(Rule::Continue);
}

NodeIndex ProgramParser::say()
{
    const NodeIndex node = begin(Rule::Say);
    take();
    do {
        add(node, Field::Argument, expression());
    } while (takeSymbol(","));
    if (atWord("to")) {
        take();
        if (atWord("stderr"))
            addWord(node, Field::To);
        else
            missing("E108", "the word \"stderr\"");
    }
    if (atWord("as")) {
        take();
        addName(node, Field::As, "debug, info, warning or error");
    }
    return finish(node);
}

NodeIndex ProgramParser::assertion()
{
    const NodeIndex node = begin(Rule::Assert);
    take();
    add(node, Field::Condition, expression());
    if (takeSymbol(","))
        add(node, Field::Text, text());
    return finish(node);
}

NodeIndex ProgramParser::choose()
{
    const NodeIndex node = begin(Rule::Choose);
    take();
    addName(node, Field::Name, "the name of a variable");
    if (atWord("in"))
        take();
    else
        missing("E108", "the word \"in\" and the values to choose from, such as \"1..3\"");
    add(node, Field::Source, source("the values to choose from"));
    return finish(node);
}

NodeIndex ProgramParser::returnValue()
{
    const NodeIndex node = begin(Rule::Return);
    take();
    if (!atLineEnd())
        add(node, Field::Value, expression());
    return finish(node);
}

NodeIndex ProgramParser::raise()
{
    const NodeIndex node = begin(Rule::Raise);
    take();
    if (atLineEnd())
        return finish(node);
    addName(node, Field::Name, "the name of an exception");
    if (at(TokenKind::Text))
        add(node, Field::Text, text());
    return finish(node);
}

} // namespace heddle
