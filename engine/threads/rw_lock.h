// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/wait_list.h"

#include <cstdint>
#include <stop_token>

namespace heddle {

/// Who goes first where readers and a writer want the same lock.
enum class Preference
{
    None, ///< readers join readers, even while a writer waits: it may starve
    Writers, ///< once a writer waits, new readers wait behind it; a reader that reads again may block itself
};

/// Many readers, or one writer.
///
/// Threads: any thread.
class ReadWriteLock
{
public:
    explicit ReadWriteLock(ObjectId object = {}, Preference preference = Preference::None)
        : m_object(object)
        , m_preference(preference)
    {
    }
    ReadWriteLock(const ReadWriteLock&) = delete;
    ReadWriteLock& operator=(const ReadWriteLock&) = delete;

    /// Takes a reader's place beside other readers; waits while somebody writes and, as the preference
    /// says, behind a writer that waits. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, never before the deadline; Cancelled; Interrupted.
    [[nodiscard]] Result<void> lockRead(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Takes it alone: waits until nobody reads or writes. Deadline, errors: as lockRead.
    [[nodiscard]] Result<void> lockWrite(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Gives a reader's place back.
    ///
    /// Errors: NotOwner if nobody reads; which thread gives back a reader's place is not asked.
    [[nodiscard]] Result<void> unlockRead();

    /// Gives the writer's place back.
    ///
    /// Errors: NotOwner if the caller is not the writer.
    [[nodiscard]] Result<void> unlockWrite();

    /// How many read just now.
    [[nodiscard]] std::uint32_t readers() const;

    /// Whether somebody writes just now.
    [[nodiscard]] bool isWriting() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    enum class Mode
    {
        Read,
        Write
    };
    struct Place : Waiter
    {
        Mode mode = Mode::Read;
        std::uint32_t thread = 0;
    };

    [[nodiscard]] Result<void> lock(Mode mode, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] bool mayEnterLocked(Mode mode) const HEDDLE_REQUIRES(m_mutex);
    void enterLocked(Mode mode, std::uint32_t thread) HEDDLE_REQUIRES(m_mutex);
    void letInLocked(WakeChain& chain) HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] bool tryLeave(Place& place, WakeChain& chain);
    void reportTaken(Mode mode) const;

    const ObjectId m_object;
    const Preference m_preference;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
    std::uint32_t m_waitingWriters HEDDLE_GUARDED_BY(m_mutex) = 0;
    std::uint32_t m_readers HEDDLE_GUARDED_BY(m_mutex) = 0;
    std::uint32_t m_writer HEDDLE_GUARDED_BY(m_mutex) = 0; ///< thread number, or 0
};

} // namespace heddle
