// SPDX-License-Identifier: Apache-2.0
#include "engine/base/asymmetric_fence.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

bool membarrier(int command) noexcept
{
    return ::syscall(SYS_membarrier, command, 0U, 0) == 0;
}

} // namespace

bool hasHeavyFence() noexcept
{
    static const bool has = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
    return has;
}

void heavyFence() noexcept
{
    static_cast<void>(membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED));
}

} // namespace heddle
