// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/background_thread.h"

#include <sys/resource.h>
#include <unistd.h>

namespace heddle::widgets {

void goBehindOthers()
{
    constexpr int kNice = 5;
    // If it is refused, the thread works on as any other: slower frames are all that is lost.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
}

} // namespace heddle::widgets
