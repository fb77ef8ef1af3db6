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
    ExpectationCompiler(const Symbols& symbols, CodeBuilder& builder, Reporter& reporter,
        std::vector<TimerBlock>& timers)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_builder(builder)
        , m_reporter(reporter)
        , m_timers(timers)
    {
    }

    /// Appends what the line asks for to the code; what is wrong with it is reported.
    void add(NodeIndex expect);

private:
    using Kind = Expectation::Kind;
    void readVerdict(NodeIndex verdict, Expectation& expectation);
    void readSaid(NodeIndex verdict, Expectation& expectation);
    void readFinal(NodeIndex verdict, Expectation& expectation);
    void readNever(NodeIndex verdict, Expectation& expectation);
    void readTimes(NodeIndex verdict, Expectation& expectation);
    void readSet(NodeIndex set, Expectation& expectation);
    void readOutput(NodeIndex verdict, Expectation& expectation);
    void readRaised(NodeIndex verdict, Expectation& expectation);
    void addValue(NodeIndex expression, Expectation& expectation);
    [[nodiscard]] Expectation::Line line(NodeIndex said);
    [[nodiscard]] std::optional<Value> constant(NodeIndex expression);
    [[nodiscard]] std::optional<std::int64_t> number(NodeIndex expression, ValueKind kind);
    [[nodiscard]] bool hasWord(NodeIndex verdict, std::string_view word) const;
    [[nodiscard]] std::string actorName(NodeIndex reference) const;

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    CodeBuilder& m_builder;
    Reporter& m_reporter;
    std::vector<TimerBlock>& m_timers;
};

} // namespace heddle
