// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/timer.h"

#include "engine/threads/event.h"

#include <utility>

namespace heddle {

Timer::Timer(nanoseconds delay, std::function<void()> call, ThreadOptions options)
    : m_thread(
        [delay, call = std::move(call)](const std::stop_token& stop) {
            Event never;
            const Result<void> waited = never.wait(Deadline::after(delay), stop);
            if (!waited && waited.error().kind == ErrorKind::Timeout && !stop.stop_requested())
                call();
        },
        std::move(options))
{
}

} // namespace heddle
