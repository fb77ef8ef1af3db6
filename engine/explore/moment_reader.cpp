// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/moment_reader.h"

#include "engine/base/text.h"
#include "engine/explore/deadlock_text.h"
#include "engine/explore/lost_wakeup.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/move_text.h"
#include "engine/explore/object_text.h"
#include "engine/explore/sentence_text.h"
#include "engine/explore/write_tracker.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

std::string withElement(const VariableDeclaration& variable, std::size_t element)
{
    return variable.isArray ? variable.name + "[" + std::to_string(element) + "]" : variable.name;
}

/// Whether an actor of this number may come: those with parameters get numbers of their own.
bool isStartable(const Code& code, std::int32_t number)
{
    return std::any_of(
        code.actors.begin(), code.actors.end(), [number](const ActorDeclaration& declared) {
            return number >= declared.first && number < declared.first + declared.count
                && declared.parameterCount == 0;
        });
}

} // namespace

struct MomentReader::Place
{
    const WalkedPath& path;
    std::size_t step = 0;
    std::span<const Cell> state;
    HoldTracker holds;
    bool isEnd = false;
    std::map<std::int32_t, WaitTarget> waits; ///< by actor
};

MomentReader::MomentReader(std::shared_ptr<const Code> code, Machine& machine)
    : m_code(std::move(code))
    , m_machine(machine)
    , m_reach(m_code)
    , m_waits(machine, m_reach)
{
}

ExploredMoment MomentReader::read(const WalkedPath& path, std::size_t step)
{
    const std::span<const Cell> state = path.states[step];
    Place place{path, step, state, holdersAt(m_machine, path, step), m_machine.isEnd(state), {}};
    for (std::int32_t number = 0; number < m_machine.actorCount(); ++number)
        if (const std::optional<WaitTarget> target = waitTargetOf(m_machine, state, number))
            place.waits.emplace(number, *target);
    ExploredMoment moment;
    moment.step = step;
    moment.isEnd = place.isEnd;
    for (std::int32_t number = 0; number < m_machine.actorCount(); ++number) {
        const bool isHere = m_machine.isStarted(state, number);
        if (isHere || isStartable(*m_code, number))
            moment.actors.push_back(actor(place, number));
    }
    const bool isStill = !moment.isEnd && !m_machine.hasNoRoom()
        && std::all_of(moment.actors.begin(), moment.actors.end(),
            [](const ExploredActor& each) { return each.moves.size() == (each.spins ? 1U : 0U); });
    moment.isLivelock = isStill
        && std::any_of(moment.actors.begin(), moment.actors.end(),
            [](const ExploredActor& each) { return each.spins; });
    moment.isDeadlock = isStill && !moment.isLivelock;
    moment.hasFailedAssertion =
        std::any_of(path.notes.begin(), path.notes.begin() + static_cast<std::ptrdiff_t>(step),
            [](const StepNotes& notes) { return notes.assertionFailed; });
    for (ExploredActor& each : moment.actors)
        explainSleep(place, moment.isDeadlock, each);
    readVariables(place, moment);
    readObjects(place, moment);
    for (const Machine::Event& event : m_machine.history(state))
        if (event.isLine)
            moment.said.push_back(
                event.actor + ": " + m_machine.values().value(event.value).asText());
    moment.headline = headline(place, moment);
    return moment;
}

ExploredActor MomentReader::actor(const Place& place, std::int32_t number)
{
    ExploredActor read;
    read.number = number;
    read.name = m_machine.actorName(place.state, number);
    if (!m_machine.isStarted(place.state, number)) {
        read.sentence =
            Sentence::of(HEDDLE_TEXT("Sentence", "%1 has not been started."), {read.name});
        return read;
    }
    const bool isOver = !m_machine.isGoing(place.state, number) || place.isEnd;
    if (isOver)
        readEnd(place, read);
    addMoves(place, read);
    const bool isIdle = !place.isEnd && read.standing == ExploredActor::Standing::Ended
        && m_machine.layout().hasProcesses() && isLingering(m_machine, place.state, number);
    if (isIdle)
        read.standing =
            read.moves.empty() ? ExploredActor::Standing::Idle : ExploredActor::Standing::CanMove;
    if (!isOver)
        readStanding(place, read);
    readLocals(place, read);
    return read;
}

void MomentReader::readEnd(const Place& place, ExploredActor& read) const
{
    const LocalState& local = m_machine.local(place.state, read.number);
    read.standing = ExploredActor::Standing::Ended;
    if (local.state.status == ActorState::Status::Going) {
        read.line = m_machine.nextInstruction(place.state, read.number).line;
        read.sentence =
            Sentence::of(HEDDLE_TEXT("Sentence", "%1 is cut off: the program has come to its end."),
                {read.name});
        return;
    }
    if (local.state.status == ActorState::Status::Ended) {
        read.sentence = endSentence(place, read);
        return;
    }
    read.standing = ExploredActor::Standing::Failed;
    const Value& outcome = local.state.outcome;
    const bool isAssertion = outcome.number() == kAssertionFailure;
    const Sentence why = isAssertion
        ? Sentence::of(HEDDLE_TEXT("Sentence", "an assertion is false"))
        : Sentence(m_code->exceptions[asIndex(outcome.number())]);
    read.sentence = outcome.asText().empty()
        ? Sentence::of(HEDDLE_TEXT("Sentence", "%1 has failed: %2."), {read.name, why})
        : Sentence::of(
            HEDDLE_TEXT("Sentence", "%1 has failed: %2 (%3)."), {read.name, why, outcome.asText()});
}

Sentence MomentReader::endSentence(const Place& place, const ExploredActor& read) const
{
    if (m_machine.identity(place.state, read.number).isStandIn && !place.isEnd)
        return Sentence::of(
            HEDDLE_TEXT("Sentence",
                "The main thread of %1 waits for the others to end; handlers run in it."),
            {read.name});
    if (!isProcess(m_machine, place.state, read.number))
        return Sentence::of(HEDDLE_TEXT("Sentence", "%1 has ended."), {read.name});
    const ProcessRecord& record = processRecord(m_machine, place.state, read.number);
    if (!record.hasEnded)
        return Sentence::of(
            HEDDLE_TEXT("Sentence", "%1 has ended, its process has not."), {read.name});
    return record.exitCode < 0 ? Sentence::of(HEDDLE_TEXT("Sentence", "%1 has ended, by %2."),
               {read.name, signalName(-record.exitCode)})
                               : Sentence::of(HEDDLE_TEXT("Sentence", "%1 has ended, with %2."),
                                   {read.name, std::to_string(record.exitCode)});
}

void MomentReader::readStanding(const Place& place, ExploredActor& read)
{
    read.line = m_machine.nextInstruction(place.state, read.number).line;
    read.next = m_machine.describe(place.state, read.number);
    read.standing =
        read.moves.empty() ? ExploredActor::Standing::Waits : ExploredActor::Standing::CanMove;
    const auto target = place.waits.find(read.number);
    if (target == place.waits.end()) {
        read.sentence = read.moves.empty()
            ? Sentence::of(
                HEDDLE_TEXT("Sentence", "%1 finds no room for one more actor."), {read.name})
            : Sentence::of(HEDDLE_TEXT("Sentence", "%1 can move: %2."),
                {read.name, read.moves.size() == 1 ? read.moves.front().text : read.next});
        return;
    }
    WaitInWords words = m_waits.read(place.state, read.number, target->second, place.holds);
    read.waitsFor = std::move(words.enders);
    read.isForced = words.isForced;
    read.spins = target->second.what == WaitTarget::What::Nothing;
    read.sentence = Sentence::of(read.moves.empty() || read.spins
            ? HEDDLE_TEXT("Sentence", "%1.")
            : HEDDLE_TEXT("Sentence", "%1; it may come back by itself at any moment."),
        {std::move(words.sentence)});
}

// Who can never be woken is told why; as long as somebody may still do it, nothing is lost.
void MomentReader::explainSleep(const Place& place, bool isDeadlock, ExploredActor& read)
{
    const bool isForEver =
        read.standing == ExploredActor::Standing::Waits && (isDeadlock || read.waitsFor.empty());
    const Sentence why =
        isForEver ? lostWakeupText(m_machine, place.path, place.step, read.number) : Sentence();
    if (why.isEmpty())
        return;
    if (m_machine.nextObject(place.state, read.number) < 0) {
        read.sentence =
            Sentence::of(HEDDLE_TEXT("Sentence", "%1 pauses for ever: %2."), {read.name, why});
        return;
    }
    const std::string condition =
        m_waits.objectName(m_machine.nextObject(place.state, read.number));
    std::vector<std::string> names;
    for (const std::int32_t ender : read.waitsFor)
        names.push_back(m_machine.actorName(place.state, ender));
    Sentence nobody = names.empty()
        ? Sentence::of(HEDDLE_TEXT("Sentence", "No actor left can notify %1."), {condition})
        : Sentence::of(HEDDLE_TEXT("Sentence", "Only %1 could notify %2."),
            {Sentence::list(names), condition});
    read.sentence = Sentence::joined(
        {Sentence::of(HEDDLE_TEXT("Sentence", "%1 sleeps for ever: %2."), {read.name, why}),
            std::move(nobody)});
}

void MomentReader::addMoves(const Place& place, ExploredActor& read)
{
    if (place.isEnd)
        return;
    StepList outcomes(m_machine.width());
    m_machine.expand(place.state, read.number, outcomes);
    for (std::size_t choice = 0; choice < outcomes.size(); ++choice)
        read.moves.push_back({read.number, static_cast<std::int32_t>(choice),
            moveText(m_machine, place.state, read.number, outcomes, choice)});
}

std::string MomentReader::valueText(const Place& place, const Value& value) const
{
    if (value.is(ValueKind::Unset))
        return "unset";
    if (value.is(ValueKind::Text))
        return quotedText(value.asText());
    return value.toText(
        [&](std::int64_t handle) { return m_machine.actorName(place.state, handle); });
}

void MomentReader::readSignals(const LocalState& local, ExploredActor& read)
{
    const auto add = [&read](const char* what, SignalBits signalSet) {
        std::vector<std::string> names;
        for (int signal = 1; signal <= 64; ++signal)
            if ((signalSet >> static_cast<unsigned>(signal - 1) & 1U) != 0)
                names.push_back(signalName(signal));
        if (!names.empty())
            read.locals.push_back({what, listText(names)});
    };
    add("blocked signals", local.blocked);
    add("pending signals", local.pending);
}

// Those of the innermost call have their own names, those of its callers the def's before them.
void MomentReader::readLocals(const Place& place, ExploredActor& read) const
{
    const LocalState& local = m_machine.local(place.state, read.number);
    const std::vector<Frame>& frames = local.state.frames;
    for (std::size_t depth = frames.size(); depth-- > 0;) {
        const Routine& routine = m_code->routines[asIndex(frames[depth].routine)];
        const bool isInnermost = depth + 1 == frames.size();
        for (std::size_t i = 0; i < routine.registerNames.size(); ++i) {
            const std::string& name = routine.registerNames[i];
            const Value& value = local.state.registers[asIndex(frames[depth].base) + i];
            if (name.empty() || value.is(ValueKind::Unset))
                continue;
            read.locals.push_back(
                {isInnermost ? name : routine.name + "." + name, valueText(place, value)});
        }
    }
    readSignals(local, read);
    for (std::size_t variable = 0; variable < local.privates.values.size(); ++variable) {
        const std::vector<Value>& elements = local.privates.values[variable];
        for (std::size_t element = 0; element < elements.size(); ++element)
            read.locals.push_back({withElement(m_code->privates[variable], element),
                valueText(place, elements[element])});
    }
}

void MomentReader::readVariables(const Place& place, ExploredMoment& moment) const
{
    const WriteTracker writes(m_machine, place.path, place.step);
    for (std::size_t variable = 0; variable < m_code->shared.size(); ++variable) {
        const VariableDeclaration& declared = m_code->shared[variable];
        for (std::size_t element = 0; element < declared.initial.size(); ++element) {
            const std::size_t cell = m_machine.variableCell(
                static_cast<std::int32_t>(variable), static_cast<std::int32_t>(element));
            ExploredVariable read;
            read.name = withElement(declared, element);
            read.value = valueText(place, m_machine.values().value(place.state[cell]));
            if (const WriteTracker::Write* last = writes.last(cell)) {
                read.lastWriter = last->actor;
                read.writtenAt = last->step;
            }
            moment.variables.push_back(std::move(read));
        }
    }
}

void MomentReader::readObjects(const Place& place, ExploredMoment& moment)
{
    for (std::int32_t object = 0; object < m_code->objectCount(); ++object) {
        ExploredObject read;
        read.name = m_waits.objectName(object);
        read.kind = m_machine.declarationOf(object).kind;
        for (const HoldTracker::Hold& hold : place.holds.holders(object))
            read.holders.push_back(hold.actor);
        for (const auto& [number, target] : place.waits)
            if (target.object == object)
                read.waiting.push_back(number);
        read.text = objectText(m_machine, place.state, object, read);
        moment.objects.push_back(std::move(read));
    }
}

Sentence MomentReader::headline(const Place& place, const ExploredMoment& moment) const
{
    if (moment.isDeadlock)
        return deadlockText(moment);
    if (moment.isLivelock)
        return livelockText(moment);
    if (place.step == 0)
        return moment.isEnd ? Sentence::of(HEDDLE_TEXT("Sentence", "There is nothing to do."))
                            : Sentence::of(HEDDLE_TEXT("Sentence", "Nobody has moved yet."));
    const ScheduledStep& last = place.path.schedule.steps[place.step - 1];
    const Sentence text = Sentence::of(HEDDLE_TEXT("Sentence", "Step %1: %2 %3"),
        {std::to_string(place.step), last.actorName,
            Sentence::bent(thirdPerson(last.text), last.text)});
    return moment.isEnd
        ? Sentence::of(HEDDLE_TEXT("Sentence", "%1. The program has come to its end."), {text})
        : text;
}

} // namespace heddle
