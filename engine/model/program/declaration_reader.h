// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/catalogue.h"
#include "engine/model/program/symbols.h"

#include <optional>
#include <string>
#include <string_view>

namespace heddle {

/// Fills Symbols from the top of a tree.
class DeclarationReader
{
public:
    DeclarationReader(Symbols& symbols, const CompileOptions& options, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.m_tree)
        , m_code(symbols.m_code)
        , m_options(options)
        , m_reporter(reporter)
    {
    }

    void read();

private:
    void readTop(NodeIndex node);
    void constant(NodeIndex node);
    void checkOverrides();
    void option(NodeIndex node);
    [[nodiscard]] std::optional<std::int64_t> readNumber(NodeIndex node, std::string_view text);
    void store(NodeIndex node, Symbol::Kind kind);
    void readType(NodeIndex type, VariableDeclaration& variable);
    void readInitial(NodeIndex node, VariableDeclaration& variable);
    void primitive(NodeIndex node);
    void object(NodeIndex node, NodeIndex item, const PrimitiveRow& row);
    void readObjectParts(NodeIndex node, ObjectDeclaration& object);
    void conditionMutexes();
    void definition(NodeIndex node);
    void actor(NodeIndex node);
    void mainActor(NodeIndex node);
    void elements(NodeIndex node, ActorDeclaration& actor);
    void collectNames();
    void addException(std::string_view name);
    void initializers();
    bool add(Symbol::Kind kind, NodeIndex nameNode, std::string_view name, std::size_t index,
        NodeIndex node);
    [[nodiscard]] std::optional<Value> evaluate(NodeIndex expression);
    [[nodiscard]] std::optional<std::int64_t> number(
        NodeIndex expression, std::string_view what, std::int64_t low, std::int64_t high);
    [[nodiscard]] std::optional<std::int64_t> bytes(NodeIndex expression, std::string_view what);
    [[nodiscard]] std::int32_t count(NodeIndex node, bool& isArray);
    [[nodiscard]] std::optional<Value> overridden(std::string_view name, NodeIndex node);
    std::int32_t addRoutine(std::string name, NodeIndex node);

    Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Code& m_code;
    const CompileOptions& m_options;
    Reporter& m_reporter;
};

} // namespace heddle
