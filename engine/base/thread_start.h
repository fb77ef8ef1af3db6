// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <system_error>
#include <thread>
#include <utility>

namespace heddle {

/// Starts a thread that calls `function`, with a stop token if it takes one.
///
/// Errors:  SystemCall (EAGAIN) if the system grants no further thread.
/// Threads: any thread.
/// Source:  pthread_create(3).
template <typename Function> [[nodiscard]] Result<std::jthread> startThread(Function&& function)
{
    try {
        return std::jthread(std::forward<Function>(function));
    } catch (const std::system_error& refused) {
        return systemError(refused.code().value(), "start a thread");
    }
}

} // namespace heddle
