// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/ring_symmetry.h"

#include <algorithm>
#include <set>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

bool hasOwnerCell(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
        || kind == PrimitiveKind::ReadWriteLock;
}

struct Start
{
    std::int32_t place = 0;
    bool isOnly = false; ///< no other place has the same sequence behind it
};

/// Where a ring's least sequence begins; `compare` of two places is below, at or above 0.
template <typename Compare> Start leastStart(std::int32_t size, const Compare& compare)
{
    std::int32_t one = 0;
    std::int32_t other = 1;
    std::int32_t equal = 0;
    const auto at = [size](std::int32_t place) { return place < size ? place : place - size; };
    while (one < size && other < size && equal < size) {
        const int order = compare(at(one + equal), at(other + equal));
        if (order == 0) {
            ++equal;
            continue;
        }
        (order > 0 ? one : other) += equal + 1;
        equal = 0;
        if (one == other)
            ++other;
    }
    return {std::min(one, other), equal < size};
}

} // namespace

std::optional<RingSymmetry> RingSymmetry::find(Machine& machine)
{
    if (machine.keepsHistory() || machine.layout().hasBuffers() || machine.layout().hasStaleReads())
        return std::nullopt;
    std::set<std::int32_t> sizes;
    for (const ActorDeclaration& actor : machine.code().actors)
        sizes.insert(actor.count);
    for (const std::int32_t size : sizes)
        if (std::optional<RingTypes> types = RingTypes::find(machine.code(), size))
            return RingSymmetry(machine, std::move(*types));
    return std::nullopt;
}

RingSymmetry::RingSymmetry(Machine& machine, RingTypes types)
    : m_machine(&machine)
    , m_types(std::move(types))
    , m_size(m_types.size())
    , m_ownerPlaces(asIndex(machine.actorCount()) + 1, -1)
    , m_locals(asIndex(m_size)) // row 0: not started
    , m_first(asIndex(m_size))
{
    m_rows.assign(1, 1);
    const std::vector<Cell> state = machine.initialState();
    for (const std::int32_t declaration : m_types.actors()) {
        m_actors.push_back(machine.code().actors[asIndex(declaration)].first);
        for (std::int32_t place = 0; place < m_size; ++place) {
            m_identities.push_back(machine.local(state, m_actors.back() + place).identity);
            m_ownerPlaces[asIndex(m_actors.back() + place) + 1] = place;
        }
    }
    layBlocks();
}

void RingSymmetry::layBlocks()
{
    const Code& code = m_machine->code();
    for (std::size_t number = 0; number < code.objects.size(); ++number)
        layObject(static_cast<std::int32_t>(number));
    for (std::size_t number = 0; number < code.shared.size(); ++number)
        if (m_types.turnsVariable(static_cast<std::int32_t>(number)))
            m_blocks.push_back({m_machine->variableCell(static_cast<std::int32_t>(number), 0)});
    for (const std::int32_t first : m_actors)
        if (m_machine->layout().hasClocks())
            m_blocks.push_back({m_machine->layout().clockCell(first)});
    m_signs.resize(asIndex(m_size));
}

void RingSymmetry::layObject(std::int32_t declaration)
{
    const ObjectDeclaration& declared = m_machine->code().objects[asIndex(declaration)];
    const bool hasOwner = hasOwnerCell(declared.kind);
    if (m_types.turnsObject(declaration)) {
        const std::size_t first = m_machine->objectCell(declared.first);
        m_blocks.push_back({first, m_machine->objectCell(declared.first + 1) - first, hasOwner});
        return;
    }
    for (std::int32_t element = 0; hasOwner && element < declared.count; ++element)
        m_ownerCells.push_back(m_machine->objectCell(declared.first + element));
}

Cell RingSymmetry::turnedOwner(Cell owner, std::int32_t by) const
{
    const std::int32_t place = m_ownerPlaces[owner];
    return place < 0 ? owner
                     : owner + static_cast<Cell>(shifted(place, by)) - static_cast<Cell>(place);
}

std::uint32_t RingSymmetry::findRow(Cell local, std::size_t group, std::int32_t place)
{
    const Cell atZero = turnedLocal(local, group, place, 0);
    m_rows.resize(std::max<std::size_t>(m_rows.size(), std::max(local, atZero) + std::size_t{1}));
    if (m_rows[atZero] == 0) {
        m_rows[atZero] = static_cast<std::uint32_t>(m_locals.size() / asIndex(m_size)) + 1;
        m_locals.resize(m_locals.size() + asIndex(m_size));
    }
    const std::uint32_t row = m_rows[local] = m_rows[atZero];
    m_locals[(row - 1) * asIndex(m_size)] = atZero;
    m_locals[(row - 1) * asIndex(m_size) + asIndex(place)] = local;
    return row - 1;
}

Cell RingSymmetry::localAt(std::uint32_t row, std::size_t group, std::int32_t place)
{
    const std::size_t first = row * asIndex(m_size);
    Cell& known = m_locals[first + asIndex(place)];
    if (known == 0 && row != 0) {
        known = turnedLocal(m_locals[first], group, 0, place);
        m_rows.resize(std::max<std::size_t>(m_rows.size(), known + std::size_t{1}));
        m_rows[known] = row + 1;
    }
    return known;
}

Cell RingSymmetry::turnedLocal(Cell number, std::size_t group, std::int32_t from, std::int32_t to)
{
    const Code& code = m_machine->code();
    LocalState local = m_machine->locals().local(number);
    local.identity = m_identities[group * asIndex(m_size) + asIndex(to)];
    for (const Frame& frame : local.state.frames) {
        const Register count = code.routines[asIndex(frame.routine)].registerCount;
        for (Register one = 0; one < count; ++one) {
            const RingType& type = m_types.before(frame.next, one);
            Value& value = local.state.registers[asIndex(frame.base + one)];
            if (type.kind != RingType::Kind::Place || !value.is(ValueKind::Integer))
                continue;
            const std::int64_t place = value.number() - type.number + to - from;
            value = Value::integer((place + m_size) % m_size + type.number);
        }
    }
    return m_machine->locals().intern(std::move(local));
}

std::int32_t RingSymmetry::canonicalise(std::span<Cell> state)
{
    const std::size_t cell = m_machine->actorCell(m_actors.front());
    for (std::int32_t place = 0; place < m_size; ++place)
        m_first[asIndex(place)] = rowOf(state[cell + asIndex(place)], 0, place);
    const auto compare = [this](std::int32_t left, std::int32_t right) {
        const Cell one = m_first[asIndex(left)];
        const Cell other = m_first[asIndex(right)];
        return one < other ? -1 : one > other ? 1 : 0;
    };
    Start start = leastStart(m_size, compare);
    if (!start.isOnly) { // the first array alone does not decide
        sign(state);
        const std::size_t parts = m_signs.size() / asIndex(m_size);
        start = leastStart(m_size, [this, parts](std::int32_t left, std::int32_t right) {
            const auto one = m_signs.begin() + static_cast<std::ptrdiff_t>(asIndex(left) * parts);
            const auto other =
                m_signs.begin() + static_cast<std::ptrdiff_t>(asIndex(right) * parts);
            const auto [mine, its] =
                std::mismatch(one, one + static_cast<std::ptrdiff_t>(parts), other);
            if (mine == one + static_cast<std::ptrdiff_t>(parts))
                return 0;
            return *mine < *its ? -1 : 1;
        });
    }
    if (start.place != 0)
        turn(state, start.place);
    return start.place;
}

/// Writes down what stands at each place. The first array comes first, as it decides in general.
void RingSymmetry::sign(std::span<const Cell> state)
{
    m_signs.clear();
    for (std::int32_t place = 0; place < m_size; ++place) {
        m_signs.push_back(m_first[asIndex(place)]);
        for (std::size_t group = 1; group < m_actors.size(); ++group)
            m_signs.push_back(
                rowOf(state[m_machine->actorCell(m_actors[group] + place)], group, place));
        for (const Block& block : m_blocks) {
            const std::size_t first = block.first + asIndex(place) * block.cells;
            for (std::size_t cell = first; cell < first + block.cells; ++cell)
                m_signs.push_back(block.hasOwner && cell == first ? turnedOwner(state[cell], place)
                                                                  : state[cell]);
        }
        for (const std::size_t cell : m_ownerCells)
            m_signs.push_back(isOfRing(state[cell]) ? turnedOwner(state[cell], place) : 0);
    }
}

void RingSymmetry::turn(std::span<Cell> state, std::int32_t by)
{
    m_before.assign(state.begin(), state.end());
    for (std::size_t group = 0; group < m_actors.size(); ++group) {
        const std::size_t first = m_machine->actorCell(m_actors[group]);
        for (std::int32_t from = 0; from < m_size; ++from) {
            const std::int32_t to = shifted(from, by);
            const std::uint32_t row = rowOf(m_before[first + asIndex(from)], group, from);
            state[first + asIndex(to)] = localAt(row, group, to);
        }
    }
    for (const Block& block : m_blocks)
        for (std::int32_t from = 0; from < m_size; ++from) {
            const std::size_t source = block.first + asIndex(from) * block.cells;
            const std::size_t target = block.first + asIndex(shifted(from, by)) * block.cells;
            for (std::size_t cell = 0; cell < block.cells; ++cell)
                state[target + cell] = block.hasOwner && cell == 0
                    ? turnedOwner(m_before[source], by)
                    : m_before[source + cell];
        }
    for (const std::size_t cell : m_ownerCells)
        state[cell] = turnedOwner(m_before[cell], by);
}

void RingSymmetry::turnPlaces(std::int32_t by, std::vector<std::int32_t>& places) const
{
    for (const std::int32_t first : m_actors)
        for (std::int32_t place = 0; place < m_size; ++place)
            places[asIndex(first + place)] = first + shifted(place, by);
}

} // namespace heddle
