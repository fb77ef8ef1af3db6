// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/check_flow.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::size_t kDeepLoops = 4;

} // namespace

FlowChecker::Holds FlowChecker::joined(Holds left, Holds right)
{
    if (left == right)
        return left;
    return left == Holds::Unknown || right == Holds::Unknown ? Holds::Unknown : Holds::Maybe;
}

FlowChecker::Flow FlowChecker::joined(const Flow& left, const Flow& right)
{
    if (!left || !right)
        return left ? left : right;
    State state;
    state.others = joined(left->others, right->others);
    for (const State* side : {&*left, &*right})
        for (const auto& [lock, held] : side->locks)
            state.locks[lock] = joined(holds(*left, lock), holds(*right, lock));
    return state;
}

FlowChecker::Holds FlowChecker::holds(const State& state, const Lock& lock)
{
    const auto found = state.locks.find(lock);
    return found == state.locks.end() ? state.others : found->second;
}

void FlowChecker::set(State& state, const Lock& lock, Holds holds)
{
    state.locks[lock] = holds;
}

void FlowChecker::check(NodeIndex declaration, NodeIndex body, Entry entry)
{
    m_declaration = declaration;
    State state;
    state.others = entry == Entry::HoldsNothing ? Holds::No : Holds::Unknown;
    block(body, state);
}

/// An object that can be held, told apart by the text of its index.
std::optional<FlowChecker::Lock> FlowChecker::lockOf(NodeIndex reference) const
{
    const Symbol* symbol = m_symbols.find(nameOf(m_tree, reference));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Object)
        return std::nullopt;
    const auto& object = m_symbols.declarations().objects[static_cast<std::size_t>(symbol->index)];
    if (object.kind == PrimitiveKind::Condition)
        return mutexOf(reference);
    const NodeIndex index = m_tree.child(reference, Field::Index);
    return Lock(
        symbol->index, index == kNoNode ? std::string() : std::string(m_tree.sourceText(index)));
}

std::optional<FlowChecker::Lock> FlowChecker::mutexOf(NodeIndex condition) const
{
    const Symbol* symbol = m_symbols.find(nameOf(m_tree, condition));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Object)
        return std::nullopt;
    const auto& objects = m_symbols.declarations().objects;
    const ObjectDeclaration& object = objects[static_cast<std::size_t>(symbol->index)];
    if (object.kind != PrimitiveKind::Condition || object.mutex < 0
        || objects[static_cast<std::size_t>(object.mutex)].isArray)
        return std::nullopt;
    return Lock(object.mutex, "");
}

bool FlowChecker::isRecursive(const Lock& lock) const
{
    const auto& objects = m_symbols.declarations().objects;
    return objects[static_cast<std::size_t>(lock.first)].kind == PrimitiveKind::RecursiveMutex;
}

FlowChecker::Flow FlowChecker::block(NodeIndex node, Flow flow)
{
    if (node == kNoNode)
        return flow;
    for (const NodeIndex each : m_tree.children(node, Field::Item))
        flow = statement(each, std::move(flow));
    return flow;
}

FlowChecker::Flow FlowChecker::statement(NodeIndex node, Flow flow)
{
    if (!flow)
        return flow;
    switch (m_tree.node(node).rule) {
    case Rule::If:
        return ifElse(node, flow);
    case Rule::While:
    case Rule::Forever:
    case Rule::Repeat:
    case Rule::For:
        return loop(node, std::move(flow));
    case Rule::With:
        return with(node, std::move(flow));
    case Rule::WithAtomic: {
        ++m_atomics;
        Flow after = block(m_tree.child(node, Field::Body), std::move(flow));
        --m_atomics;
        return after;
    }
    case Rule::Section:
        return block(m_tree.child(node, Field::Body), std::move(flow));
    case Rule::Try:
        return tryStatement(node, flow);
    case Rule::Call:
        return callDefinition(node, std::move(flow));
    case Rule::Break:
        if (!m_breaks.empty())
            m_breaks.back() = joined(m_breaks.back(), flow);
        return std::nullopt;
    case Rule::Continue:
    case Rule::Return:
    case Rule::Raise:
    case Rule::Exit:
        return std::nullopt;
    default:
        simple(node, *flow);
        return flow;
    }
}

/// A statement without a block: what it needs to be held, and what is held after it.
void FlowChecker::simple(NodeIndex node, State& state)
{
    const Rule rule = m_tree.node(node).rule;
    if (rule == Rule::Unlock)
        checkUnlock(node, state);
    else if (rule == Rule::Wait)
        checkWait(node, state);
    else if (rule == Rule::Notify)
        checkNotify(node, state);
    else if (rule == Rule::Assign)
        checkUpdate(node, state);
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::optional<Lock> lock = target == kNoNode ? std::nullopt : lockOf(target);
    if (!lock)
        return;
    if (rule == Rule::Lock || rule == Rule::Acquire)
        set(state, *lock, Holds::Yes);
    // One unlock of an rlock is not the last one.
    if (rule == Rule::Unlock || rule == Rule::Release)
        set(state, *lock, isRecursive(*lock) ? Holds::Unknown : Holds::No);
}

/// The flow after a condition that is a `try`: with what it took, where it was done.
FlowChecker::Flow FlowChecker::attempted(NodeIndex condition, const Flow& flow, bool isTrue) const
{
    if (!flow || condition == kNoNode || m_tree.node(condition).rule != Rule::Attempt)
        return flow;
    const bool isDone = isTrue != m_tree.has(condition, Field::Word);
    const NodeIndex operation = m_tree.child(condition, Field::Item);
    const Rule rule = m_tree.node(operation).rule;
    const std::optional<Lock> lock = lockOf(m_tree.child(operation, Field::Target));
    Flow after = flow;
    if (isDone && lock && (rule == Rule::Lock || rule == Rule::Acquire))
        set(*after, *lock, Holds::Yes);
    return after;
}

FlowChecker::Flow FlowChecker::ifElse(NodeIndex node, const Flow& flow)
{
    std::vector<NodeIndex> branches = m_tree.children(node, Field::Branch);
    branches.insert(branches.begin(), node);
    Flow open = flow;
    Flow after;
    for (const NodeIndex branch : branches) {
        const NodeIndex condition = m_tree.child(branch, Field::Condition);
        after = joined(
            after, block(m_tree.child(branch, Field::Body), attempted(condition, open, true)));
        open = attempted(condition, open, false);
    }
    return joined(after, block(m_tree.child(node, Field::Otherwise), open));
}

/// Twice: the second time with what the end of the body leads back to its beginning.
FlowChecker::Flow FlowChecker::loop(NodeIndex node, Flow flow)
{
    const bool isForever = m_tree.node(node).rule == Rule::Forever;
    const NodeIndex condition = m_tree.child(node, Field::Condition);
    const NodeIndex body = m_tree.child(node, Field::Body);
    m_breaks.emplace_back();
    if (m_breaks.size() > kDeepLoops) {
        // Going through each of many nested loops twice would take for ever.
        flow = State{{}, Holds::Unknown};
    } else {
        const bool wasQuiet = m_isQuiet;
        m_isQuiet = true;
        flow = joined(flow, block(body, attempted(condition, flow, true)));
        m_breaks.back().reset();
        m_isQuiet = wasQuiet;
    }
    const Flow end = block(body, attempted(condition, flow, true));
    Flow broken = m_breaks.back();
    m_breaks.pop_back();
    if (isForever)
        return broken;
    return joined(attempted(condition, joined(flow, end), false), broken);
}

FlowChecker::Flow FlowChecker::with(NodeIndex node, Flow flow)
{
    const std::optional<Lock> lock = lockOf(m_tree.child(node, Field::Target));
    if (lock)
        set(*flow, *lock, Holds::Yes);
    const std::vector<Flow> breaks = m_breaks;
    Flow after = block(m_tree.child(node, Field::Body), std::move(flow));
    if (lock && after)
        set(*after, *lock, Holds::No);
    // What breaks out of the block has given the lock back, too.
    for (std::size_t i = 0; lock && i < m_breaks.size(); ++i)
        if (m_breaks[i] && !breaks[i])
            set(*m_breaks[i], *lock, Holds::No);
    return after;
}

/// An exception may come from anywhere in the body.
FlowChecker::Flow FlowChecker::tryStatement(NodeIndex node, const Flow& flow)
{
    const Flow done = block(m_tree.child(node, Field::Body), flow);
    const Flow caught = joined(flow, done);
    Flow after = done;
    for (const NodeIndex branch : m_tree.children(node, Field::Branch))
        after = joined(after, block(m_tree.child(branch, Field::Body), caught));
    const NodeIndex otherwise = m_tree.child(node, Field::Otherwise);
    if (otherwise == kNoNode)
        return after;
    const Flow finished = block(otherwise, joined(after, caught));
    return after ? finished : std::nullopt;
}

/// What a def takes or gives back is not known afterwards.
FlowChecker::Flow FlowChecker::callDefinition(NodeIndex node, Flow flow)
{
    const Symbol* symbol = m_symbols.find(m_tree.word(node, Field::Name));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Definition)
        return flow;
    std::vector<NodeIndex> open = {m_tree.child(symbol->node, Field::Body)};
    while (!open.empty()) {
        const NodeIndex each = open.back();
        open.pop_back();
        const Rule rule = m_tree.node(each).rule;
        const bool changes = rule == Rule::Lock || rule == Rule::Unlock || rule == Rule::Acquire
            || rule == Rule::Release;
        const std::optional<Lock> lock =
            changes ? lockOf(m_tree.child(each, Field::Target)) : std::nullopt;
        if (lock)
            set(*flow, *lock, Holds::Unknown);
        const auto& children = m_tree.node(each).children;
        open.insert(open.end(), children.begin(), children.end());
    }
    return flow;
}

void FlowChecker::checkWait(NodeIndex node, const State& state)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::optional<Lock> mutex = mutexOf(target);
    const Holds held = mutex ? holds(state, *mutex) : Holds::Unknown;
    if (m_isQuiet || held == Holds::Yes || held == Holds::Unknown)
        return;
    const std::string name =
        m_symbols.declarations().objects[static_cast<std::size_t>(mutex->first)].name;
    const std::string condition(m_tree.sourceText(target));
    const std::string needs = quoted("wait " + condition) + " needs the mutex " + quoted(name)
        + ", because " + condition + " is declared \"on " + name + "\", but ";
    const std::string advice = " Try \"with " + name + ":\" around it.";
    if (held == Holds::No)
        m_reporter.error(
            "E205", node, needs + "nothing on the way here locks " + name + "." + advice);
    else
        m_reporter.warning(
            "W309", node, needs + "only some of the ways here lock " + name + "." + advice);
}

void FlowChecker::checkNotify(NodeIndex node, const State& state)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::optional<Lock> mutex = mutexOf(target);
    if (m_isQuiet || !mutex || holds(state, *mutex) != Holds::No)
        return;
    const std::string name =
        m_symbols.declarations().objects[static_cast<std::size_t>(mutex->first)].name;
    m_reporter.warning("W310", node,
        quoted("notify " + std::string(m_tree.sourceText(target))) + " is sent while " + name
            + " is not held. It can arrive in the gap between another actor's check and its wait, "
              "and be lost.");
}

void FlowChecker::checkUnlock(NodeIndex node, const State& state)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::optional<Lock> lock = lockOf(target);
    if (m_isQuiet || !lock || holds(state, *lock) != Holds::No)
        return;
    // Another index may mean the same element.
    const bool isTouchedElsewhere =
        std::any_of(state.locks.begin(), state.locks.end(), [&](const auto& each) {
            return each.first.first == lock->first && each.second != Holds::No;
        });
    if (isTouchedElsewhere)
        return;
    const std::string name(m_tree.sourceText(target));
    m_reporter.warning("W311", node,
        quoted(m_tree.sourceText(node)) + ": nothing on the way here locks " + quoted(name)
            + ". Only who holds a key can give it back; this will raise NotOwner.");
}

/// Whether the value of an assignment reads the variable that it changes.
bool FlowChecker::readsItself(NodeIndex node, std::string_view name) const
{
    std::vector<NodeIndex> open = {m_tree.child(node, Field::Value)};
    while (!open.empty()) {
        const NodeIndex each = open.back();
        open.pop_back();
        if (m_tree.node(each).rule == Rule::Reference && nameOf(m_tree, each) == name)
            return true;
        const auto& children = m_tree.node(each).children;
        open.insert(open.end(), children.begin(), children.end());
    }
    return false;
}

/// An actor other than this one that writes the variable; empty if there is none.
std::string FlowChecker::otherWriter(std::int32_t variable) const
{
    const auto writers = m_writers.find(variable);
    if (writers == m_writers.end())
        return {};
    for (const NodeIndex writer : writers->second) {
        const Symbol* symbol = m_symbols.find(m_tree.word(writer, Field::Name));
        const bool isActor = symbol != nullptr && symbol->kind == Symbol::Kind::Actor;
        const ActorDeclaration* actor = isActor
            ? &m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)]
            : nullptr;
        if (writer != m_declaration)
            return isActor ? actor->name : "main";
        if (actor != nullptr && actor->isArray && actor->count > 1)
            return actor->name + "[" + std::to_string(actor->low + 1) + "]";
    }
    return {};
}

void FlowChecker::checkUpdate(NodeIndex node, const State& state)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = m_symbols.find(name);
    const bool isHeld = state.others != Holds::No
        || std::any_of(state.locks.begin(), state.locks.end(),
            [](const auto& each) { return each.second != Holds::No; });
    if (m_isQuiet || isHeld || m_atomics > 0 || symbol == nullptr
        || symbol->kind != Symbol::Kind::Shared)
        return;
    const auto& variable = m_symbols.declarations().shared[static_cast<std::size_t>(symbol->index)];
    const bool isChange = m_tree.word(node, Field::Operator) != "=";
    if (variable.isArray || (isChange && variable.isAtomic)
        || (!isChange && !readsItself(node, name)))
        return;
    const std::string other = otherWriter(symbol->index);
    if (!other.empty())
        m_reporter.hint("W322", node,
            quoted(m_tree.sourceText(node)) + " is two steps, a read and a write, and "
                + std::string(name) + " is also changed by " + quoted(other)
                + ". Updates can be lost.");
}

} // namespace heddle
