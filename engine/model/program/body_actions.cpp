// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"

#include <algorithm>

namespace heddle {

void BodyCompiler::spawn(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const Symbol* actor = m_symbols.find(nameOf(m_tree, target));
    if (actor == nullptr || actor->kind != Symbol::Kind::Actor)
        return cannotCompile(node);
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction;
        instruction.operation = Operation::Spawn;
        instruction.target = actor->index;
        instruction.result = result;
        const NodeIndex index = m_tree.child(target, Field::Index);
        if (index != kNoNode)
            instruction.index = expression(index);
        const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
        instruction.count = static_cast<std::int32_t>(arguments.size());
        if (!arguments.empty())
            instruction.a = consecutive(arguments);
        const NodeIndex name = m_tree.child(node, Field::As);
        if (name != kNoNode)
            instruction.b = expression(name);
        rememberHandle(m_tree.child(node, Field::Into), m_builder.add(instruction));
    });
}

/// Expectations may call what `main` spawns by the name of its local.
void BodyCompiler::rememberHandle(NodeIndex into, std::int32_t spawn)
{
    const ActorDeclaration* main = m_symbols.declarations().main();
    const std::string name(nameOf(m_tree, into));
    if (main != nullptr && main->routine == m_routine && m_locals.count(name) > 0)
        m_builder.code().handleNames.push_back({name, spawn});
}

void BodyCompiler::join(NodeIndex node)
{
    if (m_tree.word(node, Field::Word) == "all") {
        Instruction instruction;
        instruction.operation = Operation::JoinAll;
        return emitTimed(instruction, node);
    }
    const NodeIndex target = m_tree.child(node, Field::Target);
    const Symbol* symbol = m_locals.count(std::string(nameOf(m_tree, target))) > 0
        ? nullptr
        : m_symbols.find(nameOf(m_tree, target));
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Object)
        return emitTimed(objectInstruction(Operation::Join, target), node);
    const auto& actors = m_symbols.declarations().actors;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Actor
        && actors[static_cast<std::size_t>(symbol->index)].isArray
        && !m_tree.has(target, Field::Index))
        return joinElements(node, *symbol);
    Instruction instruction;
    instruction.operation = Operation::Join;
    instruction.a = expression(target);
    if (m_tree.has(node, Field::Checked))
        instruction.mode = 'c';
    emitTimed(instruction, node);
}

/// The name of an array stands for all its elements, one after the other.
void BodyCompiler::joinElements(NodeIndex node, const Symbol& actor)
{
    const auto& declaration =
        m_symbols.declarations().actors[static_cast<std::size_t>(actor.index)];
    const Register low = emitConstant(Value::integer(declaration.low), temporary());
    const Register high =
        emitConstant(Value::integer(declaration.low + declaration.count - 1), temporary());
    countedLoop(kNoNode, low, high, [&](Register element) {
        Instruction handle;
        handle.operation = Operation::ActorHandle;
        handle.target = actor.index;
        handle.index = element;
        handle.result = temporary();
        m_builder.add(handle);
        Instruction instruction;
        instruction.operation = Operation::Join;
        instruction.a = handle.result;
        emitTimed(instruction, node);
    });
}

void BodyCompiler::cancel(NodeIndex node)
{
    emitOperation(
        Operation::Cancel, expression(m_tree.child(node, Field::Target)), kNoRegister, kNoRegister);
}

void BodyCompiler::callDefinition(NodeIndex node)
{
    const Symbol* definition = m_symbols.find(nameOf(m_tree, m_tree.child(node, Field::Name)));
    if (definition == nullptr || definition->kind != Symbol::Kind::Definition)
        return cannotCompile(node);
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
        Instruction instruction;
        instruction.operation = Operation::CallRoutine;
        instruction.target = definition->index;
        instruction.count = static_cast<std::int32_t>(arguments.size());
        if (!arguments.empty())
            instruction.a = consecutive(arguments);
        instruction.result = result;
        m_builder.add(instruction);
    });
}

void BodyCompiler::exitProgram(NodeIndex node)
{
    const NodeIndex code = m_tree.child(node, Field::Value);
    emitOperation(Operation::Exit, code == kNoNode ? kNoRegister : expression(code), kNoRegister,
        kNoRegister);
}

void BodyCompiler::compute(NodeIndex node)
{
    emitOperation(
        Operation::Compute, expression(m_tree.child(node, Field::Value)), kNoRegister, kNoRegister);
}

void BodyCompiler::sleep(NodeIndex node)
{
    emitOperation(
        Operation::Sleep, expression(m_tree.child(node, Field::Value)), kNoRegister, kNoRegister);
}

void BodyCompiler::yield(NodeIndex)
{
    emitOperation(Operation::Yield, kNoRegister, kNoRegister, kNoRegister);
}

void BodyCompiler::progress(NodeIndex)
{
    emitOperation(Operation::Progress, kNoRegister, kNoRegister, kNoRegister);
}

void BodyCompiler::pass(NodeIndex)
{
}

/// One line: the arguments with a blank between them.
void BodyCompiler::say(NodeIndex node)
{
    const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
    Instruction instruction;
    instruction.operation = Operation::Say;
    instruction.a = joinedText(arguments);
    if (m_tree.word(node, Field::To) == "stderr")
        instruction.mode = 'e';
    m_builder.add(instruction);
}

Register BodyCompiler::joinedText(const std::vector<NodeIndex>& arguments)
{
    const Rule first = arguments.empty() ? Rule::Broken : m_tree.node(arguments.front()).rule;
    if (arguments.size() == 1 && first == Rule::FormattedText)
        return expression(arguments.front());
    Instruction text;
    text.operation = Operation::FormatText;
    text.count = static_cast<std::int32_t>(arguments.size()) * 2 - (arguments.empty() ? 0 : 1);
    text.a = temporaries(text.count);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Register part = text.a + static_cast<Register>(2 * i);
        if (i > 0)
            emitConstant(Value::text(" "), part - 1);
        expression(arguments[i], part);
    }
    text.result = temporary();
    m_builder.add(text);
    return text.result;
}

void BodyCompiler::assertTrue(NodeIndex node)
{
    const Register truth = expression(m_tree.child(node, Field::Condition));
    const NodeIndex text = m_tree.child(node, Field::Text);
    emitOperation(
        Operation::Assert, truth, text == kNoNode ? kNoRegister : expression(text), kNoRegister);
}

void BodyCompiler::choose(NodeIndex node)
{
    const auto variable = m_locals.find(m_tree.word(node, Field::Name));
    if (variable == m_locals.end())
        return cannotCompile(node);
    const NodeIndex source = m_tree.child(node, Field::Source);
    Instruction instruction;
    instruction.operation = Operation::Choose;
    instruction.result = variable->second;
    if (m_tree.node(source).rule == Rule::Range) {
        instruction.mode = 'r';
        instruction.a = expression(m_tree.child(source, Field::Low));
        instruction.b = expression(m_tree.child(source, Field::High));
    } else if (m_tree.node(source).rule == Rule::SetLiteral) {
        Instruction list;
        list.operation = Operation::MakeList;
        const std::vector<NodeIndex> items = m_tree.children(source, Field::Item);
        list.count = static_cast<std::int32_t>(items.size());
        list.a = consecutive(items);
        list.result = instruction.a = temporary();
        m_builder.add(list);
    } else {
        instruction.a =
            emitOperation(Operation::ListOf, expression(source), kNoRegister, temporary());
    }
    m_builder.add(instruction);
    m_assigned.insert(variable->second);
}

/// Locals of this body that a timer's block mentions, in their order.
std::vector<std::string> BodyCompiler::mentionedLocals(NodeIndex body) const
{
    std::vector<std::string> names;
    std::vector<NodeIndex> open = {body};
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        const auto& children = m_tree.node(node).children;
        open.insert(open.end(), children.rbegin(), children.rend());
        if (m_tree.node(node).rule != Rule::Reference)
            continue;
        std::string name(nameOf(m_tree, node));
        if (m_locals.find(name) != m_locals.end()
            && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

void BodyCompiler::after(NodeIndex node)
{
    LaterBlock timer;
    timer.node = m_tree.child(node, Field::Body);
    timer.captured = mentionedLocals(timer.node);
    const std::int32_t routine =
        addLater(timer, "after line " + std::to_string(m_tree.start(node).line));
    Instruction instruction;
    instruction.operation = Operation::StartTimer;
    instruction.target = routine;
    instruction.a = expression(m_tree.child(node, Field::Amount));
    instruction.count = static_cast<std::int32_t>(timer.captured.size());
    instruction.b = temporaries(instruction.count);
    for (std::size_t i = 0; i < timer.captured.size(); ++i) {
        Instruction copy;
        copy.operation = Operation::Copy;
        copy.mode = 'u';
        copy.a = m_locals.find(timer.captured[i])->second;
        copy.result = instruction.b + static_cast<Register>(i);
        m_builder.add(copy);
    }
    const auto handle = m_locals.find(m_tree.word(node, Field::As));
    if (handle != m_locals.end()) {
        instruction.result = handle->second;
        m_assigned.insert(handle->second);
    }
    m_builder.add(instruction);
}

} // namespace heddle
