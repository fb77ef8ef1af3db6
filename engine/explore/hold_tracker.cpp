// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/hold_tracker.h"

#include <algorithm>

namespace heddle {

namespace {

bool hasOwner(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
        || kind == PrimitiveKind::ReadWriteLock;
}

} // namespace

HoldTracker::HoldTracker(const Machine& machine)
    : m_machine(machine)
    , m_holds(static_cast<std::size_t>(machine.code().objectCount()))
{
}

void HoldTracker::step(
    std::span<const Cell> before, std::span<const Cell> after, std::int32_t actor)
{
    for (std::int32_t object = 0; object < m_machine.code().objectCount(); ++object) {
        const std::size_t cell = m_machine.objectCell(object);
        if (hasOwner(m_machine.declarationOf(object).kind) && before[cell] != after[cell])
            takeOwner(object, after[cell]);
        const std::int64_t units = unitsTaken(m_machine, before, after, object);
        if (units > 0)
            add(object, actor, units);
        else if (units < 0)
            remove(object, actor, -units);
    }
}

void HoldTracker::takeOwner(std::int32_t object, Cell owner)
{
    m_holds[static_cast<std::size_t>(object)].clear();
    if (owner != 0)
        add(object, static_cast<std::int32_t>(owner) - 1, 1);
}

void HoldTracker::add(std::int32_t object, std::int32_t actor, std::int64_t units)
{
    std::vector<Hold>& holds = m_holds[static_cast<std::size_t>(object)];
    const auto own = std::find_if(
        holds.begin(), holds.end(), [actor](const Hold& hold) { return hold.actor == actor; });
    if (own != holds.end())
        own->units += units;
    else
        holds.push_back({actor, units});
}

void HoldTracker::remove(std::int32_t object, std::int32_t actor, std::int64_t units)
{
    std::vector<Hold>& holds = m_holds[static_cast<std::size_t>(object)];
    auto from = std::find_if(
        holds.begin(), holds.end(), [actor](const Hold& hold) { return hold.actor == actor; });
    if (from == holds.end())
        from = holds.begin();
    while (from != holds.end() && units > 0) {
        const std::int64_t part = std::min(units, from->units);
        units -= part;
        from->units -= part;
        if (from->units == 0)
            holds.erase(from);
        from = holds.begin();
    }
}

HoldTracker holdersAt(const Machine& machine, const WalkedPath& path, std::size_t step)
{
    HoldTracker tracker(machine);
    for (std::size_t i = 0; i < step; ++i)
        tracker.step(path.states[i], path.states[i + 1], path.schedule.steps[i].actor);
    return tracker;
}

std::int64_t unitsTaken(const Machine& machine, std::span<const Cell> before,
    std::span<const Cell> after, std::int32_t object)
{
    const std::size_t cell = machine.objectCell(object);
    switch (machine.declarationOf(object).kind) {
    case PrimitiveKind::Semaphore:
        return static_cast<std::int64_t>(before[cell]) - static_cast<std::int64_t>(after[cell]);
    case PrimitiveKind::ReadWriteLock:
        return static_cast<std::int64_t>(after[cell + 1])
            - static_cast<std::int64_t>(before[cell + 1]);
    default:
        return 0;
    }
}

} // namespace heddle
