// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/body_checker.h"

#include <csignal>

// Processes and their streams, commands, signals.

namespace heddle {

/// Reading from the end that is written to, or the other way round.
void BodyChecker::direction(NodeIndex node)
{
    const NodeIndex part = m_tree.child(node, Field::Part);
    if (part == kNoNode)
        return;
    const Rule rule = m_tree.node(node).rule;
    const std::string end(m_tree.sourceText(part));
    const std::string stream = std::string(nameOf(m_tree, m_tree.child(node, Field::Target)));
    if (rule == Rule::Read && end == "writer")
        m_reporter.error("E252", part,
            quoted(stream + ".writer") + " is the end that is written to. Read from "
                + quoted(stream + ".reader") + ", or just " + quoted(stream) + ".");
    if (rule == Rule::Write && end != "writer")
        m_reporter.error("E252", part,
            quoted(stream + "." + end) + " is an end that is read from. Write to "
                + quoted(stream + ".writer") + ", or just " + quoted(stream) + ".");
}

/// A pipe or a queue that is declared, or a handle of a command.
void BodyChecker::stream(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = isLocal(name) ? nullptr : m_symbols.find(name);
    const NodeIndex part = m_tree.child(node, Field::Part);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Object
        && m_tree.node(node).rule != Rule::Communicate) {
        objectStatement(node);
        const bool isPipe =
            m_symbols.declarations().objects[static_cast<std::size_t>(symbol->index)].kind
            == PrimitiveKind::Pipe;
        if (part != kNoNode && (!isPipe || m_tree.sourceText(part) == "stderr"))
            m_reporter.error("E252", part,
                quoted(name) + " is " + describe(*symbol, m_symbols.declarations())
                    + (isPipe ? ", which has a reader and a writer, but no stderr."
                              : ", which has no ends. Leave "
                                + quoted("." + std::string(m_tree.sourceText(part))) + " out."));
        else
            direction(node);
        return;
    }
    if (symbol != nullptr) {
        m_reporter.error("E207", node,
            quoted(name) + " is " + describe(*symbol, m_symbols.declarations()) + "; "
                + quoted(m_tree.tokenText(m_tree.node(node).firstToken))
                + (m_tree.node(node).rule == Rule::Communicate
                        ? " is for a command that \"start\" has started."
                        : " is for a pipe, or a command that \"start\" has started."));
        return;
    }
    direction(node);
    reference(target);
}

void BodyChecker::start(NodeIndex node)
{
    for (const NodeIndex argument : m_tree.children(node, Field::Argument))
        expression(argument);
    for (const NodeIndex each : m_tree.children(node, Field::Wiring))
        wiring(each);
    if (m_tree.has(node, Field::Contract))
        contract(m_tree.child(node, Field::Contract));
    into(m_tree.child(node, Field::Into));
}

void BodyChecker::wiring(NodeIndex node)
{
    const NodeIndex value = m_tree.child(node, Field::Value);
    if (value != kNoNode)
        expression(value);
    const std::string_view word = m_tree.word(node, Field::Word);
    const std::string_view end = m_tree.word(node, Field::To);
    if (word != "stderr" && end == "stdout")
        m_reporter.error("E253", node,
            quoted(m_tree.sourceText(node))
                + " leads nowhere: only the error output can be sent where the output leads, by "
                  "\"stderr to stdout\".");
    if (word == "before") {
        const Symbol* definition = m_symbols.find(m_tree.word(node, Field::Name));
        const bool fits = definition != nullptr && definition->kind == Symbol::Kind::Definition
            && m_tree.children(definition->node, Field::Parameter).empty();
        if (!fits)
            m_reporter.error("E253", node,
                quoted(m_tree.word(node, Field::Name))
                    + " is no def without parameters, and \"before\" runs such a one in the new "
                      "process, "
                      "before the program is loaded.");
    }
    const NodeIndex target = m_tree.child(node, Field::To);
    if (target == kNoNode || m_tree.node(target).rule != Rule::Reference)
        return;
    for (const NodeIndex key : m_tree.children(target, Field::Index))
        expression(key);
    const Symbol* symbol = m_symbols.find(nameOf(m_tree, target));
    const ObjectDeclaration* object = symbol != nullptr && symbol->kind == Symbol::Kind::Object
        ? &m_symbols.declarations().objects[static_cast<std::size_t>(symbol->index)]
        : nullptr;
    if (object == nullptr || object->kind != PrimitiveKind::Pipe) {
        m_reporter.error("E253", target,
            quoted(m_tree.sourceText(target))
                + " is no pipe. A stream of a command leads to \"own\", \"null\", a pipe that is "
                  "declared at the top, or a file whose name stands in quotes.");
        return;
    }
    index(target, object->isArray, 0, object->count);
}

/// What the explorer may assume must be known before the run.
void BodyChecker::contract(NodeIndex node)
{
    std::vector<NodeIndex> constants = m_tree.children(node, Field::Amount);
    for (const NodeIndex set : m_tree.children(node, Field::Set))
        for (const NodeIndex item : m_tree.children(set, Field::Item)) {
            const bool isRange = m_tree.node(item).rule == Rule::Range;
            constants.push_back(isRange ? m_tree.child(item, Field::Low) : item);
            if (isRange)
                constants.push_back(m_tree.child(item, Field::High));
        }
    for (const NodeIndex each : constants) {
        const std::optional<Evaluated> folded = m_symbols.fold(each);
        if (!folded || folded->isRaised())
            m_reporter.error("E204", each,
                quoted(m_tree.sourceText(each))
                    + " must be known before the run: only numbers and constants may stand in a "
                      "\"model\".");
    }
}

void BodyChecker::send(NodeIndex node)
{
    const NodeIndex signal = m_tree.child(node, Field::Value);
    expression(signal);
    const std::optional<Evaluated> folded = m_symbols.fold(signal);
    if (folded && !folded->isRaised() && !folded->value.is(ValueKind::Signal))
        m_reporter.error("E254", signal,
            quoted(m_tree.sourceText(signal))
                + " is no signal. Signals are called by their names, such as SIGUSR1.");
    receiver(node);
}

/// Who gets a signal: a handle, or a name that stands for one.
void BodyChecker::receiver(NodeIndex node)
{
    const NodeIndex target = m_tree.child(node, Field::Target);
    const std::string_view name = nameOf(m_tree, target);
    const Symbol* symbol = isLocal(name) ? nullptr : m_symbols.find(name);
    const bool isHandle = symbol == nullptr || symbol->kind == Symbol::Kind::Actor
        || symbol->kind == Symbol::Kind::Shared || symbol->kind == Symbol::Kind::Private;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::Actor)
        neverSpawned(node, *symbol);
    if (isHandle)
        return reference(target);
    m_reporter.error("E207", node,
        quoted(name) + " is " + describe(*symbol, m_symbols.declarations())
            + "; a signal goes to a process, a thread, a command, \"main\", \"me\" or "
              "\"program\".");
}

/// What is joined or sent to would have to be started by some line.
void BodyChecker::neverSpawned(NodeIndex node, const Symbol& actor)
{
    const ActorDeclaration& declared =
        m_symbols.declarations().actors[static_cast<std::size_t>(actor.index)];
    if (declared.startsByItself || declared.isMain || declared.parameterCount > 0)
        return;
    for (NodeIndex each = 0; each < static_cast<NodeIndex>(m_tree.nodeCount()); ++each)
        if (m_tree.node(each).rule == Rule::Spawn
            && nameOf(m_tree, m_tree.child(each, Field::Target)) == actor.name)
            return;
    m_reporter.warning("W314", node,
        "No line starts " + quoted(actor.name)
            + ": beside a \"main\" nothing begins by itself. Put " + quoted("spawn " + actor.name)
            + " before this line.");
}

/// The system keeps one byte of an exit code.
void BodyChecker::exitCode(NodeIndex node)
{
    constantAmount(node, ValueKind::Integer, 0, "The exit code");
    const std::optional<Evaluated> folded = node == kNoNode ? std::nullopt : m_symbols.fold(node);
    if (folded && !folded->isRaised() && folded->value.is(ValueKind::Integer)
        && folded->value.number() > kLargestExitCode)
        m_reporter.error("E208", node,
            "The exit code is " + quoted(folded->value.toText()) + ", but must be from 0 to 255.");
}

void BodyChecker::signalItems(NodeIndex node)
{
    const Rule rule = m_tree.node(node).rule;
    if (rule == Rule::On || rule == Rule::Pause || rule == Rule::AwaitSignal)
        for (const NodeIndex item : m_tree.children(node, Field::Item))
            expression(item);
    if (rule == Rule::Pause)
        unblockedPause(node);
}

/// What a signal does is a matter of the process and its main thread.
void BodyChecker::handlerInThread(NodeIndex node)
{
    const std::string_view word = m_tree.word(node, Field::Word);
    const bool isOfThread = m_owner == Owner::Thread || m_owner == Owner::Timer;
    if (!isOfThread || word == "block" || word == "unblock")
        return;
    m_reporter.error("E259", node,
        "What a signal does is the same for a whole process, and only its main thread may change "
        "it; this line is run by another thread. Put it into \"main\", or at the top of the "
        "program.");
}

/// The block is a body of its own, which knows the signal and nothing of the actor around it.
void BodyChecker::onSignals(NodeIndex node)
{
    signalItems(node);
    handlerInThread(node);
    for (const NodeIndex item : m_tree.children(node, Field::Item)) {
        const std::string_view name = m_tree.sourceText(item);
        if ((name == "SIGKILL" || name == "SIGSTOP") && m_tree.word(node, Field::Word) != "default")
            m_reporter.error("E255", item,
                quoted(name)
                    + " cannot be handled, ignored or blocked: the system keeps it for itself. "
                      "SIGTERM is the one that asks a process to end.");
    }
    if (!m_tree.has(node, Field::Body))
        return;
    BodyChecker inner(m_symbols, m_reporter, Owner::Handler);
    inner.m_outer = m_locals;
    inner.checkBody(m_tree.child(node, Field::Body), {"signal"});
}

/// A local of the actor around a handler, or the signal outside of one: says so.
bool BodyChecker::isOutOfReach(NodeIndex node, std::string_view name)
{
    if (name == "signal") {
        m_reporter.error("E257", node,
            "\"signal\" is the signal that is being handled, so it is known only in the block of "
            "an \"on\" line.");
        return true;
    }
    if (m_outer.find(name) == m_outer.end())
        return false;
    m_reporter.error("E256", node,
        quoted(name)
            + " is a local of the actor around this handler. A handler may run between any two "
              "steps, also before there is a value, so it has locals of its own only. Share the "
              "value: declare it with \"shared\" at the top.");
    return true;
}

/// `pause unblocking` of what nobody blocks waits for a signal that may have come already.
void BodyChecker::unblockedPause(NodeIndex node)
{
    for (const NodeIndex item : m_tree.children(node, Field::Item)) {
        const std::string_view name = m_tree.sourceText(item);
        if (m_symbols.isBlocked(name))
            continue;
        const std::string signal(name);
        m_reporter.warning("W313", item,
            quoted(name)
                + " is never blocked, so it can be handled before this line, and the "
                  "pause would wait for the next one. Put "
                + quoted("on " + signal + " block") + " before it.");
    }
}

/// A declared process, a local that a process is spawned into, or a command.
bool BodyChecker::isProcess(std::string_view name) const
{
    const auto isDeclared = [this](std::string_view actor) {
        const Symbol* symbol = m_symbols.find(actor);
        return symbol != nullptr && symbol->kind == Symbol::Kind::Actor
            && m_symbols.declarations().actors[static_cast<std::size_t>(symbol->index)].kind
            == ActorKind::Process;
    };
    if (!isLocal(name))
        return isDeclared(name);
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(m_tree.nodeCount()); ++node) {
        const bool isSpawned = m_tree.node(node).rule == Rule::Spawn
            && nameOf(m_tree, m_tree.child(node, Field::Into)) == name;
        if (isSpawned && isDeclared(nameOf(m_tree, m_tree.child(node, Field::Target))))
            return true;
    }
    return m_symbols.isCommandIn(m_body, name);
}

} // namespace heddle
