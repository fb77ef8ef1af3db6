// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/alarm.h"

#include <limits>

#include <unistd.h>

namespace heddle {

Result<std::chrono::seconds> setAlarm(std::chrono::seconds delay)
{
    if (delay.count() < 0 || delay.count() > std::numeric_limits<int>::max())
        return Error{ErrorKind::InvalidArgument, 0, "alarm", std::to_string(delay.count()) + " s"};
    return std::chrono::seconds(::alarm(static_cast<unsigned>(delay.count())));
}

} // namespace heddle
