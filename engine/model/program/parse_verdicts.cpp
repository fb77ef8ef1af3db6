// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/program_parser.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

constexpr std::size_t kLongestVerdict = 20;
constexpr std::array<std::string_view, 20> kVerdicts = {"terminates", "deadlock", "livelock",
    "starvation", "stuck", "unbounded", "exception", "warning", "race", "invariant", "assert",
    "final", "outcomes", "schedules", "said", "never", "output", "raised", "exit", "lasts"};

} // namespace

NodeIndex ProgramParser::verdict()
{
    using VerdictFunction = void (ProgramParser::*)(NodeIndex);
    struct VerdictRow
    {
        std::string_view word;
        VerdictFunction parse;
        std::string_view form;
    };
    static constexpr std::array kRows = {
        VerdictRow{"terminates", nullptr, "expect terminates"},
        VerdictRow{"deadlock", &ProgramParser::reachability, "expect deadlock reachable|free"},
        VerdictRow{"livelock", &ProgramParser::reachability, "expect livelock reachable|free"},
        VerdictRow{"starvation", &ProgramParser::starvationVerdict,
            "expect starvation [of ACTOR] reachable|free"},
        VerdictRow{"stuck", &ProgramParser::verdictWithTarget, "expect stuck ACTOR reachable|free"},
        VerdictRow{"unbounded", &ProgramParser::verdictWithTarget,
            "expect unbounded QUEUE reachable|free"},
        VerdictRow{
            "exception", &ProgramParser::verdictOfName, "expect exception NAME reachable|free"},
        VerdictRow{"warning", &ProgramParser::verdictOfName, "expect warning CODE reachable|free"},
        VerdictRow{"race", &ProgramParser::raceVerdict, "expect race free|on NAME"},
        VerdictRow{"invariant", &ProgramParser::invariantVerdict,
            "expect invariant \"NAME\" holds|violated"},
        VerdictRow{"assert", &ProgramParser::assertVerdict, "expect assert holds|fails [\"WHY\"]"},
        VerdictRow{"final", &ProgramParser::finalVerdict,
            "expect final VALUE == VALUE|in {VALUES}|can be VALUE|never VALUE"},
        VerdictRow{"outcomes", &ProgramParser::outcomesVerdict, "expect outcomes {\"LINES\"}"},
        VerdictRow{"schedules", &ProgramParser::schedulesVerdict, "expect schedules == NUMBER"},
        VerdictRow{"said", &ProgramParser::saidVerdict,
            "expect said \"LINE\" [by ACTOR] [before \"LINE\"|within DURATION|NUMBER times]"},
        VerdictRow{
            "never", &ProgramParser::neverVerdict, "expect never said \"LINE\"|raised EXCEPTION"},
        VerdictRow{
            "output", &ProgramParser::outputVerdict, "expect output [in any order] \"LINE\", …"},
        VerdictRow{"raised", &ProgramParser::raisedVerdict,
            "expect raised EXCEPTION [in ACTOR] [NUMBER times]"},
        VerdictRow{"exit", &ProgramParser::exitVerdict, "expect exit program in {CODES}"},
        VerdictRow{"lasts", &ProgramParser::lastsVerdict, "expect lasts at least|most DURATION"},
    };
    const std::string word(peekText());
    const auto* row = std::find_if(
        kRows.begin(), kRows.end(), [&word](const VerdictRow& each) { return each.word == word; });
    if (!at(TokenKind::Name) || row == kRows.end()) {
        failUnknownVerdict();
        return kNoNode;
    }
    const NodeIndex node = begin(Rule::Verdict);
    m_form = row->form;
    addWord(node, Field::Word);
    if (row->parse != nullptr)
        (this->*(row->parse))(node);
    return finish(node);
}

void ProgramParser::failUnknownVerdict()
{
    const Token& token = peek();
    const std::string word(peekText());
    const auto nearest = word.size() > kLongestVerdict
        ? std::nullopt
        : nearestWord(word, {kVerdicts.begin(), kVerdicts.end()});
    if (at(TokenKind::Name) && nearest)
        failAt(token, "E128",
            "\"" + word + "\" is nothing that can be expected. Did you mean \"" + *nearest + "\"?",
            {{"Replace by \"" + *nearest + "\"", token.offset, token.length, *nearest}});
    missing("E128", "what is expected, such as \"terminates\", \"deadlock free\" or \"final\"");
}

void ProgramParser::reachability(NodeIndex node)
{
    if (atWord("reachable") || atWord("free"))
        addWord(node, Field::Word);
    else
        missing("E108", "\"reachable\" or \"free\"");
}

void ProgramParser::starvationVerdict(NodeIndex node)
{
    if (atWord("of")) {
        addWord(node, Field::Word);
        target(node, Field::Target, "the name of an actor");
    }
    reachability(node);
}

void ProgramParser::verdictWithTarget(NodeIndex node)
{
    target(node, Field::Target, "a name");
    reachability(node);
}

void ProgramParser::verdictOfName(NodeIndex node)
{
    addName(node, Field::Name, "a name");
    reachability(node);
}

void ProgramParser::raceVerdict(NodeIndex node)
{
    if (atWord("free")) {
        addWord(node, Field::Word);
    } else if (atWord("on")) {
        addWord(node, Field::Word);
        target(node, Field::Target, "the name of a shared variable");
    } else {
        missing("E108", "\"free\", or \"on\" and the name of a shared variable");
    }
}

void ProgramParser::invariantVerdict(NodeIndex node)
{
    add(node, Field::Text, plainText("the text of the invariant, in quotes"));
    if (atWord("holds") || atWord("violated"))
        addWord(node, Field::Word);
    else
        missing("E108", "\"holds\" or \"violated\"");
}

void ProgramParser::assertVerdict(NodeIndex node)
{
    if (atWord("holds") || atWord("fails"))
        addWord(node, Field::Word);
    else
        missing("E108", "\"holds\" or \"fails\"");
    if (!m_hasFailed && at(TokenKind::Text))
        add(node, Field::Text, plainText("a text"));
}

void ProgramParser::finalVerdict(NodeIndex node)
{
    add(node, Field::Value, sum());
    if (atSymbol("==") || atWord("never")) {
        addWord(node, Field::Word);
        add(node, Field::Right, sum());
    } else if (atWord("in")) {
        addWord(node, Field::Word);
        add(node, Field::Set, setLiteral());
    } else if (atWord("can")) {
        addWord(node, Field::Word);
        expectWord("be", node);
        add(node, Field::Right, sum());
    } else {
        missing("E108", "\"==\", \"in\", \"can be\" or \"never\"");
    }
}

void ProgramParser::outcomesVerdict(NodeIndex node)
{
    add(node, Field::Set, setLiteral());
}

void ProgramParser::schedulesVerdict(NodeIndex node)
{
    if (atSymbol("=="))
        addWord(node, Field::Word);
    else
        missing("E108", "\"==\" and a number");
    add(node, Field::Amount, sum());
}

NodeIndex ProgramParser::saidLine()
{
    if (m_hasFailed)
        return kNoNode;
    const NodeIndex node = begin(Rule::SaidLine);
    add(node, Field::Text, plainText("a line, in quotes"));
    if (atWord("by")) {
        take();
        target(node, Field::By, "the name of an actor");
    }
    return finish(node);
}

bool ProgramParser::atTimes() const
{
    return !m_hasFailed && !atLineEnd();
}

// n times, n..m times, at least n times, at most n times.
void ProgramParser::times(NodeIndex node)
{
    if (!atTimes())
        return;
    if (atWord("at")) {
        addWord(node, Field::Word);
        const bool isMost = atWord("most");
        expectWord(isMost ? "most" : "least", node);
        add(node, isMost ? Field::High : Field::Low, sum());
    } else {
        add(node, Field::Low, sum());
        if (takeSymbol(".."))
            add(node, Field::High, sum());
    }
    expectWord("times", node);
}

void ProgramParser::saidVerdict(NodeIndex node)
{
    add(node, Field::Item, saidLine());
    if (atWord("before")) {
        while (atWord("before")) {
            addWord(node, Field::Word);
            add(node, Field::Item, saidLine());
        }
    } else if (atWord("after")) {
        addWord(node, Field::Word);
        add(node, Field::Amount, sum());
        if (atWord("from")) {
            addWord(node, Field::Word);
            add(node, Field::Item, saidLine());
        }
    } else if (atWord("within")) {
        addWord(node, Field::Word);
        add(node, Field::Amount, sum());
    } else {
        times(node);
    }
}

void ProgramParser::raisedName(NodeIndex node)
{
    addName(node, Field::Name, "the name of an exception");
    if (atWord("in")) {
        addWord(node, Field::Word);
        target(node, Field::In, "the name of an actor");
    }
}

void ProgramParser::raisedVerdict(NodeIndex node)
{
    raisedName(node);
    times(node);
}

void ProgramParser::neverVerdict(NodeIndex node)
{
    if (atWord("said")) {
        addWord(node, Field::Word);
        add(node, Field::Item, saidLine());
    } else if (atWord("raised")) {
        addWord(node, Field::Word);
        raisedName(node);
    } else {
        missing("E108", "\"said\" or \"raised\"");
    }
}

void ProgramParser::outputVerdict(NodeIndex node)
{
    if (atWord("in")) {
        addWord(node, Field::Word);
        expectWord("any", node);
        expectWord("order", node);
    }
    do {
        add(node, Field::Item, plainText("a line, in quotes"));
    } while (takeSymbol(","));
}

void ProgramParser::exitVerdict(NodeIndex node)
{
    target(node, Field::Target, "the word \"program\"");
    expectWord("in", node);
    add(node, Field::Set, setLiteral());
}

void ProgramParser::lastsVerdict(NodeIndex node)
{
    expectWord("at", node);
    if (atWord("least") || atWord("most"))
        addWord(node, Field::Word);
    else
        missing("E108", "\"least\" or \"most\"");
    add(node, Field::Amount, sum());
}

} // namespace heddle
