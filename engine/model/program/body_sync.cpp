// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"
#include "engine/model/program/catalogue.h"

namespace heddle {

namespace {

/// 'r' read, 'w' write or exclusive.
char lockMode(const SyntaxTree& tree, NodeIndex statement)
{
    return tree.word(statement, Field::Mode) == "read" ? 'r' : 'w';
}

} // namespace

void BodyCompiler::lock(NodeIndex node)
{
    Instruction instruction = objectInstruction(Operation::Lock, m_tree.child(node, Field::Target));
    instruction.mode = lockMode(m_tree, node);
    emitTimed(instruction, node);
}

void BodyCompiler::unlock(NodeIndex node)
{
    Instruction instruction =
        objectInstruction(Operation::Unlock, m_tree.child(node, Field::Target));
    instruction.mode = lockMode(m_tree, node);
    m_builder.add(instruction);
}

void BodyCompiler::acquire(NodeIndex node)
{
    Instruction instruction =
        objectInstruction(Operation::Acquire, m_tree.child(node, Field::Target));
    const NodeIndex units = m_tree.child(node, Field::Amount);
    if (units != kNoNode)
        instruction.a = expression(units);
    emitTimed(instruction, node);
}

void BodyCompiler::release(NodeIndex node)
{
    amount(Operation::Release, node);
}

void BodyCompiler::amount(Operation operation, NodeIndex node)
{
    Instruction instruction = objectInstruction(operation, m_tree.child(node, Field::Target));
    const NodeIndex units = m_tree.child(node, Field::Amount);
    if (units != kNoNode)
        instruction.a = expression(units);
    if (m_tree.word(node, Field::Word) == "all")
        instruction.mode = 'a';
    m_builder.add(instruction);
}

void BodyCompiler::wait(NodeIndex node)
{
    Instruction instruction = objectInstruction(Operation::Wait, m_tree.child(node, Field::Target));
    const auto& objects = m_symbols.declarations().objects;
    const bool isCondition = instruction.target >= 0
        && objects[static_cast<std::size_t>(instruction.target)].kind == PrimitiveKind::Condition;
    if (isCondition)
        instruction.operation = Operation::WaitCondition;
    if (m_tree.has(node, Field::Condition))
        waitUntil(node, instruction);
    else
        emitTimed(instruction, node);
}

/// `while not p: wait c`. A time limit is one for all its turns: each turn gets what is left of it.
void BodyCompiler::waitUntil(NodeIndex node, const Instruction& instruction)
{
    const Register limit = m_attempt ? m_attempt->limit : limitOf(node);
    Register deadline = kNoRegister;
    if (limit != kNoRegister)
        deadline = emitOperation(Operation::Add, call("now", kNoRegister), limit, temporary());
    Instruction turn = instruction;
    if (turn.index != kNoRegister)
        turn.index = stable(turn.index);
    Label again;
    Label end;
    m_builder.bind(again);
    m_builder.jump(Operation::JumpIfTrue, expression(m_tree.child(node, Field::Condition)), end);
    if (deadline != kNoRegister)
        turn.limit =
            emitOperation(Operation::Subtract, deadline, call("now", kNoRegister), temporary());
    const std::optional<Attempt> attempt = m_attempt;
    if (m_attempt)
        m_attempt->limit = turn.limit;
    emitTimed(turn, node);
    m_attempt = attempt;
    m_builder.jump(Operation::Jump, kNoRegister, again);
    m_builder.bind(end);
}

void BodyCompiler::notify(NodeIndex node)
{
    amount(Operation::Notify, node);
}

void BodyCompiler::set(NodeIndex node)
{
    m_builder.add(objectInstruction(Operation::Set, m_tree.child(node, Field::Target)));
}

void BodyCompiler::clear(NodeIndex node)
{
    m_builder.add(objectInstruction(Operation::Clear, m_tree.child(node, Field::Target)));
}

void BodyCompiler::arrive(NodeIndex node)
{
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction =
            objectInstruction(Operation::Arrive, m_tree.child(node, Field::Target));
        instruction.result = result;
        emitTimed(instruction, node);
    });
}

void BodyCompiler::abort(NodeIndex node)
{
    m_builder.add(objectInstruction(Operation::Abort, m_tree.child(node, Field::Target)));
}

void BodyCompiler::finish(NodeIndex node)
{
    m_builder.add(objectInstruction(Operation::Finish, m_tree.child(node, Field::Target)));
}

/// The predicate stands behind the instruction, as a fragment on the routine's registers.
void BodyCompiler::awaitUntil(NodeIndex node)
{
    Label predicate;
    Label end;
    Instruction instruction;
    instruction.operation = Operation::AwaitUntil;
    instruction.limit = limitOf(node);
    instruction.isTimed = instruction.limit != kNoRegister;
    m_builder.point(m_builder.add(instruction), Label::Part::Target, predicate);
    m_builder.jump(Operation::Jump, kNoRegister, end);
    m_builder.bind(predicate);
    const Register value = expression(m_tree.child(node, Field::Condition));
    emitOperation(Operation::EndPredicate, value, kNoRegister, kNoRegister);
    m_builder.bind(end);
}

void BodyCompiler::put(NodeIndex node)
{
    Instruction instruction = objectInstruction(Operation::Put, m_tree.child(node, Field::Target));
    instruction.a = expression(m_tree.child(node, Field::Value));
    emitTimed(instruction, node);
}

void BodyCompiler::get(NodeIndex node)
{
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction =
            objectInstruction(Operation::Get, m_tree.child(node, Field::Target));
        instruction.result = result;
        emitTimed(instruction, node);
    });
}

void BodyCompiler::close(NodeIndex node)
{
    Instruction instruction =
        streamInstruction(Operation::Close, node, m_tree.child(node, Field::Target));
    if (m_tree.word(node, Field::Word) == "now")
        instruction.mode = 'n';
    m_builder.add(instruction);
}

} // namespace heddle
