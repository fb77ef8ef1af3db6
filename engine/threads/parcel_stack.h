// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace heddle {

/// An item of a SimpleQueue with its link.
///
/// Threads: one thread at a time.
template <typename T> struct ParcelNode
{
    ParcelNode* next = nullptr;
    std::optional<T> item;
};

/// Deletes a list of them.
///
/// Threads: one thread at a time.
template <typename T> void deleteAll(ParcelNode<T>* first)
{
    while (first != nullptr)
        delete std::exchange(first, first->next);
}

/// How many a list has.
///
/// Threads: any thread, as long as none changes the list.
template <typename T> std::size_t countOf(const ParcelNode<T>* first)
{
    std::size_t count = 0;
    for (; first != nullptr; first = first->next)
        ++count;
    return count;
}

/// Nodes in a stack without a lock: pushed one by one, taken all at once, so that no node can come
/// back while somebody looks at it.
///
/// Threads: any thread; pushing also inside a signal handler.
template <typename T> class alignas(128) ParcelStack // a block of its own: two threads write it
{
public:
    ParcelStack() = default;
    ParcelStack(const ParcelStack&) = delete;
    ParcelStack& operator=(const ParcelStack&) = delete;
    ~ParcelStack() { deleteAll(takeAll()); }

    void push(ParcelNode<T>* node) noexcept { pushAll(node, node); }
    void pushAll(ParcelNode<T>* first, ParcelNode<T>* last) noexcept
    {
        last->next = m_newest.load(std::memory_order_relaxed);
        while (!m_newest.compare_exchange_weak(
            last->next, first, std::memory_order_seq_cst, std::memory_order_relaxed)) { }
    }
    [[nodiscard]] bool isEmpty() const
    {
        return m_newest.load(std::memory_order_seq_cst) == nullptr;
    }
    /// How many there are; nobody may take any meanwhile.
    [[nodiscard]] std::size_t count() const
    {
        return countOf(m_newest.load(std::memory_order_seq_cst));
    }
    [[nodiscard]] ParcelNode<T>* takeAll()
    {
        return isEmpty() ? nullptr : m_newest.exchange(nullptr, std::memory_order_acquire);
    }
    [[nodiscard]] ParcelNode<T>* takeAllOldestFirst()
    {
        ParcelNode<T>* oldest = nullptr;
        for (ParcelNode<T>* node = takeAll(); node != nullptr;) {
            ParcelNode<T>* older = std::exchange(node->next, oldest);
            oldest = std::exchange(node, older);
        }
        return oldest;
    }

private:
    std::atomic<ParcelNode<T>*> m_newest{nullptr};
};

/// Empty nodes that the calling thread keeps for what it puts next, in whatever queue.
///
/// Threads: any thread; not inside a signal handler.
template <typename T> class SpareParcels
{
public:
    /// An empty node: a spare one, one of those that were `spent`, or a new one.
    [[nodiscard]] static ParcelNode<T>* take(ParcelStack<T>& spent)
    {
        if (firstSpare == nullptr)
            refill(spent);
        if (firstSpare == nullptr)
            return new ParcelNode<T>;
        return std::exchange(firstSpare, firstSpare->next);
    }

private:
    // A thread whose end has begun keeps nothing any more.
    struct Keeper
    {
        ~Keeper()
        {
            isOver = true;
            deleteAll(std::exchange(firstSpare, nullptr));
        }
    };

    static void refill(ParcelStack<T>& spent)
    {
        static thread_local const Keeper keeper;
        if (!isOver)
            firstSpare = spent.takeAll();
    }

    static inline constinit thread_local ParcelNode<T>* firstSpare = nullptr;
    static inline constinit thread_local bool isOver = false;
};

} // namespace heddle
