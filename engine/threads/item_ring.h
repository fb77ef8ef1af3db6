// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace heddle {

/// Items in the order of their coming, in one piece of memory that is used round and round: no item
/// costs an allocation but where there are more than ever before.
///
/// Threads: one thread at a time.
template <typename T> class ItemRing
{
public:
    void pushBack(T&& item)
    {
        if (m_count == m_capacity)
            grow();
        m_slots[at(m_count)].emplace(std::move(item));
        ++m_count;
    }

    /// Moves the oldest item into `taken`; there is one.
    void popFront(std::optional<T>& taken)
    {
        take(m_slots[m_first], taken);
        m_first = at(1);
        shrinkIfEmpty();
    }

    /// Moves the newest item into `taken`; there is one.
    void popBack(std::optional<T>& taken)
    {
        take(m_slots[at(m_count - 1)], taken);
        shrinkIfEmpty();
    }

    void clear()
    {
        m_slots.reset();
        m_capacity = m_first = m_count = 0;
    }

    [[nodiscard]] std::size_t size() const { return m_count; }

private:
    static constexpr std::size_t kFewest = 32; ///< items; a power of two, as each later capacity
    static constexpr std::size_t kKept = 4096; ///< items that an empty ring keeps at most

    [[nodiscard]] std::size_t at(std::size_t index) const
    {
        return (m_first + index) & (m_capacity - 1);
    }
    void take(std::optional<T>& slot, std::optional<T>& taken)
    {
        taken.emplace(std::move(*slot));
        slot.reset();
        --m_count;
    }
    void grow()
    {
        const std::size_t capacity = m_capacity == 0 ? kFewest : 2 * m_capacity;
        auto items = std::make_unique<std::optional<T>[]>(capacity);
        for (std::size_t index = 0; index < m_count; ++index)
            items[index].emplace(std::move(*m_slots[at(index)]));
        m_slots = std::move(items);
        m_capacity = capacity;
        m_first = 0;
    }
    void shrinkIfEmpty()
    {
        if (m_count == 0 && m_capacity > kKept)
            clear();
    }

    std::unique_ptr<std::optional<T>[]> m_slots;
    std::size_t m_capacity = 0;
    std::size_t m_first = 0; ///< of the oldest
    std::size_t m_count = 0;
};

} // namespace heddle
