// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/body_compiler.h"

#include <optional>

namespace heddle {

/// Reads the `expect` lines of a tree into Expectations.
///
/// Threads: one thread at a time.
class ExpectationCompiler
{
public:
    ExpectationCompiler(const Symbols& symbols, CodeBuilder& builder, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_builder(builder)
        , m_reporter(reporter)
    {
    }

    /// Appends what the line asks for to the code; what is wrong with it is reported.
    ///
    /// The expression of a `final` is compiled only if `compilesValues`: it must have passed the checker.
    void add(NodeIndex expect, bool compilesValues);

private:
    using Kind = Expectation::Kind;
    void readReachable(NodeIndex verdict, Expectation& expectation);
    void readByWord(NodeIndex verdict, Expectation& expectation);
    void readPlain(NodeIndex verdict, Expectation& expectation);
    void readRace(NodeIndex verdict, Expectation& expectation);
    void readInvariant(NodeIndex verdict, Expectation& expectation);
    void readFinal(NodeIndex verdict, Expectation& expectation);
    void readSaid(NodeIndex verdict, Expectation& expectation);
    void readRaised(NodeIndex verdict, Expectation& expectation);
    void readTimes(NodeIndex verdict, Expectation& expectation);
    void readSet(NodeIndex set, Expectation& expectation);
    void addRange(NodeIndex low, NodeIndex high, Expectation& expectation);
    void readName(NodeIndex verdict, Expectation& expectation);
    [[nodiscard]] Expectation::Line line(NodeIndex said);
    [[nodiscard]] std::optional<Value> constant(NodeIndex expression);
    [[nodiscard]] std::int64_t number(NodeIndex expression, ValueKind kind, std::int64_t otherwise);
    [[nodiscard]] bool hasWord(NodeIndex verdict, std::string_view word) const;
    [[nodiscard]] std::string actorName(NodeIndex reference);
    [[nodiscard]] std::string actorNames() const;
    void checkHasExitCode(NodeIndex target);

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    CodeBuilder& m_builder;
    Reporter& m_reporter;
};

} // namespace heddle
