// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/processes/pipe_stream.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace heddle {

/// The streams of one or more processes, as far as they are pipes of this process.
struct Streams
{
    PipeWriter& input;
    PipeReader& output;
    PipeReader& errors;
};

/// Writes an input and reads two outputs all together, so that nobody waits for the other; can be
/// interrupted and gone on with.
///
/// Threads: one thread at a time.
class Exchange
{
public:
    /// Goes on until the outputs have ended and the input is sent or unwanted; closes each then.
    ///
    /// Errors:  InvalidArgument if there is new input after the first call, or no pipe for it;
    ///          Timeout; Cancelled; SystemCall of poll or read.
    [[nodiscard]] Result<void> goOn(
        Streams streams, std::string_view input, Deadline deadline, const std::stop_token& stop);

    /// Copies of what has come so far; nothing if that stream was no pipe.
    [[nodiscard]] const std::optional<std::string>& output() const { return m_output; }
    [[nodiscard]] const std::optional<std::string>& errors() const { return m_errors; }

    [[nodiscard]] std::optional<std::string> takeOutput() { return take(m_output); }
    [[nodiscard]] std::optional<std::string> takeErrors() { return take(m_errors); }

private:
    [[nodiscard]] Result<void> begin(Streams streams, std::string_view input);
    [[nodiscard]] Result<void> pump(
        Streams streams, std::string_view& input, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] static std::optional<std::string> take(std::optional<std::string>& text);

    bool m_hasBegun = false;
    std::string m_unsent; ///< kept between two calls
    std::optional<std::string> m_output;
    std::optional<std::string> m_errors;
};

} // namespace heddle
