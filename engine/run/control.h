// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace heddle {

/// What the window tells the supervisor over the control socket.
///
/// The supervisor answers with the frames of run_message.h, among them all that the program process
/// sends. Closing the socket means Stop.
enum class ControlMessage : std::uint8_t
{
    Stop = 1, ///< end the program: SIGTERM to its group, SIGKILL after 200 ms
    Pause = 2, ///< SIGSTOP to its group; the time limit waits too
    Resume = 3, ///< SIGCONT
    Signal = 4, ///< a signal to one process of the program
};

/// One wish on the line: a byte, and for Signal one byte more and the process's number in eight.
struct ControlWish
{
    ControlMessage message = ControlMessage::Stop;
    std::uint8_t signal = 0;
    std::int64_t process = 0; ///< 0: the program's own
};

[[nodiscard]] std::string encodeWish(const ControlWish& wish);

/// Takes the first whole wish off the bytes; nothing while it is not whole.
[[nodiscard]] std::optional<ControlWish> takeWish(std::string& bytes);

} // namespace heddle
