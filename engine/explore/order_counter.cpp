// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/order_counter.h"

#include <algorithm>

namespace heddle {

namespace {

template <typename Touches> bool areIndependent(const Touches& mine, const Touches& others)
{
    for (const auto& one : mine)
        for (const auto& other : others)
            if (one.place == other.place && (one.isWrite || other.isWrite))
                return false;
    return true;
}

bool asksActor(const Instruction& instruction)
{
    return instruction.operation == Operation::Query && instruction.target < 0;
}

bool asksWhoLives(const Code& code, const Instruction& next)
{
    if (next.operation != Operation::AwaitUntil)
        return asksActor(next);
    auto at = static_cast<std::size_t>(next.target);
    while (code.instructions[at].operation != Operation::EndPredicate
        && !asksActor(code.instructions[at]))
        ++at;
    return asksActor(code.instructions[at]);
}

} // namespace

OrderCounter::OrderCounter(Machine& machine, const Limits& limits)
    : m_machine(machine)
    , m_limits(limits)
{
}

std::optional<std::uint64_t> OrderCounter::count(const std::stop_token& stop)
{
    m_stop = stop;
    m_deadline = std::chrono::steady_clock::now() + m_limits.time;
    m_complete = m_givenUp = 0;
    m_isCut = m_machine.layout().hasProcesses(); // what their steps touch is not told apart
    if (!m_isCut)
        go(m_machine.initialState(), {}, 0);
    if (m_isCut)
        return std::nullopt;
    return m_complete;
}

bool OrderCounter::isOver()
{
    m_isCut = m_isCut || m_complete + m_givenUp >= m_limits.schedules || m_stop.stop_requested()
        || std::chrono::steady_clock::now() > m_deadline || m_machine.hasNoRoom()
        || m_machine.hasCapped();
    return m_isCut;
}

// Places: objects first, then the cells of variables, then actors, then what is said, then whether
// each actor lives.
std::int32_t OrderCounter::placeOfCell(std::size_t cell) const
{
    return m_machine.layout().objectCount() + static_cast<std::int32_t>(cell);
}

std::int32_t OrderCounter::placeOfActor(std::int64_t actor) const
{
    return placeOfCell(m_machine.layout().actorCell(actor));
}

std::int32_t OrderCounter::placeOfLife(std::int32_t actor) const
{
    return placeOfCell(m_machine.width()) + actor;
}

void OrderCounter::go(
    const std::vector<Cell>& state, const std::vector<std::int32_t>& sleepers, std::size_t depth)
{
    if (isOver())
        return;
    m_isCut = depth > m_limits.steps;
    const std::vector<Mover> movers =
        m_machine.isEnd(state) ? std::vector<Mover>() : moversIn(state);
    const auto isAsleep = [&sleepers](const Mover& mover) {
        return std::find(sleepers.begin(), sleepers.end(), mover.actor) != sleepers.end();
    };
    if (movers.empty())
        ++m_complete;
    else if (std::all_of(movers.begin(), movers.end(), isAsleep))
        ++m_givenUp;
    std::vector<const Mover*> passed; // whose steps need not be taken behind an independent one
    for (const Mover& mover : movers)
        if (isAsleep(mover))
            passed.push_back(&mover);
    for (const Mover& mover : movers) {
        if (isAsleep(mover))
            continue;
        std::vector<std::int32_t> asleep;
        for (const Mover* other : passed)
            if (areIndependent(other->touches, mover.touches))
                asleep.push_back(other->actor);
        for (std::size_t choice = 0; choice < mover.steps.size() && !m_isCut; ++choice) {
            const std::span<const Cell> next = mover.steps.state(choice);
            go({next.begin(), next.end()}, asleep, depth + 1);
        }
        passed.push_back(&mover);
    }
}

std::vector<OrderCounter::Mover> OrderCounter::moversIn(const std::vector<Cell>& state)
{
    std::vector<Mover> movers;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        Mover mover{actor, StepList(m_machine.width()), {}};
        m_machine.expand(state, actor, mover.steps);
        if (mover.steps.empty())
            continue;
        touch(state, mover);
        movers.push_back(std::move(mover));
    }
    return movers;
}

void OrderCounter::touch(const std::vector<Cell>& state, Mover& mover)
{
    const StateLayout& layout = m_machine.layout();
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other) {
        const std::size_t cell = layout.actorCell(other);
        bool isChanged = other == mover.actor;
        for (std::size_t choice = 0; choice < mover.steps.size(); ++choice)
            isChanged = isChanged || mover.steps.state(choice)[cell] != state[cell];
        if (isChanged)
            mover.touches.push_back({placeOfActor(other), true});
    }
    const LocalFacts& here = m_machine.facts(state, mover.actor);
    if (!here.isGoing() || here.phase == Phase::Fresh || here.isInAtomic)
        return touchEverything(mover.touches);
    touchLives(state, mover);
    if (here.variable >= 0)
        mover.touches.push_back({placeOfCell(layout.variableCell(here.variable, here.element)),
            sharedAccess(here.next->operation) != SharedAccess::Reads});
    touchObjects(state, mover.actor, mover.touches);
    touchJoined(state, mover.actor, mover.touches);
    switch (here.next->operation) {
    case Operation::Say:
        mover.touches.push_back({placeOfCell(StateLayout::kHistoryCell), true});
        return;
    case Operation::AwaitUntil:
        for (std::size_t cell = layout.firstVariableCell(); cell < layout.actorCell(0); ++cell)
            mover.touches.push_back({placeOfCell(cell), false});
        return;
    case Operation::BeginAtomic:
    case Operation::Exit:
        return touchEverything(mover.touches);
    default:
        return;
    }
}

void OrderCounter::touchLives(const std::vector<Cell>& state, Mover& mover)
{
    const auto isAlive = [this](std::span<const Cell> cells, std::int32_t actor) {
        return m_machine.isStarted(cells, actor) && m_machine.isGoing(cells, actor);
    };
    const Instruction& next = m_machine.nextInstruction(state, mover.actor);
    const Value& asked = registerValue(m_machine.local(state, mover.actor).state, next.a);
    const bool isOne = next.operation == Operation::Query && asked.is(ValueKind::Handle);
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        for (std::size_t choice = 0; choice < mover.steps.size(); ++choice)
            if (isAlive(state, actor) != isAlive(mover.steps.state(choice), actor))
                mover.touches.push_back({placeOfLife(actor), true});
        if (asksWhoLives(m_machine.code(), next) && (!isOne || asked.number() == actor))
            mover.touches.push_back({placeOfLife(actor), false});
    }
}

void OrderCounter::touchObjects(
    const std::vector<Cell>& state, std::int32_t actor, Touches& touches)
{
    const LocalFacts& here = m_machine.facts(state, actor);
    if (here.object < 0)
        return;
    const bool isRead = here.next->operation == Operation::Query
        || (here.next->operation == Operation::Wait && here.phase == Phase::Ready);
    touches.push_back({here.object, !isRead});
    if (here.next->operation != Operation::WaitCondition)
        return;
    const ObjectDeclaration& condition = m_machine.declarationOf(here.object);
    const ObjectDeclaration& mutex =
        m_machine.code().objects[static_cast<std::size_t>(condition.mutex)];
    touches.push_back({mutex.first + condition.mutexElement, true});
}

void OrderCounter::touchJoined(const std::vector<Cell>& state, std::int32_t actor, Touches& touches)
{
    const LocalState& self = m_machine.local(state, actor);
    const LocalFacts& here = m_machine.facts(state, actor);
    const auto read = [&](const Value& handle) {
        if (handle.is(ValueKind::Handle) && handle.number() < m_machine.actorCount())
            touches.push_back({placeOfActor(handle.number()), false});
    };
    if (here.next->operation == Operation::JoinAll)
        for (const std::int64_t child : self.children)
            read(Value::handle(child));
    if (here.next->operation != Operation::Join)
        return;
    const Value& asked = registerValue(self.state, here.next->a);
    if (asked.is(ValueKind::List))
        for (const Value& handle : asked.asList())
            read(handle);
    else
        read(asked);
}

void OrderCounter::touchEverything(Touches& touches)
{
    const std::int32_t places = placeOfLife(m_machine.actorCount());
    for (std::int32_t place = 0; place < places; ++place)
        touches.push_back({place, true});
}

} // namespace heddle
