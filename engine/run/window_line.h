// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/run/control.h"
#include "engine/run/run_message.h"

#include <cstddef>
#include <string>
#include <vector>

namespace heddle {

/// The supervisor's end of the control socket: messages out, wishes of the window in, never waiting.
///
/// Threads: one thread at a time.
class WindowLine
{
public:
    /// `fd` stays the caller's; it is made non-blocking.
    explicit WindowLine(int fd);

    [[nodiscard]] int fd() const { return m_fd; }
    void send(const RunMessage& message);

    /// Gives the socket what it takes just now.
    void pump();

    /// Gives it everything, or gives up at the deadline.
    void flush(Deadline deadline);

    [[nodiscard]] bool hasRest() const { return m_position < m_bytes.size(); }

    /// So much is waiting to be sent that nothing should be added: the sender is to be slowed.
    [[nodiscard]] bool isFull() const;

    /// What the window has asked for. Its end of the line being closed is a Stop.
    [[nodiscard]] std::vector<ControlWish> wishes();

private:
    int m_fd;
    std::string m_bytes;
    std::size_t m_position = 0;
    std::string m_wishes; ///< bytes of wishes that are not whole yet
    bool m_isClosed = false;
};

} // namespace heddle
