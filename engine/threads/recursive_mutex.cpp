// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/recursive_mutex.h"

#include <limits>

namespace heddle {

Result<void> RecursiveMutex::lock(Deadline deadline, const std::stop_token& stop)
{
    if (!m_mutex.isHeldByCaller()) {
        Result<void> taken = m_mutex.lock(deadline, stop);
        if (taken)
            m_depth = 1;
        return taken;
    }
    if (m_depth == std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorKind::Overflow, 0, "lock", "held too many times"};
    ++m_depth;
    return {};
}

bool RecursiveMutex::tryLock()
{
    if (m_mutex.isHeldByCaller())
        return static_cast<bool>(lock());
    if (!m_mutex.tryLock())
        return false;
    m_depth = 1;
    return true;
}

Result<void> RecursiveMutex::unlock()
{
    if (m_mutex.isHeldByCaller() && m_depth > 1) {
        --m_depth;
        return {};
    }
    return m_mutex.unlock();
}

Result<std::uint32_t> RecursiveMutex::unlockAll()
{
    const std::uint32_t depth = this->depth();
    Result<void> given = m_mutex.unlock();
    if (!given)
        return given.error();
    return depth;
}

void RecursiveMutex::restore(std::uint32_t depth)
{
    const Result<void> taken = m_mutex.lock();
    HEDDLE_ASSERT(taken.has_value(), "a lock without a limit is granted");
    static_cast<void>(taken);
    m_depth = depth;
}

} // namespace heddle
