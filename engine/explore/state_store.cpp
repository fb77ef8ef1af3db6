// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_store.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::size_t kFirstSlots = 1024;

} // namespace

StateStore::StateStore(std::size_t width)
    : m_width(width)
    , m_slots(kFirstSlots, 0)
    , m_tags(kFirstSlots, 0)
{
}

std::uint64_t StateStore::hash(std::span<const Cell> state) const
{
    std::uint64_t hash = m_width;
    for (const Cell cell : state)
        hash = mixHash(hash, cell);
    return hash ^ (hash >> 32U);
}

StateStore::Entry StateStore::insert(std::span<const Cell> state)
{
    if ((m_size + 1) * 2 > m_slots.size())
        grow();
    const std::uint64_t mixed = hash(state);
    const auto tag = static_cast<std::uint8_t>(mixed >> 56U);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = mixed & mask;; slot = (slot + 1) & mask) {
        if (m_slots[slot] == 0) {
            m_slots[slot] = static_cast<std::uint32_t>(++m_size);
            m_tags[slot] = tag;
            m_cells.insert(m_cells.end(), state.begin(), state.end());
            return {m_slots[slot] - 1, true};
        }
        if (m_tags[slot] == tag) {
            const std::uint32_t number = m_slots[slot] - 1;
            if (std::equal(state.begin(), state.end(), m_cells.data() + number * m_width))
                return {number, false};
        }
    }
}

void StateStore::grow()
{
    m_slots.assign(m_slots.size() * 2, 0);
    m_tags.assign(m_slots.size(), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t number = 0; number < m_size; ++number) {
        const std::uint64_t mixed = hash(state(number));
        std::size_t slot = mixed & mask;
        while (m_slots[slot] != 0)
            slot = (slot + 1) & mask;
        m_slots[slot] = number + 1;
        m_tags[slot] = static_cast<std::uint8_t>(mixed >> 56U);
    }
}

std::size_t StateStore::bytes() const
{
    return m_cells.capacity() * sizeof(Cell) + m_slots.size() * (sizeof(std::uint32_t) + 1);
}

} // namespace heddle
