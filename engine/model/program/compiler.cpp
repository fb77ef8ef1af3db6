// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/compiler.h"

#include "engine/model/program/body_compiler.h"
#include "engine/model/program/checker.h"
#include "engine/model/program/contract_compiler.h"
#include "engine/model/program/expectations.h"
#include "engine/model/program/parser.h"

#include <algorithm>

namespace heddle {

namespace {

/// Compiles all bodies and checks of a program that has passed the checker.
class ProgramCompiler
{
public:
    ProgramCompiler(const Symbols& symbols, Reporter& reporter)
        : m_symbols(symbols)
        , m_tree(symbols.tree())
        , m_reporter(reporter)
        , m_code(std::make_shared<Code>(symbols.declarations()))
        , m_builder(*m_code)
        , m_endsAreSteps(symbols.asksWhoLives())
    {
    }

    [[nodiscard]] std::shared_ptr<const Code> compile()
    {
        for (const NodeIndex node : m_tree.node(m_tree.root()).children)
            compileBody(node);
        // Blocks may hold blocks: the list grows while it is worked off.
        for (std::size_t i = 0; i < m_later.size(); ++i)
            compileLater(LaterBlock(m_later[i]));
        for (const NodeIndex node : m_tree.node(m_tree.root()).children)
            compileCheck(node);
        if (m_builder.isFull())
            m_reporter.error("E235", m_tree.root(),
                "This program is too large: it needs more than a million instructions.");
        return m_code;
    }

private:
    void compileBody(NodeIndex node)
    {
        const Rule rule = m_tree.node(node).rule;
        std::int32_t routine = -1;
        if (rule == Rule::Main && m_code->main() != nullptr)
            routine = m_code->main()->routine;
        const Symbol* symbol = m_symbols.find(m_tree.word(node, Field::Name));
        if (rule == Rule::Definition && symbol != nullptr)
            routine = symbol->index;
        if (rule == Rule::Actor && symbol != nullptr)
            routine = m_code->actors[static_cast<std::size_t>(symbol->index)].routine;
        if (rule == Rule::On)
            return compileTopHandler(node);
        if (routine < 0)
            return;
        BodyCompiler compiler(m_symbols, m_builder, m_reporter, m_later);
        std::vector<HandlerDeclaration> heads;
        if (rule == Rule::Main || (rule == Rule::Actor && isProcess(*symbol)))
            compiler.takeHeadsInto(heads);
        if (m_endsAreSteps && rule != Rule::Definition)
            compiler.endWithStep();
        compiler.compileRoutine(routine, m_tree.child(node, Field::Body),
            m_symbols.parametersOf(node), BodyCompiler::Parameters::AreSet);
        auto& handlers = rule == Rule::Actor ? actorOf(*symbol).handlers : m_code->handlers;
        handlers.insert(handlers.end(), heads.begin(), heads.end());
    }

    [[nodiscard]] ActorDeclaration& actorOf(const Symbol& symbol)
    {
        return m_code->actors[static_cast<std::size_t>(symbol.index)];
    }

    [[nodiscard]] bool isProcess(const Symbol& symbol)
    {
        return actorOf(symbol).kind == ActorKind::Process;
    }

    void compileTopHandler(NodeIndex node)
    {
        const Symbol* process = m_symbols.find(m_tree.word(node, Field::In));
        auto& handlers = process == nullptr ? m_code->handlers : actorOf(*process).handlers;
        handlers.push_back(BodyCompiler(m_symbols, m_builder, m_reporter, m_later).handler(node));
    }

    void compileLater(const LaterBlock& later)
    {
        if (later.kind == LaterBlock::Kind::Contract)
            return ContractCompiler(m_symbols, m_builder).compile(later.routine, later.node);
        const bool isTimer = later.kind == LaterBlock::Kind::Timer;
        BodyCompiler compiler(m_symbols, m_builder, m_reporter, m_later);
        if (m_endsAreSteps && isTimer)
            compiler.endWithStep();
        compiler.compileRoutine(later.routine, later.node, later.captured,
            isTimer ? BodyCompiler::Parameters::MayBeUnset : BodyCompiler::Parameters::AreSet);
    }

    void compileCheck(NodeIndex node)
    {
        const Rule rule = m_tree.node(node).rule;
        if (rule == Rule::Expect)
            ExpectationCompiler(m_symbols, m_builder, m_reporter).add(node, true);
        if (rule == Rule::Invariant)
            compileInvariant(node);
    }

    void compileInvariant(NodeIndex node)
    {
        const NodeIndex expression = m_tree.child(node, Field::Value);
        Invariant invariant;
        invariant.line = m_tree.start(node).line;
        invariant.text = m_tree.has(node, Field::Text)
            ? textOf(m_tree.word(node, Field::Text), TextUse::Plain)
            : std::string(m_tree.sourceText(expression));
        const std::int32_t first = m_builder.here();
        invariant.fragment =
            BodyCompiler(m_symbols, m_builder, m_reporter, m_later).compileFragment(expression);
        const auto& instructions = m_code->instructions;
        invariant.usesInsideOnly = std::none_of(instructions.begin() + first, instructions.end(),
            [](const Instruction& each) { return isVisible(each.operation); });
        m_code->invariants.push_back(std::move(invariant));
    }

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    Reporter& m_reporter;
    std::shared_ptr<Code> m_code;
    CodeBuilder m_builder;
    const bool m_endsAreSteps;
    std::vector<LaterBlock> m_later;
};

void sortByPlace(std::vector<Diagnostic>& diagnostics)
{
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
        [](const Diagnostic& left, const Diagnostic& right) { return left.offset < right.offset; });
}

// How a program could be better is of no interest before it can run.
void dropHints(std::vector<Diagnostic>& diagnostics)
{
    std::erase_if(
        diagnostics, [](const Diagnostic& each) { return each.severity == Severity::Hint; });
}

} // namespace

CompiledProgram compileProgram(std::string text, const CompileOptions& options)
{
    ParsedProgram parsed = parseProgram(std::move(text));
    CompiledProgram program;
    program.tree = parsed.tree;
    program.diagnostics = std::move(parsed.diagnostics);
    Reporter reporter(*program.tree, program.diagnostics);
    if (checkDepth(*program.tree, reporter)) {
        const Symbols symbols(*program.tree, options, reporter);
        checkProgram(symbols, reporter);
        if (!reporter.hasErrors())
            program.code = ProgramCompiler(symbols, reporter).compile();
        if (reporter.hasErrors()) {
            program.code.reset();
            dropHints(program.diagnostics);
        }
    }
    sortByPlace(program.diagnostics);
    return program;
}

} // namespace heddle
