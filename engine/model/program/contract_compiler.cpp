// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/contract_compiler.h"

#include <algorithm>
#include <csignal>

namespace heddle {

namespace {

// The registers of every contract.
constexpr Register kText = 0; ///< what was read
constexpr Register kOther = 1;
constexpr Register kTest = 2;
constexpr std::int32_t kRegisterCount = 3;
constexpr std::int64_t kLongestUnknown = 1'000'000;
constexpr std::int64_t kMostCodes = 256;

} // namespace

CommandDeclaration& ContractCompiler::command(std::int32_t routine)
{
    auto& commands = m_builder.code().commands;
    return *std::find_if(commands.begin(), commands.end(),
        [routine](const CommandDeclaration& each) { return each.contract == routine; });
}

void ContractCompiler::compile(std::int32_t routine, NodeIndex start)
{
    const Token& place = m_tree.start(start);
    m_builder.setPlace(place.line, place.column);
    m_command = &command(routine);
    readWirings(*m_command);
    const std::vector<Part> all = parts(m_tree.child(start, Field::Contract));
    const auto has = [&all](std::string_view word, std::string_view way) {
        return std::any_of(all.begin(), all.end(),
            [&](const Part& each) { return each.word == word && each.way == way; });
    };
    m_isEcho = has("reads", "line") && has("writes", "same");
    const std::int32_t entry = m_builder.here();
    emitConstant(Value::text(""), kText);
    NodeIndex codes = kNoNode;
    for (const Part& part : all) {
        if (part.word == "reads")
            reads(part);
        else if (part.word == "writes")
            writes(part);
        else if (part.word == "exits")
            codes = part.amount;
        else if (part.word == "lasts") {
            emitConstant(Value::duration(number(part.amount)), kOther);
            Instruction sleep;
            sleep.operation = Operation::Sleep;
            sleep.a = kOther;
            m_builder.add(sleep);
        }
    }
    ExceptionHandler broken;
    broken.from = entry;
    broken.to = m_builder.here();
    broken.catches = ExceptionHandler::Catches::Named;
    broken.exception = findException(m_builder.code(), "BrokenPipe");
    exits(codes);
    broken.handler = m_builder.here();
    emitConstant(Value::integer(-SIGPIPE), kOther);
    emitExit(kOther);
    Routine& compiled = m_builder.code().routines[static_cast<std::size_t>(routine)];
    compiled.entry = entry;
    compiled.end = m_builder.here();
    compiled.registerCount = kRegisterCount;
    compiled.registerNames.assign(kRegisterCount, "");
    compiled.handlers.push_back(broken);
}

std::vector<ContractCompiler::Part> ContractCompiler::parts(NodeIndex contract) const
{
    if (contract == kNoNode)
        return {{"reads", "all", kNoNode}, {"writes", "anything", kNoNode}};
    std::vector<Part> found;
    for (const NodeIndex child : m_tree.node(contract).children) {
        const bool isWord = m_tree.node(child).field == Field::Word;
        const bool isWay =
            isWord && !found.empty() && found.back().way.empty() && found.back().amount == kNoNode;
        if (isWay)
            found.back().way = m_tree.sourceText(child);
        else if (isWord)
            found.push_back({m_tree.sourceText(child), {}, kNoNode});
        else if (!found.empty())
            found.back().amount = child;
    }
    return found;
}

std::int64_t ContractCompiler::number(NodeIndex amount) const
{
    const std::optional<Evaluated> folded = m_symbols.fold(amount);
    return folded && !folded->isRaised() ? folded->value.number() : 0;
}

/// Where its input comes from and whether its output goes anywhere; the last wiring counts.
void ContractCompiler::readWirings(const CommandDeclaration& command)
{
    using End = Wiring::End;
    for (const Wiring& wiring : command.wirings) {
        const bool isStream = wiring.end == End::Own || wiring.end == End::Pipe;
        if (wiring.kind == Wiring::Kind::StandardInput)
            m_input = isStream            ? Input::Stream
                : wiring.end == End::File ? Input::File
                                          : Input::Nothing;
        if (wiring.kind == Wiring::Kind::StandardOutput)
            m_hasOutput = wiring.end != End::Null && wiring.end != End::File;
    }
}

void ContractCompiler::reads(const Part& part)
{
    if (m_input != Input::Stream)
        return;
    if (part.way == "all")
        emitRead('a', kNoRegister);
    else if (part.way == "line" && m_isEcho)
        lineByLine();
    else if (part.way == "line")
        drainLines();
    else if (part.amount != kNoNode) {
        emitConstant(Value::integer(number(part.amount)), kOther);
        emitRead('n', kOther);
    }
}

void ContractCompiler::writes(const Part& part)
{
    if (!m_hasOutput || part.way == "nothing" || (m_isEcho && m_input == Input::Stream))
        return;
    if (part.amount != kNoNode)
        return writeUnknown(std::min(number(part.amount), kLongestUnknown));
    if (part.way == "same" && m_input == Input::Nothing)
        return;
    if (part.way == "same" && m_input == Input::Stream)
        return emitWrite(kText);
    // Of a file, or of a command without a model: something, or nothing.
    Label end;
    emitConstant(Value::list({Value::boolean(false), Value::boolean(true)}), kOther);
    Instruction choose;
    choose.operation = Operation::Choose;
    choose.a = kOther;
    choose.result = kTest;
    m_builder.add(choose);
    m_builder.jump(Operation::JumpIfFalse, kTest, end);
    writeUnknown(1);
    m_builder.bind(end);
}

/// One line in, the same line out, up to the end of the input.
void ContractCompiler::lineByLine()
{
    Label again;
    Label end;
    m_builder.bind(again);
    emitRead('l', kNoRegister);
    emitConstant(Value::none(), kOther);
    Instruction isEnd;
    isEnd.operation = Operation::Equal;
    isEnd.a = kText;
    isEnd.b = kOther;
    isEnd.result = kTest;
    m_builder.add(isEnd);
    m_builder.jump(Operation::JumpIfTrue, kTest, end);
    if (m_hasOutput) {
        emitConstant(Value::text("\n"), kOther);
        Instruction whole;
        whole.operation = Operation::Add;
        whole.a = kText;
        whole.b = kOther;
        whole.result = kText;
        m_builder.add(whole);
        emitWrite(kText);
    }
    m_builder.jump(Operation::Jump, kNoRegister, again);
    m_builder.bind(end);
}

void ContractCompiler::drainLines()
{
    const bool hadOutput = m_hasOutput;
    m_hasOutput = false;
    lineByLine();
    m_hasOutput = hadOutput;
}

/// One of the codes of the set; without one 0, and without a `model` 0 or 1.
void ContractCompiler::exits(NodeIndex set)
{
    ListValue codes;
    for (const NodeIndex item : m_tree.children(set, Field::Item)) {
        const bool isRange = m_tree.node(item).rule == Rule::Range;
        const std::int64_t low = number(isRange ? m_tree.child(item, Field::Low) : item);
        const std::int64_t high = isRange ? number(m_tree.child(item, Field::High)) : low;
        for (std::int64_t code = low; code <= std::min(high, low + kMostCodes); ++code)
            if (code != -SIGPIPE) // it comes by itself, where nobody reads what is written
                codes.push_back(Value::integer(code));
    }
    if (codes.empty())
        codes.push_back(Value::integer(0));
    if (!m_command->hasContract)
        codes.push_back(Value::integer(1));
    if (codes.size() == 1) {
        emitConstant(codes.front(), kOther);
        return emitExit(kOther);
    }
    emitConstant(Value::list(std::move(codes)), kOther);
    Instruction choose;
    choose.operation = Operation::Choose;
    choose.a = kOther;
    choose.result = kTest;
    m_builder.add(choose);
    emitExit(kTest);
}

void ContractCompiler::emitConstant(const Value& value, Register result)
{
    Instruction instruction;
    instruction.operation = Operation::Constant;
    instruction.target = m_builder.constant(value);
    instruction.result = result;
    m_builder.add(instruction);
}

void ContractCompiler::emitRead(char mode, Register amount)
{
    Instruction instruction;
    instruction.operation = Operation::Read;
    instruction.mode = mode;
    instruction.part = 'r';
    instruction.b = amount;
    instruction.result = kText;
    m_builder.add(instruction);
}

void ContractCompiler::emitWrite(Register text)
{
    Instruction instruction;
    instruction.operation = Operation::Write;
    instruction.part = 'w';
    instruction.b = text;
    m_builder.add(instruction);
}

void ContractCompiler::emitExit(Register code)
{
    Instruction instruction;
    instruction.operation = Operation::Exit;
    instruction.a = code;
    m_builder.add(instruction);
}

void ContractCompiler::writeUnknown(std::int64_t length)
{
    if (length <= 0)
        return;
    m_command->writesUnknownText = true;
    emitConstant(Value::text(std::string(static_cast<std::size_t>(length), '?')), kOther);
    emitWrite(kOther);
}

} // namespace heddle
