// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"

namespace heddle {

/// A pipe that is declared, or the streams of the command whose handle the reference gives.
Instruction BodyCompiler::streamInstruction(
    Operation operation, NodeIndex statement, NodeIndex target)
{
    Instruction instruction;
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = m_locals.find(name) == m_locals.end() ? m_symbols.find(name) : nullptr;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Object) {
        instruction = objectInstruction(operation, target);
    } else {
        instruction.operation = operation;
        instruction.a = expression(target);
    }
    const std::string_view part = m_tree.word(statement, Field::Part);
    instruction.part = part == "reader" ? 'r'
        : part == "writer"              ? 'w'
        : part == "stderr"              ? 'e'
                                        : '\0';
    return instruction;
}

void BodyCompiler::read(NodeIndex node)
{
    const std::string_view mode = m_tree.word(node, Field::Mode);
    const NodeIndex amount = m_tree.child(node, Field::Amount);
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction =
            streamInstruction(Operation::Read, node, m_tree.child(node, Field::Target));
        instruction.mode = mode == "line" ? 'l'
            : mode == "all"               ? 'a'
            : amount == kNoNode           ? 's'
                                          : 'n';
        if (amount != kNoNode)
            instruction.b = expression(amount);
        instruction.result = result;
        emitTimed(instruction, node);
    });
}

void BodyCompiler::write(NodeIndex node)
{
    Instruction instruction =
        streamInstruction(Operation::Write, node, m_tree.child(node, Field::Target));
    if (instruction.index != kNoRegister)
        instruction.index = stable(instruction.index);
    instruction.b = expression(m_tree.child(node, Field::Value));
    emitTimed(instruction, node);
}

/// Lines up to the end of the input.
void BodyCompiler::forStream(NodeIndex node, NodeIndex source)
{
    Label again;
    Label end;
    Instruction instruction = streamInstruction(Operation::Read, node, source);
    instruction.mode = 'l';
    instruction.result = temporary();
    for (Register* used : {&instruction.index, &instruction.a})
        if (*used != kNoRegister)
            *used = stable(*used);
    const Register none = emitConstant(Value::none(), temporary());
    const Register isEnd = temporary();
    m_builder.bind(again);
    m_builder.add(instruction);
    emitOperation(Operation::Equal, instruction.result, none, isEnd);
    m_builder.jump(Operation::JumpIfTrue, isEnd, end);
    const std::set<Register> assigned = m_assigned;
    assignLoopVariable(node, instruction.result);
    loopBody(m_tree.child(node, Field::Body));
    m_assigned = assigned;
    Scope scope = closeScope();
    m_builder.bind(scope.continueTo);
    m_builder.jump(Operation::Jump, kNoRegister, again);
    m_builder.bind(scope.breakTo);
    m_builder.bind(end);
}

/// The list of output and error output is taken apart into what the line names.
void BodyCompiler::communicate(NodeIndex node)
{
    Instruction instruction =
        streamInstruction(Operation::Communicate, node, m_tree.child(node, Field::Target));
    const NodeIndex input = m_tree.child(node, Field::Value);
    if (input != kNoNode)
        instruction.b = expression(input);
    instruction.result = temporary();
    emitTimed(instruction, node);
    std::int64_t number = 0;
    for (const NodeIndex into : m_tree.children(node, Field::Into)) {
        const Register place = emitConstant(Value::integer(number++), kNoRegister);
        deliver(into, [&](Register result) {
            emitOperation(Operation::Element, instruction.result, place, result);
        });
    }
}

std::int32_t BodyCompiler::addLater(LaterBlock block, std::string name)
{
    auto& routines = m_builder.code().routines;
    block.routine = static_cast<std::int32_t>(routines.size());
    Routine routine;
    routine.name = std::move(name);
    routine.line = m_tree.start(block.node).line;
    routine.parameterCount = static_cast<std::int32_t>(block.captured.size());
    routines.push_back(std::move(routine));
    m_later.push_back(std::move(block));
    return m_later.back().routine;
}

void BodyCompiler::startCommand(NodeIndex node)
{
    CommandDeclaration command;
    command.name = nameOf(m_tree, m_tree.child(node, Field::Into));
    command.isShell = m_tree.word(node, Field::Word) == "shell";
    command.hasContract = m_tree.has(node, Field::Contract);
    command.line = m_tree.start(node).line;
    LaterBlock contract;
    contract.kind = LaterBlock::Kind::Contract;
    contract.node = node;
    command.contract = addLater(contract, "command " + command.name);
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction;
        instruction.operation = Operation::StartCommand;
        const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
        instruction.count = static_cast<std::int32_t>(arguments.size());
        instruction.a = consecutive(arguments);
        for (const NodeIndex each : m_tree.children(node, Field::Wiring))
            command.wirings.push_back(wiring(each));
        auto& commands = m_builder.code().commands;
        instruction.target = static_cast<std::int32_t>(commands.size());
        instruction.result = result;
        commands.push_back(std::move(command));
        m_builder.add(instruction);
    });
}

Wiring BodyCompiler::wiring(NodeIndex node)
{
    Wiring wiring;
    const std::string_view word = m_tree.word(node, Field::Word);
    if (word == "new") {
        wiring.kind = Wiring::Kind::NewGroup;
    } else if (word == "before") {
        wiring.kind = Wiring::Kind::Before;
        const Symbol* definition = m_symbols.find(m_tree.word(node, Field::Name));
        wiring.routine = definition == nullptr ? -1 : definition->index;
    } else if (word == "env") {
        wiring.kind = Wiring::Kind::Environment;
        wiring.text = textOf(m_tree.word(node, Field::Text), TextUse::Plain);
        wiring.value = expression(m_tree.child(node, Field::Value), temporary());
    } else {
        wiring.kind = word == "stdin" ? Wiring::Kind::StandardInput
            : word == "stdout"        ? Wiring::Kind::StandardOutput
                                      : Wiring::Kind::StandardError;
        wiringEnd(m_tree.child(node, Field::To), wiring);
    }
    return wiring;
}

void BodyCompiler::wiringEnd(NodeIndex end, Wiring& wiring)
{
    const std::string_view word = m_tree.sourceText(end);
    switch (m_tree.node(end).rule) {
    case Rule::Literal:
        wiring.end = Wiring::End::File;
        wiring.text = textOf(word, TextUse::Plain);
        return;
    case Rule::Reference: {
        wiring.end = Wiring::End::Pipe;
        const Instruction pipe = objectInstruction(Operation::Read, end);
        wiring.object = pipe.target;
        if (pipe.index != kNoRegister)
            wiring.element = stable(pipe.index);
        return;
    }
    default:
        wiring.end = word == "own" ? Wiring::End::Own
            : word == "null"       ? Wiring::End::Null
                                   : Wiring::End::StandardOutput;
    }
}

void BodyCompiler::sendSignal(NodeIndex node)
{
    Instruction instruction;
    instruction.operation = Operation::Send;
    instruction.b = expression(m_tree.child(node, Field::Value));
    instruction.a = expression(m_tree.child(node, Field::Target));
    if (m_tree.has(node, Field::Word))
        instruction.mode = 'g';
    m_builder.add(instruction);
}

SignalBits BodyCompiler::signalsOf(NodeIndex node) const
{
    SignalBits bits = 0;
    for (const NodeIndex item : m_tree.children(node, Field::Item)) {
        const auto number = signalNumber(m_tree.sourceText(item));
        if (number)
            bits |= SignalBits{1} << static_cast<unsigned>(*number - 1);
    }
    return bits;
}

HandlerDeclaration BodyCompiler::handler(NodeIndex node)
{
    HandlerDeclaration handler;
    handler.signalSet = signalsOf(node);
    handler.line = m_tree.start(node).line;
    const std::string_view setting = m_tree.word(node, Field::Word);
    if (!setting.empty()) {
        handler.mode = setting.front();
        return handler;
    }
    LaterBlock block;
    block.kind = LaterBlock::Kind::Handler;
    block.node = m_tree.child(node, Field::Body);
    block.captured = {"signal"};
    handler.routine = addLater(block, "on line " + std::to_string(handler.line));
    return handler;
}

void BodyCompiler::setHandler(NodeIndex node)
{
    const HandlerDeclaration declaration = handler(node);
    Instruction instruction;
    instruction.operation = Operation::SetHandler;
    instruction.signalSet = declaration.signalSet;
    instruction.mode = declaration.mode;
    instruction.target = declaration.routine;
    m_builder.add(instruction);
}

void BodyCompiler::alarm(NodeIndex node)
{
    emitOperation(
        Operation::Alarm, expression(m_tree.child(node, Field::Amount)), kNoRegister, kNoRegister);
}

void BodyCompiler::pause(NodeIndex node)
{
    Instruction instruction;
    instruction.operation = Operation::Pause;
    instruction.signalSet = signalsOf(node);
    if (instruction.signalSet != 0)
        instruction.mode = 'u';
    m_builder.add(instruction);
}

void BodyCompiler::awaitSignal(NodeIndex node)
{
    deliver(m_tree.child(node, Field::Into), [&](Register result) {
        Instruction instruction;
        instruction.operation = Operation::AwaitSignal;
        instruction.signalSet = signalsOf(node);
        instruction.result = result;
        emitTimed(instruction, node);
    });
}

} // namespace heddle
