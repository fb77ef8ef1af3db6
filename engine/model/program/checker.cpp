// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/checker.h"

#include "engine/base/text.h"
#include "engine/model/program/body_checker.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/check_flow.h"
#include "engine/model/program/check_handlers.h"
#include "engine/model/program/check_sharing.h"
#include "engine/model/program/expectations.h"

#include <algorithm>

namespace heddle {

namespace {

/// The top of a program: each body and check with what it needs.
class ProgramChecker
{
public:
    ProgramChecker(const Symbols& symbols, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
    {
    }

    void check()
    {
        const auto& items = m_tree.node(m_tree.root()).children;
        for (const NodeIndex node : items)
            findWriters(node);
        for (const NodeIndex node : items)
            checkTop(node);
        checkSharing(m_symbols, m_reporter);
        checkHandlers(m_symbols, m_reporter);
        checkExceptNames();
        checkExpectations();
        checkSomethingRuns();
    }

private:
    void checkTop(NodeIndex node)
    {
        const NodeIndex body = m_tree.child(node, Field::Body);
        switch (m_tree.node(node).rule) {
        case Rule::Actor:
        case Rule::Main:
            checkParameters(node);
            BodyChecker(m_symbols, m_reporter, ownerOf(node))
                .checkBody(body, m_symbols.parametersOf(node));
            FlowChecker(m_symbols, m_reporter, m_writers)
                .check(node, body, FlowChecker::Entry::HoldsNothing);
            return;
        case Rule::Definition:
            checkParameters(node);
            BodyChecker(m_symbols, m_reporter, BodyChecker::Owner::Definition)
                .checkBody(body, m_symbols.parametersOf(node));
            FlowChecker(m_symbols, m_reporter, m_writers)
                .check(node, body, FlowChecker::Entry::Unknown);
            return;
        case Rule::On:
            return checkHandler(node);
        case Rule::Invariant:
            return checkLook(m_tree.child(node, Field::Value));
        case Rule::Expect:
            if (!m_tree.node(node).children.empty())
                checkLook(m_tree.child(m_tree.node(node).children.front(), Field::Value));
            return;
        default:
            return;
        }
    }

    [[nodiscard]] BodyChecker::Owner ownerOf(NodeIndex node) const
    {
        const bool isThread =
            m_tree.node(node).rule == Rule::Actor && m_tree.word(node, Field::Word) == "thread";
        return isThread ? BodyChecker::Owner::Thread : BodyChecker::Owner::Actor;
    }

    /// A handler of the program's process, or of the process actor that it names.
    void checkHandler(NodeIndex node)
    {
        BodyChecker(m_symbols, m_reporter, BodyChecker::Owner::Handler).checkHandler(node);
        const NodeIndex in = m_tree.child(node, Field::In);
        const Symbol* actor = m_symbols.find(m_tree.word(node, Field::In));
        const bool isActor = actor != nullptr && actor->kind == Symbol::Kind::Actor;
        const bool isProcess = isActor
            && m_symbols.declarations().actors[static_cast<std::size_t>(actor->index)].kind
                == ActorKind::Process;
        if (in != kNoNode && !isProcess)
            m_reporter.error("E251", in,
                quoted(m_tree.sourceText(in)) + " is "
                    + (isActor ? "a thread" : "no process of this program")
                    + ". Signals are handled by processes: leave \"in\" out for the program's own "
                      "one, or declare it with \"process\".");
    }

    /// An expression that looks at the state from outside.
    void checkLook(NodeIndex expression)
    {
        if (expression != kNoNode)
            BodyChecker(m_symbols, m_reporter, BodyChecker::Owner::Check)
                .checkExpression(expression);
    }

    void checkParameters(NodeIndex node)
    {
        std::vector<NodeIndex> parameters = m_tree.children(node, Field::Parameter);
        const NodeIndex variable = m_tree.child(node, Field::Variable);
        if (variable != kNoNode)
            parameters.insert(parameters.begin(), variable);
        std::set<std::string_view> seen;
        for (const NodeIndex parameter : parameters) {
            const std::string_view name = m_tree.sourceText(parameter);
            const Symbol* symbol = m_symbols.find(name);
            if (!seen.insert(name).second)
                m_reporter.error(
                    "E202", parameter, quoted(name) + " stands twice among the parameters.");
            else if (symbol != nullptr)
                m_reporter.error("E229", parameter,
                    quoted(name) + " is " + describe(*symbol, m_symbols.declarations())
                        + ", so no parameter can be called so: the two could not be told apart. "
                          "Choose another name.");
        }
    }

    /// Which bodies change which shared variables.
    void findWriters(NodeIndex top)
    {
        std::vector<NodeIndex> open = {top};
        while (!open.empty()) {
            const NodeIndex node = open.back();
            open.pop_back();
            const NodeIndex target = m_tree.node(node).rule == Rule::Assign
                ? m_tree.child(node, Field::Target)
                : m_tree.child(node, Field::Into);
            const Symbol* symbol =
                target == kNoNode ? nullptr : m_symbols.find(nameOf(m_tree, target));
            if (symbol != nullptr && symbol->kind == Symbol::Kind::Shared)
                m_writers[symbol->index].insert(top);
            const auto& children = m_tree.node(node).children;
            open.insert(open.end(), children.begin(), children.end());
        }
    }

    /// `except` of something that nothing raises is most likely misspelt.
    void checkExceptNames()
    {
        std::vector<std::string> raised(m_symbols.declarations().exceptions);
        const auto isRaised = [&](std::string_view name) {
            for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node)
                if (m_tree.node(node).rule == Rule::Raise && m_tree.word(node, Field::Name) == name)
                    return true;
            return isBuiltin(name);
        };
        raised.erase(std::remove_if(raised.begin(), raised.end(),
                         [&](const std::string& name) { return !isRaised(name); }),
            raised.end());
        for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
            const std::string name(m_tree.word(node, Field::Name));
            if (m_tree.node(node).rule != Rule::Except || name.empty()
                || std::find(raised.begin(), raised.end(), name) != raised.end())
                continue;
            const std::optional<std::string> nearest = nearestWord(name, raised);
            m_reporter.warning("W312", node,
                "Nothing raises " + quoted(name) + ", so this block never runs."
                    + (nearest ? " Did you mean " + quoted(*nearest) + "?" : ""));
        }
    }

    static bool isBuiltin(std::string_view name)
    {
        const auto names = exceptionNames();
        return name == kBadValue || std::find(names.begin(), names.end(), name) != names.end();
    }

    /// On a copy of the declarations, so that the lines are judged also where the bodies have errors.
    void checkExpectations()
    {
        Code scratch = m_symbols.declarations();
        CodeBuilder builder(scratch);
        for (const NodeIndex node : m_tree.node(m_tree.root()).children)
            if (m_tree.node(node).rule == Rule::Expect)
                ExpectationCompiler(m_symbols, builder, m_reporter).add(node, false);
    }

    void checkSomethingRuns()
    {
        const auto& actors = m_symbols.declarations().actors;
        const auto& items = m_tree.node(m_tree.root()).children;
        const bool hasBroken = std::any_of(items.begin(), items.end(),
            [this](NodeIndex node) { return m_tree.node(node).rule == Rule::Broken; });
        const bool starts = std::any_of(actors.begin(), actors.end(),
            [](const ActorDeclaration& each) { return each.isMain || each.startsByItself; });
        if (!starts && !hasBroken)
            m_reporter.error("E245", m_tree.root(),
                "Nothing in this program runs. Declare \"main:\", or an actor without parameters, "
                "such as \"thread worker:\".");
    }

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
    FlowChecker::Writers m_writers;
};

} // namespace

bool checkDepth(const SyntaxTree& tree, Reporter& reporter)
{
    std::vector<std::pair<NodeIndex, int>> open;
    if (tree.nodeCount() > 0)
        open.emplace_back(tree.root(), 0);
    while (!open.empty()) {
        const auto [node, depth] = open.back();
        open.pop_back();
        if (depth > kMaximumTreeDepth) {
            reporter.error("E201", node,
                "This is nested too deep. Take parts of it out into locals or a def.");
            return false;
        }
        for (const NodeIndex child : tree.node(node).children)
            open.emplace_back(child, depth + 1);
    }
    return true;
}

void checkProgram(const Symbols& symbols, Reporter& reporter)
{
    ProgramChecker(symbols, reporter).check();
}

} // namespace heddle
