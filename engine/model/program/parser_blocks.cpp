// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"
#include "engine/model/program/lexer.h"
#include "engine/model/program/parser.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>
#include <array>

namespace heddle {

std::vector<Node> ProgramParser::parse()
{
    const NodeIndex file = begin(Rule::File);
    m_nodes[0].firstToken = 0;
    parseFile(file);
    m_nodes[0].endToken = static_cast<std::uint32_t>(m_tokens.size());
    return std::move(m_nodes);
}

void ProgramParser::parseFile(NodeIndex file)
{
    while (!at(TokenKind::End)) {
        lines(file, true);
        if (!at(TokenKind::End)) // a Dedent without its Indent
            take();
    }
}

// Statements up to the end of their block.
void ProgramParser::lines(NodeIndex block, bool isTop)
{
    while (!at(TokenKind::Dedent) && !at(TokenKind::End)) {
        if (at(TokenKind::NewLine))
            take();
        else if (at(TokenKind::Indent))
            unexpectedBlock(block, isTop);
        else
            statement(block, isTop);
    }
}

// Lines that are indented for no reason are read as if they were not.
void ProgramParser::unexpectedBlock(NodeIndex parent, bool isTop)
{
    take();
    if (m_depth >= kMaximumBlocks) {
        statement(parent, isTop);
        return;
    }
    report(peek(), "E114",
        "This line is indented deeper than the one before it, which opens no block. Only a line "
        "that ends with \":\" does. Put both into the same column.",
        {});
    ++m_depth;
    lines(parent, isTop);
    --m_depth;
    if (at(TokenKind::Dedent))
        take();
}

void ProgramParser::statement(NodeIndex parent, bool isTop)
{
    const std::size_t firstNode = m_nodes.size();
    const std::uint32_t firstToken = m_significant[m_position];
    const std::size_t firstPosition = m_position;
    const StatementRow* row = findStatement(peekText());
    m_form = row == nullptr ? std::string_view() : row->form;
    const NodeIndex node = isTop ? declaration() : statementByWord();
    const bool endsWithBlock = m_position > firstPosition
        && m_tokens[m_significant[m_position - 1]].kind == TokenKind::Dedent;
    if (!m_hasFailed && !endsWithBlock && !atLineEnd())
        failAfterStatement();
    add(parent, Field::Item, node);
    if (m_hasFailed) {
        breakOff(parent, firstNode, firstToken);
        branchesOfBroken(m_nodes[static_cast<std::size_t>(parent)].children.back());
    }
    if (at(TokenKind::NewLine))
        take();
}

// An `else` after a line that could not be read is no error of its own.
void ProgramParser::branchesOfBroken(NodeIndex broken)
{
    while (true) {
        const std::string_view word = peekText(at(TokenKind::NewLine) ? 1 : 0);
        const bool isBlock = word == "else" || word == "finally";
        if (!isBlock && word != "elif" && word != "except")
            return;
        if (at(TokenKind::NewLine))
            take();
        if (word == "except")
            branch(broken, Rule::Except);
        else
            branch(broken, isBlock ? Rule::Block : Rule::ElseIf);
        static_cast<void>(finish(broken));
    }
}

// Makes one Broken node of the statement; a block that follows its line is read as its body.
void ProgramParser::breakOff(NodeIndex parent, std::size_t firstNode, std::uint32_t firstToken)
{
    auto& siblings = m_nodes[static_cast<std::size_t>(parent)].children;
    while (!siblings.empty() && static_cast<std::size_t>(siblings.back()) >= firstNode)
        siblings.pop_back();
    m_nodes.resize(firstNode);
    m_heights.resize(firstNode);
    m_hasFailed = false;
    const TokenKind last = m_tokens[m_significant[m_position == 0 ? 0 : m_position - 1]].kind;
    const bool isAfterBlock = last == TokenKind::Dedent && m_significant[m_position] != firstToken;
    while (!isAfterBlock && !atLineEnd() && !at(TokenKind::Indent))
        take();
    const NodeIndex broken = begin(Rule::Broken);
    m_nodes.back().firstToken = firstToken;
    add(parent, Field::Item, finish(broken));
    m_hasFailed = false;
    if (at(TokenKind::NewLine) && peek(1).kind == TokenKind::Indent && m_depth < kMaximumBlocks) {
        take();
        const bool isTop = parent == 0;
        take();
        ++m_depth;
        const NodeIndex block = begin(Rule::Block);
        lines(block, isTop && isDeclarationWord(peekText()));
        --m_depth;
        add(broken, Field::Body, finish(block));
        if (at(TokenKind::Dedent))
            take();
        static_cast<void>(finish(broken));
    }
    m_hasFailed = false;
}

// ":" and the indented lines after it.
void ProgramParser::body(NodeIndex parent, Field field)
{
    if (m_hasFailed)
        return;
    if (!atSymbol(":")) {
        if (!atLineEnd()) {
            failAfterStatement();
            return;
        }
        const Token& last = m_tokens[m_significant[m_position - 1]];
        failAt(last, "E105", "This line opens a block, so it ends with \":\".",
            {{"Insert \":\"", last.offset + last.length, 0, ":"}});
        return;
    }
    take();
    if (!at(TokenKind::NewLine)) {
        if (at(TokenKind::Unknown))
            m_hasFailed = true;
        else
            fail("E108",
                "After \":\" the line ends; what belongs to it stands in the next lines, indented "
                "by four blanks.");
        return;
    }
    if (peek(1).kind != TokenKind::Indent) {
        failAt(m_tokens[m_significant[m_position - 1]], "E110",
            "After this line an indented block is missing. Indent the lines that belong to it by "
            "four blanks; a block that does nothing holds \"pass\".",
            {});
        return;
    }
    if (m_depth >= kMaximumBlocks || !goDeeper()) {
        failNesting();
        return;
    }
    take();
    take();
    const NodeIndex block = begin(Rule::Block);
    lines(block, false);
    --m_depth;
    add(parent, field, finish(block));
    if (at(TokenKind::Dedent))
        take();
}

void ProgramParser::failNesting()
{
    fail("E119",
        "This is nested too deep to be read. Take parts of it out into a \"local\" or a \"def\" of "
        "their own.");
}

bool ProgramParser::goDeeper()
{
    if (m_hasFailed)
        return false;
    if (m_depth >= kMaximumNesting) {
        failNesting();
        return false;
    }
    ++m_depth;
    return true;
}

NodeIndex ProgramParser::statementByWord()
{
    static constexpr std::array kTable = {Dispatch{"local", &ProgramParser::local},
        Dispatch{"lock", &ProgramParser::lock}, Dispatch{"unlock", &ProgramParser::unlock},
        Dispatch{"acquire", &ProgramParser::acquire}, Dispatch{"release", &ProgramParser::release},
        Dispatch{"wait", &ProgramParser::wait}, Dispatch{"notify", &ProgramParser::notify},
        Dispatch{"set", &ProgramParser::set}, Dispatch{"clear", &ProgramParser::clear},
        Dispatch{"arrive", &ProgramParser::arrive}, Dispatch{"abort", &ProgramParser::abort},
        Dispatch{"finish", &ProgramParser::finishItem}, Dispatch{"await", &ProgramParser::await},
        Dispatch{"put", &ProgramParser::put}, Dispatch{"get", &ProgramParser::get},
        Dispatch{"close", &ProgramParser::close}, Dispatch{"spawn", &ProgramParser::spawn},
        Dispatch{"join", &ProgramParser::join}, Dispatch{"cancel", &ProgramParser::cancel},
        Dispatch{"call", &ProgramParser::call}, Dispatch{"exit", &ProgramParser::exit},
        Dispatch{"compute", &ProgramParser::compute}, Dispatch{"sleep", &ProgramParser::sleep},
        Dispatch{"yield", &ProgramParser::yield}, Dispatch{"progress", &ProgramParser::progress},
        Dispatch{"pass", &ProgramParser::pass}, Dispatch{"say", &ProgramParser::say},
        Dispatch{"assert", &ProgramParser::assertion}, Dispatch{"choose", &ProgramParser::choose},
        Dispatch{"break", &ProgramParser::breakLoop},
        Dispatch{"continue", &ProgramParser::continueLoop},
        Dispatch{"return", &ProgramParser::returnValue}, Dispatch{"raise", &ProgramParser::raise},
        Dispatch{"if", &ProgramParser::ifStatement},
        Dispatch{"while", &ProgramParser::whileStatement},
        Dispatch{"forever", &ProgramParser::foreverLoop},
        Dispatch{"repeat", &ProgramParser::repeat}, Dispatch{"for", &ProgramParser::forStatement},
        Dispatch{"with", &ProgramParser::with}, Dispatch{"section", &ProgramParser::section},
        Dispatch{"try", &ProgramParser::tryStatement}, Dispatch{"after", &ProgramParser::after},
        Dispatch{"on", &ProgramParser::on}, Dispatch{"read", &ProgramParser::read},
        Dispatch{"write", &ProgramParser::write}, Dispatch{"send", &ProgramParser::send},
        Dispatch{"start", &ProgramParser::start},
        Dispatch{"communicate", &ProgramParser::communicate},
        Dispatch{"alarm", &ProgramParser::alarm}, Dispatch{"pause", &ProgramParser::pause}};
    static constexpr std::array<std::string_view, 8> kLater = {
        "select", "accept", "connect", "resolve", "submit", "map", "gather", "run"};
    if (at(TokenKind::Name)) {
        bool isFound = false;
        const NodeIndex node = dispatch(kTable, isFound);
        if (isFound)
            return node;
        const std::string_view word = peekText();
        if (std::find(kLater.begin(), kLater.end(), word) != kLater.end()) {
            failUnsupported(std::string(word));
            return kNoNode;
        }
    }
    return simpleOrAssignment();
}

// What the function for the next word makes; the table says which words there are.
NodeIndex ProgramParser::dispatch(std::span<const Dispatch> table, bool& isFound)
{
    const std::string_view word = peekText();
    const auto row = std::find_if(
        table.begin(), table.end(), [word](const Dispatch& each) { return each.word == word; });
    isFound = at(TokenKind::Name) && row != table.end();
    return isFound ? (this->*(row->parse))() : kNoNode;
}

NodeIndex ProgramParser::simpleOrAssignment()
{
    static constexpr std::array<std::string_view, 5> kAfterTarget = {"=", "+=", "-=", "*=", "["};
    const bool isTarget = atName()
        && std::find(kAfterTarget.begin(), kAfterTarget.end(), peekText(1)) != kAfterTarget.end();
    if (isTarget)
        return assignment();
    if (!failMisplaced(false))
        failUnknownStatement(false);
    return kNoNode;
}

ParsedProgram parseProgram(std::string text)
{
    LexedText lexed = lexProgram(text);
    ParsedProgram parsed;
    parsed.diagnostics = std::move(lexed.diagnostics);
    std::vector<Node> nodes = ProgramParser(text, lexed.tokens, parsed.diagnostics).parse();
    std::stable_sort(parsed.diagnostics.begin(), parsed.diagnostics.end(),
        [](const Diagnostic& left, const Diagnostic& right) { return left.offset < right.offset; });
    parsed.tree = std::make_shared<const SyntaxTree>(
        std::move(text), std::move(lexed.tokens), std::move(nodes));
    return parsed;
}

} // namespace heddle
