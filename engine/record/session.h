// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/record/session_layout.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

/// Which clock the records of a session are stamped with.
enum class RecordingClock
{
    Best, ///< the processor's, where the kernel says that it is constant and never stops
    Monotonic, ///< always CLOCK_MONOTONIC
};

struct SessionOptions
{
    std::uint32_t rings = 1024; ///< threads that can record at the same time
    std::uint32_t recordsPerRing = 64 * 1024; ///< a power of two
    std::uint32_t actors = 4096; ///< actors that the deadlock watch can see
    std::uint32_t objects = 16384; ///< likewise
    std::size_t namesBytes = std::size_t{8} * 1024 * 1024;
    RecordingClock clock = RecordingClock::Best;
};

/// The shared memory that a run is recorded into: made by whoever watches, inherited by fd.
///
/// It is a sealed memfd: nothing shows in /dev/shm, and it lives as long as somebody has it open,
/// so what a killed process wrote is still read. The layout is drawn in session_layout.h. Memory is
/// taken only by what has been written.
///
/// Threads: any thread.
/// Source:  memfd_create(2), fcntl(2) F_ADD_SEALS.
class Session
{
public:
    /// Errors: InvalidArgument if a count is 0 or absurd; SystemCall if there is no memory or fd.
    [[nodiscard]] static Result<Session> create(const SessionOptions& options = {});

    /// Maps a session made elsewhere.
    ///
    /// Errors: BadTrace if it is none, of another version, or of another size than it says.
    [[nodiscard]] static Result<Session> attach(OwnedFd fd);

    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] SessionLayout& layout() const { return *m_layout; }
    [[nodiscard]] const SessionGeometry& geometry() const { return m_geometry; }
    [[nodiscard]] ClockSource clock() const { return m_clock; }

    /// When it began, in nanoseconds of CLOCK_MONOTONIC: subtract it from such a time to get one of
    /// the session.
    [[nodiscard]] std::int64_t startNanoseconds() const { return m_startNanoseconds; }

    /// Lets the session's time begin now: for whoever starts the program, before anything is recorded.
    ///
    /// Threads: before any other thread or process uses the session's time.
    void restart();

    /// Takes over the start that the header says, if it lies between the one known here and now:
    /// the watcher's part of restart(), once the first event is there.
    ///
    /// Threads: as now() is used.
    void adoptStart();

    /// Nanoseconds since it began.
    [[nodiscard]] std::int64_t now() const;

    [[nodiscard]] RingControl& ring(std::uint32_t index) const;
    [[nodiscard]] TraceEvent* records(std::uint32_t index) const;
    [[nodiscard]] NameEntry& nameEntry(std::uint32_t index) const;
    [[nodiscard]] char* nameTexts() const;

    /// The slot of an id, or null if there is none.
    [[nodiscard]] ActorSlot* actor(ActorId id) const;
    [[nodiscard]] ObjectSlot* object(ObjectId id) const;

private:
    Session(OwnedFd fd, SessionLayout* layout, const SessionGeometry& geometry);
    void unmap();

    template <typename T> [[nodiscard]] T* at(std::uint64_t offset) const
    {
        return reinterpret_cast<T*>(reinterpret_cast<char*>(m_layout) + offset);
    }

    OwnedFd m_fd;
    SessionLayout* m_layout = nullptr;
    SessionGeometry m_geometry;
    ClockSource m_clock = ClockSource::MonotonicNanoseconds;
    std::int64_t m_startNanoseconds = 0;
};

} // namespace heddle
