// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/declaration_reader.h"

#include <algorithm>

namespace heddle {

void DeclarationReader::primitive(NodeIndex node)
{
    const PrimitiveRow* row = findPrimitive(m_tree.word(node, Field::Word));
    if (row == nullptr)
        return;
    for (const NodeIndex item : m_tree.children(node, Field::Item))
        object(node, item, *row);
}

void DeclarationReader::object(NodeIndex node, NodeIndex item, const PrimitiveRow& row)
{
    ObjectDeclaration object;
    object.kind = row.kind;
    object.name = nameOf(m_tree, item);
    object.line = m_tree.start(item).line;
    object.count = count(item, object.isArray);
    object.first = m_code.objectCount();
    readObjectParts(node, object);
    if (!add(Symbol::Kind::Object, m_tree.child(item, Field::Name), object.name,
            m_code.objects.size(), node))
        return;
    m_code.objects.push_back(std::move(object));
    if (m_code.objectCount() > 10 * kMaximumElements)
        m_reporter.error("E234", item,
            "A program may have at most " + std::to_string(10 * kMaximumElements)
                + " objects in all. Lower a count.");
}

void DeclarationReader::readObjectParts(NodeIndex node, ObjectDeclaration& object)
{
    constexpr std::int64_t kMost = 1'000'000'000;
    const NodeIndex value = m_tree.child(node, Field::Value);
    const NodeIndex maximum = m_tree.child(node, Field::Maximum);
    if (object.kind == PrimitiveKind::Semaphore)
        object.initial = number(value, "The number of units", 0, kMost).value_or(0);
    if (object.kind == PrimitiveKind::Barrier)
        object.initial = number(value, "The number of parties", 1, kMost).value_or(1);
    if (object.kind == PrimitiveKind::Latch)
        object.initial = number(value, "The count of a latch", 0, kMost).value_or(0);
    if (maximum != kNoNode && object.kind == PrimitiveKind::Pipe)
        object.maximum = bytes(maximum, "The room of a pipe");
    else if (maximum != kNoNode)
        object.maximum =
            number(maximum, "The bound", std::max<std::int64_t>(1, object.initial), kMost);
    const std::string_view mode = m_tree.word(node, Field::Mode);
    if (!mode.empty())
        object.order = mode.front();
}

/// An amount of bytes: a size such as 4KiB, or a plain number.
std::optional<std::int64_t> DeclarationReader::bytes(NodeIndex expression, std::string_view what)
{
    constexpr std::int64_t kMost = std::int64_t{1024} * 1024;
    const std::optional<Value> value = evaluate(expression);
    if (!value)
        return std::nullopt;
    const bool isAmount = value->is(ValueKind::Size) || value->is(ValueKind::Integer);
    if (isAmount && value->number() >= 1 && value->number() <= kMost)
        return value->number();
    m_reporter.error("E208", expression,
        std::string(what) + " is " + quoted(value->toText())
            + ", but must be a size from 1B to 1MiB.");
    return std::nullopt;
}

void DeclarationReader::conditionMutexes()
{
    for (ObjectDeclaration& object : m_code.objects) {
        if (object.kind != PrimitiveKind::Condition)
            continue;
        const Symbol* symbol = m_symbols.find(object.name);
        const NodeIndex on = symbol == nullptr ? kNoNode : m_tree.child(symbol->node, Field::On);
        if (on == kNoNode)
            continue;
        const Symbol* mutex = m_symbols.find(nameOf(m_tree, on));
        const bool isMutex = mutex != nullptr && mutex->kind == Symbol::Kind::Object
            && (m_code.objects[static_cast<std::size_t>(mutex->index)].kind == PrimitiveKind::Mutex
                || m_code.objects[static_cast<std::size_t>(mutex->index)].kind
                    == PrimitiveKind::RecursiveMutex);
        if (!isMutex) {
            m_reporter.error("E211", on,
                "A condition stands on a mutex, but " + quoted(m_tree.sourceText(on)) + " is "
                    + (mutex == nullptr ? std::string("not declared") : describe(*mutex, m_code))
                    + ". Declare it with \"mutex " + std::string(nameOf(m_tree, on)) + "\".");
            continue;
        }
        object.mutex = mutex->index;
        const ObjectDeclaration& declaration =
            m_code.objects[static_cast<std::size_t>(mutex->index)];
        const auto index = m_tree.children(on, Field::Index);
        if (declaration.isArray != !index.empty())
            m_reporter.error("E212", on,
                quoted(declaration.name)
                    + (declaration.isArray ? " is an array of mutexes: say which, such as "
                                + quoted(declaration.name + "[0]") + "."
                                           : " is one mutex and has no elements."));
        else if (!index.empty())
            object.mutexElement = static_cast<std::int32_t>(
                number(index.front(), "The element", 0, declaration.count - 1).value_or(0));
    }
}

std::int32_t DeclarationReader::addRoutine(std::string name, NodeIndex node)
{
    Routine routine;
    routine.name = std::move(name);
    routine.line = m_tree.start(node).line;
    routine.parameterCount = static_cast<std::int32_t>(m_symbols.parametersOf(node).size());
    m_code.routines.push_back(std::move(routine));
    return static_cast<std::int32_t>(m_code.routines.size()) - 1;
}

void DeclarationReader::definition(NodeIndex node)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    if (add(Symbol::Kind::Definition, m_tree.child(node, Field::Name), name, m_code.routines.size(),
            node))
        addRoutine(std::string(name), node);
}

void DeclarationReader::mainActor(NodeIndex node)
{
    if (m_code.main() != nullptr) {
        m_reporter.error(
            "E202", node, "There are two \"main\" blocks; a program begins in one place.");
        return;
    }
    ActorDeclaration actor;
    actor.name = "main";
    actor.isMain = true;
    actor.line = m_tree.start(node).line;
    actor.routine = addRoutine("main", node);
    m_code.actors.push_back(std::move(actor));
}

void DeclarationReader::actor(NodeIndex node)
{
    ActorDeclaration actor;
    actor.name = m_tree.word(node, Field::Name);
    actor.kind =
        m_tree.word(node, Field::Word) == "process" ? ActorKind::Process : ActorKind::Thread;
    actor.isDaemon = m_tree.has(node, Field::Daemon);
    actor.line = m_tree.start(node).line;
    actor.parameterCount =
        static_cast<std::int32_t>(m_tree.children(node, Field::Parameter).size());
    elements(node, actor);
    if (!add(Symbol::Kind::Actor, m_tree.child(node, Field::Name), actor.name, m_code.actors.size(),
            node))
        return;
    actor.routine = addRoutine(actor.name, node);
    m_code.actors.push_back(std::move(actor));
}

void DeclarationReader::elements(NodeIndex node, ActorDeclaration& actor)
{
    actor.isArray = m_tree.has(node, Field::Variable);
    if (!actor.isArray)
        return;
    constexpr std::int64_t kFar = 1'000'000'000;
    const NodeIndex high = m_tree.child(node, Field::High);
    actor.low =
        number(m_tree.child(node, Field::Low), "The first element", -kFar, kFar).value_or(0);
    const auto last = number(high, "The last element", actor.low, actor.low + kMaximumElements - 1);
    actor.count = static_cast<std::int32_t>(last.value_or(actor.low) - actor.low + 1);
}

} // namespace heddle
