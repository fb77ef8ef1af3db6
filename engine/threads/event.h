// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <stop_token>

namespace heddle {

/// A flag to wait for. Setting it lets all go who wait at that moment, even if it is cleared at once.
///
/// Threads: any thread.
class Event
{
public:
    explicit Event(ObjectId object = {})
        : m_object(object)
    {
    }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    void set();
    void clear();
    [[nodiscard]] bool isSet() const { return m_set.load(std::memory_order_acquire); }

    /// Errors: Timeout, Cancelled.
    [[nodiscard]] Result<void> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    [[nodiscard]] WaitEnd leave(Waiter& waiter, WaitEnd end);

    const ObjectId m_object;
    std::atomic<bool> m_set{false}; ///< written under the lock
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle
