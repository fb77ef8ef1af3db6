// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"

#include <algorithm>

namespace heddle {

BodyCompiler::Scope& BodyCompiler::openScope(Scope::Kind kind)
{
    Scope scope;
    scope.kind = kind;
    scope.openFrom = m_builder.here();
    m_scopes.push_back(std::move(scope));
    return m_scopes.back();
}

BodyCompiler::Scope BodyCompiler::closeScope()
{
    Scope scope = std::move(m_scopes.back());
    m_scopes.pop_back();
    scope.ranges.emplace_back(scope.openFrom, m_builder.here());
    return scope;
}

/// A handler row for each stretch of instructions that the scope sees.
void BodyCompiler::addHandlers(const Scope& scope, ExceptionHandler handler)
{
    if (m_routine < 0)
        return;
    auto& handlers = m_builder.code().routines[static_cast<std::size_t>(m_routine)].handlers;
    for (const auto& [from, to] : scope.ranges) {
        handler.from = from;
        handler.to = to;
        if (from < to)
            handlers.push_back(handler);
    }
}

/// Goes out of all scopes that the exit leaves, doing their clean-up on the way.
///
/// The clean-up of a scope must not be seen by that scope itself, nor by those inside of it: each is
/// suspended before, and seen again by what follows the exit in the text.
void BodyCompiler::leaveThrough(const Exit& exit)
{
    const std::size_t last = exit.kind == Exit::Kind::Return ? 0 : exit.loop + 1;
    std::size_t left = m_scopes.size();
    bool isHandedOver = false;
    while (left > last && !isHandedOver) {
        Scope& scope = m_scopes[--left];
        scope.ranges.emplace_back(scope.openFrom, m_builder.here());
        if (scope.kind == Scope::Kind::Cleanup)
            scope.cleanup();
        isHandedOver = scope.kind == Scope::Kind::Finally;
    }
    if (isHandedOver) {
        Scope& scope = m_scopes[left];
        auto known = std::find(scope.exits.begin(), scope.exits.end(), exit);
        if (known == scope.exits.end())
            known = scope.exits.insert(known, exit);
        // 0 is the normal way, 1 an exception: see finishFinally.
        emitConstant(Value::integer(2 + (known - scope.exits.begin())), scope.way);
        m_builder.jump(Operation::Jump, kNoRegister, scope.finallyBlock);
    } else {
        goOut(exit);
    }
    for (; left < m_scopes.size(); ++left)
        m_scopes[left].openFrom = m_builder.here();
}

void BodyCompiler::goOut(const Exit& exit)
{
    if (exit.kind == Exit::Kind::Return) {
        if (m_endsWithStep)
            emitEnd(0);
        emitOperation(Operation::Return, exit.value, kNoRegister, kNoRegister);
        return;
    }
    Scope& loop = m_scopes[exit.loop];
    m_builder.jump(Operation::Jump, kNoRegister,
        exit.kind == Exit::Kind::Break ? loop.breakTo : loop.continueTo);
}

void BodyCompiler::emitEnd(char mode)
{
    Instruction end;
    end.operation = Operation::End;
    end.mode = mode;
    m_builder.add(end);
}

/// The normal way out and, where ends are steps, that of exceptions: they pass the actor's end, too.
void BodyCompiler::finishRoutine()
{
    if (!m_endsWithStep)
        return goOut({});
    const Scope body = closeScope();
    goOut({});
    ExceptionHandler handler;
    handler.handler = m_builder.here();
    handler.store = temporary();
    addHandlers(body, handler);
    const Token& head = m_tree.start(m_tree.node(m_body).parent);
    m_builder.setPlace(head.line, head.column);
    emitEnd('f');
    emitOperation(Operation::Reraise, handler.store, kNoRegister, kNoRegister);
}

void BodyCompiler::returnStatement(NodeIndex node)
{
    Exit exit;
    const NodeIndex value = m_tree.child(node, Field::Value);
    if (value != kNoNode)
        exit.value = expression(value, m_returnRegister);
    leaveThrough(exit);
}

void BodyCompiler::breakLoop(NodeIndex node)
{
    Exit exit;
    exit.kind = m_tree.node(node).rule == Rule::Break ? Exit::Kind::Break : Exit::Kind::Continue;
    for (std::size_t i = m_scopes.size(); i-- > 0;) {
        if (m_scopes[i].kind != Scope::Kind::Loop)
            continue;
        exit.loop = i;
        return leaveThrough(exit);
    }
    cannotCompile(node);
}

void BodyCompiler::continueLoop(NodeIndex node)
{
    breakLoop(node);
}

/// A body whose clean-up is done on every way out of it, exceptions included.
void BodyCompiler::guarded(NodeIndex body, const std::function<void()>& cleanup)
{
    Label end;
    openScope(Scope::Kind::Cleanup).cleanup = cleanup;
    block(body);
    const Scope scope = closeScope();
    cleanup();
    m_builder.jump(Operation::Jump, kNoRegister, end);
    ExceptionHandler handler;
    handler.handler = m_builder.here();
    handler.store = temporary();
    addHandlers(scope, handler);
    cleanup();
    emitOperation(Operation::Reraise, handler.store, kNoRegister, kNoRegister);
    m_builder.bind(end);
}

void BodyCompiler::with(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    Instruction enter = objectInstruction(Operation::Lock, target);
    if (enter.target < 0)
        return;
    const ObjectDeclaration& object =
        m_symbols.declarations().objects[static_cast<std::size_t>(enter.target)];
    if (object.kind == PrimitiveKind::Condition) {
        const bool isArray =
            m_symbols.declarations().objects[static_cast<std::size_t>(object.mutex)].isArray;
        enter.target = object.mutex;
        enter.index =
            isArray ? emitConstant(Value::integer(object.mutexElement), kNoRegister) : kNoRegister;
    }
    if (enter.index != kNoRegister)
        enter.index = stable(enter.index);
    Instruction leave = enter;
    if (object.kind == PrimitiveKind::Semaphore) {
        enter.operation = Operation::Acquire;
        leave.operation = Operation::Release;
    } else {
        leave.operation = Operation::Unlock;
        enter.mode = leave.mode = m_tree.word(node, Field::Mode) == "read" ? 'r' : 'w';
    }
    m_builder.add(enter);
    guarded(m_tree.child(node, Field::Body), [this, leave] { m_builder.add(leave); });
}

void BodyCompiler::withAtomic(NodeIndex node)
{
    emitOperation(Operation::BeginAtomic, kNoRegister, kNoRegister, kNoRegister);
    guarded(m_tree.child(node, Field::Body),
        [this] { emitOperation(Operation::EndAtomic, kNoRegister, kNoRegister, kNoRegister); });
}

void BodyCompiler::section(NodeIndex node)
{
    const auto& sections = m_symbols.declarations().sections;
    const std::string text = textOf(m_tree.word(node, Field::Text), TextUse::Plain);
    Instruction enter;
    enter.operation = Operation::EnterSection;
    enter.target = static_cast<std::int32_t>(
        std::find(sections.begin(), sections.end(), text) - sections.begin());
    Instruction leave = enter;
    leave.operation = Operation::LeaveSection;
    m_builder.add(enter);
    guarded(m_tree.child(node, Field::Body), [this, leave] { m_builder.add(leave); });
}

/// `try` with `finally` is one without, around which the `finally` lies.
void BodyCompiler::tryStatement(NodeIndex node)
{
    if (!m_tree.has(node, Field::Otherwise))
        return catching(node);
    const Register way = temporary();
    openScope(Scope::Kind::Finally).way = way;
    catching(node);
    finishFinally(node, closeScope());
}

/// The block stands once in the code; `way` says where it goes on: 0 behind it, 1 with the exception that
/// led into it, 2, 3, … on the exits that were on their way out.
void BodyCompiler::finishFinally(NodeIndex node, Scope scope)
{
    const Register isThisWay = temporary();
    emitConstant(Value::integer(0), scope.way);
    m_builder.jump(Operation::Jump, kNoRegister, scope.finallyBlock);
    ExceptionHandler handler;
    handler.handler = m_builder.here();
    handler.store = temporary();
    addHandlers(scope, handler);
    emitConstant(Value::integer(1), scope.way);
    m_builder.bind(scope.finallyBlock);
    branch(m_tree.child(node, Field::Otherwise));
    for (std::int64_t way = 1; way < 2 + static_cast<std::int64_t>(scope.exits.size()); ++way) {
        Label next;
        emitOperation(
            Operation::Equal, scope.way, emitConstant(Value::integer(way), kNoRegister), isThisWay);
        m_builder.jump(Operation::JumpIfFalse, isThisWay, next);
        if (way == 1)
            emitOperation(Operation::Reraise, handler.store, kNoRegister, kNoRegister);
        else
            leaveThrough(scope.exits[static_cast<std::size_t>(way - 2)]);
        m_builder.bind(next);
    }
}

void BodyCompiler::catching(NodeIndex node)
{
    const std::vector<NodeIndex> branches = m_tree.children(node, Field::Branch);
    const std::set<Register> assigned = m_assigned;
    if (branches.empty()) {
        block(m_tree.child(node, Field::Body));
        m_assigned = assigned;
        return;
    }
    Label end;
    openScope(Scope::Kind::Catch);
    block(m_tree.child(node, Field::Body));
    const Scope scope = closeScope();
    m_assigned = assigned;
    m_builder.jump(Operation::Jump, kNoRegister, end);
    for (const NodeIndex each : branches)
        exceptBranch(each, scope, end);
    m_builder.bind(end);
}

void BodyCompiler::exceptBranch(NodeIndex node, const Scope& scope, Label& end)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    const Token& start = m_tree.start(node);
    m_builder.setPlace(start.line, start.column);
    ExceptionHandler handler;
    handler.catches = name.empty() ? ExceptionHandler::Catches::AllButCancelled
                                   : ExceptionHandler::Catches::Named;
    handler.exception = name.empty() ? -1 : findException(m_builder.code(), name);
    handler.handler = m_builder.here();
    handler.store = temporary();
    addHandlers(scope, handler);
    const Register outer = m_caught;
    m_caught = handler.store;
    branch(m_tree.child(node, Field::Body));
    m_caught = outer;
    m_builder.jump(Operation::Jump, kNoRegister, end);
}

void BodyCompiler::raise(NodeIndex node)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    if (name.empty()) {
        if (m_caught == kNoRegister)
            return cannotCompile(node);
        emitOperation(Operation::Reraise, m_caught, kNoRegister, kNoRegister);
        return;
    }
    const NodeIndex text = m_tree.child(node, Field::Text);
    Instruction instruction;
    instruction.operation = Operation::Raise;
    instruction.target = findException(m_builder.code(), name);
    if (text != kNoNode)
        instruction.a = expression(text);
    m_builder.add(instruction);
}

} // namespace heddle
