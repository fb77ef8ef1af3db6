// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/symbols.h"

#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>
#include <set>

namespace heddle {

namespace {

using Folded = std::optional<Evaluated>;

/// Functions whose value is known only while the program runs.
constexpr std::array<std::string_view, 6> kRunFunctions = {
    "random", "now", "me", "inside", "name", "env"};

/// Folds expressions of constants; depth is bounded by the check of the tree.
class Folder
{
public:
    Folder(const SyntaxTree& tree, const Code& code, const Symbols& symbols,
        const std::vector<Value>& constants, TextUse texts)
        : m_tree(tree)
        , m_code(code)
        , m_symbols(symbols)
        , m_constants(constants)
        , m_texts(texts)
    {
    }

    [[nodiscard]] Folded fold(NodeIndex node) const
    {
        if (node == kNoNode)
            return std::nullopt;
        switch (m_tree.node(node).rule) {
        case Rule::Literal:
            return literal(node);
        case Rule::Reference:
            return reference(node);
        case Rule::Element:
            return two(node, Field::Left, Field::Index, elementOf);
        case Rule::Unary:
            return unary(node);
        case Rule::Binary:
            return binary(node);
        case Rule::FunctionCall:
            return call(node);
        case Rule::ListLiteral:
            return list(node);
        case Rule::TableLiteral:
            return table(node);
        default:
            return std::nullopt;
        }
    }

private:
    template <typename Combine>
    [[nodiscard]] Folded two(NodeIndex node, Field left, Field right, Combine combine) const
    {
        Folded first = fold(m_tree.child(node, left));
        if (!first || first->isRaised())
            return first;
        Folded second = fold(m_tree.child(node, right));
        if (!second || second->isRaised())
            return second;
        return combine(first->value, second->value);
    }

    [[nodiscard]] Folded literal(NodeIndex node) const
    {
        const Token& token = m_tree.start(node);
        const std::string_view text = m_tree.tokenText(m_tree.node(node).firstToken);
        const std::optional<Value> value = literalValue(token.kind, text, m_texts);
        if (!value)
            return Evaluated::raise(kBadValue,
                "\"" + std::string(text) + "\" does not fit into 64 bits or is not known");
        return Evaluated(*value);
    }

    [[nodiscard]] Folded reference(NodeIndex node) const
    {
        const Symbol* symbol = m_symbols.find(nameOf(m_tree, node));
        if (symbol == nullptr || symbol->kind != Symbol::Kind::Constant)
            return std::nullopt;
        if (static_cast<std::size_t>(symbol->index) >= m_constants.size())
            return std::nullopt;
        Evaluated value = m_constants[static_cast<std::size_t>(symbol->index)];
        for (const NodeIndex index : m_tree.children(node, Field::Index)) {
            Folded key = fold(index);
            if (!key || key->isRaised())
                return key;
            value = elementOf(value.value, key->value);
            if (value.isRaised())
                break;
        }
        return value;
    }

    [[nodiscard]] Folded unary(NodeIndex node) const
    {
        Folded operand = fold(m_tree.child(node, Field::Right));
        if (!operand || operand->isRaised())
            return operand;
        return applyUnary(
            m_tree.word(node, Field::Operator) == "-" ? Operation::Negate : Operation::Not,
            operand->value);
    }

    [[nodiscard]] Folded binary(NodeIndex node) const
    {
        const std::string_view symbol = m_tree.word(node, Field::Operator);
        const NodeIndex right = m_tree.child(node, Field::Right);
        if (right == kNoNode || m_tree.node(right).rule == Rule::SetLiteral)
            return std::nullopt;
        if (symbol == "and" || symbol == "or")
            return two(node, Field::Left, Field::Right, [&](const Value& left, const Value& value) {
                return Evaluated((symbol == "and") == left.isTrue() ? value : left);
            });
        const std::optional<Operation> operation = binaryOperation(symbol);
        if (!operation)
            return std::nullopt;
        return two(node, Field::Left, Field::Right, [&](const Value& left, const Value& value) {
            return applyBinary(*operation, left, value);
        });
    }

    /// The folded children in a role; a problem or "not constant" in their place.
    [[nodiscard]] Folded all(NodeIndex node, Field field, std::vector<Value>& values) const
    {
        for (const NodeIndex child : m_tree.children(node, field)) {
            Folded value = fold(child);
            if (!value || value->isRaised())
                return value;
            values.push_back(value->value);
        }
        return Evaluated(Value::none());
    }

    [[nodiscard]] Folded call(NodeIndex node) const
    {
        const std::string_view name = m_tree.word(node, Field::Name);
        const std::optional<int> function = findFunction(name);
        if (!function
            || std::find(kRunFunctions.begin(), kRunFunctions.end(), name) != kRunFunctions.end())
            return std::nullopt;
        std::vector<Value> arguments;
        Folded folded = all(node, Field::Argument, arguments);
        if (!folded || folded->isRaised())
            return folded;
        return callFunction(m_code, *function, arguments, nullptr);
    }

    [[nodiscard]] Folded list(NodeIndex node) const
    {
        std::vector<Value> items;
        Folded folded = all(node, Field::Item, items);
        return folded && !folded->isRaised() ? Folded(makeList(items)) : folded;
    }

    [[nodiscard]] Folded table(NodeIndex node) const
    {
        std::vector<Value> keysAndItems;
        for (const NodeIndex entry : m_tree.children(node, Field::Item)) {
            for (const Field side : {Field::Left, Field::Right}) {
                Folded folded = all(entry, side, keysAndItems);
                if (!folded || folded->isRaised())
                    return folded;
            }
        }
        return makeTable(keysAndItems);
    }

    const SyntaxTree& m_tree;
    const Code& m_code;
    const Symbols& m_symbols;
    const std::vector<Value>& m_constants;
    TextUse m_texts;
};

/// What a line of this rule delivers something into.
std::vector<NodeIndex> deliveredInto(const SyntaxTree& tree, NodeIndex node)
{
    switch (tree.node(node).rule) {
    case Rule::Local:
    case Rule::Choose:
    case Rule::For:
        return tree.children(node, Field::Name);
    case Rule::After:
        return tree.children(node, Field::As);
    default:
        return tree.children(node, Field::Into);
    }
}

/// Blocks with locals of their own: of a timer, of a handler.
bool hasOwnLocals(Rule rule)
{
    return rule == Rule::After || rule == Rule::On;
}

} // namespace

std::string_view nameOf(const SyntaxTree& tree, NodeIndex reference)
{
    if (reference == kNoNode)
        return {};
    const Rule rule = tree.node(reference).rule;
    return rule == Rule::Reference || rule == Rule::NameWithCount
        ? tree.word(reference, Field::Name)
        : tree.sourceText(reference);
}

std::optional<Operation> binaryOperation(std::string_view symbol)
{
    struct Row
    {
        std::string_view symbol;
        Operation operation;
    };
    static constexpr std::array kRows = {Row{"+", Operation::Add}, Row{"-", Operation::Subtract},
        Row{"*", Operation::Multiply}, Row{"/", Operation::Divide}, Row{"%", Operation::Remainder},
        Row{"==", Operation::Equal}, Row{"!=", Operation::NotEqual}, Row{"<", Operation::Less},
        Row{"<=", Operation::LessEqual}, Row{">", Operation::Greater},
        Row{">=", Operation::GreaterEqual}, Row{"in", Operation::Contains}};
    const auto found = std::find_if(
        kRows.begin(), kRows.end(), [symbol](const Row& row) { return row.symbol == symbol; });
    return found == kRows.end() ? std::nullopt : std::optional(found->operation);
}

std::string describe(const Symbol& symbol, const Code& code)
{
    switch (symbol.kind) {
    case Symbol::Kind::Constant:
        return "a constant";
    case Symbol::Kind::Shared:
        return "a shared variable";
    case Symbol::Kind::Private:
        return "a private variable";
    case Symbol::Kind::Actor:
        return code.actors[static_cast<std::size_t>(symbol.index)].kind == ActorKind::Process
            ? "a process"
            : "a thread";
    case Symbol::Kind::Definition:
        return "a def";
    case Symbol::Kind::Object:
        break;
    }
    const std::string_view keyword =
        primitiveRow(code.objects[static_cast<std::size_t>(symbol.index)].kind).keyword;
    return (keyword == "event" || keyword == "rlock" ? "an " : "a ") + std::string(keyword);
}

const Symbol* Symbols::find(std::string_view name) const
{
    const auto found = m_symbols.find(name);
    return found == m_symbols.end() ? nullptr : &found->second;
}

std::optional<Evaluated> Symbols::fold(NodeIndex expression, TextUse texts) const
{
    return Folder(m_tree, m_code, *this, m_constants, texts).fold(expression);
}

std::vector<std::string> Symbols::localsOf(NodeIndex body) const
{
    std::vector<std::string> locals;
    std::set<std::string, std::less<>> seen;
    std::vector<NodeIndex> open = {body};
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        for (const NodeIndex into : deliveredInto(m_tree, node)) {
            const std::string name(nameOf(m_tree, into));
            if (m_tree.children(into, Field::Index).empty() && find(name) == nullptr
                && seen.insert(name).second)
                locals.push_back(name);
        }
        const auto& children = m_tree.node(node).children;
        for (auto child = children.rbegin(); child != children.rend(); ++child)
            if (!hasOwnLocals(m_tree.node(node).rule) || m_tree.node(*child).field != Field::Body)
                open.push_back(*child);
    }
    return locals;
}

bool Symbols::isCommandIn(NodeIndex body, std::string_view name) const
{
    std::vector<NodeIndex> open = {body};
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        if (m_tree.node(node).rule == Rule::Start
            && nameOf(m_tree, m_tree.child(node, Field::Into)) == name)
            return true;
        const auto& children = m_tree.node(node).children;
        open.insert(open.end(), children.begin(), children.end());
    }
    return false;
}

bool Symbols::isBlocked(std::string_view signal) const
{
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
        if (m_tree.node(node).rule != Rule::On || m_tree.word(node, Field::Word) != "block")
            continue;
        for (const NodeIndex item : m_tree.children(node, Field::Item))
            if (m_tree.sourceText(item) == signal)
                return true;
    }
    return false;
}

bool Symbols::asksWhoLives() const
{
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node)
        if (asksWhoLives(node))
            return true;
    return false;
}

bool Symbols::hasThreads() const
{
    return std::any_of(
        m_code.actors.begin(), m_code.actors.end(), [](const ActorDeclaration& actor) {
            return actor.kind == ActorKind::Thread && !actor.isMain;
        });
}

/// Whether the receiver of a signal may be a thread.
bool Symbols::isSentToThread(NodeIndex send) const
{
    const std::string_view name = nameOf(m_tree, m_tree.child(send, Field::Target));
    if (m_tree.has(send, Field::Word) || name == "me" || name == "program")
        return false; // a group; itself; a process
    const Symbol* symbol = find(name);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Actor)
        return m_code.actors[static_cast<std::size_t>(symbol->index)].kind == ActorKind::Thread;
    return name == "main" || (hasThreads() && !isCommandIn(m_tree.root(), name));
}

// The end of a command is a step in any case: its exit. A join with a time limit asks, too, and so does who
// sends a signal to a thread. A thread that ends is none any more that lets in what others block.
bool Symbols::asksWhoLives(NodeIndex node) const
{
    const Node& here = m_tree.node(node);
    if (here.rule == Rule::Send)
        return isSentToThread(node);
    if (here.rule == Rule::On && m_tree.word(node, Field::Word) == "block")
        return hasThreads();
    if (here.rule == Rule::FunctionCall) {
        const std::string_view name = m_tree.word(node, Field::Name);
        return name == "alive" || name == "live" || (name == "exit_of" && m_code.hasProcesses());
    }
    if (here.rule == Rule::Reference)
        return m_tree.sourceText(node) == "live" && find("live") == nullptr;
    if (here.rule != Rule::Join)
        return false;
    const Symbol* joined = find(nameOf(m_tree, m_tree.child(node, Field::Target)));
    const bool isQueue = joined != nullptr && joined->kind == Symbol::Kind::Object;
    const bool isTimed =
        m_tree.has(node, Field::Limit) || m_tree.node(here.parent).rule == Rule::Attempt;
    return isTimed && !isQueue;
}

std::vector<std::string> Symbols::parametersOf(NodeIndex declaration) const
{
    std::vector<std::string> names;
    if (m_tree.has(declaration, Field::Variable))
        names.emplace_back(m_tree.word(declaration, Field::Variable));
    for (const NodeIndex parameter : m_tree.children(declaration, Field::Parameter))
        names.emplace_back(m_tree.sourceText(parameter));
    return names;
}

} // namespace heddle
