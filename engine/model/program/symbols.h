// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/compiler.h"
#include "engine/model/program/evaluate.h"
#include "engine/model/program/literal.h"
#include "engine/model/program/reporter.h"
#include "engine/model/program/syntax_tree.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// What a name at the top of a program stands for.
struct Symbol
{
    enum class Kind
    {
        Constant,
        Shared,
        Private,
        Object,
        Actor,
        Definition
    };
    Kind kind = Kind::Constant;
    std::string name;
    NodeIndex node = kNoNode; ///< its declaration
    std::int32_t index = 0; ///< in the list of Code that its kind has; of a definition: its routine
};

/// "a mutex", "a shared variable", …: how messages call it.
[[nodiscard]] std::string describe(const Symbol& symbol, const Code& code);

/// The names of a program with everything that is known before it runs: constants are folded,
/// counts and bounds are numbers.
///
/// Threads: immutable once made.
class Symbols
{
public:
    /// Reads all declarations of the tree; what is wrong with them is reported.
    Symbols(const SyntaxTree& tree, const CompileOptions& options, Reporter& reporter);

    [[nodiscard]] const SyntaxTree& tree() const { return m_tree; }

    /// The program without instructions: declarations, exceptions, sections, options; routines have
    /// only names.
    [[nodiscard]] const Code& declarations() const { return m_code; }

    [[nodiscard]] const Symbol* find(std::string_view name) const;
    [[nodiscard]] const std::map<std::string, Symbol, std::less<>>& all() const
    {
        return m_symbols;
    }

    /// The value of an expression of constants. Nothing if it uses anything else; raised if it has
    /// no value.
    [[nodiscard]] std::optional<Evaluated> fold(
        NodeIndex expression, TextUse texts = TextUse::Plain) const;

    /// The value of a constant.
    [[nodiscard]] const Value& constant(const Symbol& symbol) const
    {
        return m_constants[static_cast<std::size_t>(symbol.index)];
    }

    /// Locals of a body (actor, main, def, after, on): everything its lines declare or deliver into.
    [[nodiscard]] std::vector<std::string> localsOf(NodeIndex body) const;

    /// Whether a `start` line of the body delivers the handle of a command into the name.
    [[nodiscard]] bool isCommandIn(NodeIndex body, std::string_view name) const;

    /// Whether any line of the program blocks the signal.
    [[nodiscard]] bool isBlocked(std::string_view signal) const;

    /// Whether any line can tell an actor that lives from one that has ended, without having waited
    /// for its end, or the system can when it looks for a thread that takes a signal: then an actor's end
    /// is a step of its own.
    [[nodiscard]] bool asksWhoLives() const;

    /// Parameters of an actor or def, with the array's index first.
    [[nodiscard]] std::vector<std::string> parametersOf(NodeIndex declaration) const;

private:
    [[nodiscard]] bool asksWhoLives(NodeIndex node) const;
    [[nodiscard]] bool isSentToThread(NodeIndex send) const;
    [[nodiscard]] bool hasThreads() const;

    friend class DeclarationReader;
    const SyntaxTree& m_tree;
    Code m_code;
    std::map<std::string, Symbol, std::less<>> m_symbols;
    std::vector<Value> m_constants;
};

/// The name that a Reference or NameWithCount begins with.
[[nodiscard]] std::string_view nameOf(const SyntaxTree& tree, NodeIndex reference);

/// The operation that a Binary or Unary node's operator stands for: "+" Add, "not in" is no operator.
[[nodiscard]] std::optional<Operation> binaryOperation(std::string_view symbol);

/// Beyond these a declaration is an error.
inline constexpr std::int64_t kMaximumElements = 10'000; ///< of one array, and actors of all
inline constexpr int kMaximumTreeDepth = 400;

} // namespace heddle
