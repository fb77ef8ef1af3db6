// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/wake_reach.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::uint16_t bitOf(Operation operation)
{
    switch (operation) {
    case Operation::Unlock:
        return kUnlocks;
    case Operation::Release:
        return kReleases;
    case Operation::Notify:
        return kNotifies;
    case Operation::Set:
        return kSets;
    case Operation::Clear:
        return kClears;
    case Operation::Arrive:
        return kArrives;
    case Operation::Abort:
        return kAborts;
    case Operation::Finish:
        return kFinishes;
    case Operation::Put:
        return kPuts;
    case Operation::Get:
        return kGets;
    case Operation::Close:
        return kCloses;
    default:
        break;
    }
    const SharedAccess access = sharedAccess(operation);
    const bool mayWrite = access == SharedAccess::Writes || access == SharedAccess::MayWrite;
    return mayWrite ? kWrites : std::uint16_t{0};
}

std::uint16_t neededForQueue(Operation waiting)
{
    switch (waiting) {
    case Operation::Get:
        return kPuts | kCloses;
    case Operation::Put:
        return kGets | kCloses;
    case Operation::Join:
        return kFinishes | kCloses;
    default:
        return kPuts | kGets | kFinishes | kCloses;
    }
}

bool goesOn(Operation operation)
{
    switch (operation) {
    case Operation::Jump:
    case Operation::Return:
    case Operation::Raise:
    case Operation::Reraise:
    case Operation::EndPredicate:
    case Operation::Exit:
        return false;
    default:
        return true;
    }
}

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

/// Routines of signal handlers: a signal may come at any time, and what they do is done then.
std::vector<std::int32_t> handlerRoutines(const Code& code)
{
    std::vector<std::int32_t> routines;
    const auto add = [&](std::int32_t routine) {
        if (routine >= 0)
            routines.push_back(routine);
    };
    for (const HandlerDeclaration& handler : code.handlers)
        add(handler.routine);
    for (const ActorDeclaration& actor : code.actors)
        for (const HandlerDeclaration& handler : actor.handlers)
            add(handler.routine);
    for (const Instruction& instruction : code.instructions)
        if (instruction.operation == Operation::SetHandler)
            add(instruction.target);
    return routines;
}

} // namespace

/// One search over the instructions, by reachability alone.
class WakeReach::Walk
{
public:
    Walk(const Code& code, const std::vector<std::int32_t>& routineOf)
        : m_code(code)
        , m_routineOf(routineOf)
        , m_visited(code.instructions.size())
    {
    }

    void add(std::int32_t place)
    {
        if (place >= 0 && at(place) < m_visited.size() && !m_visited[at(place)]) {
            m_visited[at(place)] = true;
            m_open.push_back(place);
        }
    }

    void addRoutine(std::int32_t routine)
    {
        if (routine >= 0 && at(routine) < m_code.routines.size())
            add(m_code.routines[at(routine)].entry);
    }

    WakeMasks run()
    {
        WakeMasks masks(m_code.objects.size() + m_code.shared.size() + 1);
        for (const std::int32_t handler : handlerRoutines(m_code))
            addRoutine(handler);
        for (std::size_t object = 0; object < m_code.objects.size(); ++object)
            if (m_code.objects[object].kind == PrimitiveKind::Pipe)
                masks[object] = kAllWakeBits; // its ends are closed when their holder ends
        while (!m_open.empty()) {
            const std::int32_t place = m_open.back();
            m_open.pop_back();
            const Instruction& instruction = m_code.instructions[at(place)];
            const std::uint16_t bit = bitOf(instruction.operation);
            if (instruction.operation == Operation::Send)
                masks.back() |= kSends;
            if (bit != 0 && instruction.target >= 0)
                mark(masks, instruction, bit);
            addNext(place, instruction);
            addHandlers(place);
        }
        return masks;
    }

    /// Where an exception raised at the place may be caught in its routine.
    void addHandlers(std::int32_t place)
    {
        const std::int32_t routine = m_routineOf[at(place)];
        if (routine < 0)
            return;
        for (const ExceptionHandler& handler : m_code.routines[at(routine)].handlers) {
            if (place >= handler.from && place < handler.to)
                add(handler.handler);
        }
    }

private:
    void mark(WakeMasks& masks, const Instruction& instruction, std::uint16_t bit) const
    {
        const std::size_t first = bit == kWrites ? m_code.objects.size() : 0;
        const std::size_t count = bit == kWrites ? m_code.shared.size() : m_code.objects.size();
        if (at(instruction.target) < count)
            masks[first + at(instruction.target)] |= bit;
    }

    void addNext(std::int32_t place, const Instruction& instruction)
    {
        if (goesOn(instruction.operation))
            add(place + 1);
        if (instruction.otherwise >= 0)
            add(instruction.otherwise);
        switch (instruction.operation) {
        case Operation::Jump:
        case Operation::JumpIfFalse:
        case Operation::JumpIfTrue:
            add(instruction.target);
            break;
        case Operation::CallRoutine:
        case Operation::StartTimer:
            addRoutine(instruction.target);
            break;
        case Operation::Spawn:
            if (instruction.target >= 0 && at(instruction.target) < m_code.actors.size())
                addRoutine(m_code.actors[at(instruction.target)].routine);
            break;
        case Operation::LoadPrivate:
        case Operation::StorePrivate:
            if (instruction.target >= 0 && at(instruction.target) < m_code.privates.size())
                addRoutine(m_code.privates[at(instruction.target)].initializer);
            break;
        default:
            break;
        }
    }

    const Code& m_code;
    const std::vector<std::int32_t>& m_routineOf;
    std::vector<bool> m_visited;
    std::vector<std::int32_t> m_open;
};

WakeReach::WakeReach(std::shared_ptr<const Code> code)
    : m_code(std::move(code))
    , m_routineOf(m_code->instructions.size(), -1)
    , m_everything(m_code->objects.size() + m_code->shared.size() + 1, kAllWakeBits)
{
    for (std::size_t routine = 0; routine < m_code->routines.size(); ++routine) {
        const Routine& body = m_code->routines[routine];
        for (std::int32_t place = std::max(body.entry, 0); place < body.end && isInCode(place);
             ++place)
            m_routineOf[at(place)] = static_cast<std::int32_t>(routine);
    }
}

bool WakeReach::isInCode(std::int32_t programCounter) const
{
    return programCounter >= 0 && at(programCounter) < m_code->instructions.size();
}

const WakeMasks& WakeReach::from(std::int32_t programCounter, std::int32_t root)
{
    if (!isInCode(programCounter) || isInHandler(m_routineOf[at(programCounter)]))
        return m_everything;
    const std::pair<std::int32_t, std::int32_t> key{programCounter, root};
    const auto known = m_known.find(key);
    if (known != m_known.end())
        return known->second;
    Walk walk(*m_code, m_routineOf);
    walk.add(programCounter);
    addReturns(walk, m_routineOf[at(programCounter)], root);
    return m_known.emplace(key, walk.run()).first->second;
}

// Behind a handler lies whatever it has interrupted.
bool WakeReach::isInHandler(std::int32_t routine)
{
    if (!m_inHandlers) {
        m_inHandlers.emplace(m_code->routines.size());
        for (const std::int32_t handler : handlerRoutines(*m_code))
            for (std::size_t each = 0; each < m_code->routines.size(); ++each)
                (*m_inHandlers)[each] = (*m_inHandlers)[each] || calledFrom(handler)[each];
    }
    return routine >= 0 && (*m_inHandlers)[at(routine)];
}

// The routine may have been called from anywhere, and that from anywhere again: what follows those
// calls is ahead as well. Calls that the actor's own routine never leads to are left out.
void WakeReach::addReturns(Walk& walk, std::int32_t routine, std::int32_t root)
{
    if (routine >= 0 && !calledFrom(root)[at(routine)])
        root = -1; // the actor is not who its name says: nothing may be left out
    const std::vector<bool>& isCalled = calledFrom(root);
    std::vector<bool> isDone(m_code->routines.size());
    std::vector<std::int32_t> open{routine};
    while (!open.empty()) {
        const std::int32_t called = open.back();
        open.pop_back();
        if (called < 0 || called == root || isDone[at(called)])
            continue;
        isDone[at(called)] = true;
        for (const std::int32_t place : callsOf(called)) {
            const std::int32_t caller = m_routineOf[at(place)];
            if (caller < 0 || !isCalled[at(caller)])
                continue;
            walk.add(place + 1);
            walk.addHandlers(place);
            open.push_back(caller);
        }
    }
}

std::vector<std::int32_t> WakeReach::callsOf(std::int32_t routine) const
{
    std::vector<std::int32_t> places;
    for (std::size_t place = 0; place < m_code->instructions.size(); ++place) {
        const Instruction& instruction = m_code->instructions[place];
        if (instruction.operation == Operation::CallRoutine && instruction.target == routine)
            places.push_back(static_cast<std::int32_t>(place));
    }
    return places;
}

const std::vector<bool>& WakeReach::calledFrom(std::int32_t root)
{
    const bool isKnown = root >= 0 && at(root) < m_code->routines.size();
    auto [entry, isNew] = m_called.try_emplace(root, m_code->routines.size(), !isKnown);
    std::vector<bool>& called = entry->second;
    if (!isNew || !isKnown)
        return called;
    std::vector<std::int32_t> open{root};
    called[at(root)] = true;
    while (!open.empty()) {
        const Routine& body = m_code->routines[at(open.back())];
        open.pop_back();
        for (std::int32_t place = body.entry; place < body.end && isInCode(place); ++place) {
            const Instruction& instruction = m_code->instructions[at(place)];
            const bool isCall = instruction.operation == Operation::CallRoutine;
            if (isCall && !called[at(instruction.target)]) {
                called[at(instruction.target)] = true;
                open.push_back(instruction.target);
            }
        }
    }
    return called;
}

const WakeMasks& WakeReach::ofTimers()
{
    if (!m_timers) {
        Walk walk(*m_code, m_routineOf);
        for (const Instruction& instruction : m_code->instructions) {
            if (instruction.operation == Operation::StartTimer)
                walk.addRoutine(instruction.target);
        }
        m_timers = std::make_unique<WakeMasks>(walk.run());
    }
    return *m_timers;
}

std::uint16_t WakeReach::neededFor(std::int32_t declaration, std::int32_t programCounter) const
{
    switch (m_code->objects[at(declaration)].kind) {
    case PrimitiveKind::Mutex:
    case PrimitiveKind::RecursiveMutex:
    case PrimitiveKind::ReadWriteLock:
        return kUnlocks;
    case PrimitiveKind::Semaphore:
        return kReleases;
    case PrimitiveKind::Condition:
        return kNotifies;
    case PrimitiveKind::Event:
        return kSets;
    case PrimitiveKind::Barrier:
        return kArrives | kAborts | kClears;
    case PrimitiveKind::Latch:
        return kFinishes;
    case PrimitiveKind::Queue:
        return neededForQueue(isInCode(programCounter)
                ? m_code->instructions[at(programCounter)].operation
                : Operation::Query);
    case PrimitiveKind::Pipe:
    case PrimitiveKind::None:
        break;
    }
    return kAllWakeBits;
}

} // namespace heddle
