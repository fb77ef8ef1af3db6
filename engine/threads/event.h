// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/gate.h"

#include <atomic>
#include <cstddef>
#include <stop_token>

namespace heddle {

/// A flag to wait for. Setting it lets all go who wait at that moment, even if it is cleared at once.
///
/// Threads: any thread.
class Event
{
public:
    explicit Event(ObjectId object = {})
        : m_gate(object)
    {
    }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    /// Sets it and lets all go who wait at this moment. Setting it twice is no error.
    void set();

    /// Clears it: who waits from now on waits for the next set(). Clearing it twice is no error.
    void clear();

    /// Whether it was set a moment ago.
    [[nodiscard]] bool isSet() const { return m_set.load(std::memory_order_acquire); }

    /// Waits until it is set, or has been set while this waited. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, never before the deadline; Cancelled; Interrupted.
    [[nodiscard]] Result<void> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    [[nodiscard]] std::size_t waiting() const { return m_gate.waiting(); }
    [[nodiscard]] ObjectId object() const { return m_gate.object(); }

private:
    Gate m_gate;
    std::atomic<bool> m_set{false}; ///< written within m_gate.change()
};

} // namespace heddle
