// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/trace_event.h"
#include "engine/record/session.h"

#include <memory>
#include <span>
#include <string>

namespace heddle {

/// The one consumer of a session: drains its rings and tables into a Trace.
///
/// It believes nothing of what it reads: whatever a program did to the session's memory, it ends and
/// stays within its bounds.
///
/// Threads: one thread at a time (the trace may be read by any).
class Collector
{
public:
    explicit Collector(std::shared_ptr<Session> session);
    ~Collector();

    [[nodiscard]] std::shared_ptr<const Trace> trace() const;

    /// Takes in what has been recorded; returns how many events that were. The trace's end follows
    /// some milliseconds behind, so that an event that was under way is not cut off by it.
    std::size_t drain();

    /// Whether some ring is half full, so that the next drain should not wait its 10 ms.
    [[nodiscard]] bool isUrgent() const;

    /// Takes in events that did not come through a ring: times in nanoseconds since the session's start.
    void append(std::span<const TraceEvent> events);

    void setProperty(const std::string& key, const std::string& value);

    /// What the figures say of the kernel's part: "kernel", or "none: <reason>".
    void setSchedulerData(const std::string& text);

    /// Drains the rest, closes what is open and writes the recorder's figures into the trace.
    void finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace heddle
