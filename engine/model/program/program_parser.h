// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// Blocks, brackets and operators may be nested so deep; beyond it a statement is Broken.
inline constexpr int kMaximumNesting = 200;
inline constexpr int kMaximumBlocks = 60;

/// Reads tokens into nodes: one function for each rule of the grammar.
///
/// A function that meets something it cannot use calls fail() once and returns; until the enclosing
/// statement has become Broken, all functions return at once without taking a token.
///
/// Threads: one thread at a time.
class ProgramParser
{
public:
    ProgramParser(std::string_view text, const std::vector<Token>& tokens,
        std::vector<Diagnostic>& diagnostics);

    /// The nodes of the whole text; node 0 is the file.
    [[nodiscard]] std::vector<Node> parse();

private:
    using RuleFunction = NodeIndex (ProgramParser::*)();
    struct Dispatch
    {
        std::string_view word;
        RuleFunction parse;
    };

    // The tokens (parser_tokens.cpp). Trivia are left out.
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
    [[nodiscard]] std::string_view peekText(std::size_t ahead = 0) const;
    [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
    [[nodiscard]] bool atWord(std::string_view word) const;
    [[nodiscard]] bool atSymbol(std::string_view symbol) const;
    [[nodiscard]] bool atLineEnd() const;
    [[nodiscard]] bool atName() const; ///< a name that is not reserved
    void take();
    [[nodiscard]] bool takeSymbol(std::string_view symbol);
    void expectSymbol(std::string_view symbol);
    void expectWord(std::string_view word, NodeIndex parent);

    // The nodes (parser_tokens.cpp).
    [[nodiscard]] NodeIndex begin(Rule rule);
    [[nodiscard]] NodeIndex beginAt(Rule rule, NodeIndex first);
    void add(NodeIndex parent, Field field, NodeIndex child);
    [[nodiscard]] NodeIndex finish(NodeIndex node);
    [[nodiscard]] NodeIndex wordNode(); ///< the next token, whatever it is
    void addWord(NodeIndex parent, Field field) { add(parent, field, wordNode()); }
    void addName(NodeIndex parent, Field field, const char* what);

    // What goes wrong (parser_problems.cpp).
    void fail(const char* code, std::string message);
    void failAt(const Token& token, const char* code, std::string message, std::vector<Fix> fixes);
    void missing(const char* code, const std::string& what);
    void report(const Token& token, const char* code, std::string message, std::vector<Fix> fixes);
    void failUnknownStatement(bool isTop);
    [[nodiscard]] bool failMisplaced(bool isTop);
    void failUnsupported(const std::string& what);
    void failAfterStatement();
    [[nodiscard]] std::string found() const;

    // Blocks and statements (parser_blocks.cpp).
    void parseFile(NodeIndex file);
    void statement(NodeIndex parent, bool isTop);
    void breakOff(NodeIndex parent, std::size_t firstNode, std::uint32_t firstToken);
    void branchesOfBroken(NodeIndex broken);
    void unexpectedBlock(NodeIndex parent, bool isTop);
    void body(NodeIndex parent, Field field = Field::Body);
    void lines(NodeIndex block, bool isTop);
    [[nodiscard]] NodeIndex statementByWord();
    [[nodiscard]] NodeIndex dispatch(std::span<const Dispatch> table, bool& isFound);
    [[nodiscard]] NodeIndex simpleOrAssignment();

    // Declarations (parse_declarations.cpp).
    NodeIndex declaration();
    NodeIndex version();
    NodeIndex title();
    NodeIndex constant();
    NodeIndex option();
    NodeIndex shared();
    NodeIndex privateStore();
    void store(NodeIndex node, const char* what);
    NodeIndex type();
    NodeIndex primitive();
    NodeIndex nameWithCount(const char* what);
    NodeIndex definition();
    NodeIndex actor();
    NodeIndex mainActor();
    NodeIndex invariant();
    NodeIndex expectation();
    void parameters(NodeIndex node);
    void count(NodeIndex node);

    // Statements (parse_statements.cpp).
    NodeIndex local();
    NodeIndex assignment();
    NodeIndex lock();
    NodeIndex unlock();
    NodeIndex acquire();
    NodeIndex release();
    NodeIndex wait();
    NodeIndex notify();
    NodeIndex set();
    NodeIndex clear();
    NodeIndex arrive();
    NodeIndex abort();
    NodeIndex finishItem();
    NodeIndex await();
    NodeIndex put();
    NodeIndex get();
    NodeIndex close();
    NodeIndex spawn();
    NodeIndex join();
    NodeIndex cancel();
    NodeIndex call();
    NodeIndex exit();
    NodeIndex compute();
    NodeIndex sleep();
    NodeIndex yield();
    NodeIndex progress();
    NodeIndex pass();
    NodeIndex say();
    NodeIndex assertion();
    NodeIndex choose();
    NodeIndex breakLoop();
    NodeIndex continueLoop();
    NodeIndex returnValue();
    NodeIndex raise();
    [[nodiscard]] NodeIndex bare(Rule rule);
    [[nodiscard]] NodeIndex withTarget(Rule rule, const char* what);
    void mode(NodeIndex node);
    void limit(NodeIndex node);
    void into(NodeIndex node);
    void amount(NodeIndex node);
    void arguments(NodeIndex node);
    void target(NodeIndex node, Field field, const char* what);

    // Processes, streams and signals (parse_processes.cpp).
    NodeIndex read();
    NodeIndex write();
    NodeIndex send();
    NodeIndex communicate();
    NodeIndex start();
    NodeIndex on();
    NodeIndex topHandler();
    enum class HandlerPlace
    {
        Top,
        Body
    };
    [[nodiscard]] NodeIndex handler(HandlerPlace place);
    NodeIndex alarm();
    NodeIndex pause();
    NodeIndex awaitSignal();
    [[nodiscard]] bool atWiring() const;
    [[nodiscard]] NodeIndex wiring();
    void wiringEnd(NodeIndex wiring);
    [[nodiscard]] NodeIndex contract();
    void signalNames(NodeIndex node);
    void stream(NodeIndex node, const char* what);

    // Compound statements (parse_compounds.cpp).
    void branch(NodeIndex statement, Rule rule);
    NodeIndex ifStatement();
    NodeIndex whileStatement();
    NodeIndex foreverLoop();
    NodeIndex repeat();
    NodeIndex forStatement();
    NodeIndex with();
    NodeIndex section();
    NodeIndex tryStatement();
    NodeIndex after();
    void condition(NodeIndex node);
    [[nodiscard]] NodeIndex attempt();
    [[nodiscard]] NodeIndex source(const char* what);

    // Expressions (parse_expressions.cpp).
    [[nodiscard]] NodeIndex expression();
    [[nodiscard]] NodeIndex conjunction();
    [[nodiscard]] NodeIndex negation();
    [[nodiscard]] NodeIndex comparison();
    [[nodiscard]] NodeIndex sum();
    [[nodiscard]] NodeIndex product();
    [[nodiscard]] NodeIndex unary();
    [[nodiscard]] NodeIndex atom();
    [[nodiscard]] NodeIndex atomStart();
    [[nodiscard]] NodeIndex inBrackets();
    [[nodiscard]] NodeIndex referenceOrCall();
    [[nodiscard]] NodeIndex reference(const char* what);
    void indexes(NodeIndex reference);
    [[nodiscard]] NodeIndex list();
    [[nodiscard]] NodeIndex table();
    [[nodiscard]] NodeIndex setOrTable();
    [[nodiscard]] NodeIndex setLiteral();
    [[nodiscard]] NodeIndex literal();
    [[nodiscard]] NodeIndex text();
    [[nodiscard]] NodeIndex plainText(const char* what);
    [[nodiscard]] NodeIndex formattedText();
    [[nodiscard]] NodeIndex textPiece();
    [[nodiscard]] NodeIndex binary(NodeIndex left, RuleFunction right);
    [[nodiscard]] NodeIndex rangeFrom(NodeIndex low);
    [[nodiscard]] bool goDeeper();
    void failNesting();

    // Verdicts of expect (parse_verdicts.cpp).
    [[nodiscard]] NodeIndex verdict();
    void failUnknownVerdict();
    void reachability(NodeIndex node);
    void verdictWithTarget(NodeIndex node);
    void verdictOfName(NodeIndex node);
    void raceVerdict(NodeIndex node);
    void starvationVerdict(NodeIndex node);
    void invariantVerdict(NodeIndex node);
    void assertVerdict(NodeIndex node);
    void finalVerdict(NodeIndex node);
    void outcomesVerdict(NodeIndex node);
    void schedulesVerdict(NodeIndex node);
    void saidVerdict(NodeIndex node);
    void neverVerdict(NodeIndex node);
    void outputVerdict(NodeIndex node);
    void raisedVerdict(NodeIndex node);
    void raisedName(NodeIndex node);
    void exitVerdict(NodeIndex node);
    void lastsVerdict(NodeIndex node);
    void times(NodeIndex node);
    [[nodiscard]] bool atTimes() const;
    [[nodiscard]] NodeIndex saidLine();

    std::string_view m_text;
    const std::vector<Token>& m_tokens;
    std::vector<Diagnostic>& m_diagnostics;
    std::vector<std::uint32_t> m_significant; ///< tokens that are no trivia
    std::size_t m_position = 0; ///< in m_significant
    std::vector<Node> m_nodes;
    std::vector<int> m_heights; ///< of each node: how deep its children are nested
    int m_depth = 0; ///< of the functions that call each other
    bool m_hasFailed = false;
    bool m_isAttempt = false; ///< the limit belongs to the `try` around
    std::string_view m_form; ///< how the statement that is being read is written
};

} // namespace heddle
