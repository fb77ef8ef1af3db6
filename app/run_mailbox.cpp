// SPDX-License-Identifier: GPL-3.0-only
#include "app/run_mailbox.h"

#include <utility>

namespace heddle::app {

RunNews RunMailbox::take()
{
    const InternalLock lock(m_mutex);
    m_isTold = false;
    return std::exchange(m_news, {});
}

void RunMailbox::dropOldOutputLocked()
{
    if (m_news.output.size() <= kOutputLimit)
        return;
    // Half at once, so that a flood does not move the rest for each batch.
    const std::size_t excess = m_news.output.size() - kOutputLimit / 2;
    m_news.output.erase(
        m_news.output.begin(), m_news.output.begin() + static_cast<std::ptrdiff_t>(excess));
    m_news.outputLost += excess;
}

} // namespace heddle::app
