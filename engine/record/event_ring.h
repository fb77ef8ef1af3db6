// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/record/session.h"
#include "engine/record/ticks.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace heddle {

/// Takes `desired` into `word` if it holds `expected`, as far as interrupts of the same thread can
/// see: one instruction, which no signal handler can split, without the price of a locked one.
///
/// Threads: the word's one thread, and its signal handlers.
inline bool compareExchangeOnThread(
    std::atomic<std::uint64_t>& word, std::uint64_t& expected, std::uint64_t desired) noexcept
{
#if defined(__x86_64__)
    bool done = false;
    asm volatile("cmpxchgq %[desired], %[word]"
                 : [word] "+m"(word), "+a"(expected), "=@ccz"(done)
                 : [desired] "r"(desired)
                 : "memory");
    return done;
#else
    return word.compare_exchange_strong(expected, desired, std::memory_order_relaxed);
#endif
}

/// What the one writer of a ring keeps for itself. A ring has no lock: its writer is one thread,
/// with the signal handlers that interrupt it, even in the middle of an append.
///
/// How an append survives being interrupted by another one: it takes its place by one instruction
/// that fails if a handler took places since the clock was read, so that places are in order of
/// time; and only the outermost append publishes, when all places below are written.
struct RingCursor
{
    RingControl* control = nullptr;
    TraceEvent* records = nullptr;
    std::uint64_t mask = 0;
    std::atomic<std::uint64_t> reserved{0}; ///< first position not yet taken by an append
    std::uint64_t knownTail = 0; ///< of the reader, perhaps out of date
    std::atomic<std::uint32_t> depth{0}; ///< appends under way, one inside the other
};

/// Whether position `index` is free; asks the reader's position only if it seems not to be.
inline bool hasRoom(RingCursor& cursor, std::uint64_t index) noexcept
{
    if (index - cursor.knownTail <= cursor.mask) [[likely]]
        return true;
    cursor.knownTail = cursor.control->tail.load(std::memory_order_acquire);
    return index - cursor.knownTail <= cursor.mask;
}

inline void countLost(RingCursor& cursor) noexcept
{
    std::uint64_t lost = cursor.control->lost.load(std::memory_order_relaxed);
    while (!compareExchangeOnThread(cursor.control->lost, lost, lost + 1)) { }
}

/// Ends an append: the outermost publishes what it and its interrupters wrote.
inline void leaveRing(RingCursor& cursor) noexcept
{
    for (;;) {
        const std::uint32_t depth = cursor.depth.load(std::memory_order_relaxed);
        if (depth == 1)
            cursor.control->head.store(
                cursor.reserved.load(std::memory_order_relaxed), std::memory_order_release);
        std::atomic_signal_fence(std::memory_order_seq_cst);
        cursor.depth.store(depth - 1, std::memory_order_relaxed);
        std::atomic_signal_fence(std::memory_order_seq_cst);
        // A handler that came after the publishing and before the depth fell has not published.
        const bool all = cursor.control->head.load(std::memory_order_relaxed)
            == cursor.reserved.load(std::memory_order_relaxed);
        if (depth != 1 || all) [[likely]]
            return;
        cursor.depth.store(1, std::memory_order_relaxed);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
}

/// Appends `event` with the time of `clock`; false if the ring is full (which is counted).
///
/// Threads: the ring's writer, and inside its signal handlers (which must return, not jump out).
inline bool appendStamped(RingCursor& cursor, ClockSource clock, TraceEvent event) noexcept
{
    cursor.depth.store(cursor.depth.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    std::uint64_t index = cursor.reserved.load(std::memory_order_relaxed);
    bool room = false;
    do {
        room = hasRoom(cursor, index);
        if (!room)
            break;
        event.time = readTicks(clock);
    } while (!compareExchangeOnThread(cursor.reserved, index, index + 1));
    if (room) [[likely]]
        cursor.records[index & cursor.mask] = event;
    else
        countLost(cursor);
    leaveRing(cursor);
    return room;
}

/// Takes a free ring of the session for the calling thread and touches its memory; false if there
/// is none.
///
/// Threads: any thread; not inside a signal handler.
[[nodiscard]] bool takeRing(const Session& session, RingCursor& cursor);

/// Gives the ring back: it is used again once the reader has drained it.
void giveRingBack(RingCursor& cursor);

/// A ring for whoever records on behalf of others, such as the supervisor for the kernel.
///
/// Threads: one thread at a time.
class RingWriter
{
public:
    /// Errors: NoResources if no ring is free.
    [[nodiscard]] static Result<RingWriter> take(std::shared_ptr<Session> session);

    RingWriter(RingWriter&& other) noexcept = default;
    RingWriter& operator=(RingWriter&& other) = delete;
    ~RingWriter();

    /// Appends with the time of now; false if the ring is full (counted).
    bool append(TraceEvent event) noexcept;

    /// Appends with the event's own time, which must be of the session's clock; the kernel's kinds
    /// (SwitchedIn, …) carry nanoseconds since the start of the session.
    bool appendAsIs(const TraceEvent& event) noexcept;

private:
    explicit RingWriter(std::shared_ptr<Session> session);

    std::shared_ptr<Session> m_session;
    std::unique_ptr<RingCursor> m_cursor;
};

} // namespace heddle
