// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/declaration_reader.h"
#include "engine/model/program/parser.h"

#include <algorithm>
#include <charconv>

namespace heddle {

Symbols::Symbols(const SyntaxTree& tree, const CompileOptions& options, Reporter& reporter)
    : m_tree(tree)
{
    DeclarationReader(*this, options, reporter).read();
}

void DeclarationReader::read()
{
    for (const std::string_view name : exceptionNames())
        addException(name);
    addException(kBadValue);
    const auto& items = m_tree.node(m_tree.root()).children;
    // Constants first: everything may be counted with them, wherever it stands.
    for (const NodeIndex node : items)
        if (m_tree.node(node).rule == Rule::Constant)
            constant(node);
    checkOverrides();
    for (const NodeIndex node : items)
        if (m_tree.node(node).rule == Rule::Main)
            mainActor(node);
    for (const NodeIndex node : items)
        readTop(node);
    conditionMutexes();
    initializers();
    collectNames();
    std::int32_t instance = 0;
    for (ActorDeclaration& each : m_code.actors) {
        each.first = instance;
        instance += each.count;
        each.startsByItself = !each.isMain && m_code.main() == nullptr && each.parameterCount == 0;
    }
    if (instance > kMaximumElements)
        m_reporter.error("E234", m_tree.root(),
            "This program declares " + std::to_string(instance) + " actors; at most "
                + std::to_string(kMaximumElements) + " fit into one run. Lower a count.");
}

void DeclarationReader::readTop(NodeIndex node)
{
    switch (m_tree.node(node).rule) {
    case Rule::ProgramTitle:
        m_code.title = textOf(m_tree.word(node, Field::Text), TextUse::Plain);
        return;
    case Rule::Option:
        return option(node);
    case Rule::SharedStore:
        return store(node, Symbol::Kind::Shared);
    case Rule::PrivateStore:
        return store(node, Symbol::Kind::Private);
    case Rule::Primitive:
        return primitive(node);
    case Rule::Definition:
        return definition(node);
    case Rule::Actor:
        return actor(node);
    default:
        return;
    }
}

bool DeclarationReader::add(
    Symbol::Kind kind, NodeIndex nameNode, std::string_view name, std::size_t index, NodeIndex node)
{
    if (nameNode == kNoNode || name.empty())
        return false;
    Symbol symbol;
    symbol.kind = kind;
    symbol.name = name;
    symbol.node = node;
    symbol.index = static_cast<std::int32_t>(index);
    const auto [place, isNew] = m_symbols.m_symbols.emplace(symbol.name, symbol);
    if (!isNew)
        m_reporter.error("E202", nameNode,
            quoted(name) + " is declared twice; line "
                + std::to_string(m_tree.start(place->second.node).line)
                + " has it already. Each thing needs a name of its own.");
    return isNew;
}

std::optional<Value> DeclarationReader::evaluate(NodeIndex expression)
{
    if (expression == kNoNode)
        return std::nullopt;
    const std::optional<Evaluated> folded = m_symbols.fold(expression);
    if (!folded) {
        m_reporter.error("E204", expression,
            quoted(m_tree.sourceText(expression))
                + " must be known before the run: only numbers, texts and constants may stand "
                  "here. "
                  "Declare a value with \"const\".");
        return std::nullopt;
    }
    if (folded->isRaised()) {
        m_reporter.error("E206", expression,
            quoted(m_tree.sourceText(expression)) + " has no value: " + folded->text + ".");
        return std::nullopt;
    }
    return folded->value;
}

std::optional<std::int64_t> DeclarationReader::number(
    NodeIndex expression, std::string_view what, std::int64_t low, std::int64_t high)
{
    const std::optional<Value> value = evaluate(expression);
    if (!value)
        return std::nullopt;
    if (value->is(ValueKind::Integer) && value->number() >= low && value->number() <= high)
        return value->number();
    m_reporter.error("E208", expression,
        std::string(what) + " is " + quoted(value->toText()) + ", but must be a whole number from "
            + std::to_string(low) + " to " + std::to_string(high) + ".");
    return std::nullopt;
}

std::int32_t DeclarationReader::count(NodeIndex node, bool& isArray)
{
    const NodeIndex expression = m_tree.child(node, Field::Count);
    isArray = expression != kNoNode;
    if (!isArray)
        return 1;
    return static_cast<std::int32_t>(
        number(expression, "The number of elements", 1, kMaximumElements).value_or(1));
}

std::optional<Value> DeclarationReader::overridden(std::string_view name, NodeIndex node)
{
    const auto option = std::find_if(m_options.constants.rbegin(), m_options.constants.rend(),
        [name](const auto& each) { return each.first == name; });
    if (option == m_options.constants.rend())
        return std::nullopt;
    const ParsedProgram parsed =
        parseProgram("const " + option->first + " = " + option->second + "\n");
    const NodeIndex expression = parsed.tree->nodeCount() > 1 && !hasErrors(parsed.diagnostics)
        ? parsed.tree->child(parsed.tree->node(0).children.front(), Field::Value)
        : kNoNode;
    std::vector<Diagnostic> ignored;
    Reporter reporter(*parsed.tree, ignored);
    std::optional<Evaluated> value;
    if (expression != kNoNode && parsed.tree->node(0).children.size() == 1)
        value = Symbols(*parsed.tree, {}, reporter).fold(expression);
    if (value && !value->isRaised())
        return value->value;
    m_reporter.error("E203", node,
        "\"--set " + option->first + "=" + option->second
            + "\" gives this constant no value. A number, a duration or a text may be set.");
    return std::nullopt;
}

void DeclarationReader::constant(NodeIndex node)
{
    const NodeIndex nameNode = m_tree.child(node, Field::Name);
    const std::string_view name = m_tree.word(node, Field::Name);
    std::optional<Value> value = overridden(name, node);
    if (!value)
        value = evaluate(m_tree.child(node, Field::Value));
    if (add(Symbol::Kind::Constant, nameNode, name, m_symbols.m_constants.size(), node))
        m_symbols.m_constants.push_back(value.value_or(Value::integer(1)));
}

void DeclarationReader::checkOverrides()
{
    for (const auto& [name, text] : m_options.constants)
        if (m_symbols.find(name) == nullptr)
            m_reporter.error("E203", m_tree.root(),
                std::string("\"--set ").append(name).append("=").append(text)
                    + "\": the program has no constant " + quoted(name) + ".");
}

void DeclarationReader::option(NodeIndex node)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    const std::string_view value = m_tree.word(node, Field::Value);
    const auto rows = optionRows();
    const auto row = std::find_if(
        rows.begin(), rows.end(), [name](const OptionRow& each) { return each.name == name; });
    if (row == rows.end()) {
        m_reporter.error("E240", node, quoted(name) + " is no option.");
        return;
    }
    if (!row->values.empty()
        && std::find(row->values.begin(), row->values.end(), value) == row->values.end()) {
        std::string values;
        for (const std::string_view each : row->values)
            values += (values.empty() ? "" : " or ") + quoted(each);
        m_reporter.error("E241", node, "The option " + quoted(name) + " is " + values + ".");
        return;
    }
    ProgramOptions& options = m_code.options;
    if (name == "time")
        options.idealTime = value == "ideal";
    else if (name == "notify")
        options.notifyFirst = value == "fifo";
    else if (name == "spurious")
        options.spuriousWakeups = value == "on";
    else if (name == "memory")
        options.totalStoreOrder = value == "tso";
    else if (name == "lock")
        options.fairLocks = value == "fair";
    else if (name == "cap")
        readCap(node, value);
}

void DeclarationReader::readCap(NodeIndex node, std::string_view text)
{
    constexpr std::int64_t kLargest = 1'000'000;
    std::int64_t cap = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), cap);
    const bool isNumber = problem == std::errc() && end == text.data() + text.size();
    if (!isNumber || cap < 1 || cap > kLargest)
        return m_reporter.error(
            "E241", node, "The option \"cap\" is a number of items from 1 to 1000000.");
    m_code.options.cap = cap;
}

void DeclarationReader::store(NodeIndex node, Symbol::Kind kind)
{
    auto& list = kind == Symbol::Kind::Shared ? m_code.shared : m_code.privates;
    VariableDeclaration variable;
    variable.name = m_tree.word(node, Field::Name);
    variable.line = m_tree.start(node).line;
    variable.isAtomic = m_tree.has(node, Field::Word);
    variable.count = count(node, variable.isArray);
    variable.kind = ValueKind::None;
    readType(m_tree.child(node, Field::Type), variable);
    readInitial(node, variable);
    if (add(kind, m_tree.child(node, Field::Name), variable.name, list.size(), node))
        list.push_back(std::move(variable));
}

void DeclarationReader::readType(NodeIndex type, VariableDeclaration& variable)
{
    if (type == kNoNode)
        return;
    const std::string_view word = m_tree.word(type, Field::Word);
    if (word == "int") {
        variable.kind = ValueKind::Integer;
        if (m_tree.has(type, Field::Low)) {
            variable.minimum = number(
                m_tree.child(type, Field::Low), "The low end of the range", INT64_MIN, INT64_MAX);
            variable.maximum = number(m_tree.child(type, Field::High), "The high end of the range",
                variable.minimum.value_or(INT64_MIN), INT64_MAX);
        }
    } else if (word == "bool") {
        variable.kind = ValueKind::Boolean;
    } else if (word == "text") {
        variable.kind = ValueKind::Text;
    } else if (word == "list" || word == "table") {
        variable.kind = word == "list" ? ValueKind::List : ValueKind::Table;
        const auto capacity = number(
            m_tree.child(type, Field::Count), "The room of a " + std::string(word), 1, 1'000'000);
        variable.capacity = static_cast<std::int32_t>(capacity.value_or(1));
    }
}

void DeclarationReader::readInitial(NodeIndex node, VariableDeclaration& variable)
{
    const NodeIndex expression = m_tree.child(node, Field::Value);
    const Value value = evaluate(expression).value_or(Value::unset());
    const bool isOneForEach =
        variable.isArray && value.is(ValueKind::List) && variable.kind != ValueKind::List;
    const auto count = static_cast<std::size_t>(variable.count);
    if (isOneForEach && value.asList().size() != count) {
        m_reporter.error("E209", expression,
            quoted(variable.name) + " has " + std::to_string(count) + " elements, but "
                + std::to_string(value.asList().size()) + " values are given for them.");
        variable.initial.assign(count, Value::unset());
        return;
    }
    variable.initial = isOneForEach ? value.asList() : std::vector<Value>(count, value);
    const ValueKind first = variable.initial.front().kind();
    const bool isOneKind = std::all_of(variable.initial.begin(), variable.initial.end(),
        [first](const Value& each) { return each.is(first); });
    if (variable.kind == ValueKind::None && isOneKind && first != ValueKind::Unset)
        variable.kind = first;
    for (const Value& each : variable.initial) {
        const Evaluated check =
            each.is(ValueKind::Unset) ? Evaluated() : checkStore(variable, each);
        if (check.isRaised())
            m_reporter.error(
                "E210", expression, "The first value does not fit: " + check.text + ".");
    }
}

void DeclarationReader::initializers()
{
    for (VariableDeclaration& variable : m_code.privates) {
        const NodeIndex initializer =
            m_tree.child(m_symbols.find(variable.name)->node, Field::Initializer);
        if (initializer == kNoNode)
            continue;
        const std::string_view name = nameOf(m_tree, initializer);
        const Symbol* symbol = m_symbols.find(name);
        const bool fits = symbol != nullptr && symbol->kind == Symbol::Kind::Definition
            && m_tree.children(symbol->node, Field::Parameter).empty();
        if (fits)
            variable.initializer = symbol->index;
        else
            m_reporter.error("E214", initializer,
                quoted(name)
                    + " must be a def without parameters: it runs in each thread before its first "
                      "use of "
                    + quoted(variable.name) + ".");
    }
}

void DeclarationReader::addException(std::string_view name)
{
    if (!name.empty() && findException(m_code, name) < 0)
        m_code.exceptions.emplace_back(name);
}

void DeclarationReader::collectNames()
{
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
        const Rule rule = m_tree.node(node).rule;
        if (rule == Rule::Raise || rule == Rule::Except)
            addException(m_tree.word(node, Field::Name));
        if (rule != Rule::Section)
            continue;
        std::string text = textOf(m_tree.word(node, Field::Text), TextUse::Plain);
        if (std::find(m_code.sections.begin(), m_code.sections.end(), text)
            == m_code.sections.end())
            m_code.sections.push_back(std::move(text));
    }
}

} // namespace heddle
