// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/wait_reader.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/sentence_text.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

bool isLock(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
        || kind == PrimitiveKind::ReadWriteLock;
}

/// Whether the actor's routines send signals at all, or it is an alarm.
bool maySend(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    if (machine.identity(state, actor).isAlarm)
        return true;
    const std::vector<Instruction>& all = machine.code().instructions;
    const Frame& frame = machine.local(state, actor).state.frames.front();
    const Routine& root = machine.code().routines[asIndex(frame.routine)];
    return std::any_of(
        all.begin() + root.entry, all.begin() + root.end, [](const Instruction& each) {
            return each.operation == Operation::Send || each.operation == Operation::CallRoutine
                || each.operation == Operation::Spawn || each.operation == Operation::Alarm;
        });
}

/// What somebody else would have to do: "notify it".
Sentence releaseOf(PrimitiveKind kind, Operation waiting, const std::string& object)
{
    switch (kind) {
    case PrimitiveKind::Semaphore:
        return Sentence::of(HEDDLE_TEXT("Sentence", "release %1"), {object});
    case PrimitiveKind::Condition:
        return Sentence::of(HEDDLE_TEXT("Sentence", "notify %1"), {object});
    case PrimitiveKind::Event:
        return Sentence::of(HEDDLE_TEXT("Sentence", "set %1"), {object});
    case PrimitiveKind::Barrier:
        return Sentence::of(HEDDLE_TEXT("Sentence", "arrive at %1"), {object});
    case PrimitiveKind::Latch:
        return Sentence::of(HEDDLE_TEXT("Sentence", "count %1 down"), {object});
    case PrimitiveKind::Queue:
        break;
    default:
        return Sentence::of(HEDDLE_TEXT("Sentence", "unlock %1"), {object});
    }
    if (waiting == Operation::Put)
        return Sentence::of(HEDDLE_TEXT("Sentence", "get from %1"), {object});
    return waiting == Operation::Get
        ? Sentence::of(HEDDLE_TEXT("Sentence", "put into %1"), {object})
        : Sentence::of(HEDDLE_TEXT("Sentence", "finish an item of %1"), {object});
}

/// "waits for m, held by a": the part about those who have it. `isWaking`: out of a condition.
const char* heldPattern(bool isRead, bool isWritten, bool isWaking)
{
    if (isRead)
        return isWaking ? HEDDLE_TEXT("Sentence", "%1 is awake again and waits for %2, read by %3")
                        : HEDDLE_TEXT("Sentence", "%1 waits for %2, read by %3");
    if (isWritten)
        return isWaking
            ? HEDDLE_TEXT("Sentence", "%1 is awake again and waits for %2, written by %3")
            : HEDDLE_TEXT("Sentence", "%1 waits for %2, written by %3");
    return isWaking ? HEDDLE_TEXT("Sentence", "%1 is awake again and waits for %2, held by %3")
                    : HEDDLE_TEXT("Sentence", "%1 waits for %2, held by %3");
}

/// "reads from p, which is empty and still has a writer: a holds its other end".
const char* pipePattern(bool isReading, bool isEmpty, bool hasOneHolder)
{
    if (!isReading)
        return hasOneHolder
            ? HEDDLE_TEXT(
                "Sentence", "%1 writes into %2, which is full and still has a reader: %3 holds %4")
            : HEDDLE_TEXT(
                "Sentence", "%1 writes into %2, which is full and still has a reader: %3 hold %4");
    if (isEmpty)
        return hasOneHolder
            ? HEDDLE_TEXT(
                "Sentence", "%1 reads from %2, which is empty and still has a writer: %3 holds %4")
            : HEDDLE_TEXT(
                "Sentence", "%1 reads from %2, which is empty and still has a writer: %3 hold %4");
    return hasOneHolder ? HEDDLE_TEXT("Sentence",
               "%1 reads from %2, of which more is to come, for it still has a writer: "
               "%3 holds %4")
                        : HEDDLE_TEXT("Sentence",
                            "%1 reads from %2, of which more is to come, for it still has a "
                            "writer: %3 hold %4");
}

} // namespace

WaitReader::WaitReader(Machine& machine, WakeReach& reach)
    : m_machine(machine)
    , m_reach(reach)
{
}

WaitInWords WaitReader::read(std::span<const Cell> state, std::int32_t actor,
    const WaitTarget& target, const HoldTracker& holds)
{
    WaitInWords words;
    const std::string name = m_machine.actorName(state, actor);
    switch (target.what) {
    case WaitTarget::What::Object:
        readObject(words, state, actor, target.object, holds);
        break;
    case WaitTarget::What::Actors:
        readJoin(words, state, actor, target);
        break;
    case WaitTarget::What::Predicate:
        readPredicate(words, state, actor);
        break;
    case WaitTarget::What::Pipe:
        readPipe(words, state, actor, target);
        break;
    case WaitTarget::What::Signal:
        readSignal(words, state, actor);
        break;
    case WaitTarget::What::Time:
        words.sentence = Sentence::of(HEDDLE_TEXT("Sentence", "%1 waits for time to pass"), {name});
        break;
    case WaitTarget::What::Nothing:
        words.sentence = Sentence::of(HEDDLE_TEXT("Sentence",
                                          "%1 loops for ever without touching anything that "
                                          "others share"),
            {name});
        break;
    }
    return words;
}

std::string WaitReader::objectName(std::int32_t object) const
{
    const ObjectDeclaration& declared = m_machine.declarationOf(object);
    const auto number = &declared - m_machine.code().objects.data();
    return m_machine.code().objectName(static_cast<std::int32_t>(number), object - declared.first);
}

std::vector<std::string> WaitReader::names(
    std::span<const Cell> state, const std::vector<std::int32_t>& actors) const
{
    std::vector<std::string> words;
    words.reserve(actors.size());
    for (const std::int32_t actor : actors)
        words.push_back(m_machine.actorName(state, actor));
    return words;
}

Sentence WaitReader::wantedOf(
    std::span<const Cell> state, std::int32_t actor, std::int32_t object) const
{
    std::string name = objectName(object);
    const Instruction& instruction = m_machine.nextInstruction(state, actor);
    const Value& amount = registerValue(m_machine.local(state, actor).state, instruction.a);
    switch (instruction.operation) {
    case Operation::Acquire:
        return amount.is(ValueKind::None) || amount.number() == 1
            ? Sentence(name)
            : Sentence::of(
                HEDDLE_TEXT("Sentence", "%1 units of %2"), {std::to_string(amount.number()), name});
    case Operation::Put:
        return Sentence::of(HEDDLE_TEXT("Sentence", "room in %1"), {name});
    case Operation::Get:
        return Sentence::of(HEDDLE_TEXT("Sentence", "an item of %1"), {name});
    case Operation::Join:
        return Sentence::of(HEDDLE_TEXT("Sentence", "all items of %1 to be handled"), {name});
    case Operation::Arrive:
        return Sentence::of(HEDDLE_TEXT("Sentence", "the others at %1"), {name});
    default:
        return name;
    }
}

void WaitReader::readObject(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    std::int32_t object, const HoldTracker& holds)
{
    const ObjectDeclaration& declared = m_machine.declarationOf(object);
    if (isLock(declared.kind))
        return readHolders(words, state, actor, object, holds);
    const Frame& frame = m_machine.local(state, actor).state.frames.back();
    const auto declaration = static_cast<std::int32_t>(&declared - m_machine.code().objects.data());
    const std::uint16_t needed = m_reach.neededFor(declaration, frame.next);
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other)
        if (other != actor && canStillDo(state, other, declaration, needed))
            words.enders.push_back(other);
    const Operation waiting = m_machine.nextInstruction(state, actor).operation;
    words.sentence =
        withEnders(Sentence::of(HEDDLE_TEXT("Sentence", "%1 waits for %2"),
                       {m_machine.actorName(state, actor), wantedOf(state, actor, object)}),
            words, state, releaseOf(declared.kind, waiting, objectName(object)));
}

Sentence WaitReader::withEnders(
    Sentence wait, WaitInWords& words, std::span<const Cell> state, Sentence what) const
{
    words.isForced = words.enders.size() == 1;
    if (words.enders.empty())
        return Sentence::of(HEDDLE_TEXT("Sentence", "%1; nobody is left who could %2"),
            {std::move(wait), std::move(what)});
    std::vector<std::string> able = names(state, words.enders);
    if (words.isForced)
        return Sentence::of(HEDDLE_TEXT("Sentence", "%1; only %2 can %3"),
            {std::move(wait), able.front(), std::move(what)});
    const std::string last = able.back(); // by itself, for the verb of several
    able.pop_back();
    return Sentence::of(HEDDLE_TEXT("Sentence", "%1; only %2 and %3 can %4"),
        {std::move(wait), commaText(able), last, std::move(what)});
}

void WaitReader::readHolders(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    std::int32_t object, const HoldTracker& holds)
{
    const LocalState& local = m_machine.local(state, actor);
    const std::string name = m_machine.actorName(state, actor);
    const bool isWaking = local.phase == Phase::Retaking || local.phase == Phase::RetakingLate;
    for (const HoldTracker::Hold& hold : holds.holders(object))
        words.enders.push_back(hold.actor);
    words.isForced = words.enders.size() == 1;
    if (words.isForced && words.enders.front() == actor) {
        words.sentence = Sentence::of(isWaking
                ? HEDDLE_TEXT(
                    "Sentence", "%1 is awake again and waits for %2, which it holds itself")
                : HEDDLE_TEXT("Sentence", "%1 waits for %2, which it holds itself"),
            {name, objectName(object)});
        return;
    }
    const bool isReadWrite = m_machine.declarationOf(object).kind == PrimitiveKind::ReadWriteLock;
    const bool isWritten = isReadWrite && state[m_machine.objectCell(object)] != 0;
    words.sentence = Sentence::of(heldPattern(isReadWrite && !isWritten, isWritten, isWaking),
        {name, objectName(object), Sentence::list(names(state, words.enders))});
    const auto hasEnded = [&](std::int32_t holder) { return !m_machine.isGoing(state, holder); };
    if (!words.enders.empty() && std::all_of(words.enders.begin(), words.enders.end(), hasEnded))
        words.sentence =
            Sentence::of(HEDDLE_TEXT("Sentence", "%1, which has ended without giving it back"),
                {std::move(words.sentence)});
}

void WaitReader::readJoin(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    const WaitTarget& target) const
{
    words.enders = target.actors;
    words.isForced = target.actors.size() == 1;
    words.sentence =
        Sentence::of(words.isForced ? HEDDLE_TEXT("Sentence", "%1 waits for the end of %2")
                                    : HEDDLE_TEXT("Sentence", "%1 waits for the ends of %2"),
            {m_machine.actorName(state, actor), Sentence::list(names(state, target.actors))});
    const auto isAbsent = [&](std::int32_t other) { return !m_machine.isStarted(state, other); };
    if (std::any_of(target.actors.begin(), target.actors.end(), isAbsent))
        words.sentence = Sentence::of(
            HEDDLE_TEXT("Sentence", "%1, which has not been started"), {std::move(words.sentence)});
}

// Whoever has the other end open could end the wait, by using it or by letting go of it.
void WaitReader::readPipe(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    const WaitTarget& target) const
{
    const bool isReading = m_machine.nextInstruction(state, actor).operation == Operation::Read;
    const std::string name = pipeName(m_machine, state, target.pipe);
    const std::uint8_t other = isReading ? kWriterEnd : kReaderEnd;
    const bool isEmpty = bytesIn(m_machine, state, target.pipe) == 0
        && m_machine.values()
               .value(state[m_machine.layout().pipeCell(target.pipe)])
               .asList()
               .empty();
    const std::vector<std::string> holders = holdersOfEnd(m_machine, state, target.pipe, other);
    const Sentence end = target.object < 0
        ? Sentence::of(HEDDLE_TEXT("Sentence", "its other end"))
        : Sentence(objectName(target.object) + (isReading ? ".writer" : ".reader"));
    words.sentence = Sentence::of(pipePattern(isReading, isEmpty, holders.size() == 1),
        {m_machine.actorName(state, actor), name, Sentence::list(holders), end});
    for (std::int64_t process = kProgramHandle; process < m_machine.actorCount(); ++process) {
        if (!hasProcess(m_machine, state, process)
            || (processRecord(m_machine, state, process).ends[asIndex(target.pipe)] & other) == 0)
            continue;
        for (const std::int32_t ender : goingActorsOf(m_machine, state, process))
            if (ender != actor)
                words.enders.push_back(ender);
    }
}

// Anybody may send one; by the text of the program only who has a `send` or an alarm.
void WaitReader::readSignal(
    WaitInWords& words, std::span<const Cell> state, std::int32_t actor) const
{
    const bool isPause = m_machine.nextInstruction(state, actor).operation == Operation::Pause;
    words.sentence =
        Sentence::of(isPause ? HEDDLE_TEXT("Sentence", "%1 pauses until a signal's handler has run")
                             : HEDDLE_TEXT("Sentence", "%1 waits for a signal"),
            {m_machine.actorName(state, actor)});
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other)
        if (other != actor && m_machine.isStarted(state, other) && m_machine.isGoing(state, other)
            && maySend(m_machine, state, other))
            words.enders.push_back(other);
    if (words.enders.empty())
        words.sentence =
            Sentence::of(HEDDLE_TEXT("Sentence", "%1; nobody is left who could send one"),
                {std::move(words.sentence)});
}

// The variables and objects that the predicate asks, and who may still change one of them.
void WaitReader::readPredicate(WaitInWords& words, std::span<const Cell> state, std::int32_t actor)
{
    const Code& code = m_machine.code();
    std::vector<std::string> read;
    std::vector<std::size_t> masks;
    auto at = asIndex(m_machine.nextInstruction(state, actor).target);
    for (; code.instructions[at].operation != Operation::EndPredicate; ++at) {
        const Instruction& one = code.instructions[at];
        const bool isLoad = one.operation == Operation::LoadShared;
        if (one.target < 0 || (!isLoad && one.operation != Operation::Query))
            continue;
        const std::string& name =
            isLoad ? code.shared[asIndex(one.target)].name : code.objects[asIndex(one.target)].name;
        if (std::find(read.begin(), read.end(), name) == read.end())
            read.push_back(name);
        masks.push_back(asIndex(one.target) + (isLoad ? code.objects.size() : 0));
    }
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other) {
        if (other == actor || !m_machine.isStarted(state, other)
            || !m_machine.isGoing(state, other))
            continue;
        const WakeMasks& reach = reachOf(state, other);
        if (std::any_of(
                masks.begin(), masks.end(), [&](std::size_t mask) { return reach[mask] != 0; }))
            words.enders.push_back(other);
    }
    words.sentence = withEnders(
        Sentence::of(HEDDLE_TEXT("Sentence", "%1 waits until its condition on %2 holds"),
            {m_machine.actorName(state, actor), Sentence::list(read)}),
        words, state, Sentence::of(HEDDLE_TEXT("Sentence", "change %1"), {Sentence::list(read)}));
}

bool WaitReader::canStillDo(std::span<const Cell> state, std::int32_t actor,
    std::int32_t declaration, std::uint16_t operations)
{
    if (!m_machine.isStarted(state, actor) || !m_machine.isGoing(state, actor)
        || state[Machine::kExitCell] != 0)
        return false;
    return (reachOf(state, actor)[asIndex(declaration)] & operations) != 0;
}

// Who has come to a barrier does not arrive a second time before it has been let go.
const WakeMasks& WaitReader::reachOf(std::span<const Cell> state, std::int32_t actor)
{
    const LocalState& local = m_machine.local(state, actor);
    const bool hasArrived = local.phase == Phase::Meeting || local.phase == Phase::Dismissed;
    const WakeMasks& own = m_reach.from(
        local.state.frames.back().next + (hasArrived ? 1 : 0), local.state.frames.front().routine);
    if (!m_machine.layout().hasProcesses())
        return own;
    m_masks = own;
    addHandlers(state, actor);
    return m_masks;
}

/// What a handler interrupts is still ahead, and so is every handler that may come to run.
void WaitReader::addHandlers(std::span<const Cell> state, std::int32_t actor)
{
    const auto add = [this](const WakeMasks& masks) {
        for (std::size_t i = 0; i < masks.size(); ++i)
            m_masks[i] = static_cast<std::uint16_t>(m_masks[i] | masks[i]);
    };
    for (const HeldState& held : m_machine.local(state, actor).held)
        if (!held.isIdle())
            add(m_reach.from(held.state.frames.back().next, held.state.frames.front().routine));
    const std::int64_t process = processOf(m_machine, state, actor);
    for (const auto& [signal, routine] : processRecord(m_machine, state, process).handlers)
        if (routine >= 0)
            add(m_reach.from(m_machine.code().routines[asIndex(routine)].entry, routine));
}

} // namespace heddle
