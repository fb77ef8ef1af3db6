// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// A map from two words to one, open-addressing and without removal: a memo for hot paths.
///
/// Threads: one thread at a time.
class PairMap
{
public:
    static constexpr std::uint32_t kAbsent = UINT32_MAX; ///< not to be used as a value

    [[nodiscard]] std::uint32_t find(std::uint32_t first, std::uint32_t second) const
    {
        const std::uint64_t key = keyOf(first, second);
        for (std::size_t slot = mixHash(0, key) & m_mask;; slot = (slot + 1) & m_mask) {
            if (m_slots[slot].value == kAbsent || m_slots[slot].key == key)
                return m_slots[slot].value;
        }
    }

    void insert(std::uint32_t first, std::uint32_t second, std::uint32_t value)
    {
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        put(keyOf(first, second), value);
        ++m_size;
    }

    [[nodiscard]] std::size_t bytes() const { return m_slots.capacity() * sizeof(Slot); }

private:
    struct Slot
    {
        std::uint64_t key = 0;
        std::uint32_t value = kAbsent;
    };

    [[nodiscard]] static std::uint64_t keyOf(std::uint32_t first, std::uint32_t second)
    {
        return std::uint64_t{first} << 32U | second;
    }
    void put(std::uint64_t key, std::uint32_t value)
    {
        std::size_t slot = mixHash(0, key) & m_mask;
        while (m_slots[slot].value != kAbsent)
            slot = (slot + 1) & m_mask;
        m_slots[slot] = {key, value};
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        m_mask = m_slots.size() - 1;
        for (const Slot& slot : old)
            if (slot.value != kAbsent)
                put(slot.key, slot.value);
    }

    std::vector<Slot> m_slots = std::vector<Slot>(256);
    std::size_t m_mask = 255;
    std::size_t m_size = 0;
};

} // namespace heddle
