// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"
#include "engine/model/program/catalogue.h"

namespace heddle {

const std::map<Rule, BodyCompiler::Statement>& BodyCompiler::statements()
{
    static const std::map<Rule, Statement> table = {
        {Rule::Local, &BodyCompiler::local},
        {Rule::Assign, &BodyCompiler::assign},
        {Rule::Lock, &BodyCompiler::lock},
        {Rule::Unlock, &BodyCompiler::unlock},
        {Rule::Acquire, &BodyCompiler::acquire},
        {Rule::Release, &BodyCompiler::release},
        {Rule::Wait, &BodyCompiler::wait},
        {Rule::Notify, &BodyCompiler::notify},
        {Rule::Set, &BodyCompiler::set},
        {Rule::Clear, &BodyCompiler::clear},
        {Rule::Arrive, &BodyCompiler::arrive},
        {Rule::Abort, &BodyCompiler::abort},
        {Rule::Finish, &BodyCompiler::finish},
        {Rule::AwaitUntil, &BodyCompiler::awaitUntil},
        {Rule::Put, &BodyCompiler::put},
        {Rule::Get, &BodyCompiler::get},
        {Rule::Close, &BodyCompiler::close},
        {Rule::Spawn, &BodyCompiler::spawn},
        {Rule::Join, &BodyCompiler::join},
        {Rule::Cancel, &BodyCompiler::cancel},
        {Rule::Call, &BodyCompiler::callDefinition},
        {Rule::Exit, &BodyCompiler::exitProgram},
        {Rule::Compute, &BodyCompiler::compute},
        {Rule::Sleep, &BodyCompiler::sleep},
        {Rule::Yield, &BodyCompiler::yield},
        {Rule::Progress, &BodyCompiler::progress},
        {Rule::Pass, &BodyCompiler::pass},
        {Rule::Say, &BodyCompiler::say},
        {Rule::Assert, &BodyCompiler::assertTrue},
        {Rule::Choose, &BodyCompiler::choose},
        {Rule::Break, &BodyCompiler::breakLoop},
        {Rule::Continue, &BodyCompiler::continueLoop},
        {Rule::Return, &BodyCompiler::returnStatement},
        {Rule::Raise, &BodyCompiler::raise},
        {Rule::If, &BodyCompiler::ifElse},
        {Rule::While, &BodyCompiler::whileLoop},
        {Rule::Forever, &BodyCompiler::foreverLoop},
        {Rule::Repeat, &BodyCompiler::repeat},
        {Rule::For, &BodyCompiler::forLoop},
        {Rule::With, &BodyCompiler::with},
        {Rule::WithAtomic, &BodyCompiler::withAtomic},
        {Rule::Section, &BodyCompiler::section},
        {Rule::Try, &BodyCompiler::tryStatement},
        {Rule::After, &BodyCompiler::after},
        {Rule::Read, &BodyCompiler::read},
        {Rule::Write, &BodyCompiler::write},
        {Rule::Communicate, &BodyCompiler::communicate},
        {Rule::Start, &BodyCompiler::startCommand},
        {Rule::Send, &BodyCompiler::sendSignal},
        {Rule::On, &BodyCompiler::setHandler},
        {Rule::Alarm, &BodyCompiler::alarm},
        {Rule::Pause, &BodyCompiler::pause},
        {Rule::AwaitSignal, &BodyCompiler::awaitSignal},
    };
    return table;
}

void BodyCompiler::statement(NodeIndex node)
{
    const auto found = statements().find(m_tree.node(node).rule);
    if (found == statements().end())
        return cannotCompile(node);
    const Token& start = m_tree.start(node);
    m_builder.setPlace(start.line, start.column);
    const Register mark = m_nextRegister;
    (this->*found->second)(node);
    m_nextRegister = mark;
}

void BodyCompiler::block(NodeIndex node)
{
    for (const NodeIndex each : m_tree.children(node, Field::Item))
        statement(each);
}

/// A block that may be left out: what it assigns is not certain afterwards.
void BodyCompiler::branch(NodeIndex node)
{
    const std::set<Register> assigned = m_assigned;
    block(node);
    m_assigned = assigned;
}

/// Goes on if the condition holds, else to the label.
void BodyCompiler::condition(NodeIndex node, Label& otherwise)
{
    const Register mark = m_nextRegister;
    if (m_tree.node(node).rule == Rule::Attempt)
        attempt(node, otherwise);
    else
        m_builder.jump(Operation::JumpIfFalse, expression(node), otherwise);
    m_nextRegister = mark;
}

void BodyCompiler::attempt(NodeIndex node, Label& otherwise)
{
    Label notDone;
    const bool isNegated = m_tree.has(node, Field::Word);
    Attempt attempt;
    attempt.limit = limitOf(node);
    attempt.otherwise = isNegated ? &notDone : &otherwise;
    const NodeIndex operation = m_tree.child(node, Field::Item);
    const auto found = statements().find(m_tree.node(operation).rule);
    if (found == statements().end())
        return cannotCompile(operation);
    const std::set<Register> assigned = m_assigned;
    m_attempt = attempt;
    (this->*found->second)(operation);
    m_attempt.reset();
    if (isNegated) {
        m_assigned = assigned;
        m_builder.jump(Operation::Jump, kNoRegister, otherwise);
        m_builder.bind(notDone);
    }
}

void BodyCompiler::ifElse(NodeIndex node)
{
    Label end;
    std::vector<NodeIndex> branches = m_tree.children(node, Field::Branch);
    branches.insert(branches.begin(), node);
    const std::set<Register> assigned = m_assigned;
    for (const NodeIndex each : branches) {
        Label next;
        const Token& start = m_tree.start(each);
        m_builder.setPlace(start.line, start.column);
        condition(m_tree.child(each, Field::Condition), next);
        block(m_tree.child(each, Field::Body));
        m_assigned = assigned;
        m_builder.jump(Operation::Jump, kNoRegister, end);
        m_builder.bind(next);
    }
    const NodeIndex otherwise = m_tree.child(node, Field::Otherwise);
    if (otherwise != kNoNode)
        branch(otherwise);
    m_builder.bind(end);
}

/// The body of a loop; its labels are bound by the caller, who gets the scope back from closeScope.
void BodyCompiler::loopBody(NodeIndex body)
{
    openScope(Scope::Kind::Loop);
    branch(body);
}

void BodyCompiler::whileLoop(NodeIndex node)
{
    Label again;
    Label end;
    const std::set<Register> assigned = m_assigned;
    m_builder.bind(again);
    condition(m_tree.child(node, Field::Condition), end);
    loopBody(m_tree.child(node, Field::Body));
    Scope scope = closeScope();
    m_builder.bind(scope.continueTo);
    m_builder.jump(Operation::Jump, kNoRegister, again);
    m_builder.bind(scope.breakTo);
    m_builder.bind(end);
    m_assigned = assigned;
}

void BodyCompiler::foreverLoop(NodeIndex node)
{
    Label again;
    m_builder.bind(again);
    loopBody(m_tree.child(node, Field::Body));
    Scope scope = closeScope();
    m_builder.bind(scope.continueTo);
    m_builder.jump(Operation::Jump, kNoRegister, again);
    m_builder.bind(scope.breakTo);
}

void BodyCompiler::repeat(NodeIndex node)
{
    const Register low = emitConstant(Value::integer(1), temporary());
    const Register high = stable(expression(m_tree.child(node, Field::Amount)));
    countedLoop(m_tree.child(node, Field::Body), low, high, [](Register) {});
}

/// From low to high, both included; counts in the register `low`, which nobody else may use.
void BodyCompiler::countedLoop(
    NodeIndex body, Register low, Register high, const std::function<void(Register)>& each)
{
    Label turn;
    Label end;
    const Register goesOn = temporary();
    emitOperation(Operation::LessEqual, low, high, goesOn);
    m_builder.jump(Operation::JumpIfFalse, goesOn, end);
    m_builder.bind(turn);
    const std::set<Register> assigned = m_assigned;
    each(low);
    openScope(Scope::Kind::Loop);
    if (body != kNoNode)
        block(body);
    m_assigned = assigned;
    Scope scope = closeScope();
    m_builder.bind(scope.continueTo);
    // Looks before it counts on: the highest number of all can be an end, too.
    emitOperation(Operation::Less, low, high, goesOn);
    m_builder.jump(Operation::JumpIfFalse, goesOn, end);
    const Register mark = m_nextRegister;
    emitOperation(Operation::Add, low, emitConstant(Value::integer(1), kNoRegister), low);
    m_nextRegister = mark;
    m_builder.jump(Operation::Jump, kNoRegister, turn);
    m_builder.bind(scope.breakTo);
    m_builder.bind(end);
}

void BodyCompiler::forLoop(NodeIndex node)
{
    const NodeIndex source = m_tree.child(node, Field::Source);
    if (m_tree.node(source).rule == Rule::Range)
        return forRange(node, source);
    const Symbol* symbol = m_tree.node(source).rule == Rule::Reference
        ? m_symbols.find(nameOf(m_tree, source))
        : nullptr;
    const bool isObject = symbol != nullptr && symbol->kind == Symbol::Kind::Object;
    const auto& objects = m_symbols.declarations().objects;
    if (isObject && objects[static_cast<std::size_t>(symbol->index)].kind == PrimitiveKind::Queue)
        return forQueue(node, source);
    if (isObject || m_symbols.isCommandIn(m_body, m_tree.sourceText(source)))
        return forStream(node, source);
    forItems(node, source);
}

void BodyCompiler::assignLoopVariable(NodeIndex node, Register value)
{
    const auto variable = m_locals.find(m_tree.word(node, Field::Name));
    if (variable == m_locals.end())
        return cannotCompile(node);
    emitOperation(Operation::Copy, value, kNoRegister, variable->second);
    m_assigned.insert(variable->second);
}

void BodyCompiler::forRange(NodeIndex node, NodeIndex range)
{
    const Register low = temporary();
    expression(m_tree.child(range, Field::Low), low);
    const Register high = stable(expression(m_tree.child(range, Field::High)));
    countedLoop(m_tree.child(node, Field::Body), low, high,
        [&](Register counter) { assignLoopVariable(node, counter); });
}

void BodyCompiler::forItems(NodeIndex node, NodeIndex source)
{
    const Register items =
        emitOperation(Operation::ListOf, expression(source), kNoRegister, temporary());
    Instruction length;
    length.operation = Operation::Function;
    length.target = findFunction("len").value_or(0);
    length.a = items;
    length.count = 1;
    length.result = temporary();
    m_builder.add(length);
    const Register low = emitConstant(Value::integer(0), temporary());
    const Register one = emitConstant(Value::integer(1), temporary());
    const Register high = emitOperation(Operation::Subtract, length.result, one, temporary());
    const Register item = temporary();
    countedLoop(m_tree.child(node, Field::Body), low, high, [&](Register index) {
        emitOperation(Operation::Element, items, index, item);
        assignLoopVariable(node, item);
    });
}

/// Items up to the end: a `get` each time; Closed of this very `get` ends the loop.
void BodyCompiler::forQueue(NodeIndex node, NodeIndex source)
{
    Label again;
    const Register item = temporary();
    Instruction instruction = objectInstruction(Operation::Get, source);
    if (instruction.index != kNoRegister)
        instruction.index = stable(instruction.index);
    instruction.result = item;
    m_builder.bind(again);
    openScope(Scope::Kind::Catch);
    m_builder.add(instruction);
    const Scope guarded = closeScope();
    const std::set<Register> assigned = m_assigned;
    assignLoopVariable(node, item);
    loopBody(m_tree.child(node, Field::Body));
    m_assigned = assigned;
    Scope scope = closeScope();
    m_builder.bind(scope.continueTo);
    m_builder.jump(Operation::Jump, kNoRegister, again);
    ExceptionHandler handler;
    handler.catches = ExceptionHandler::Catches::Named;
    handler.exception = findException(m_builder.code(), "Closed");
    handler.handler = m_builder.here();
    addHandlers(guarded, handler);
    m_builder.bind(scope.breakTo);
}

} // namespace heddle
