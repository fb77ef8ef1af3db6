// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_checker.h"

#include "engine/model/program/catalogue.h"

#include <algorithm>

namespace heddle {

namespace {

const StatementRow* rowOf(Rule rule)
{
    const auto rows = statementRows();
    const auto row = std::find_if(
        rows.begin(), rows.end(), [rule](const StatementRow& each) { return each.rule == rule; });
    return row == rows.end() ? nullptr : &*row;
}

} // namespace

void BodyChecker::checkBody(NodeIndex body, const std::vector<std::string>& parameters)
{
    m_body = body;
    for (const std::string& name : parameters)
        m_locals.insert(name);
    for (const std::string& name : m_symbols.localsOf(body))
        m_locals.insert(name);
    block(body);
}

void BodyChecker::checkExpression(NodeIndex node)
{
    expression(node);
}

void BodyChecker::block(NodeIndex node)
{
    if (node == kNoNode)
        return;
    for (const NodeIndex each : m_tree.children(node, Field::Item))
        statement(each);
}

void BodyChecker::statement(NodeIndex node)
{
    if (m_atomics > 0)
        mayNotWait(node);
    switch (m_tree.node(node).rule) {
    case Rule::While:
    case Rule::Forever:
    case Rule::Repeat:
        return loop(node);
    case Rule::For:
        return forLoop(node);
    case Rule::Break:
    case Rule::Continue:
    case Rule::Return:
    case Rule::Raise:
        return leaving(node);
    case Rule::Try:
        return tryStatement(node);
    case Rule::WithAtomic:
        return atomicBlock(node);
    case Rule::After:
        return timer(node);
    case Rule::On:
        return onSignals(node);
    case Rule::If:
    case Rule::ElseIf:
    case Rule::Section:
        return children(node);
    default:
        return simple(node);
    }
}

/// Conditions, amounts and blocks of a compound statement, whatever it has of them.
void BodyChecker::children(NodeIndex node)
{
    for (const NodeIndex child : m_tree.node(node).children) {
        const Node& each = m_tree.node(child);
        if (each.rule == Rule::Block)
            block(child);
        else if (each.field == Field::Branch)
            statement(child);
        else if (each.rule == Rule::Attempt)
            attempt(child);
        else if (each.field == Field::Condition || each.field == Field::Amount)
            expression(child);
    }
}

/// The operation of a `try`: whether it may wait inside of an atomic block depends on its limit alone.
void BodyChecker::attempt(NodeIndex node)
{
    const int atomics = m_atomics;
    m_atomics = 0;
    statement(m_tree.child(node, Field::Item));
    m_atomics = atomics;
    amounts(node);
}

void BodyChecker::loop(NodeIndex node)
{
    if (m_tree.node(node).rule == Rule::Repeat)
        constantAmount(
            m_tree.child(node, Field::Amount), ValueKind::Integer, 0, "The number of turns");
    ++m_loops;
    children(node);
    --m_loops;
}

void BodyChecker::forLoop(NodeIndex node)
{
    declared(m_tree.child(node, Field::Name));
    const NodeIndex source = m_tree.child(node, Field::Source);
    if (source == kNoNode)
        return;
    const Symbol* symbol = m_tree.node(source).rule == Rule::Reference
        ? m_symbols.find(nameOf(m_tree, source))
        : nullptr;
    if (m_tree.node(source).rule == Rule::Range) {
        expression(m_tree.child(source, Field::Low));
        expression(m_tree.child(source, Field::High));
    } else if (symbol != nullptr && symbol->kind == Symbol::Kind::Object
        && !isLocal(symbol->name)) {
        objectStatement(node);
    } else {
        expression(source);
    }
    ++m_loops;
    block(m_tree.child(node, Field::Body));
    --m_loops;
}

void BodyChecker::leaving(NodeIndex node)
{
    const Rule rule = m_tree.node(node).rule;
    const bool isJump = rule == Rule::Break || rule == Rule::Continue;
    if (isJump && m_loops == 0)
        m_reporter.error("E231", node,
            quoted(m_tree.sourceText(node))
                + " stands outside of any loop, so there is nothing to leave or to go on with. It "
                  "belongs into a "
                  "\"while\", \"forever\", \"repeat\" or \"for\".");
    const NodeIndex value = m_tree.child(node, Field::Value);
    if (rule == Rule::Return && value != kNoNode) {
        if (m_owner != Owner::Definition)
            m_reporter.error("E232", node,
                "Only a def gives a value back; nobody takes the value of a thread. Leave it out, "
                "or store it "
                "in a shared variable.");
        expression(value);
    }
    if (rule != Rule::Raise)
        return;
    if (!m_tree.has(node, Field::Name) && m_excepts == 0)
        m_reporter.error("E233", node,
            "\"raise\" without a name passes the caught exception on, so it stands inside of an "
            "\"except\" "
            "block. Name what to raise, such as \"raise Broken\".");
    const NodeIndex text = m_tree.child(node, Field::Text);
    if (text != kNoNode)
        expression(text);
}

void BodyChecker::tryStatement(NodeIndex node)
{
    block(m_tree.child(node, Field::Body));
    for (const NodeIndex branch : m_tree.children(node, Field::Branch)) {
        ++m_excepts;
        block(m_tree.child(branch, Field::Body));
        --m_excepts;
    }
    block(m_tree.child(node, Field::Otherwise));
}

void BodyChecker::atomicBlock(NodeIndex node)
{
    ++m_atomics;
    block(m_tree.child(node, Field::Body));
    --m_atomics;
}

/// A timer's block is a body of its own with copies of the locals around it.
void BodyChecker::timer(NodeIndex node)
{
    constantAmount(
        m_tree.child(node, Field::Amount), ValueKind::Duration, 0, "The time of a timer");
    expression(m_tree.child(node, Field::Amount));
    declared(m_tree.child(node, Field::As));
    BodyChecker inner(m_symbols, m_reporter, Owner::Timer);
    inner.checkBody(m_tree.child(node, Field::Body), {m_locals.begin(), m_locals.end()});
}

/// A name that a line makes a local: nothing else may be called so.
void BodyChecker::declared(NodeIndex nameNode)
{
    const std::string_view name = nameOf(m_tree, nameNode);
    const Symbol* symbol = m_symbols.find(name);
    if (symbol == nullptr)
        return;
    m_reporter.error("E229", nameNode,
        quoted(name) + " is " + describe(*symbol, m_symbols.declarations()) + " (line "
            + std::to_string(m_tree.start(symbol->node).line)
            + "), so no local can be called so: the two could not be told apart. Choose another "
              "name.");
}

void BodyChecker::simple(NodeIndex node)
{
    amounts(node);
    const Rule rule = m_tree.node(node).rule;
    switch (rule) {
    case Rule::Local:
        declared(m_tree.child(node, Field::Name));
        return value(m_tree.child(node, Field::Value));
    case Rule::Choose:
        declared(m_tree.child(node, Field::Name));
        for (const NodeIndex each : m_tree.node(m_tree.child(node, Field::Source)).children)
            if (m_tree.node(m_tree.child(node, Field::Source)).rule != Rule::Reference)
                expression(each);
        if (m_tree.node(m_tree.child(node, Field::Source)).rule == Rule::Reference)
            expression(m_tree.child(node, Field::Source));
        return;
    case Rule::Assign:
        return assign(node);
    case Rule::Spawn:
        return spawn(node);
    case Rule::Join:
        return join(node);
    case Rule::Cancel:
        return cancel(node);
    case Rule::Call:
        return call(node);
    case Rule::Start:
        return start(node);
    case Rule::Send:
        return send(node);
    case Rule::Broken:
        return;
    default:
        break;
    }
    const bool isStream = rule == Rule::Read || rule == Rule::Write || rule == Rule::Close
        || rule == Rule::Communicate;
    if (isStream)
        stream(node);
    else if (m_tree.has(node, Field::Target))
        objectStatement(node);
    for (const Field field : {Field::Value, Field::Condition, Field::Argument, Field::Text})
        for (const NodeIndex child : m_tree.children(node, field))
            expression(child);
    signalItems(node);
    for (const NodeIndex place : m_tree.children(node, Field::Into))
        into(place);
    block(m_tree.child(node, Field::Body));
}

bool BodyChecker::mayWait(NodeIndex node, std::set<NodeIndex>& visited) const
{
    const Rule rule = m_tree.node(node).rule;
    if (rule == Rule::Attempt && !m_tree.has(node, Field::Limit))
        return false;
    const StatementRow* row = rowOf(rule);
    const NodeIndex source = rule == Rule::For ? m_tree.child(node, Field::Source) : kNoNode;
    const Symbol* queue = source == kNoNode ? nullptr : m_symbols.find(nameOf(m_tree, source));
    if ((row != nullptr && row->mayWait)
        || (queue != nullptr && queue->kind == Symbol::Kind::Object)
        || m_symbols.isCommandIn(m_body, m_tree.sourceText(source)))
        return true;
    if (rule == Rule::Call) {
        const Symbol* definition = m_symbols.find(m_tree.word(node, Field::Name));
        if (definition != nullptr && definition->kind == Symbol::Kind::Definition
            && visited.insert(definition->node).second)
            return mayWait(m_tree.child(definition->node, Field::Body), visited);
    }
    const auto& inner = m_tree.node(node).children;
    const bool isDeferred = rule == Rule::After || rule == Rule::On;
    return !isDeferred && std::any_of(inner.begin(), inner.end(), [&](NodeIndex child) {
        return mayWait(child, visited);
    });
}

void BodyChecker::mayNotWait(NodeIndex node)
{
    const Rule rule = m_tree.node(node).rule;
    const StatementRow* row = rowOf(rule);
    std::set<NodeIndex> visited;
    const bool isLeaf =
        (row != nullptr && row->mayWait) || rule == Rule::Call || rule == Rule::WithAtomic;
    if (!isLeaf && rule != Rule::For && rule != Rule::If && rule != Rule::While)
        return;
    // Of a compound statement only the condition counts here; its lines are checked one by one.
    const NodeIndex condition = m_tree.child(node, Field::Condition);
    const bool waits = rule == Rule::WithAtomic
        || (rule == Rule::If || rule == Rule::While
                ? condition != kNoNode && mayWait(condition, visited)
                : isLeaf && mayWait(node, visited));
    if (!waits)
        return;
    const std::string_view line = m_tree.sourceText(node);
    m_reporter.error("E221", node,
        quoted(line.substr(0, std::min(line.find_first_of("\n:"), line.size())))
            + " cannot be inside \"with atomic:\". An atomic block is one indivisible step and "
              "must never have to wait.");
}

std::string quotedList(const std::vector<std::string_view>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += quoted(words[i]);
    }
    return text;
}

} // namespace heddle
