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
/// A slot has no mark of its own of whether it holds an item: where threads take turns, whoever takes
/// plain numbers only reads what the other has to fetch back.
///
/// Threads: one thread at a time.
template <typename T> class ItemRing
{
public:
    ItemRing() = default;
    ItemRing(const ItemRing&) = delete;
    ItemRing& operator=(const ItemRing&) = delete;
    ~ItemRing() { destroyItems(); }

    void pushBack(T&& item)
    {
        if (m_count == m_capacity)
            grow();
        std::construct_at(&m_slots[at(m_count)].item, std::move(item));
        ++m_count;
    }

    /// Moves the oldest item into `taken`; there is one.
    void popFront(std::optional<T>& taken)
    {
        take(m_slots[m_first].item, taken);
        m_first = at(1);
        --m_count;
        shrinkIfEmpty();
    }

    /// Moves the newest item into `taken`; there is one.
    void popBack(std::optional<T>& taken)
    {
        take(m_slots[at(m_count - 1)].item, taken);
        --m_count;
        shrinkIfEmpty();
    }

    void clear()
    {
        destroyItems();
        m_slots.reset();
        m_capacity = m_first = m_count = 0;
    }

    void swap(ItemRing& other) noexcept
    {
        std::swap(m_slots, other.m_slots);
        std::swap(m_capacity, other.m_capacity);
        std::swap(m_first, other.m_first);
        std::swap(m_count, other.m_count);
    }

    [[nodiscard]] std::size_t size() const { return m_count; }

private:
    static constexpr std::size_t kFewest = 32; ///< items; a power of two, as each later capacity
    static constexpr std::size_t kKept = 4096; ///< items that an empty ring keeps at most

    union Slot {
        Slot() { }
        ~Slot() { }
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
        T item; ///< between pushBack() and a pop
    };

    [[nodiscard]] std::size_t at(std::size_t index) const
    {
        return (m_first + index) & (m_capacity - 1);
    }
    static void take(T& item, std::optional<T>& taken)
    {
        taken.emplace(std::move(item));
        std::destroy_at(&item);
    }
    void grow()
    {
        const std::size_t capacity = m_capacity == 0 ? kFewest : 2 * m_capacity;
        auto larger = std::make_unique_for_overwrite<Slot[]>(capacity);
        for (std::size_t index = 0; index < m_count; ++index) {
            T& item = m_slots[at(index)].item;
            std::construct_at(&larger[index].item, std::move(item));
            std::destroy_at(&item);
        }
        m_slots = std::move(larger);
        m_capacity = capacity;
        m_first = 0;
    }
    void destroyItems()
    {
        for (std::size_t index = 0; index < m_count; ++index)
            std::destroy_at(&m_slots[at(index)].item);
    }
    void shrinkIfEmpty()
    {
        if (m_count == 0 && m_capacity > kKept)
            clear();
    }

    std::unique_ptr<Slot[]> m_slots;
    std::size_t m_capacity = 0;
    std::size_t m_first = 0; ///< of the oldest
    std::size_t m_count = 0;
};

} // namespace heddle
