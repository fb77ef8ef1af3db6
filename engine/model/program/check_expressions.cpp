// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/body_checker.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

/// Which objects answer a question, besides values and handles.
struct QueryRow
{
    std::string_view function;
    std::array<PrimitiveKind, 3> kinds;
};
constexpr PrimitiveKind kNone = PrimitiveKind::None;
constexpr std::array kQueries = {
    QueryRow{"len", {PrimitiveKind::Queue, kNone, kNone}},
    QueryRow{"full", {PrimitiveKind::Queue, kNone, kNone}},
    QueryRow{"empty", {PrimitiveKind::Queue, kNone, kNone}},
    QueryRow{"value", {PrimitiveKind::Semaphore, PrimitiveKind::Latch, kNone}},
    QueryRow{"owner",
        {PrimitiveKind::Mutex, PrimitiveKind::RecursiveMutex, PrimitiveKind::ReadWriteLock}},
    QueryRow{"locked",
        {PrimitiveKind::Mutex, PrimitiveKind::RecursiveMutex, PrimitiveKind::ReadWriteLock}},
    QueryRow{"waiting", {PrimitiveKind::Barrier, PrimitiveKind::Condition, kNone}},
    QueryRow{"broken", {PrimitiveKind::Barrier, kNone, kNone}},
    QueryRow{"is_set", {PrimitiveKind::Event, kNone, kNone}},
};

bool isExchange(std::string_view name)
{
    return name == "swap" || name == "fetch_add" || name == "cas";
}

/// Questions to a handle, to a signal, or to nothing in particular.
bool asksHandle(std::string_view name)
{
    static constexpr std::array<std::string_view, 6> kOfHandles = {
        "alive", "live", "exit_of", "pid", "group_of", "disposition"};
    return std::find(kOfHandles.begin(), kOfHandles.end(), name) != kOfHandles.end();
}

} // namespace

void BodyChecker::value(NodeIndex node)
{
    if (node == kNoNode)
        return;
    const bool isCall = m_tree.node(node).rule == Rule::FunctionCall;
    if (isCall && isExchange(m_tree.word(node, Field::Name)))
        exchange(node);
    else
        expression(node);
}

void BodyChecker::expression(NodeIndex node)
{
    if (node == kNoNode)
        return;
    switch (m_tree.node(node).rule) {
    case Rule::Reference:
        return reference(node);
    case Rule::FunctionCall:
        return functionCall(node);
    case Rule::Literal: {
        const std::optional<Evaluated> folded = m_symbols.fold(node);
        if (folded && folded->isRaised())
            m_reporter.error("E206", node, literalProblem(m_tree.sourceText(node)));
        return;
    }
    case Rule::Word:
    case Rule::TextPiece:
    case Rule::Broken:
        return;
    default:
        for (const NodeIndex child : m_tree.node(node).children)
            expression(child);
    }
}

std::string BodyChecker::suggestion(std::string_view name, std::string_view& nearest) const
{
    std::vector<std::string> candidates(m_locals.begin(), m_locals.end());
    for (const auto& [each, symbol] : m_symbols.all())
        candidates.push_back(each);
    for (const FunctionRow& row : functionRows())
        candidates.emplace_back(row.name);
    // One letter is near to any other.
    const auto found = name.size() > 1 ? nearestWord(name, candidates) : std::nullopt;
    if (!found)
        return {};
    const auto known = m_symbols.all().find(*found);
    nearest = known == m_symbols.all().end() ? std::string_view() : std::string_view(known->first);
    return " Did you mean " + quoted(*found) + "?";
}

void BodyChecker::unknownName(NodeIndex node, std::string_view name, std::string_view advice)
{
    std::string_view nearest;
    std::string maybe = suggestion(name, nearest);
    const std::string signal = "SIG" + std::string(name);
    if (maybe.empty() && signalNumber(signal))
        maybe = " Did you mean " + quoted(signal) + "?";
    std::vector<Fix> fixes;
    if (!nearest.empty()) {
        fixes.push_back(
            m_reporter.replace(node, "Use " + std::string(nearest), std::string(nearest)));
        fixes.back().length = static_cast<std::uint32_t>(name.size());
    }
    m_reporter.error("E216", node,
        quoted(name) + " is not known here." + (maybe.empty() ? " " + std::string(advice) : maybe),
        std::move(fixes));
}

void BodyChecker::reference(NodeIndex node)
{
    for (const NodeIndex key : m_tree.children(node, Field::Index))
        expression(key);
    const std::string_view name = nameOf(m_tree, node);
    if (isLocal(name))
        return;
    const Symbol* symbol = m_symbols.find(name);
    if (symbol != nullptr)
        return symbolReference(node, *symbol);
    if (isOutOfReach(node, name))
        return;
    const std::optional<int> function = findFunction(name);
    const bool isMain = name == "main" && m_symbols.declarations().main() != nullptr;
    if (isMain || name == "program"
        || (function && functionRows()[static_cast<std::size_t>(*function)].minimumArguments == 0))
        return;
    if (function) {
        m_reporter.error("E222", node,
            quoted(name) + " is a function and needs what it is asked about: "
                + quoted(functionRows()[static_cast<std::size_t>(*function)].form) + ".");
        return;
    }
    unknownName(node, name,
        "A new value of this actor begins with \"local\"; a value for all is declared with "
        "\"shared\" at the top.");
}

void BodyChecker::symbolReference(NodeIndex node, const Symbol& symbol)
{
    const Code& code = m_symbols.declarations();
    const auto place = static_cast<std::size_t>(symbol.index);
    switch (symbol.kind) {
    case Symbol::Kind::Constant:
        return;
    case Symbol::Kind::Shared:
    case Symbol::Kind::Private: {
        const auto& variable =
            (symbol.kind == Symbol::Kind::Shared ? code.shared : code.privates)[place];
        const bool isNumber =
            variable.kind == ValueKind::Integer || variable.kind == ValueKind::Boolean;
        if (variable.isArray || isNumber)
            index(node, variable.isArray, 0, variable.count);
        if (m_owner == Owner::Check && symbol.kind == Symbol::Kind::Private)
            m_reporter.error("E239", node,
                quoted(symbol.name)
                    + " is private: each thread and process has its own, so there is no single "
                      "value to look "
                      "at here.");
        return;
    }
    case Symbol::Kind::Actor: {
        const ActorDeclaration& actor = code.actors[place];
        if (actor.parameterCount > 0)
            m_reporter.error("E227", node,
                quoted(symbol.name)
                    + " has parameters, so it may run many times at once. Keep the one you mean "
                      "when it "
                      "starts: "
                    + quoted("spawn h = " + symbol.name + "(…)") + ".");
        else
            index(node, actor.isArray, actor.low, actor.count);
        return;
    }
    case Symbol::Kind::Object:
    case Symbol::Kind::Definition:
        m_reporter.error("E226", node,
            quoted(symbol.name) + " is " + describe(symbol, code) + ", not a value."
                + (symbol.kind == Symbol::Kind::Definition
                        ? " Use " + quoted("call " + symbol.name + "(…) into v") + "."
                        : ""));
    }
}

void BodyChecker::functionCall(NodeIndex node)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
    const std::optional<int> function = findFunction(name);
    const Symbol* symbol = m_symbols.find(name);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Definition) {
        m_reporter.error("E223", node,
            quoted(name)
                + " is a def, and running it may take many steps, so it has a line of its own: "
                + quoted("call " + std::string(m_tree.sourceText(node)) + " into v") + ".");
        return;
    }
    if (!function)
        return unknownName(
            m_tree.child(node, Field::Name), name, "It is no function of the language.");
    if (name == "signal" && isOutOfReach(node, name))
        return;
    if (isExchange(name)) {
        m_reporter.error("E225", node,
            quoted(name) + " changes a variable, so it is the whole value of a line: "
                + quoted("local old = " + std::string(m_tree.sourceText(node))) + ".");
        return;
    }
    const FunctionRow& row = functionRows()[static_cast<std::size_t>(*function)];
    argumentCount(node, name, static_cast<std::size_t>(row.minimumArguments),
        static_cast<std::size_t>(row.maximumArguments));
    for (const NodeIndex argument : arguments) {
        const Symbol* object = m_tree.node(argument).rule == Rule::Reference
            ? m_symbols.find(nameOf(m_tree, argument))
            : nullptr;
        if (object != nullptr && object->kind == Symbol::Kind::Object && !isLocal(object->name))
            query(argument, name, *object);
        else
            expression(argument);
    }
    if (name == "inside" && arguments.size() == 1)
        sectionName(arguments.front());
    const bool needsObject = row.isQuery && !isComputable(*function) && !asksHandle(name);
    const bool hasObject = !arguments.empty()
        && m_tree.node(arguments.front()).rule == Rule::Reference
        && m_symbols.find(nameOf(m_tree, arguments.front())) != nullptr;
    if (needsObject && !arguments.empty() && !hasObject)
        m_reporter.error("E224", arguments.front(),
            quoted(name) + " asks something that is declared at the top, as in " + quoted(row.form)
                + ".");
}

/// A question to an object: whether this kind of object answers it.
void BodyChecker::query(NodeIndex node, std::string_view function, const Symbol& symbol)
{
    for (const NodeIndex key : m_tree.children(node, Field::Index))
        expression(key);
    const auto& object = m_symbols.declarations().objects[static_cast<std::size_t>(symbol.index)];
    const auto row = std::find_if(kQueries.begin(), kQueries.end(),
        [function](const QueryRow& each) { return each.function == function; });
    const bool answers = row != kQueries.end()
        && std::find(row->kinds.begin(), row->kinds.end(), object.kind) != row->kinds.end();
    if (answers)
        return index(node, object.isArray, 0, object.count);
    std::string wanted;
    for (const PrimitiveKind kind :
        row == kQueries.end() ? std::array{kNone, kNone, kNone} : row->kinds)
        if (kind != kNone)
            wanted += (wanted.empty() ? "" : " or ") + article(kind);
    m_reporter.error("E224", node,
        quoted(symbol.name) + " is " + article(object.kind) + "; " + quoted(function) + " asks "
            + (wanted.empty() ? "a value" : wanted) + ".");
}

void BodyChecker::exchange(NodeIndex node)
{
    const std::string_view name = m_tree.word(node, Field::Name);
    const std::size_t wanted = name == "cas" ? 3 : 2;
    argumentCount(node, name, wanted, wanted);
    const std::vector<NodeIndex> arguments = m_tree.children(node, Field::Argument);
    for (const NodeIndex argument : arguments)
        expression(argument);
    if (arguments.empty())
        return;
    const NodeIndex target = arguments.front();
    const Symbol* symbol = m_tree.node(target).rule == Rule::Reference
        ? m_symbols.find(nameOf(m_tree, target))
        : nullptr;
    const bool isAtomic = symbol != nullptr && symbol->kind == Symbol::Kind::Shared
        && m_symbols.declarations().shared[static_cast<std::size_t>(symbol->index)].isAtomic;
    if (!isAtomic)
        m_reporter.error("E225", target,
            quoted(m_tree.sourceText(target))
                + " is changed in one step here, which only a variable declared with \"atomic "
                  "shared\" can be.");
}

void BodyChecker::sectionName(NodeIndex node)
{
    const std::optional<Evaluated> folded = m_symbols.fold(node);
    if (!folded || folded->isRaised() || !folded->value.is(ValueKind::Text))
        return;
    const auto& sections = m_symbols.declarations().sections;
    const std::string& text = folded->value.asText();
    if (std::find(sections.begin(), sections.end(), text) != sections.end())
        return;
    const std::optional<std::string> nearest = nearestWord(text, sections);
    m_reporter.error("E236", node,
        "No section is called " + quoted(text) + ", so this would always be 0."
            + (nearest ? " Did you mean " + quoted(*nearest) + "?" : ""));
}

} // namespace heddle
