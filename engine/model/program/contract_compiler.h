// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code_builder.h"
#include "engine/model/program/symbols.h"

#include <string_view>
#include <vector>

namespace heddle {

/// Compiles what an exploration may assume of a command: its `model`, or what is assumed without one.
///
/// The parts are carried out in the order in which they are written; `exits` is always the last. What
/// is written is the text that was read (`same`), or a row of "?" where only a run can tell it.
///
/// Threads: one thread at a time.
class ContractCompiler
{
public:
    ContractCompiler(const Symbols& symbols, CodeBuilder& builder)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_builder(builder)
    {
    }

    /// Fills the routine for a `start` line, whose command is the one that has this contract.
    void compile(std::int32_t routine, NodeIndex start);

private:
    /// `reads all`, `writes 31B`, `exits {0}`: a word with a word, an amount or a set.
    struct Part
    {
        std::string_view word;
        std::string_view way;
        NodeIndex amount = kNoNode;
    };
    enum class Input
    {
        Nothing, ///< not wired, or to null: at its end from the start
        Stream,
        File, ///< its contents are not known
    };

    [[nodiscard]] std::vector<Part> parts(NodeIndex contract) const;
    [[nodiscard]] std::int64_t number(NodeIndex amount) const;
    void readWirings(const CommandDeclaration& command);
    void reads(const Part& part);
    void writes(const Part& part);
    void lineByLine();
    void drainLines();
    void exits(NodeIndex set);
    void emitConstant(const Value& value, Register result);
    void emitRead(char mode, Register amount);
    void emitWrite(Register text);
    void emitExit(Register code);
    void writeUnknown(std::int64_t length);
    CommandDeclaration& command(std::int32_t routine);

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    CodeBuilder& m_builder;
    CommandDeclaration* m_command = nullptr;
    Input m_input = Input::Nothing;
    bool m_hasOutput = true; ///< somebody sees what it writes
    bool m_isEcho = false; ///< `reads line writes same`
};

} // namespace heddle
