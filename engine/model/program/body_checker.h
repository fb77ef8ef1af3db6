// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// Checks the names and statements of one body (of an actor, a def, a timer's block) or one expression.
///
/// Threads: one thread at a time.
class BodyChecker
{
public:
    enum class Owner
    {
        Actor, ///< main or a process
        Thread,
        Definition,
        Timer,
        Handler,
        Check
    };

    BodyChecker(const Symbols& symbols, Reporter& reporter, Owner owner)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
        , m_owner(owner)
    {
    }

    void checkBody(NodeIndex body, const std::vector<std::string>& parameters);
    void checkExpression(NodeIndex node);
    void checkHandler(NodeIndex node) { onSignals(node); }

private:
    // Statements (body_checker.cpp).
    void block(NodeIndex node);
    void statement(NodeIndex node);
    void children(NodeIndex node);
    void attempt(NodeIndex node);
    void loop(NodeIndex node);
    void leaving(NodeIndex node);
    void tryStatement(NodeIndex node);
    void atomicBlock(NodeIndex node);
    void timer(NodeIndex node);
    void forLoop(NodeIndex node);
    void simple(NodeIndex node);
    void declared(NodeIndex nameNode);
    void mayNotWait(NodeIndex node);
    [[nodiscard]] bool mayWait(NodeIndex node, std::set<NodeIndex>& visited) const;

    // What statements are done to (check_targets.cpp).
    void objectStatement(NodeIndex node);
    void wrongPairing(NodeIndex node, NodeIndex target, const Symbol& symbol);
    void mode(NodeIndex node, PrimitiveKind kind);
    void index(NodeIndex reference, bool isArray, std::int64_t low, std::int64_t count);
    void assign(NodeIndex node);
    void into(NodeIndex reference);
    void spawn(NodeIndex node);
    void join(NodeIndex node);
    void cancel(NodeIndex node);
    void call(NodeIndex node);
    void argumentCount(NodeIndex node, std::string_view name, std::size_t least, std::size_t most);
    void amounts(NodeIndex node);
    void constantAmount(NodeIndex expression, ValueKind kind, std::int64_t least, const char* what);
    [[nodiscard]] bool isProcess(std::string_view name) const;
    [[nodiscard]] bool comesFromSpawn(std::string_view local) const;

    // Processes, streams, commands, signals (check_processes.cpp).
    void stream(NodeIndex node);
    void start(NodeIndex node);
    void wiring(NodeIndex node);
    void contract(NodeIndex node);
    void send(NodeIndex node);
    void onSignals(NodeIndex node);
    void handlerInThread(NodeIndex node);
    void direction(NodeIndex node);
    void signalItems(NodeIndex node);
    void receiver(NodeIndex node);
    void neverSpawned(NodeIndex node, const Symbol& actor);
    void exitCode(NodeIndex expression);
    void unblockedPause(NodeIndex node);
    [[nodiscard]] bool isOutOfReach(NodeIndex node, std::string_view name);

    // Expressions (check_expressions.cpp).
    void value(NodeIndex node);
    void expression(NodeIndex node);
    void reference(NodeIndex node);
    void symbolReference(NodeIndex node, const Symbol& symbol);
    void functionCall(NodeIndex node);
    void query(NodeIndex node, std::string_view function, const Symbol& object);
    void exchange(NodeIndex node);
    void sectionName(NodeIndex node);
    void unknownName(NodeIndex node, std::string_view name, std::string_view advice);
    [[nodiscard]] std::string suggestion(std::string_view name, std::string_view& nearest) const;
    [[nodiscard]] bool isLocal(std::string_view name) const
    {
        return m_locals.find(name) != m_locals.end();
    }
    [[nodiscard]] std::string article(PrimitiveKind kind) const;

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
    Owner m_owner;
    NodeIndex m_body = kNoNode;
    std::set<std::string, std::less<>> m_locals;
    std::set<std::string, std::less<>> m_outer; ///< of a handler: locals of the actor around it
    int m_loops = 0;
    int m_excepts = 0;
    int m_atomics = 0;
};

/// "a, b and c": the words in quotes.
[[nodiscard]] std::string quotedList(const std::vector<std::string_view>& words);

} // namespace heddle
