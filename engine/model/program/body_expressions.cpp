// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_compiler.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/literal.h"

namespace heddle {

Register BodyCompiler::expression(NodeIndex node, Register wanted)
{
    const Rule rule = m_tree.node(node).rule;
    if (rule == Rule::Literal)
        return literal(node, wanted);
    const std::optional<Evaluated> folded = m_symbols.fold(node, TextUse::Formatted);
    if (folded && !folded->isRaised())
        return emitConstant(folded->value, wanted);
    switch (rule) {
    case Rule::FormattedText:
        return formattedText(node, wanted);
    case Rule::Reference:
        return reference(node, wanted);
    case Rule::Element: {
        const Register container = expression(m_tree.child(node, Field::Left));
        const Register key = expression(m_tree.child(node, Field::Index));
        return emitOperation(Operation::Element, container, key, resultRegister(wanted));
    }
    case Rule::FunctionCall:
        return functionCall(node, wanted);
    case Rule::Unary:
        return unary(node, wanted);
    case Rule::Binary:
        return binary(node, wanted);
    case Rule::ListLiteral:
    case Rule::TableLiteral:
        return collection(node, wanted);
    default:
        cannotCompile(node);
        return resultRegister(wanted);
    }
}

/// An expression, or one of `swap`, `fetch_add`, `cas`.
Register BodyCompiler::value(NodeIndex node, Register wanted)
{
    const bool isCall = m_tree.node(node).rule == Rule::FunctionCall;
    const std::string_view name = isCall ? m_tree.word(node, Field::Name) : std::string_view();
    return name == "swap" || name == "fetch_add" || name == "cas" ? exchange(node, wanted)
                                                                  : expression(node, wanted);
}

Register BodyCompiler::literal(NodeIndex node, Register wanted)
{
    const std::optional<Evaluated> folded = m_symbols.fold(node, TextUse::Formatted);
    if (folded && !folded->isRaised())
        return emitConstant(folded->value, wanted);
    m_reporter.error("E206", node, literalProblem(m_tree.sourceText(node)));
    return resultRegister(wanted);
}

/// The values of the nodes in registers one after the other; the first of them.
Register BodyCompiler::consecutive(const std::vector<NodeIndex>& nodes)
{
    const Register first = temporaries(static_cast<std::int32_t>(nodes.size()));
    for (std::size_t i = 0; i < nodes.size(); ++i)
        expression(nodes[i], first + static_cast<Register>(i));
    return first;
}

Register BodyCompiler::formattedText(NodeIndex node, Register wanted)
{
    const std::vector<NodeIndex> items = m_tree.children(node, Field::Item);
    Instruction instruction;
    instruction.operation = Operation::FormatText;
    instruction.count = static_cast<std::int32_t>(items.size());
    instruction.a = temporaries(instruction.count);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Register part = instruction.a + static_cast<Register>(i);
        if (m_tree.node(items[i]).rule == Rule::TextPiece)
            emitConstant(Value::text(m_tree.node(items[i]).text), part);
        else
            expression(items[i], part);
    }
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::reference(NodeIndex node, Register wanted)
{
    const std::string_view name = nameOf(m_tree, node);
    const auto local = m_locals.find(name);
    const Symbol* symbol = local == m_locals.end() ? m_symbols.find(name) : nullptr;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Actor)
        return actorHandle(node, *symbol, wanted);
    const std::vector<NodeIndex> indices = m_tree.children(node, Field::Index);
    if (local == m_locals.end() && (symbol == nullptr || symbol->kind == Symbol::Kind::Constant)) {
        Register value = bareName(node, indices.empty() ? wanted : kNoRegister);
        for (const NodeIndex index : indices)
            value = emitOperation(Operation::Element, value, expression(index),
                index == indices.back() ? resultRegister(wanted) : temporary());
        return value;
    }
    if (local != m_locals.end() && indices.empty() && wanted == kNoRegister
        && m_assigned.count(local->second) > 0)
        return local->second;
    return load(place(node), wanted);
}

/// A constant (with elements that are not constant), or a function that is asked by its bare name.
Register BodyCompiler::bareName(NodeIndex node, Register wanted)
{
    const std::string_view name = nameOf(m_tree, node);
    const Symbol* symbol = m_symbols.find(name);
    if (symbol != nullptr)
        return emitConstant(m_symbols.constant(*symbol), wanted);
    if (name == "me")
        return emitOperation(Operation::MyHandle, kNoRegister, kNoRegister, resultRegister(wanted));
    if (name == "main" && m_symbols.declarations().main() != nullptr) {
        Instruction instruction;
        instruction.operation = Operation::ActorHandle;
        instruction.target = 0;
        instruction.result = resultRegister(wanted);
        m_builder.add(instruction);
        return instruction.result;
    }
    if (name == "program")
        return emitConstant(Value::handle(kProgramHandle), wanted);
    if (findFunction(name))
        return call(name, wanted);
    cannotCompile(node);
    return resultRegister(wanted);
}

Register BodyCompiler::actorHandle(NodeIndex node, const Symbol& symbol, Register wanted)
{
    Instruction instruction;
    instruction.operation = Operation::ActorHandle;
    instruction.target = symbol.index;
    const std::vector<NodeIndex> indices = m_tree.children(node, Field::Index);
    if (!indices.empty())
        instruction.index = expression(indices.front());
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::unary(NodeIndex node, Register wanted)
{
    const Register operand = expression(m_tree.child(node, Field::Right));
    const bool isNegative = m_tree.word(node, Field::Operator) == "-";
    return emitOperation(isNegative ? Operation::Negate : Operation::Not, operand, kNoRegister,
        resultRegister(wanted));
}

Register BodyCompiler::binary(NodeIndex node, Register wanted)
{
    const std::string_view symbol = m_tree.word(node, Field::Operator);
    if (symbol == "and" || symbol == "or")
        return logical(node, wanted);
    if (m_tree.node(m_tree.child(node, Field::Right)).rule == Rule::SetLiteral)
        return isInSet(node, wanted);
    const std::optional<Operation> operation = binaryOperation(symbol);
    if (!operation) {
        cannotCompile(node);
        return resultRegister(wanted);
    }
    const Register left = expression(m_tree.child(node, Field::Left));
    const Register right = expression(m_tree.child(node, Field::Right));
    return emitOperation(*operation, left, right, resultRegister(wanted));
}

/// The right side is evaluated only where it decides. The value is that of the side that decided.
Register BodyCompiler::logical(NodeIndex node, Register wanted)
{
    Label end;
    // Never straight into a local: the right side may still read it.
    const Register decided = temporary();
    expression(m_tree.child(node, Field::Left), decided);
    const bool isAnd = m_tree.word(node, Field::Operator) == "and";
    m_builder.jump(isAnd ? Operation::JumpIfFalse : Operation::JumpIfTrue, decided, end);
    expression(m_tree.child(node, Field::Right), decided);
    m_builder.bind(end);
    return wanted == kNoRegister ? decided
                                 : emitOperation(Operation::Copy, decided, kNoRegister, wanted);
}

Register BodyCompiler::isInSet(NodeIndex node, Register wanted)
{
    Label end;
    const Register found = temporary();
    const Register item = stable(expression(m_tree.child(node, Field::Left)));
    emitConstant(Value::boolean(false), found);
    for (const NodeIndex each : m_tree.children(m_tree.child(node, Field::Right), Field::Item)) {
        if (m_tree.node(each).rule == Rule::Range) {
            Instruction instruction;
            instruction.operation = Operation::InRange;
            instruction.a = item;
            instruction.b = expression(m_tree.child(each, Field::Low));
            instruction.c = expression(m_tree.child(each, Field::High));
            instruction.result = found;
            m_builder.add(instruction);
        } else {
            emitOperation(Operation::Equal, item, expression(each), found);
        }
        m_builder.jump(Operation::JumpIfTrue, found, end);
    }
    m_builder.bind(end);
    return wanted == kNoRegister ? found
                                 : emitOperation(Operation::Copy, found, kNoRegister, wanted);
}

Register BodyCompiler::collection(NodeIndex node, Register wanted)
{
    const bool isList = m_tree.node(node).rule == Rule::ListLiteral;
    std::vector<NodeIndex> items = m_tree.children(node, Field::Item);
    Instruction instruction;
    instruction.operation = isList ? Operation::MakeList : Operation::MakeTable;
    instruction.count = static_cast<std::int32_t>(items.size());
    if (!isList) {
        std::vector<NodeIndex> keysAndItems;
        for (const NodeIndex entry : items) {
            keysAndItems.push_back(m_tree.child(entry, Field::Left));
            keysAndItems.push_back(m_tree.child(entry, Field::Right));
        }
        items = std::move(keysAndItems);
    }
    instruction.a = consecutive(items);
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

/// A function without arguments.
Register BodyCompiler::call(std::string_view function, Register wanted)
{
    const int number = findFunction(function).value_or(0);
    if (!isComputable(number))
        return query(number, kNoNode, wanted);
    Instruction instruction;
    instruction.operation = Operation::Function;
    instruction.target = number;
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::functionCall(NodeIndex node, Register wanted)
{
    const std::optional<int> function = findFunction(m_tree.word(node, Field::Name));
    if (!function) {
        cannotCompile(node);
        return resultRegister(wanted);
    }
    const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
    if (arguments.empty())
        return call(m_tree.word(node, Field::Name), wanted);
    const Symbol* symbol = m_tree.node(arguments.front()).rule == Rule::Reference
        ? m_symbols.find(nameOf(m_tree, arguments.front()))
        : nullptr;
    const bool asksObject = symbol != nullptr && symbol->kind == Symbol::Kind::Object;
    if (asksObject || !isComputable(*function))
        return query(*function, arguments.front(), wanted);
    Instruction instruction;
    instruction.operation = Operation::Function;
    instruction.target = *function;
    instruction.count = static_cast<std::int32_t>(arguments.size());
    instruction.a = consecutive(arguments);
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

Register BodyCompiler::query(std::int32_t function, NodeIndex argument, Register wanted)
{
    Instruction instruction;
    const Symbol* symbol = argument != kNoNode && m_tree.node(argument).rule == Rule::Reference
        ? m_symbols.find(nameOf(m_tree, argument))
        : nullptr;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Object)
        instruction = objectInstruction(Operation::Query, argument);
    else if (argument != kNoNode)
        instruction.a = expression(argument);
    instruction.operation = Operation::Query;
    instruction.function = function;
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

/// `swap(x, v)`, `fetch_add(x, v)`, `cas(x, old, new)`: one step on an atomic variable.
Register BodyCompiler::exchange(NodeIndex node, Register wanted)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
    if (arguments.size() != (name == "cas" ? 3U : 2U)) {
        cannotCompile(node);
        return resultRegister(wanted);
    }
    const Place target = place(arguments.front());
    Instruction instruction;
    instruction.operation = name == "swap" ? Operation::ExchangeShared
        : name == "cas"                    ? Operation::CompareExchangeShared
                                           : Operation::FetchAddShared;
    instruction.target = target.declaration;
    instruction.index = target.element;
    instruction.a = expression(arguments[1]);
    if (name == "cas")
        instruction.b = expression(arguments[2]);
    instruction.result = resultRegister(wanted);
    m_builder.add(instruction);
    return instruction.result;
}

} // namespace heddle
