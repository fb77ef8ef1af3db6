// SPDX-License-Identifier: Apache-2.0
#include "engine/record/event_ring.h"

#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kPageBytes = 4096;

// Fresh pages cost 2–3 µs each at their first write, far more than an event: they are asked for now.
void touch(TraceEvent* records, std::size_t bytes)
{
#if defined(MADV_POPULATE_WRITE)
    if (::madvise(records, bytes, MADV_POPULATE_WRITE) == 0)
        return;
#endif
    // An older kernel. What lies in a drained ring is nobody's any more.
    for (std::size_t place = 0; place < bytes; place += kPageBytes)
        reinterpret_cast<volatile char*>(records)[place] = 0;
}

bool tryTake(RingControl& control)
{
    std::uint32_t state = control.state.load(std::memory_order_acquire);
    if ((state & kRingStateMask) != static_cast<std::uint32_t>(RingState::Free))
        return false;
    const std::uint32_t taken =
        (state | static_cast<std::uint32_t>(RingState::Taken)) + kRingGeneration;
    return control.state.compare_exchange_strong(state, taken, std::memory_order_acq_rel);
}

void noteRingUsed(SessionLayout& layout, std::uint32_t index)
{
    std::uint32_t used = layout.ringsUsed.load(std::memory_order_relaxed);
    while (used <= index && !layout.ringsUsed.compare_exchange_weak(used, index + 1)) { }
}

} // namespace

bool takeRing(const Session& session, RingCursor& cursor)
{
    const SessionGeometry& geometry = session.geometry();
    for (std::uint32_t index = 0; index < geometry.rings; ++index) {
        RingControl& control = session.ring(index);
        if (!tryTake(control))
            continue;
        noteRingUsed(session.layout(), index);
        control.process.store(static_cast<std::uint32_t>(::getpid()), std::memory_order_relaxed);
        control.thread.store(static_cast<std::uint32_t>(::gettid()), std::memory_order_relaxed);
        cursor.control = &control;
        cursor.mask = geometry.recordsPerRing - 1;
        cursor.reserved.store(
            control.head.load(std::memory_order_relaxed), std::memory_order_relaxed);
        cursor.knownTail = control.tail.load(std::memory_order_acquire);
        cursor.depth.store(0, std::memory_order_relaxed);
        TraceEvent* records = session.records(index);
        touch(records, std::size_t{geometry.recordsPerRing} * sizeof(TraceEvent));
        std::atomic_signal_fence(std::memory_order_seq_cst);
        cursor.records = records; // from here on a signal handler may append
        return true;
    }
    return false;
}

void giveRingBack(RingCursor& cursor)
{
    if (cursor.records == nullptr)
        return;
    cursor.records = nullptr;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    const std::uint32_t state = cursor.control->state.load(std::memory_order_relaxed);
    const std::uint32_t ending =
        (state & ~kRingStateMask) | static_cast<std::uint32_t>(RingState::Ending);
    cursor.control->state.store(ending, std::memory_order_release);
    cursor.control = nullptr;
}

Result<RingWriter> RingWriter::take(std::shared_ptr<Session> session)
{
    RingWriter writer(std::move(session));
    if (!takeRing(*writer.m_session, *writer.m_cursor))
        return Error{
            ErrorKind::NoResources, 0, "take a ring", "all rings of the session are taken"};
    return writer;
}

RingWriter::RingWriter(std::shared_ptr<Session> session)
    : m_session(std::move(session))
    , m_cursor(std::make_unique<RingCursor>())
{
}

RingWriter::~RingWriter()
{
    if (m_cursor)
        giveRingBack(*m_cursor);
}

bool RingWriter::append(TraceEvent event) noexcept
{
    return appendStamped(*m_cursor, m_session->clock(), event);
}

bool RingWriter::appendAsIs(const TraceEvent& event) noexcept
{
    RingCursor& cursor = *m_cursor;
    const std::uint64_t index = cursor.reserved.load(std::memory_order_relaxed);
    if (!hasRoom(cursor, index)) {
        countLost(cursor);
        return false;
    }
    cursor.records[index & cursor.mask] = event;
    cursor.reserved.store(index + 1, std::memory_order_relaxed);
    cursor.control->head.store(index + 1, std::memory_order_release);
    return true;
}

} // namespace heddle
