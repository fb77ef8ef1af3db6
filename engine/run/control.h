// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// What the window tells the supervisor over the control socket: one byte each.
///
/// The supervisor answers with the frames of run_message.h, among them all that the program process
/// sends. Closing the socket means Stop. Step, breakpoints and the gates of a forced schedule will
/// be further numbers, with what they need behind the byte.
enum class ControlMessage : std::uint8_t
{
    Stop = 1, ///< end the program: SIGTERM to its group, SIGKILL after 200 ms
    Pause = 2, ///< SIGSTOP to its group; the time limit waits too
    Resume = 3, ///< SIGCONT
};

} // namespace heddle
