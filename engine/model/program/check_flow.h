// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// Follows which locks an actor holds on its way through a body, and warns where a statement needs one:
/// a wait on a condition (E205, W309), a notify (W310), an unlock (W311), a lost update (W322).
///
/// Threads: one thread at a time.
class FlowChecker
{
public:
    /// Which actors write which shared variables: for the hint about lost updates.
    using Writers = std::map<std::int32_t, std::set<NodeIndex>>;

    FlowChecker(const Symbols& symbols, Reporter& reporter, const Writers& writers)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
        , m_writers(writers)
    {
    }

    /// Actors begin with nothing in their hands; what the callers of a def hold is not known.
    enum class Entry
    {
        HoldsNothing,
        Unknown
    };
    void check(NodeIndex declaration, NodeIndex body, Entry entry);

private:
    enum class Holds
    {
        No,
        Yes,
        Maybe,
        Unknown
    };
    using Lock = std::pair<std::int32_t, std::string>; ///< object, and the text of its index
    struct State
    {
        std::map<Lock, Holds> locks;
        Holds others = Holds::No; ///< of locks that have not been touched
    };
    using Flow = std::optional<State>; ///< nothing: the place cannot be reached

    Flow block(NodeIndex node, Flow flow);
    Flow statement(NodeIndex node, Flow flow);
    void simple(NodeIndex node, State& state);
    Flow ifElse(NodeIndex node, const Flow& flow);
    Flow loop(NodeIndex node, Flow flow);
    Flow with(NodeIndex node, Flow flow);
    Flow tryStatement(NodeIndex node, const Flow& flow);
    Flow callDefinition(NodeIndex node, Flow flow);
    [[nodiscard]] Flow attempted(NodeIndex condition, const Flow& flow, bool isDone) const;
    void checkWait(NodeIndex node, const State& state);
    void checkNotify(NodeIndex node, const State& state);
    void checkUnlock(NodeIndex node, const State& state);
    void checkUpdate(NodeIndex node, const State& state);
    [[nodiscard]] bool readsItself(NodeIndex node, std::string_view name) const;
    [[nodiscard]] std::string otherWriter(std::int32_t variable) const;
    [[nodiscard]] std::optional<Lock> lockOf(NodeIndex reference) const;
    [[nodiscard]] std::optional<Lock> mutexOf(NodeIndex condition) const;
    [[nodiscard]] bool isRecursive(const Lock& lock) const;
    [[nodiscard]] static Holds holds(const State& state, const Lock& lock);
    static void set(State& state, const Lock& lock, Holds holds);
    [[nodiscard]] static Holds joined(Holds left, Holds right);
    [[nodiscard]] static Flow joined(const Flow& left, const Flow& right);

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
    const Writers& m_writers;
    NodeIndex m_declaration = kNoNode;
    std::vector<Flow> m_breaks; ///< what leads out of each open loop
    bool m_isQuiet = false; ///< while a loop is gone through for the first time
    int m_atomics = 0;
};

} // namespace heddle
