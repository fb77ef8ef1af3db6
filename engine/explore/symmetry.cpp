// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/symmetry.h"

#include "engine/explore/live_registers.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <utility>

namespace heddle {

namespace {

bool speaksOfOne(const Expectation& expectation)
{
    const auto namesAnElement = [](const std::string& name) {
        return name.find('[') != std::string::npos;
    };
    return namesAnElement(expectation.name) || namesAnElement(expectation.actor)
        || std::any_of(expectation.lines.begin(), expectation.lines.end(),
            [&](const Expectation::Line& line) { return namesAnElement(line.by); });
}

/// Whether an instruction could tell actors apart by their handles.
bool tellsActorsApart(const Instruction& instruction)
{
    switch (instruction.operation) {
    case Operation::ActorHandle:
    case Operation::MyHandle:
    case Operation::Spawn:
    case Operation::Join:
    case Operation::JoinAll:
    case Operation::StartTimer:
        return true;
    case Operation::Query: {
        const auto row = static_cast<std::size_t>(instruction.function);
        return instruction.target < 0 || functionRows()[row].name == "owner";
    }
    default:
        return false;
    }
}

} // namespace

bool namesActors(const Code& code)
{
    return std::any_of(code.instructions.begin(), code.instructions.end(), tellsActorsApart)
        || std::any_of(code.expectations.begin(), code.expectations.end(), speaksOfOne);
}

bool areTwins(const Code& code, const ActorDeclaration& actor)
{
    if (!actor.isArray || actor.count < 2 || !actor.startsByItself || code.options.notifyFirst
        || usesProcesses(code) || namesActors(code))
        return false;
    constexpr Register kIndex = 0;
    return !LiveRegisters(code).isReadFrom(
        code.routines[static_cast<std::size_t>(actor.routine)].entry, kIndex);
}

Symmetry::Symmetry(Machine& machine)
    : m_layout(machine.layout())
    , m_places(static_cast<std::size_t>(machine.actorCount()))
{
    if (!machine.mergesTwins())
        return;
    for (const ActorDeclaration& actor : machine.code().actors)
        if (areTwins(machine.code(), actor))
            m_groups.push_back({actor.first, actor.count});
    m_ring = RingSymmetry::find(machine);
    findOwnerCells(machine.code());
    m_blocks.push_back(m_layout.actorCell(0));
    if (m_layout.hasClocks())
        m_blocks.push_back(m_layout.clockCell(0));
    if (m_layout.hasBuffers())
        m_blocks.push_back(m_layout.bufferCell(0));
    if (m_layout.hasStaleReads())
        m_blocks.push_back(m_layout.staleReadCell(0));
}

void Symmetry::findOwnerCells(const Code& code)
{
    for (std::int32_t object = 0; object < m_layout.objectCount(); ++object) {
        const auto declaration = static_cast<std::size_t>(m_layout.declarationOf(object));
        const PrimitiveKind kind = code.objects[declaration].kind;
        if (kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
            || kind == PrimitiveKind::ReadWriteLock)
            m_ownerCells.push_back(m_layout.objectCell(object));
    }
}

bool Symmetry::canonicalise(std::span<Cell> state)
{
    bool hasMoved = false;
    for (const Group& group : m_groups) {
        if (isSorted(state, group))
            continue;
        m_order.resize(static_cast<std::size_t>(group.count));
        std::iota(m_order.begin(), m_order.end(), group.first);
        std::stable_sort(m_order.begin(), m_order.end(),
            [&](std::int32_t left, std::int32_t right) { return precedes(state, left, right); });
        if (std::is_sorted(m_order.begin(), m_order.end()))
            continue;
        if (!hasMoved)
            std::iota(m_places.begin(), m_places.end(), 0);
        hasMoved = true;
        move(state, group);
    }
    const std::int32_t turn = m_ring ? m_ring->canonicalise(state) : 0;
    if (turn != 0) {
        if (!hasMoved)
            std::iota(m_places.begin(), m_places.end(), 0);
        m_ring->turnPlaces(turn, m_places);
    }
    return hasMoved || turn != 0;
}

std::vector<std::vector<Cell>> Symmetry::turns(std::span<const Cell> state)
{
    std::set<std::vector<Cell>> all{{state.begin(), state.end()}};
    for (std::int32_t turn = 1; m_ring && turn < m_ring->size(); ++turn) {
        std::vector<Cell> turned(state.begin(), state.end());
        m_ring->turn(turned, turn);
        all.insert(std::move(turned));
    }
    return {all.begin(), all.end()};
}

bool Symmetry::isSorted(std::span<const Cell> state, const Group& group) const
{
    const Cell* first = state.data() + m_layout.actorCell(group.first);
    for (std::int32_t i = 1; i < group.count; ++i)
        if (first[i - 1] >= first[i])
            return false;
    return true;
}

std::size_t Symmetry::firstHeld(std::span<const Cell> state, std::int32_t actor) const
{
    const auto name = static_cast<Cell>(actor) + 1;
    for (const std::size_t cell : m_ownerCells)
        if (state[cell] == name)
            return cell;
    return m_layout.width();
}

bool Symmetry::precedes(std::span<const Cell> state, std::int32_t left, std::int32_t right) const
{
    for (const std::size_t block : m_blocks) {
        const Cell mine = state[block + static_cast<std::size_t>(left)];
        const Cell other = state[block + static_cast<std::size_t>(right)];
        if (mine != other)
            return mine < other;
    }
    return firstHeld(state, left) < firstHeld(state, right);
}

/// Puts everybody where the order wants them, and says so where they are named.
void Symmetry::move(std::span<Cell> state, const Group& group)
{
    for (std::size_t i = 0; i < m_order.size(); ++i)
        m_places[static_cast<std::size_t>(m_order[i])] = group.first + static_cast<std::int32_t>(i);
    for (const std::size_t block : m_blocks) {
        m_moved.clear();
        for (const std::int32_t actor : m_order)
            m_moved.push_back(state[block + static_cast<std::size_t>(actor)]);
        std::copy(m_moved.begin(), m_moved.end(),
            state.begin() + static_cast<std::ptrdiff_t>(block) + group.first);
    }
    for (const std::size_t cell : m_ownerCells) {
        const std::int32_t owner = static_cast<std::int32_t>(state[cell]) - 1;
        if (owner >= group.first && owner < group.first + group.count)
            state[cell] = static_cast<Cell>(placeOf(owner)) + 1;
    }
}

} // namespace heddle
