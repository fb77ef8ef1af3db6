// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"

#include <algorithm>

namespace heddle {

BodyCompiler::BodyCompiler(const Symbols& symbols, CodeBuilder& builder, Reporter& reporter,
    std::vector<LaterBlock>& later)
    : m_symbols(symbols)
    , m_tree(symbols.tree())
    , m_builder(builder)
    , m_reporter(reporter)
    , m_later(later)
{
}

void BodyCompiler::compileRoutine(std::int32_t routine, NodeIndex body,
    const std::vector<std::string>& parameters, Parameters use)
{
    m_routine = routine;
    m_body = body;
    std::vector<std::string> names = parameters;
    for (std::string& name : m_symbols.localsOf(body))
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    for (const std::string& name : names)
        m_locals.emplace(name, temporary());
    for (std::size_t i = 0; use == Parameters::AreSet && i < parameters.size(); ++i)
        m_assigned.insert(static_cast<Register>(i));
    m_returnRegister = temporary();
    const std::int32_t entry = m_builder.here();
    if (m_endsWithStep)
        openScope(Scope::Kind::Catch);
    bool isHead = m_heads != nullptr;
    for (const NodeIndex each : m_tree.children(body, Field::Item)) {
        isHead = isHead && m_tree.node(each).rule == Rule::On;
        if (isHead)
            m_heads->push_back(handler(each));
        else
            statement(each);
    }
    finishRoutine();
    names.resize(static_cast<std::size_t>(m_registerCount));
    Routine& compiled = m_builder.code().routines[static_cast<std::size_t>(routine)];
    compiled.entry = entry;
    compiled.end = m_builder.here();
    compiled.registerCount = m_registerCount;
    compiled.registerNames = std::move(names);
}

Fragment BodyCompiler::compileFragment(NodeIndex node)
{
    const Token& start = m_tree.start(node);
    m_builder.setPlace(start.line, start.column);
    Fragment fragment;
    fragment.entry = m_builder.here();
    const Register value = expression(node);
    emitOperation(Operation::EndPredicate, value, kNoRegister, kNoRegister);
    fragment.registerCount = m_registerCount;
    return fragment;
}

Register BodyCompiler::temporaries(std::int32_t count)
{
    const Register first = m_nextRegister;
    m_nextRegister += count;
    m_registerCount = std::max(m_registerCount, m_nextRegister);
    return first;
}

Register BodyCompiler::emitOperation(Operation operation, Register a, Register b, Register wanted)
{
    Instruction instruction;
    instruction.operation = operation;
    instruction.a = a;
    instruction.b = b;
    instruction.result = wanted;
    m_builder.add(instruction);
    return wanted;
}

Register BodyCompiler::emitConstant(const Value& value, Register wanted)
{
    Instruction instruction;
    instruction.operation = Operation::Constant;
    instruction.target = m_builder.constant(value);
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::limitOf(NodeIndex statement)
{
    const NodeIndex limit = m_tree.child(statement, Field::Limit);
    return limit == kNoNode ? kNoRegister : expression(limit);
}

/// Adds an instruction that may wait: with the time limit of its statement, or of the `try` around it.
void BodyCompiler::emitTimed(Instruction instruction, NodeIndex statement)
{
    if (m_attempt) {
        instruction.isTimed = true;
        instruction.limit = m_attempt->limit;
        m_builder.point(m_builder.add(instruction), Label::Part::Otherwise, *m_attempt->otherwise);
        return;
    }
    if (instruction.limit == kNoRegister)
        instruction.limit = limitOf(statement);
    instruction.isTimed = instruction.limit != kNoRegister;
    m_builder.add(instruction);
}

/// A register that nobody else writes: a copy if it is that of a local.
Register BodyCompiler::stable(Register number)
{
    const bool isLocal = std::any_of(m_locals.begin(), m_locals.end(),
        [number](const auto& each) { return each.second == number; });
    return isLocal ? emitOperation(Operation::Copy, number, kNoRegister, temporary()) : number;
}

void BodyCompiler::cannotCompile(NodeIndex node)
{
    m_reporter.error("E200", node,
        quoted(m_tree.sourceText(node)) + " cannot stand here; this version cannot carry it out.");
}

} // namespace heddle
