// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/processes/exchange.h"
#include "engine/processes/subprocess.h"

namespace heddle {

struct Subprocess::State
{
    pid_t pid = -1;
    OwnedFd pidfd;
    ProcessGroup group = ProcessGroup::Own;
    std::vector<std::string> arguments;
    PipeWriter input;
    PipeReader output;
    PipeReader errors;
    Exchange exchange;

    InternalMutex mutex;
    std::optional<ExitStatus> status HEDDLE_GUARDED_BY(mutex); ///< once reaped

    [[nodiscard]] bool hasOwnGroup() const
    {
        return group == ProcessGroup::Own || group == ProcessGroup::OwnSession;
    }
    [[nodiscard]] Result<std::optional<ExitStatus>> poll();
};

} // namespace heddle
