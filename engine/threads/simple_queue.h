// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/threads/parcel_stack.h"
#include "engine/threads/sleeper.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace heddle {

/// Hands items from thread to thread without a bound. Putting never waits and takes no lock, so that
/// it may happen in the midst of anything: in a destructor that runs within another put or get, and,
/// with an item packed beforehand, in a signal handler.
///
/// The items of each thread come out in the order in which it put them. It is not recorded: who puts
/// in the midst of something cannot say whom it wakes.
///
/// Threads: any thread; destroyed when no call of it has not returned.
/// Source:  Treiber, Systems Programming: Coping with Parallelism, 1986 (the stack of what comes).
template <typename T> class SimpleQueue
{
    static_assert(std::is_nothrow_move_constructible_v<T>, "a hand-over cannot stop halfway");

public:
    /// An item on its way, with all the memory that it takes.
    using Parcel = std::unique_ptr<ParcelNode<T>>;

    SimpleQueue() = default;
    SimpleQueue(const SimpleQueue&) = delete;
    SimpleQueue& operator=(const SimpleQueue&) = delete;
    ~SimpleQueue()
    {
        deleteAll(m_ready);
        deleteAll(m_used);
    }

    /// Packs an item, for a place where no memory can be asked for.
    [[nodiscard]] static Parcel pack(T item)
    {
        Parcel parcel = std::make_unique<ParcelNode<T>>();
        parcel->item.emplace(std::move(item));
        return parcel;
    }

    /// Puts an item at the end. Never waits; it may ask for memory.
    void put(T item)
    {
        ParcelNode<T>* node = SpareParcels<T>::take(m_spent);
        node->item.emplace(std::move(item));
        push(node);
    }

    /// Puts a packed item at the end. Never waits, and asks for no memory.
    ///
    /// Threads: any thread, and inside a signal handler.
    void put(Parcel parcel) noexcept { push(parcel.release()); }

    /// Takes the next item, waiting for one if need be. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, never before the deadline; Cancelled.
    [[nodiscard]] Result<T> get(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        for (;;) {
            m_turn.lock();
            if (ParcelNode<T>* node = nextInTurn())
                return unpackAndEndTurn(*node);
            m_turn.unlock();
            const WaitEnd end = m_sleeper.sleepUntil([this] { return !isEmpty(); }, deadline, stop);
            if (end != WaitEnd::Granted)
                return waitError(end, "get");
        }
    }

    /// Whether it was empty a moment ago.
    [[nodiscard]] bool isEmpty() const
    {
        return m_incoming.isEmpty() && !m_hasReady.load(std::memory_order_seq_cst);
    }

    /// How many items were in it a moment ago. It counts them, and who gets waits for that.
    ///
    /// Threads: any thread, but not in the destructor of an item.
    [[nodiscard]] std::size_t size() const
    {
        const InternalLock turn(m_turn);
        return m_incoming.count() + countOf(m_ready);
    }

private:
    static constexpr int kUsedAtOnce = 64; ///< nodes that go back to those who put in one piece

    void push(ParcelNode<T>* node) noexcept
    {
        m_incoming.push(node);
        m_sleeper.wakeIfAsleep();
    }

    [[nodiscard]] ParcelNode<T>* nextInTurn() HEDDLE_REQUIRES(m_turn)
    {
        if (m_ready == nullptr)
            m_ready = m_incoming.takeAllOldestFirst();
        ParcelNode<T>* node = m_ready;
        if (node != nullptr)
            m_ready = node->next;
        const bool hasReady = m_ready != nullptr;
        if (m_hasReady.load(std::memory_order_relaxed) != hasReady)
            m_hasReady.store(hasReady, std::memory_order_seq_cst);
        return node;
    }
    [[nodiscard]] T unpackAndEndTurn(ParcelNode<T>& node) HEDDLE_RELEASE(m_turn)
    {
        T item = std::move(*node.item);
        node.item.reset();
        node.next = m_used;
        if (m_used == nullptr)
            m_oldestUsed = &node;
        m_used = &node;
        if (++m_usedCount >= kUsedAtOnce) {
            m_spent.pushAll(m_used, m_oldestUsed);
            m_used = nullptr;
            m_usedCount = 0;
        }
        const bool isMoreForOthers =
            m_ready != nullptr; // the putting of which may have woken nobody
        m_turn.unlock();
        if (isMoreForOthers)
            m_sleeper.wakeIfAsleep();
        return item;
    }

    ParcelStack<T> m_incoming;
    ParcelStack<T> m_spent;
    Sleeper m_sleeper;
    std::atomic<bool> m_hasReady{false};
    mutable InternalMutex m_turn; ///< of those who get
    ParcelNode<T>* m_ready HEDDLE_GUARDED_BY(m_turn) = nullptr; ///< oldest first
    ParcelNode<T>* m_used HEDDLE_GUARDED_BY(m_turn) = nullptr;
    ParcelNode<T>* m_oldestUsed HEDDLE_GUARDED_BY(m_turn) = nullptr;
    int m_usedCount HEDDLE_GUARDED_BY(m_turn) = 0;
};

} // namespace heddle
