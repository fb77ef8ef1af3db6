// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_checker.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

bool goesWith(const PrimitiveRow& row, Rule rule)
{
    return std::find(row.statements.begin(), row.statements.end(), rule) != row.statements.end();
}

/// The words of the statements that may be done to a primitive, without those of blocks.
std::vector<std::string_view> wordsOf(const PrimitiveRow& row)
{
    std::vector<std::string_view> words;
    for (const StatementRow& statement : statementRows())
        if (goesWith(row, statement.rule) && statement.rule != Rule::With
            && statement.rule != Rule::For)
            words.push_back(statement.word);
    return words;
}

struct Counterpart
{
    Rule rule;
    PrimitiveKind kind;
    std::string_view word;
};
constexpr std::array kCounterparts = {
    Counterpart{Rule::Acquire, PrimitiveKind::Mutex, "lock"},
    Counterpart{Rule::Acquire, PrimitiveKind::RecursiveMutex, "lock"},
    Counterpart{Rule::Release, PrimitiveKind::Mutex, "unlock"},
    Counterpart{Rule::Release, PrimitiveKind::RecursiveMutex, "unlock"},
    Counterpart{Rule::Lock, PrimitiveKind::Semaphore, "acquire"},
    Counterpart{Rule::Unlock, PrimitiveKind::Semaphore, "release"},
    Counterpart{Rule::Wait, PrimitiveKind::Barrier, "arrive"},
    Counterpart{Rule::Set, PrimitiveKind::Condition, "notify"},
    Counterpart{Rule::Notify, PrimitiveKind::Event, "set"},
    Counterpart{Rule::Arrive, PrimitiveKind::Latch, "finish"},
};

} // namespace

std::string BodyChecker::article(PrimitiveKind kind) const
{
    const std::string keyword(primitiveRow(kind).keyword);
    return (keyword == "event" || keyword == "rlock" ? "an " : "a ") + keyword;
}

/// The statement is for other kinds of things: says what goes with this one, and what the statement is for.
void BodyChecker::wrongPairing(NodeIndex node, NodeIndex target, const Symbol& symbol)
{
    const Rule rule = m_tree.node(node).rule;
    const std::string_view word = m_tree.tokenText(m_tree.node(node).firstToken);
    std::string wanted = rule == Rule::Join ? "a thread" : rule == Rule::For ? "a list" : "";
    for (const PrimitiveRow& row : primitiveRows())
        if (goesWith(row, rule))
            wanted += (wanted.empty() ? "" : " or ") + article(row.kind);
    std::string message =
        quoted(nameOf(m_tree, target)) + " is " + describe(symbol, m_symbols.declarations());
    std::vector<Fix> fixes;
    if (symbol.kind == Symbol::Kind::Object) {
        const auto& object =
            m_symbols.declarations().objects[static_cast<std::size_t>(symbol.index)];
        message += ", so it goes with " + quotedList(wordsOf(primitiveRow(object.kind)));
        const auto found = std::find_if(kCounterparts.begin(), kCounterparts.end(),
            [&](const Counterpart& each) { return each.rule == rule && each.kind == object.kind; });
        if (found != kCounterparts.end()) {
            Fix fix = m_reporter.replace(
                node, "Use " + std::string(found->word), std::string(found->word));
            fix.length = static_cast<std::uint32_t>(word.size());
            fixes.push_back(std::move(fix));
        }
    }
    m_reporter.error(
        "E207", node, message + "; " + quoted(word) + " is for " + wanted + ".", std::move(fixes));
}

void BodyChecker::objectStatement(NodeIndex node)
{
    const Rule rule = m_tree.node(node).rule;
    const NodeIndex target = m_tree.child(node, rule == Rule::For ? Field::Source : Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = m_symbols.find(name);
    for (const NodeIndex key : m_tree.children(target, Field::Index))
        expression(key);
    if (symbol == nullptr && isLocal(name)) {
        m_reporter.error("E207", node,
            quoted(name) + " is a local value; "
                + quoted(m_tree.tokenText(m_tree.node(node).firstToken))
                + " needs something that is declared at the top for all actors.");
        return;
    }
    if (symbol == nullptr)
        return unknownName(target, name,
            "What actors synchronise with is declared at the top, such as \"mutex m\".");
    const Code& code = m_symbols.declarations();
    const ObjectDeclaration* object = symbol->kind == Symbol::Kind::Object
        ? &code.objects[static_cast<std::size_t>(symbol->index)]
        : nullptr;
    const bool isPair = object != nullptr && goesWith(primitiveRow(object->kind), rule);
    if (!isPair)
        return wrongPairing(node, target, *symbol);
    index(target, object->isArray, 0, object->count);
    mode(node, object->kind);
    if (rule == Rule::Wait && m_tree.has(node, Field::Condition)
        && object->kind != PrimitiveKind::Condition)
        m_reporter.error("E219", node,
            "\"until\" goes with a condition, but " + quoted(name) + " is " + article(object->kind)
                + ", which needs no predicate. Leave \"until\" out.");
}

void BodyChecker::mode(NodeIndex node, PrimitiveKind kind)
{
    const Rule rule = m_tree.node(node).rule;
    if (rule != Rule::Lock && rule != Rule::With && rule != Rule::Unlock)
        return;
    const bool hasMode = m_tree.has(node, Field::Mode);
    const bool isReadWrite = kind == PrimitiveKind::ReadWriteLock;
    const std::string line(m_tree.tokenText(m_tree.node(node).firstToken));
    const std::string name(m_tree.sourceText(m_tree.child(node, Field::Target)));
    if (isReadWrite && !hasMode)
        m_reporter.error("E218", node,
            quoted(name) + " is a rwlock, which many may hold to read but one to write: say which, "
                + quoted(line + " " + name + " read") + " or "
                + quoted(line + " " + name + " write") + ".");
    if (!isReadWrite && hasMode)
        m_reporter.error("E218", node,
            quoted(m_tree.word(node, Field::Mode)) + " goes with a rwlock, but " + quoted(name)
                + " is " + article(kind) + ". Leave it out.");
}

/// Whether an index stands where one belongs, and a constant one is among the elements.
void BodyChecker::index(NodeIndex reference, bool isArray, std::int64_t low, std::int64_t count)
{
    const NodeIndex key = m_tree.child(reference, Field::Index);
    const std::string name(nameOf(m_tree, reference));
    if (isArray && key == kNoNode) {
        m_reporter.error("E212", reference,
            quoted(name) + " is an array of " + std::to_string(count) + ": say which one, such as "
                + quoted(name + "[" + std::to_string(low) + "]") + ".");
        return;
    }
    if (!isArray && key != kNoNode) {
        m_reporter.error("E212", reference,
            quoted(name) + " is a single one and has no elements. Leave "
                + quoted("[" + std::string(m_tree.sourceText(key)) + "]") + " out.");
        return;
    }
    const std::optional<Evaluated> folded = isArray ? m_symbols.fold(key) : std::nullopt;
    if (folded && !folded->isRaised()
        && elementIndex(folded->value, low, static_cast<std::int32_t>(count), name)
               .problem.isRaised())
        m_reporter.error("E213", reference,
            quoted(m_tree.sourceText(reference)) + " does not exist: " + quoted(name)
                + " has the elements " + std::to_string(low) + " to "
                + std::to_string(low + count - 1) + ".");
}

void BodyChecker::assign(NodeIndex node)
{
    value(m_tree.child(node, Field::Value));
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    if (isLocal(name) || m_symbols.find(name) != nullptr)
        return into(target);
    std::vector<Fix> fixes;
    if (m_tree.word(node, Field::Operator) == "=" && !m_tree.has(target, Field::Index)) {
        fixes.push_back(m_reporter.replace(node, "Insert local", "local "));
        fixes.back().length = 0;
    }
    std::string_view nearest;
    const std::string maybe = suggestion(name, nearest);
    m_reporter.error("E216", target,
        quoted(name) + " is not known here." + maybe
            + " A new value of this actor begins with \"local\"; a value for all is declared with "
              "\"shared\" at the top.",
        std::move(fixes));
}

/// Something is stored into the reference: a local, or a variable of the top.
void BodyChecker::into(NodeIndex reference)
{
    if (reference == kNoNode)
        return;
    for (const NodeIndex key : m_tree.children(reference, Field::Index))
        expression(key);
    const std::string_view name = nameOf(m_tree, reference);
    const Symbol* symbol = m_symbols.find(name);
    if (isLocal(name))
        return;
    if (symbol == nullptr)
        return unknownName(
            reference, name, "Only a variable that exists has elements to store into.");
    const Code& code = m_symbols.declarations();
    const bool isShared = symbol->kind == Symbol::Kind::Shared;
    if (isShared || symbol->kind == Symbol::Kind::Private) {
        const auto& variable =
            (isShared ? code.shared : code.privates)[static_cast<std::size_t>(symbol->index)];
        if (variable.isArray)
            index(reference, true, 0, variable.count);
        return;
    }
    m_reporter.error("E228", reference,
        quoted(name) + " is " + describe(*symbol, code)
            + ", so nothing can be stored into it. A value that changes is declared with "
              "\"shared\" or \"local\".");
}

void BodyChecker::argumentCount(
    NodeIndex node, std::string_view name, std::size_t least, std::size_t most)
{
    const std::size_t count = m_tree.children(node, Field::Argument).size();
    if (count >= least && count <= most)
        return;
    const std::string wanted = least == most
        ? (least == 0        ? "no value"
                : least == 1 ? "one value"
                             : std::to_string(least) + " values")
        : std::to_string(least) + " to " + std::to_string(most) + " values";
    m_reporter.error("E222", node,
        quoted(name) + " takes " + wanted + ", but "
            + (count == 0        ? "none is"
                    : count == 1 ? "one is"
                                 : std::to_string(count) + " are")
            + " given.");
}

void BodyChecker::spawn(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = m_symbols.find(name);
    for (const NodeIndex argument : m_tree.children(node, Field::Argument))
        expression(argument);
    if (m_tree.has(node, Field::As))
        expression(m_tree.child(node, Field::As));
    into(m_tree.child(node, Field::Into));
    if (symbol == nullptr)
        return unknownName(
            target, name, "What is started is declared at the top, such as \"thread worker:\".");
    if (symbol->kind != Symbol::Kind::Actor) {
        m_reporter.error("E207", node,
            quoted(name) + " is " + describe(*symbol, m_symbols.declarations())
                + "; \"spawn\" starts a thread."
                + (symbol->kind == Symbol::Kind::Definition ? " A def is run by \"call\"." : ""));
        return;
    }
    const ActorDeclaration& actor =
        m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)];
    if (!actor.isArray || m_tree.has(target, Field::Index)) {
        for (const NodeIndex key : m_tree.children(target, Field::Index))
            expression(key);
        index(target, actor.isArray, actor.low, actor.count);
    }
    const auto parameters = static_cast<std::size_t>(actor.parameterCount);
    argumentCount(node, name, parameters, parameters);
}

void BodyChecker::join(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    if (target == kNoNode)
        return;
    const Symbol* symbol =
        isLocal(nameOf(m_tree, target)) ? nullptr : m_symbols.find(nameOf(m_tree, target));
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Object)
        return objectStatement(node);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Actor)
        neverSpawned(node, *symbol);
    const bool isWholeArray = symbol != nullptr && symbol->kind == Symbol::Kind::Actor
        && !m_tree.has(target, Field::Index);
    if (isWholeArray
        && m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)].parameterCount
            == 0)
        return;
    reference(target);
}

bool BodyChecker::comesFromSpawn(std::string_view local) const
{
    bool isSpawned = false;
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
        const Rule rule = m_tree.node(node).rule;
        if (rule == Rule::After && m_tree.word(node, Field::As) == local)
            return false;
        if ((rule == Rule::Spawn || rule == Rule::Start) && m_tree.has(node, Field::Into))
            isSpawned = isSpawned || nameOf(m_tree, m_tree.child(node, Field::Into)) == local;
    }
    return isSpawned;
}

void BodyChecker::cancel(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = isLocal(name) ? nullptr : m_symbols.find(name);
    const bool isActor = symbol != nullptr ? symbol->kind == Symbol::Kind::Actor
                                           : isLocal(name) && comesFromSpawn(name);
    if (isActor && isProcess(name)) {
        m_reporter.error("E230", node,
            quoted(m_tree.sourceText(node)) + ": " + std::string(name)
                + " is a process, which is ended by a signal: "
                + quoted("send SIGTERM to " + std::string(name))
                + " asks it to end, SIGKILL ends it.");
        return;
    }
    if (isActor) {
        m_reporter.error("E230", node,
            quoted(m_tree.sourceText(node)) + ": " + std::string(name)
                + " is a thread, and a running thread cannot be stopped from outside safely. "
                  "Timers can be cancelled; "
                  "for a thread, share an event and let it stop itself.");
        return;
    }
    reference(target);
}

void BodyChecker::call(NodeIndex node)
{
    for (const NodeIndex argument : m_tree.children(node, Field::Argument))
        expression(argument);
    into(m_tree.child(node, Field::Into));
    const NodeIndex nameNode = m_tree.child(node, Field::Name);
    const std::string_view name = m_tree.word(node, Field::Name);
    const Symbol* symbol = m_symbols.find(name);
    if (symbol == nullptr)
        return unknownName(
            nameNode, name, "What is called is declared at the top, such as \"def step(n):\".");
    if (symbol->kind != Symbol::Kind::Definition) {
        m_reporter.error("E207", node,
            quoted(name) + " is " + describe(*symbol, m_symbols.declarations())
                + "; \"call\" is for a def."
                + (symbol->kind == Symbol::Kind::Actor ? " A thread is started by \"spawn\"."
                                                       : ""));
        return;
    }
    const std::size_t parameters = m_tree.children(symbol->node, Field::Parameter).size();
    argumentCount(node, name, parameters, parameters);
}

/// A constant amount that can never be right: of the wrong kind, or too small.
void BodyChecker::constantAmount(
    NodeIndex node, ValueKind kind, std::int64_t least, const char* what)
{
    const std::optional<Evaluated> folded = node == kNoNode ? std::nullopt : m_symbols.fold(node);
    if (!folded || folded->isRaised())
        return;
    if (!folded->value.is(kind)) {
        m_reporter.error("E238", node,
            std::string(what) + " is " + quoted(folded->value.toText()) + ", but must be "
                + (kind == ValueKind::Duration ? "a duration, such as \"5ms\" or \"2s\"."
                                               : "a whole number."));
        return;
    }
    if (folded->value.number() < least)
        m_reporter.error("E208", node,
            std::string(what) + " is " + quoted(folded->value.toText()) + ", which is less than "
                + (kind == ValueKind::Duration ? "nothing." : std::to_string(least) + "."));
}

void BodyChecker::amounts(NodeIndex node)
{
    const Rule rule = m_tree.node(node).rule;
    if (rule == Rule::Exit)
        exitCode(m_tree.child(node, Field::Value));
    const NodeIndex limit = m_tree.child(node, Field::Limit);
    constantAmount(limit, ValueKind::Duration, 0, "The time limit");
    if (limit != kNoNode)
        expression(limit);
    if (rule == Rule::Compute || rule == Rule::Sleep)
        constantAmount(m_tree.child(node, Field::Value), ValueKind::Duration, 0,
            rule == Rule::Sleep ? "The time to sleep" : "The time to compute");
    const NodeIndex amount = m_tree.child(node, Field::Amount);
    if (rule == Rule::Alarm)
        constantAmount(amount, ValueKind::Duration, 0, "The time of an alarm");
    else if (rule != Rule::Read)
        constantAmount(amount, ValueKind::Integer, 1, "The amount");
    if (amount != kNoNode)
        expression(amount);
}

} // namespace heddle
