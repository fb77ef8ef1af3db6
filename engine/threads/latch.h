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

/// Counts down once and lets everybody go at 0, for good.
///
/// Threads: any thread.
class Latch
{
public:
    /// Negative counts become 0.
    explicit Latch(std::int64_t count, ObjectId object = {});
    Latch(const Latch&) = delete;
    Latch& operator=(const Latch&) = delete;

    /// Errors: Overflow if it would fall below 0: nothing changes then; InvalidArgument below 1.
    [[nodiscard]] Result<void> countDown(std::int64_t by = 1);

    /// Errors: Timeout, Cancelled.
    [[nodiscard]] Result<void> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    [[nodiscard]] std::int64_t count() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    [[nodiscard]] WaitEnd leave(Waiter& waiter, WaitEnd end);

    const ObjectId m_object;
    mutable InternalMutex m_mutex;
    std::int64_t m_count HEDDLE_GUARDED_BY(m_mutex);
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle
