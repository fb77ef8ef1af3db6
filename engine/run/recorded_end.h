// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/processes/exit_status.h"

#include <cstdint>

namespace heddle {

/// How the end of a process is recorded.
struct RecordedEnd
{
    EventKind kind = EventKind::ActorExited;
    std::uint32_t value = 0; ///< its exit code, or the signal that has killed it
};

[[nodiscard]] inline RecordedEnd recordedEnd(const ExitStatus& status)
{
    if (status.signal != 0)
        return {EventKind::ActorKilled, static_cast<std::uint32_t>(status.signal)};
    return {EventKind::ActorExited, static_cast<std::uint32_t>(status.code)};
}

} // namespace heddle
