// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/gate.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stop_token>

namespace heddle {

/// Counts down once and lets everybody go at 0, for good.
///
/// Threads: any thread.
class Latch
{
public:
    /// As a constructor has no error to return, a latch with a negative count refuses all below.
    explicit Latch(std::int64_t count, ObjectId object = {});
    Latch(const Latch&) = delete;
    Latch& operator=(const Latch&) = delete;

    /// Counts down; at 0 all who wait go.
    ///
    /// Errors: Overflow if it would fall below 0: nothing changes then; InvalidArgument if `by` is below
    ///         1, or the latch began below 0.
    [[nodiscard]] Result<void> countDown(std::int64_t by = 1);

    /// Waits until it has come to 0. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, never before the deadline; Cancelled; Interrupted; InvalidArgument if the latch
    ///         began below 0.
    [[nodiscard]] Result<void> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    [[nodiscard]] std::int64_t count() const { return m_count.load(std::memory_order_acquire); }
    [[nodiscard]] std::size_t waiting() const { return m_gate.waiting(); }
    [[nodiscard]] ObjectId object() const { return m_gate.object(); }

private:
    Gate m_gate;
    std::atomic<std::int64_t> m_count; ///< written within m_gate.change()
};

} // namespace heddle
