// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/threads/item_ring.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace heddle {

enum class QueueOrder
{
    Fifo,
    Lifo,
    Priority
};

/// The items of a queue, in the order they will be given.
///
/// Threads: one thread at a time.
template <typename T> class QueueItems
{
public:
    explicit QueueItems(QueueOrder order)
        : m_order(order)
    {
    }

    void push(T&& item)
    {
        if (m_order != QueueOrder::Priority) {
            m_inOrder.pushBack(std::move(item));
            return;
        }
        m_heap.push_back({std::move(item), m_nextNumber++});
        std::push_heap(m_heap.begin(), m_heap.end(), isLater);
    }

    /// Moves the next item into `taken`; there is one.
    void pop(std::optional<T>& taken)
    {
        if (m_order == QueueOrder::Fifo)
            return m_inOrder.popFront(taken);
        if (m_order == QueueOrder::Lifo)
            return m_inOrder.popBack(taken);
        std::pop_heap(m_heap.begin(), m_heap.end(), isLater);
        taken.emplace(std::move(m_heap.back().item));
        m_heap.pop_back();
    }

    /// Moves all into `taken`, which is empty, oldest first; not of a priority queue.
    void takeAll(ItemRing<T>& taken) { m_inOrder.swap(taken); }

    /// Drops all and says how many there were.
    std::size_t clear()
    {
        const std::size_t count = size();
        m_inOrder.clear();
        m_heap.clear();
        return count;
    }

    [[nodiscard]] std::size_t size() const
    {
        return m_order == QueueOrder::Priority ? m_heap.size() : m_inOrder.size();
    }

private:
    struct Numbered
    {
        T item;
        std::uint64_t number; ///< of its coming
    };

    static bool isLater(const Numbered& left, const Numbered& right)
    {
        if constexpr (requires { left.item < right.item; }) {
            if (right.item < left.item)
                return true;
            if (left.item < right.item)
                return false;
        }
        return right.number < left.number;
    }

    ItemRing<T> m_inOrder; ///< all but in a priority queue
    QueueOrder m_order;
    std::vector<Numbered> m_heap; ///< of a priority queue
    std::uint64_t m_nextNumber = 0;
};

} // namespace heddle
