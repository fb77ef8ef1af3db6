// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/item_ring.h"
#include "engine/threads/queue_gate.h"
#include "engine/threads/queue_order.h"
#include "engine/threads/spin.h"

#include <atomic>
#include <cstddef>
#include <limits>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace heddle {

struct QueueOptions
{
    std::size_t most = std::numeric_limits<std::size_t>::max(); ///< items; 0 counts as no bound
    QueueOrder order = QueueOrder::Fifo;
    ObjectId object{}; ///< what it is recorded as; 0 for not at all
};

/// Hands items from thread to thread: puts wait while it is full, gets while it is empty.
///
/// An item given to somebody who waits goes straight to him, and a waiter that gives up loses
/// neither item nor place. Priority queues give the smallest item (`<`) first, equals in order. Neither
/// `<` nor the moving of an item may throw.
///
/// Threads: any thread.
template <typename T> class Queue
{
public:
    /// An empty queue, open to be put to.
    explicit Queue(QueueOptions options = {})
        : m_gate(options.object)
        , m_most(options.most == 0 ? kNoBound : options.most)
        , m_items(options.order)
        , m_isTakenInPieces(m_most == kNoBound && options.order == QueueOrder::Fifo)
    {
    }
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    /// Adds `item`, waiting for room if need be. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout; Cancelled; Interrupted; Closed. The item is lost to the caller then only if it
    ///         was moved in.
    [[nodiscard]] Result<void> put(
        T item, Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        Putter putter;
        putter.item = &item;
        const QueueGate::Outcome outcome = m_gate.pass(
            QueueGate::Side::Putters, putter,
            [&](WakeChain& getters) { return putNow(putter, getters); }, deadline, stop);
        if (outcome != QueueGate::Outcome::Passed)
            return QueueGate::errorOf(outcome, "put");
        return {};
    }

    /// Takes the next item, waiting for one if need be. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout; Cancelled; Interrupted; Closed once it is closed and empty.
    [[nodiscard]] Result<T> get(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        Getter getter;
        const QueueGate::Outcome outcome = m_isTakenInPieces
            ? getInTurn(getter, deadline, stop)
            : m_gate.pass(
                QueueGate::Side::Getters, getter,
                [&](WakeChain& putters) { return getNow(getter, putters); }, deadline, stop);
        if (outcome != QueueGate::Outcome::Passed)
            return QueueGate::errorOf(outcome, "get");
        return std::move(*getter.item);
    }

    /// Marks one item that was taken as handled.
    ///
    /// Errors: Overflow if more are marked than were put.
    [[nodiscard]] Result<void> taskDone() { return m_gate.taskDone(); }

    /// Waits until every item that was put has been marked as handled.
    ///
    /// Errors: Timeout, Cancelled, Interrupted.
    [[nodiscard]] Result<void> join(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        return m_gate.join(deadline, stop);
    }

    /// From now on nothing can be put (those who wait to put get Closed); what is there can be taken.
    void close()
    {
        m_gate.close([] { return std::size_t{0}; });
    }

    /// The same, and what is there is dropped, counting as handled.
    void closeNow()
    {
        const InternalLock turn(m_turn);
        m_gate.close([this]() HEDDLE_UNANALYSED {
            const std::size_t dropped = sizeLocked();
            m_items.clear();
            m_piece.clear();
            m_incoming.store(0, std::memory_order_relaxed);
            m_pieceSize.store(0, std::memory_order_relaxed);
            return dropped;
        });
    }

    /// How many items are in it just now.
    [[nodiscard]] std::size_t size() const
    {
        const InternalLock turn(m_turn);
        return m_gate.ask([this] { return sizeLocked(); });
    }
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] bool isFull() const { return size() >= m_most; }

    /// Whether nothing can be put any more.
    [[nodiscard]] bool isClosed() const { return m_gate.isClosed(); }

    /// How many items that were put have not been marked as handled.
    [[nodiscard]] std::size_t unfinished() const { return m_gate.unfinished(); }
    [[nodiscard]] std::size_t waiting() const { return m_gate.waiting(); } ///< to put, get or join
    [[nodiscard]] ObjectId object() const { return m_gate.object(); }

private:
    struct Putter : QueueGate::Place
    {
        T* item = nullptr; ///< of him who calls; moved from once it is in the queue
    };
    struct Getter : QueueGate::Place
    {
        std::optional<T> item;
    };

    // Those who get from an endless queue in order take over all that is there in one piece, so that
    // they come to the gate, where those who put pass, once for many items.
    QueueGate::Outcome getInTurn(
        Getter& getter, Deadline deadline, const std::stop_token& stop) HEDDLE_UNANALYSED
    {
        std::unique_lock turn(m_turn);
        if (m_piece.size() == 0 && !isAnyIncoming() && !deadline.isOver() && !isRecording()) {
            // Away from the gate for a moment, in which more than one item may come.
            turn.unlock();
            static_cast<void>(spinUntil([this] { return isAnyIncoming(); }));
            turn.lock();
        }
        if (m_piece.size() != 0 && !isRecording()) {
            popPiece(getter);
            return QueueGate::Outcome::Passed;
        }
        return m_gate.pass(
            QueueGate::Side::Getters, getter,
            [&](WakeChain&) HEDDLE_UNANALYSED {
                const QueueGate::Passage passage = getOfPieceNow(getter);
                turn.unlock(); // whoever has to wait is on the list before the gate opens
                return passage;
            },
            deadline, stop);
    }
    void popPiece(Getter& getter) HEDDLE_REQUIRES(m_turn)
    {
        m_piece.popFront(getter.item);
        m_pieceSize.store(m_piece.size(), std::memory_order_relaxed);
    }
    [[nodiscard]] bool isAnyIncoming() const
    {
        return m_incoming.load(std::memory_order_relaxed) != 0;
    }
    [[nodiscard]] std::size_t sizeLocked() const
    {
        return m_items.size() + m_pieceSize.load(std::memory_order_relaxed);
    }

    void noteLocked(std::size_t added)
    {
        m_gate.noteLocked(added, [this] { return sizeLocked(); });
    }

    // These run under the gate's lock and say what came of it.
    QueueGate::Passage getOfPieceNow(Getter& getter) HEDDLE_REQUIRES(m_turn)
    {
        if (m_piece.size() == 0) {
            m_items.takeAll(m_piece);
            m_incoming.store(0, std::memory_order_relaxed);
        }
        if (m_piece.size() == 0)
            return QueueGate::Passage::MustWait;
        popPiece(getter);
        noteLocked(0);
        return QueueGate::Passage::Done;
    }

    QueueGate::Passage putNow(Putter& putter, WakeChain& getters)
    {
        if (Waiter* getter = m_gate.firstGetterLocked()) {
            static_cast<Getter*>(getter)->item.emplace(std::move(*putter.item));
            m_gate.letGetterGoLocked(getters, *getter);
        } else if (m_items.size() < m_most) {
            m_items.push(std::move(*putter.item));
            m_incoming.store(m_items.size(), std::memory_order_relaxed);
        } else {
            return QueueGate::Passage::MustWait;
        }
        noteLocked(1);
        return QueueGate::Passage::Done;
    }

    QueueGate::Passage getNow(Getter& getter, WakeChain& putters)
    {
        if (m_items.size() == 0)
            return QueueGate::Passage::MustWait;
        m_items.pop(getter.item);
        std::size_t added = 0;
        if (Waiter* putter = m_gate.firstPutterLocked()) {
            m_items.push(std::move(*static_cast<Putter*>(putter)->item));
            m_gate.letPutterGoLocked(putters, *putter);
            added = 1;
        }
        noteLocked(added);
        return QueueGate::Passage::Done;
    }

    static constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();

    QueueGate m_gate;
    const std::size_t m_most;
    std::atomic<std::size_t> m_incoming{0}; ///< of an endless queue: in m_items, a moment ago
    QueueItems<T> m_items; ///< under the gate's lock

    // Those who get touch these alone for most items, so they stand in a block of memory of their own.
    alignas(64) mutable InternalMutex m_turn; ///< comes before the gate's lock
    ItemRing<T> m_piece HEDDLE_GUARDED_BY(m_turn); ///< the oldest items, before m_items
    std::atomic<std::size_t> m_pieceSize{0};
    const bool m_isTakenInPieces;
};

} // namespace heddle
