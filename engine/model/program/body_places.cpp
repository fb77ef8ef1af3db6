// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"

namespace heddle {

namespace {

Instruction variableInstruction(Operation operation, std::int32_t declaration, Register element)
{
    Instruction instruction;
    instruction.operation = operation;
    instruction.target = declaration;
    instruction.index = element;
    return instruction;
}

} // namespace

/// The first index of a reference to an array; kNoRegister if it is none.
Register BodyCompiler::arrayElement(NodeIndex reference, bool isArray)
{
    const NodeIndex index = m_tree.child(reference, Field::Index);
    return isArray && index != kNoNode ? expression(index) : kNoRegister;
}

Instruction BodyCompiler::objectInstruction(Operation operation, NodeIndex reference)
{
    Instruction instruction;
    instruction.operation = operation;
    const Symbol* symbol = m_symbols.find(nameOf(m_tree, reference));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Object) {
        cannotCompile(reference);
        return instruction;
    }
    const auto& object = m_symbols.declarations().objects[static_cast<std::size_t>(symbol->index)];
    instruction.target = symbol->index;
    instruction.index = arrayElement(reference, object.isArray);
    return instruction;
}

BodyCompiler::Place BodyCompiler::place(NodeIndex reference)
{
    Place found;
    std::vector<NodeIndex> keys = m_tree.children(reference, Field::Index);
    const std::string_view name = nameOf(m_tree, reference);
    const auto local = m_locals.find(name);
    const Symbol* symbol = m_symbols.find(name);
    if (local != m_locals.end()) {
        found.local = local->second;
    } else if (symbol != nullptr
        && (symbol->kind == Symbol::Kind::Shared || symbol->kind == Symbol::Kind::Private)) {
        const bool isShared = symbol->kind == Symbol::Kind::Shared;
        const Code& code = m_symbols.declarations();
        const auto& variable =
            (isShared ? code.shared : code.privates)[static_cast<std::size_t>(symbol->index)];
        found.kind = isShared ? Place::Kind::Shared : Place::Kind::Private;
        found.declaration = symbol->index;
        found.element = arrayElement(reference, variable.isArray);
        if (variable.isArray && !keys.empty())
            keys.erase(keys.begin());
    } else {
        cannotCompile(reference);
    }
    for (const NodeIndex key : keys)
        found.keys.push_back(expression(key));
    return found;
}

/// The variable itself, without the keys into it.
Register BodyCompiler::loadContainer(const Place& place, Register wanted)
{
    if (place.kind == Place::Kind::Local) {
        const bool isReady = m_assigned.count(place.local) > 0;
        if (isReady && wanted == kNoRegister)
            return place.local;
        return emitOperation(Operation::Copy, place.local, kNoRegister, resultRegister(wanted));
    }
    const bool isShared = place.kind == Place::Kind::Shared;
    Instruction instruction =
        variableInstruction(isShared ? Operation::LoadShared : Operation::LoadPrivate,
            place.declaration, place.element);
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::load(const Place& place, Register wanted)
{
    Register value = loadContainer(place, place.keys.empty() ? wanted : kNoRegister);
    for (std::size_t i = 0; i < place.keys.size(); ++i)
        value = emitOperation(Operation::Element, value, place.keys[i],
            i + 1 == place.keys.size() ? resultRegister(wanted) : temporary());
    return value;
}

void BodyCompiler::storeContainer(const Place& place, Register value)
{
    if (place.kind == Place::Kind::Local) {
        if (value != place.local)
            emitOperation(Operation::Copy, value, kNoRegister, place.local);
        m_assigned.insert(place.local);
        return;
    }
    const bool isShared = place.kind == Place::Kind::Shared;
    Instruction instruction =
        variableInstruction(isShared ? Operation::StoreShared : Operation::StorePrivate,
            place.declaration, place.element);
    instruction.a = value;
    m_builder.add(instruction);
}

void BodyCompiler::store(const Place& place, Register value)
{
    if (place.keys.empty())
        return storeContainer(place, value);
    const bool isShared = place.kind == Place::Kind::Shared;
    if (isShared && place.keys.size() == 1) {
        Instruction instruction =
            variableInstruction(Operation::StoreSharedElement, place.declaration, place.element);
        instruction.a = value;
        instruction.b = place.keys.front();
        m_builder.add(instruction);
        return;
    }
    // The containers on the way in, then new ones on the way out.
    std::vector<Register> containers = {loadContainer(place, kNoRegister)};
    for (std::size_t i = 0; i + 1 < place.keys.size(); ++i)
        containers.push_back(
            emitOperation(Operation::Element, containers.back(), place.keys[i], temporary()));
    const std::size_t outermost = isShared ? 1 : 0;
    for (std::size_t i = place.keys.size(); i-- > outermost;) {
        Instruction instruction;
        instruction.operation = Operation::ReplaceElement;
        instruction.a = containers[i];
        instruction.b = place.keys[i];
        instruction.c = value;
        instruction.result = value = temporary();
        m_builder.add(instruction);
    }
    Place outer = place;
    outer.keys.resize(outermost);
    store(outer, value);
}

void BodyCompiler::local(NodeIndex node)
{
    const auto found = m_locals.find(m_tree.word(node, Field::Name));
    if (found == m_locals.end())
        return cannotCompile(node);
    value(m_tree.child(node, Field::Value), found->second);
    m_assigned.insert(found->second);
}

void BodyCompiler::assign(NodeIndex node)
{
    const Place target = place(m_tree.child(node, Field::Target));
    const std::string_view symbol = m_tree.word(node, Field::Operator);
    const NodeIndex valueNode = m_tree.child(node, Field::Value);
    const bool isWholeLocal = target.kind == Place::Kind::Local && target.keys.empty();
    if (symbol == "=") {
        store(target, value(valueNode, isWholeLocal ? target.local : kNoRegister));
        return;
    }
    if (addAtomically(node, target, symbol.front()))
        return;
    const Register old = load(target, kNoRegister);
    const Register change = value(valueNode);
    const Operation operation = binaryOperation(symbol.substr(0, 1)).value_or(Operation::Add);
    store(target, emitOperation(operation, old, change, isWholeLocal ? target.local : temporary()));
}

/// `x += v` on an atomic variable is one step.
bool BodyCompiler::addAtomically(NodeIndex node, const Place& target, char mode)
{
    if (target.kind != Place::Kind::Shared || !target.keys.empty() || target.declaration < 0
        || !m_symbols.declarations().shared[static_cast<std::size_t>(target.declaration)].isAtomic)
        return false;
    Instruction instruction =
        variableInstruction(Operation::AddShared, target.declaration, target.element);
    instruction.a = value(m_tree.child(node, Field::Value));
    instruction.mode = mode;
    m_builder.add(instruction);
    return true;
}

void BodyCompiler::deliver(NodeIndex into, const std::function<void(Register)>& emitInto)
{
    if (into == kNoNode)
        return emitInto(kNoRegister);
    const Place target = place(into);
    const bool isWholeLocal = target.kind == Place::Kind::Local && target.keys.empty();
    const Register result = isWholeLocal ? target.local : temporary();
    emitInto(result);
    store(target, result);
}

} // namespace heddle
