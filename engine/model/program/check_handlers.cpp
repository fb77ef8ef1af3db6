// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/check_handlers.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace heddle {

namespace {

class HandlerChecker
{
public:
    HandlerChecker(const Symbols& symbols, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
    {
    }

    void check()
    {
        for (const NodeIndex top : m_tree.node(m_tree.root()).children) {
            switch (m_tree.node(top).rule) {
            case Rule::Actor:
                checkActor(top);
                break;
            case Rule::Main:
                checkMainThread(top);
                break;
            default:
                break;
            }
        }
    }

private:
    /// Where the actors of a body take mutexes: the statements by the objects.
    using Takings = std::map<std::int32_t, NodeIndex>;

    [[nodiscard]] bool setsHandler(NodeIndex node) const
    {
        const std::string_view word = m_tree.word(node, Field::Word);
        return m_tree.node(node).rule == Rule::On && word != "block" && word != "unblock";
    }

    void checkActor(NodeIndex actor)
    {
        const Symbol* symbol = m_symbols.find(m_tree.word(actor, Field::Name));
        if (symbol == nullptr || symbol->kind != Symbol::Kind::Actor)
            return;
        const auto& actors = m_symbols.declarations().actors;
        if (actors[static_cast<std::size_t>(symbol->index)].kind == ActorKind::Process)
            checkMainThread(actor);
    }

    /// `owner` is what the main thread of a process carries out.
    void checkMainThread(NodeIndex owner)
    {
        Takings held;
        std::set<NodeIndex> visited;
        collect(m_tree.child(owner, Field::Body), held, visited);
        std::vector<NodeIndex> handlers;
        collectHandlers(m_tree.child(owner, Field::Body), handlers);
        const std::string_view process =
            m_tree.node(owner).rule == Rule::Main ? "" : m_tree.word(owner, Field::Name);
        for (const NodeIndex top : m_tree.node(m_tree.root()).children)
            if (setsHandler(top) && m_tree.word(top, Field::In) == process)
                handlers.push_back(top);
        for (const NodeIndex handler : handlers)
            checkHandler(handler, held);
    }

    void collectHandlers(NodeIndex node, std::vector<NodeIndex>& handlers) const
    {
        if (node == kNoNode)
            return;
        if (setsHandler(node))
            handlers.push_back(node);
        for (const NodeIndex child : m_tree.node(node).children)
            collectHandlers(child, handlers);
    }

    void checkHandler(NodeIndex handler, const Takings& held)
    {
        const std::vector<NodeIndex> signalNames = m_tree.children(handler, Field::Item);
        const bool isBlocked = std::all_of(signalNames.begin(), signalNames.end(),
            [this](NodeIndex name) { return m_symbols.isBlocked(m_tree.sourceText(name)); });
        if (isBlocked)
            return;
        Takings taken;
        std::set<NodeIndex> visited;
        collect(m_tree.child(handler, Field::Body), taken, visited);
        for (const auto& [object, statement] : taken) {
            const auto other = held.find(object);
            if (other == held.end())
                continue;
            const std::string& name =
                m_symbols.declarations().objects[static_cast<std::size_t>(object)].name;
            m_reporter.warning("W315", statement,
                "This handler takes " + quoted(name)
                    + ", and so does the body that it interrupts (line "
                    + std::to_string(m_tree.start(other->second).line)
                    + "). If the signal comes while the lock is held there, the handler waits for "
                      "what only the interrupted thread could give back. Let the handler set a "
                      "flag, or "
                      "block the signal while the lock is held.");
        }
    }

    /// Statements that wait for a mutex which cannot be taken twice, those of called defs included.
    void collect(NodeIndex node, Takings& takings, std::set<NodeIndex>& visited) const
    {
        if (node == kNoNode)
            return;
        const Rule rule = m_tree.node(node).rule;
        if (rule == Rule::On || rule == Rule::After || rule == Rule::Attempt)
            return; // done at another time, or without waiting
        const bool takes = rule == Rule::Lock || rule == Rule::With;
        if (takes && !m_tree.has(node, Field::Limit))
            add(node, takings);
        const Symbol* called =
            rule == Rule::Call ? m_symbols.find(m_tree.word(node, Field::Name)) : nullptr;
        const bool isDefinition = called != nullptr && called->kind == Symbol::Kind::Definition;
        if (isDefinition && visited.insert(called->node).second)
            collect(m_tree.child(called->node, Field::Body), takings, visited);
        for (const NodeIndex child : m_tree.node(node).children)
            collect(child, takings, visited);
    }

    void add(NodeIndex statement, Takings& takings) const
    {
        const NodeIndex target = m_tree.child(statement, Field::Target);
        const Symbol* symbol = target == kNoNode ? nullptr : m_symbols.find(nameOf(m_tree, target));
        if (symbol == nullptr || symbol->kind != Symbol::Kind::Object)
            return;
        const auto& objects = m_symbols.declarations().objects;
        std::int32_t object = symbol->index;
        if (objects[static_cast<std::size_t>(object)].kind == PrimitiveKind::Condition)
            object = objects[static_cast<std::size_t>(object)].mutex;
        if (object >= 0 && objects[static_cast<std::size_t>(object)].kind == PrimitiveKind::Mutex)
            takings.emplace(object, statement);
    }

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
};

} // namespace

void checkHandlers(const Symbols& symbols, Reporter& reporter)
{
    HandlerChecker(symbols, reporter).check();
}

} // namespace heddle
