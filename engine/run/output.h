// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/process_lock.h"
#include "engine/run/program_channel.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

enum class OutputStream : std::uint8_t
{
    Standard,
    Error
};

/// The lines that a program says, numbered in the order in which they leave it.
///
/// Threads: any thread of this process and of those forked from it; who says something waits while the reader is behind.
class Output
{
public:
    explicit Output(ProgramChannel& channel)
        : m_channel(channel)
    {
    }

    /// Sends one whole line and records Said, with its number, in the lane of the calling thread.
    void say(std::string_view actor, OutputStream stream, std::string text, std::uint32_t line);

private:
    ProgramChannel& m_channel;
    ProcessLock m_lines; ///< held while sending, so that numbers and lines keep one order
};

} // namespace heddle
