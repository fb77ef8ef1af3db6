// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/record/session.h"

#include <memory>
#include <string>

namespace heddle {

/// The one consumer of a session: drains its rings and tables into a Trace.
///
/// Threads: one thread at a time (the trace may be read by any).
class Collector
{
public:
    explicit Collector(std::shared_ptr<Session> session);
    ~Collector();

    [[nodiscard]] std::shared_ptr<const Trace> trace() const;

    /// Takes in what has been recorded; returns how many events that were.
    std::size_t drain();

    /// Whether some ring is half full, so that the next drain should not wait its 10 ms.
    [[nodiscard]] bool isUrgent() const;

    void setProperty(const std::string& key, const std::string& value);

    /// Drains the rest, closes what is open and writes the recorder's figures into the trace.
    void finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace heddle
