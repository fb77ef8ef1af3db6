// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>

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

    void push(T item)
    {
        m_items.push_back({std::move(item), m_nextNumber++});
        if (m_order == QueueOrder::Priority)
            std::push_heap(m_items.begin(), m_items.end(), isLater);
    }

    T pop()
    {
        if (m_order == QueueOrder::Fifo) {
            T item = std::move(m_items.front().item);
            m_items.pop_front();
            return item;
        }
        if (m_order == QueueOrder::Priority)
            std::pop_heap(m_items.begin(), m_items.end(), isLater);
        T item = std::move(m_items.back().item);
        m_items.pop_back();
        return item;
    }

    /// Drops all and says how many there were.
    std::size_t clear()
    {
        const std::size_t count = m_items.size();
        m_items.clear();
        return count;
    }

    [[nodiscard]] std::size_t size() const { return m_items.size(); }

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

    QueueOrder m_order;
    std::deque<Numbered> m_items;
    std::uint64_t m_nextNumber = 0;
};

} // namespace heddle
