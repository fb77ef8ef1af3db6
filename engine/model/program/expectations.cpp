// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/expectations.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>

namespace heddle {

void ExpectationCompiler::add(NodeIndex expect, bool compilesValues)
{
    const auto& children = m_tree.node(expect).children;
    if (children.empty() || m_tree.node(children.front()).rule != Rule::Verdict)
        return;
    const NodeIndex verdict = children.front();
    Expectation expectation;
    expectation.text = m_tree.sourceText(verdict);
    expectation.line = m_tree.start(expect).line;
    readByWord(verdict, expectation);
    if (expectation.kind == Kind::Final && compilesValues) {
        std::vector<LaterBlock> none;
        expectation.fragment = BodyCompiler(m_symbols, m_builder, m_reporter, none)
                                   .compileFragment(m_tree.child(verdict, Field::Value));
    }
    m_builder.code().expectations.push_back(std::move(expectation));
}

void ExpectationCompiler::readByWord(NodeIndex verdict, Expectation& expectation)
{
    const std::string_view word = m_tree.word(verdict, Field::Word);
    if (hasWord(verdict, "reachable") || (word != "race" && hasWord(verdict, "free")))
        return readReachable(verdict, expectation);
    if (word == "race")
        return readRace(verdict, expectation);
    if (word == "invariant" || word == "assert")
        return readInvariant(verdict, expectation);
    if (word == "final")
        return readFinal(verdict, expectation);
    if (word == "said" || (word == "never" && hasWord(verdict, "said")))
        return readSaid(verdict, expectation);
    if (word == "raised" || word == "never")
        return readRaised(verdict, expectation);
    readPlain(verdict, expectation);
}

/// The verdicts that need no more than one amount or set.
void ExpectationCompiler::readPlain(NodeIndex verdict, Expectation& expectation)
{
    const std::string_view word = m_tree.word(verdict, Field::Word);
    if (word == "outcomes" || word == "exit") {
        expectation.kind = word == "exit" ? Kind::ExitIn : Kind::Outcomes;
        readName(verdict, expectation);
        readSet(m_tree.child(verdict, Field::Set), expectation);
    } else if (word == "schedules") {
        expectation.kind = Kind::Schedules;
        expectation.low = number(m_tree.child(verdict, Field::Amount), ValueKind::Integer, 1);
    } else if (word == "output") {
        expectation.kind = Kind::Output;
        expectation.flag = hasWord(verdict, "any");
        for (const NodeIndex item : m_tree.children(verdict, Field::Item))
            expectation.texts.push_back(textOf(m_tree.sourceText(item), TextUse::Pattern));
    } else if (word == "lasts") {
        expectation.kind = hasWord(verdict, "least") ? Kind::LastsAtLeast : Kind::LastsAtMost;
        expectation.durationNanoseconds =
            number(m_tree.child(verdict, Field::Amount), ValueKind::Duration, 0);
    }
}

bool ExpectationCompiler::hasWord(NodeIndex verdict, std::string_view word) const
{
    const std::vector<NodeIndex> words = m_tree.children(verdict, Field::Word);
    return std::any_of(words.begin(), words.end(),
        [&](NodeIndex each) { return m_tree.sourceText(each) == word; });
}

void ExpectationCompiler::readReachable(NodeIndex verdict, Expectation& expectation)
{
    struct Row
    {
        std::string_view word;
        Kind kind;
    };
    static constexpr std::array kRows = {Row{"deadlock", Kind::Deadlock},
        Row{"livelock", Kind::Livelock}, Row{"starvation", Kind::Starvation},
        Row{"stuck", Kind::Stuck}, Row{"unbounded", Kind::Unbounded},
        Row{"exception", Kind::Exception}, Row{"warning", Kind::Warning}};
    const std::string_view word = m_tree.word(verdict, Field::Word);
    const auto row = std::find_if(
        kRows.begin(), kRows.end(), [word](const Row& each) { return each.word == word; });
    expectation.kind = row == kRows.end() ? Kind::Deadlock : row->kind;
    expectation.isReachable = hasWord(verdict, "reachable");
    readName(verdict, expectation);
    // Bodies are checked before anything is compiled, so that all warnings are there.
    expectation.flag = expectation.kind == Kind::Warning && m_reporter.hasGiven(expectation.name);
}

/// The actor, object or exception that a verdict is about.
void ExpectationCompiler::readName(NodeIndex verdict, Expectation& expectation)
{
    const NodeIndex target = m_tree.child(verdict, Field::Target);
    const NodeIndex nameNode = m_tree.child(verdict, Field::Name);
    if (nameNode != kNoNode) {
        expectation.name = m_tree.sourceText(nameNode);
        const auto& exceptions = m_symbols.declarations().exceptions;
        const bool isKnown = expectation.kind == Kind::Warning
            || std::find(exceptions.begin(), exceptions.end(), expectation.name)
                != exceptions.end();
        const std::optional<std::string> nearest = nearestWord(expectation.name, exceptions);
        if (!isKnown)
            m_reporter.error("E242", nameNode,
                "No line of this program raises " + quoted(expectation.name) + "."
                    + (nearest ? " Did you mean " + quoted(*nearest) + "?" : ""));
    }
    if (target == kNoNode)
        return;
    if (expectation.kind == Kind::Unbounded) {
        const Symbol* symbol = m_symbols.find(nameOf(m_tree, target));
        const bool isQueue = symbol != nullptr && symbol->kind == Symbol::Kind::Object
            && m_symbols.declarations().objects[static_cast<std::size_t>(symbol->index)].kind
                == PrimitiveKind::Queue;
        expectation.name = m_tree.sourceText(target);
        if (!isQueue)
            m_reporter.error(
                "E216", target, quoted(expectation.name) + " is no queue of this program.");
        return;
    }
    const bool isProgram =
        expectation.kind == Kind::ExitIn && m_tree.sourceText(target) == "program";
    expectation.name = isProgram ? "program" : actorName(target);
    if (expectation.kind == Kind::ExitIn && !isProgram)
        checkHasExitCode(target);
}

/// Threads just end; processes, commands and the program leave an exit code.
void ExpectationCompiler::checkHasExitCode(NodeIndex target)
{
    const auto isThread = [this](std::string_view name) {
        const Symbol* symbol = m_symbols.find(name);
        return name == "main"
            || (symbol != nullptr && symbol->kind == Symbol::Kind::Actor
                && m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)].kind
                    == ActorKind::Thread);
    };
    const std::string_view name = nameOf(m_tree, target);
    bool hasNone = isThread(name);
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node)
        if (m_tree.node(node).rule == Rule::Spawn
            && nameOf(m_tree, m_tree.child(node, Field::Into)) == name)
            hasNone = hasNone || isThread(nameOf(m_tree, m_tree.child(node, Field::Target)));
    if (hasNone)
        m_reporter.error("E258", target,
            quoted(name)
                + " is a thread, and a thread has no exit code. Processes have one, commands, and "
                  "\"program\" as a whole.");
}

std::string ExpectationCompiler::actorNames() const
{
    std::string names;
    for (const ActorDeclaration& actor : m_symbols.declarations().actors)
        names += (names.empty() ? "" : ", ") + quoted(actor.name);
    return names.empty() ? "none" : names;
}

/// A declared actor, an element of an array of them, or a handle that `main` keeps.
std::string ExpectationCompiler::actorName(NodeIndex reference)
{
    std::string name(nameOf(m_tree, reference));
    const Symbol* symbol = m_symbols.find(name);
    const bool isActor = symbol != nullptr && symbol->kind == Symbol::Kind::Actor;
    const bool isMain = name == "main" && m_symbols.declarations().main() != nullptr;
    bool isHandle = false;
    for (const NodeIndex node : m_tree.node(m_tree.root()).children) {
        if (m_tree.node(node).rule != Rule::Main)
            continue;
        const std::vector<std::string> locals = m_symbols.localsOf(m_tree.child(node, Field::Body));
        isHandle = std::find(locals.begin(), locals.end(), name) != locals.end();
    }
    if (!isActor && !isMain && !isHandle)
        m_reporter.error("E243", reference,
            quoted(name)
                + " is no actor of this program, so this could never be judged. Its actors: "
                + actorNames() + ".");
    const NodeIndex index = m_tree.child(reference, Field::Index);
    const std::optional<Evaluated> folded = index == kNoNode ? std::nullopt : m_symbols.fold(index);
    if (index == kNoNode)
        return name;
    if (!folded || folded->isRaised()) {
        m_reporter.error(
            "E204", index, quoted(m_tree.sourceText(index)) + " must be known before the run.");
        return name;
    }
    return name + "[" + folded->value.toText() + "]";
}

void ExpectationCompiler::readRace(NodeIndex verdict, Expectation& expectation)
{
    expectation.kind = Kind::Race;
    const NodeIndex target = m_tree.child(verdict, Field::Target);
    expectation.isReachable = target != kNoNode;
    if (target == kNoNode)
        return;
    expectation.name = m_tree.sourceText(target);
    const Symbol* symbol = m_symbols.find(nameOf(m_tree, target));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Shared)
        m_reporter.error(
            "E216", target, quoted(expectation.name) + " is no shared variable of this program.");
}

void ExpectationCompiler::readInvariant(NodeIndex verdict, Expectation& expectation)
{
    const bool isInvariant = m_tree.word(verdict, Field::Word) == "invariant";
    expectation.kind = isInvariant ? Kind::InvariantVerdict : Kind::AssertVerdict;
    expectation.flag = hasWord(verdict, "holds");
    const NodeIndex text = m_tree.child(verdict, Field::Text);
    if (text == kNoNode)
        return;
    expectation.texts.push_back(textOf(m_tree.sourceText(text), TextUse::Plain));
    std::vector<std::string> known;
    const Rule rule = isInvariant ? Rule::Invariant : Rule::Assert;
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
        if (m_tree.node(node).rule != rule)
            continue;
        // A formatted text of an assertion is known only when it fails.
        const NodeIndex own = m_tree.child(node, Field::Text);
        if (own != kNoNode && m_tree.node(own).rule == Rule::FormattedText)
            return;
        known.push_back(own != kNoNode
                ? textOf(m_tree.sourceText(own), TextUse::Plain)
                : std::string(m_tree.sourceText(m_tree.child(node, Field::Value) == kNoNode
                        ? node
                        : m_tree.child(node, Field::Value))));
    }
    if (std::find(known.begin(), known.end(), expectation.texts.front()) != known.end())
        return;
    const std::optional<std::string> nearest = nearestWord(expectation.texts.front(), known);
    m_reporter.error("E244", text,
        std::string("No ") + (isInvariant ? "invariant" : "assertion") + " has the text "
            + quoted(expectation.texts.front()) + "."
            + (nearest ? " Did you mean " + quoted(*nearest) + "?" : ""));
}

void ExpectationCompiler::readFinal(NodeIndex verdict, Expectation& expectation)
{
    using Relation = Expectation::Relation;
    expectation.kind = Kind::Final;
    const NodeIndex set = m_tree.child(verdict, Field::Set);
    if (set != kNoNode) {
        expectation.relation = Relation::ExactSet;
        readSet(set, expectation);
        return;
    }
    expectation.relation = hasWord(verdict, "never") ? Relation::Never
        : hasWord(verdict, "can")                    ? Relation::CanBe
                                                     : Relation::Always;
    const NodeIndex value = m_tree.child(verdict, Field::Right);
    addRange(value, value, expectation);
}

void ExpectationCompiler::readSet(NodeIndex set, Expectation& expectation)
{
    if (set == kNoNode)
        return;
    for (const NodeIndex item : m_tree.children(set, Field::Item)) {
        if (expectation.kind == Kind::Outcomes) {
            const std::optional<Value> value = constant(item);
            expectation.texts.push_back(value ? value->toText() : std::string());
        } else if (m_tree.node(item).rule == Rule::Range) {
            addRange(m_tree.child(item, Field::Low), m_tree.child(item, Field::High), expectation);
        } else {
            addRange(item, item, expectation);
        }
    }
}

void ExpectationCompiler::addRange(NodeIndex low, NodeIndex high, Expectation& expectation)
{
    const std::optional<Value> least = constant(low);
    const std::optional<Value> most = low == high ? least : constant(high);
    if (least && most)
        expectation.ranges.emplace_back(*least, *most);
}

Expectation::Line ExpectationCompiler::line(NodeIndex said)
{
    Expectation::Line line;
    line.pattern = textOf(m_tree.word(said, Field::Text), TextUse::Pattern);
    const NodeIndex by = m_tree.child(said, Field::By);
    if (by != kNoNode)
        line.by = actorName(by);
    return line;
}

void ExpectationCompiler::readSaid(NodeIndex verdict, Expectation& expectation)
{
    for (const NodeIndex item : m_tree.children(verdict, Field::Item))
        expectation.lines.push_back(line(item));
    const NodeIndex amount = m_tree.child(verdict, Field::Amount);
    if (m_tree.word(verdict, Field::Word) == "never") {
        expectation.kind = Kind::NeverSaid;
    } else if (hasWord(verdict, "before")) {
        expectation.kind = Kind::SaidOrder;
    } else if (amount != kNoNode) {
        expectation.kind = hasWord(verdict, "after") ? Kind::SaidAfter : Kind::SaidWithin;
        expectation.durationNanoseconds = number(amount, ValueKind::Duration, 0);
    } else {
        expectation.kind = Kind::SaidTimes;
        readTimes(verdict, expectation);
    }
}

void ExpectationCompiler::readRaised(NodeIndex verdict, Expectation& expectation)
{
    const bool isNever = m_tree.word(verdict, Field::Word) == "never";
    expectation.kind = isNever ? Kind::NeverRaised : Kind::Raised;
    // That something is never raised is a fair expectation also if no line raises it.
    if (isNever)
        expectation.name = m_tree.word(verdict, Field::Name);
    else
        readName(verdict, expectation);
    const NodeIndex actor = m_tree.child(verdict, Field::In);
    if (actor != kNoNode)
        expectation.actor = actorName(actor);
    readTimes(verdict, expectation);
}

/// `n times`, `n..m times`, `at least n times`, `at most n times`; without any of them at least once.
void ExpectationCompiler::readTimes(NodeIndex verdict, Expectation& expectation)
{
    const NodeIndex low = m_tree.child(verdict, Field::Low);
    const NodeIndex high = m_tree.child(verdict, Field::High);
    if (low != kNoNode) {
        expectation.low = number(low, ValueKind::Integer, 1);
        expectation.high = hasWord(verdict, "least") ? INT64_MAX : expectation.low;
    }
    if (high != kNoNode) {
        expectation.high = number(high, ValueKind::Integer, INT64_MAX);
        if (low == kNoNode)
            expectation.low = 0;
    }
}

std::optional<Value> ExpectationCompiler::constant(NodeIndex expression)
{
    const std::optional<Evaluated> folded =
        expression == kNoNode ? std::nullopt : m_symbols.fold(expression);
    if (folded && !folded->isRaised())
        return folded->value;
    if (expression != kNoNode)
        m_reporter.error("E204", expression,
            quoted(m_tree.sourceText(expression))
                + " must be known before the run: only numbers, texts and constants may stand "
                  "here.");
    return std::nullopt;
}

std::int64_t ExpectationCompiler::number(
    NodeIndex expression, ValueKind kind, std::int64_t otherwise)
{
    const std::optional<Value> value = constant(expression);
    if (!value)
        return otherwise;
    if (value->is(kind))
        return value->number();
    m_reporter.error("E238", expression,
        quoted(m_tree.sourceText(expression)) + " must be "
            + (kind == ValueKind::Duration ? "a duration, such as \"5ms\" or \"2s\"."
                                           : "a whole number."));
    return otherwise;
}

} // namespace heddle
