// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/check_sharing.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace heddle {

namespace {

/// Which objects and shared variables the lines of somebody use, and where first.
using Uses = std::map<std::string, NodeIndex, std::less<>>;

class SharingChecker
{
public:
    SharingChecker(const Symbols& symbols, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
    {
    }

    void check()
    {
        for (const NodeIndex top : m_tree.node(m_tree.root()).children)
            collect(top, m_uses[ownerOf(top)]);
        for (const auto& [owner, uses] : m_uses)
            if (!owner.empty())
                checkProcess(owner, uses);
    }

private:
    /// The process actor whose lines these are; "" for all that runs in the program's own process.
    [[nodiscard]] std::string ownerOf(NodeIndex top) const
    {
        const Rule rule = m_tree.node(top).rule;
        const bool isProcess = rule == Rule::Actor && m_tree.word(top, Field::Word) == "process";
        if (isProcess)
            return std::string(m_tree.word(top, Field::Name));
        return rule == Rule::On ? std::string(m_tree.word(top, Field::In)) : std::string();
    }

    void collect(NodeIndex top, Uses& uses) const
    {
        if (m_tree.node(top).rule == Rule::Definition)
            return; // belongs to who calls it
        std::set<NodeIndex> called;
        std::vector<NodeIndex> open = {top};
        while (!open.empty()) {
            const NodeIndex node = open.back();
            open.pop_back();
            const Rule rule = m_tree.node(node).rule;
            const std::string_view name = rule == Rule::Reference ? nameOf(m_tree, node)
                : rule == Rule::Call                              ? m_tree.word(node, Field::Name)
                                                                  : std::string_view();
            const Symbol* symbol = name.empty() ? nullptr : m_symbols.find(name);
            if (symbol != nullptr && symbol->kind == Symbol::Kind::Definition) {
                if (called.insert(symbol->node).second)
                    open.push_back(m_tree.child(symbol->node, Field::Body));
            } else if (symbol != nullptr) {
                uses.emplace(symbol->name, node);
            }
            const auto& children = m_tree.node(node).children;
            open.insert(open.end(), children.rbegin(), children.rend());
        }
    }

    void checkProcess(const std::string& process, const Uses& uses)
    {
        for (const auto& [name, node] : uses) {
            const Symbol* symbol = m_symbols.find(name);
            if (!isShareable(*symbol) && isUsedByOthers(process, name))
                report(*symbol, node);
        }
    }

    [[nodiscard]] bool isUsedByOthers(const std::string& process, const std::string& name) const
    {
        for (const auto& [owner, uses] : m_uses)
            if (owner != process && uses.count(name) > 0)
                return true;
        const Symbol* symbol = m_symbols.find(process);
        if (symbol == nullptr || symbol->kind != Symbol::Kind::Actor)
            return false;
        const ActorDeclaration& actor =
            m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)];
        return actor.count > 1 || actor.parameterCount > 0;
    }

    [[nodiscard]] bool isShareable(const Symbol& symbol) const
    {
        const Code& code = m_symbols.declarations();
        const auto place = static_cast<std::size_t>(symbol.index);
        if (symbol.kind == Symbol::Kind::Shared) {
            const ValueKind kind = code.shared[place].kind;
            return kind != ValueKind::None && kind != ValueKind::List && kind != ValueKind::Table;
        }
        if (symbol.kind != Symbol::Kind::Object)
            return true;
        const PrimitiveKind kind = code.objects[place].kind;
        return kind == PrimitiveKind::Pipe || kind == PrimitiveKind::Event
            || kind == PrimitiveKind::Semaphore || kind == PrimitiveKind::Mutex;
    }

    void report(const Symbol& symbol, NodeIndex node)
    {
        const Code& code = m_symbols.declarations();
        const bool isVariable = symbol.kind == Symbol::Kind::Shared;
        const bool isUntyped = isVariable
            && code.shared[static_cast<std::size_t>(symbol.index)].kind == ValueKind::None;
        m_reporter.error("E250", node,
            quoted(symbol.name) + " is "
                + (isUntyped         ? "a shared variable of any kind of value"
                        : isVariable ? "a shared list or table"
                                     : describe(symbol, code))
                + ", which cannot be shared between processes yet; pipes, events, semaphores, "
                  "mutexes and shared variables of type int, bool or text can."
                + (isUntyped ? " Say its type, such as "
                            + quoted("shared " + symbol.name + ": text = unset") + "."
                             : ""));
    }

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
    std::map<std::string, Uses> m_uses; ///< by the process actor, "" for the program's own process
};

} // namespace

void checkSharing(const Symbols& symbols, Reporter& reporter)
{
    SharingChecker(symbols, reporter).check();
}

} // namespace heddle
