// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/wait_reader.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/sentence_text.h"

#include <algorithm>

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
std::string releaseOf(PrimitiveKind kind, Operation waiting, const std::string& object)
{
    switch (kind) {
    case PrimitiveKind::Semaphore:
        return "release " + object;
    case PrimitiveKind::Condition:
        return "notify " + object;
    case PrimitiveKind::Event:
        return "set " + object;
    case PrimitiveKind::Barrier:
        return "arrive at " + object;
    case PrimitiveKind::Latch:
        return "count " + object + " down";
    case PrimitiveKind::Queue:
        break;
    default:
        return "unlock " + object;
    }
    if (waiting == Operation::Put)
        return "get from " + object;
    return waiting == Operation::Get ? "put into " + object : "finish an item of " + object;
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
        words.wanted = "time to pass";
        words.sentence = name + " waits for time to pass";
        break;
    case WaitTarget::What::Nothing:
        words.sentence = name + " loops for ever without touching anything that others share";
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

std::string WaitReader::names(
    std::span<const Cell> state, const std::vector<std::int32_t>& actors) const
{
    std::vector<std::string> words;
    words.reserve(actors.size());
    for (const std::int32_t actor : actors)
        words.push_back(m_machine.actorName(state, actor));
    return listText(words);
}

std::string WaitReader::wantedOf(
    std::span<const Cell> state, std::int32_t actor, std::int32_t object) const
{
    std::string name = objectName(object);
    const Instruction& instruction = m_machine.nextInstruction(state, actor);
    const Value& amount = registerValue(m_machine.local(state, actor).state, instruction.a);
    switch (instruction.operation) {
    case Operation::Acquire:
        return amount.is(ValueKind::None) || amount.number() == 1
            ? name
            : countText(amount.number(), "unit") + " of " + name;
    case Operation::Put:
        return "room in " + name;
    case Operation::Get:
        return "an item of " + name;
    case Operation::Join:
        return "all items of " + name + " to be handled";
    case Operation::Arrive:
        return "the others at " + name;
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
    words.wanted = wantedOf(state, actor, object);
    words.sentence = m_machine.actorName(state, actor) + " waits for " + words.wanted;
    const Frame& frame = m_machine.local(state, actor).state.frames.back();
    const auto declaration = static_cast<std::int32_t>(&declared - m_machine.code().objects.data());
    const std::uint16_t needed = m_reach.neededFor(declaration, frame.next);
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other)
        if (other != actor && canStillDo(state, other, declaration, needed))
            words.enders.push_back(other);
    const Operation waiting = m_machine.nextInstruction(state, actor).operation;
    addEnders(words, state, releaseOf(declared.kind, waiting, objectName(object)));
}

void WaitReader::addEnders(
    WaitInWords& words, std::span<const Cell> state, const std::string& what) const
{
    if (words.enders.empty())
        words.sentence += "; nobody is left who could " + what;
    else
        words.sentence += "; only " + names(state, words.enders) + " can " + what;
    words.isForced = words.enders.size() == 1;
}

void WaitReader::readHolders(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    std::int32_t object, const HoldTracker& holds)
{
    const LocalState& local = m_machine.local(state, actor);
    words.wanted = objectName(object);
    const bool isRetaking = local.phase == Phase::Retaking || local.phase == Phase::RetakingLate;
    words.sentence = m_machine.actorName(state, actor)
        + (isRetaking ? " is awake again and waits for " : " waits for ") + words.wanted;
    for (const HoldTracker::Hold& hold : holds.holders(object))
        words.enders.push_back(hold.actor);
    words.isForced = words.enders.size() == 1;
    const bool isOwn = words.isForced && words.enders.front() == actor;
    const bool isWritten = m_machine.declarationOf(object).kind == PrimitiveKind::ReadWriteLock
        && state[m_machine.objectCell(object)] != 0;
    const bool isRead =
        m_machine.declarationOf(object).kind == PrimitiveKind::ReadWriteLock && !isWritten;
    words.sentence += isOwn ? ", which it holds itself"
                            : (isRead             ? ", read by "
                                      : isWritten ? ", written by "
                                                  : ", held by ")
            + names(state, words.enders);
    const auto hasEnded = [&](std::int32_t holder) { return !m_machine.isGoing(state, holder); };
    if (!words.enders.empty() && std::all_of(words.enders.begin(), words.enders.end(), hasEnded))
        words.sentence += ", which has ended without giving it back";
}

void WaitReader::readJoin(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
    const WaitTarget& target) const
{
    words.enders = target.actors;
    words.isForced = target.actors.size() == 1;
    words.wanted =
        (target.actors.size() > 1 ? "the ends of " : "the end of ") + names(state, target.actors);
    words.sentence = m_machine.actorName(state, actor) + " waits for " + words.wanted;
    const auto isAbsent = [&](std::int32_t other) { return !m_machine.isStarted(state, other); };
    if (std::any_of(target.actors.begin(), target.actors.end(), isAbsent))
        words.sentence += ", which has not been started";
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
    words.wanted = (isReading ? "what comes by " : "room in ") + name;
    words.sentence = m_machine.actorName(state, actor)
        + (isReading ? " reads from " : " writes into ") + name
        + (!isReading     ? ", which is full and still has a reader: "
                : isEmpty ? ", which is empty and still has a writer: "
                          : ", of which more is to come, for it still has a writer: ");
    const std::vector<std::string> holders = holdersOfEnd(m_machine, state, target.pipe, other);
    const std::string end = target.object < 0
        ? " its other end"
        : " " + objectName(target.object) + (isReading ? ".writer" : ".reader");
    words.sentence += listText(holders) + (holders.size() == 1 ? " holds" : " hold") + end;
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
    words.wanted = "a signal";
    const bool isPause = m_machine.nextInstruction(state, actor).operation == Operation::Pause;
    words.sentence = m_machine.actorName(state, actor)
        + (isPause ? " pauses until a signal's handler has run" : " waits for a signal");
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other)
        if (other != actor && m_machine.isStarted(state, other) && m_machine.isGoing(state, other)
            && maySend(m_machine, state, other))
            words.enders.push_back(other);
    if (words.enders.empty())
        words.sentence += "; nobody is left who could send one";
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
    words.wanted = "its condition on " + listText(read);
    words.sentence = m_machine.actorName(state, actor) + " waits until its condition on "
        + listText(read) + " holds";
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other) {
        if (other == actor || !m_machine.isStarted(state, other)
            || !m_machine.isGoing(state, other))
            continue;
        const WakeMasks& reach = reachOf(state, other);
        if (std::any_of(
                masks.begin(), masks.end(), [&](std::size_t mask) { return reach[mask] != 0; }))
            words.enders.push_back(other);
    }
    addEnders(words, state, "change " + listText(read));
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
        add(m_reach.from(held.state.frames.back().next, held.state.frames.front().routine));
    const std::int64_t process = processOf(m_machine, state, actor);
    for (const auto& [signal, routine] : processRecord(m_machine, state, process).handlers)
        if (routine >= 0)
            add(m_reach.from(m_machine.code().routines[asIndex(routine)].entry, routine));
}

} // namespace heddle
