// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/clock.h"
#include "engine/model/run/run_report.h"

#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

namespace heddle::app {

/// What a run says on standard output and standard error. It waits for slow readers, until the run is to
/// end: from then on only for a moment, as a reader that has stopped reading would hold it for ever.
/// Once something was given up, nothing has much time any more.
///
/// Threads: one thread at a time.
class RunOutput
{
public:
    /// Lines of the program, each to the stream that it was said to. `end` asks to hurry(); behind `limit`
    /// a reader is waited for as long as it goes on reading.
    void write(const std::vector<OutputLine>& lines, const std::stop_token& end, Deadline limit);

    /// Writes to standard output; what it refused is noticed by finishOutput(), what nobody has read by
    /// isCut().
    void print(std::string_view text) { print(text, {}, Deadline::never()); }

    /// Writes to standard error; there is nobody to tell if it cannot be written.
    void tell(std::string_view text);

    /// What is written from here on has a third of a second in all.
    void hurry();

    /// Whether something of standard output was given up, as nobody has read it.
    [[nodiscard]] bool isCut() const { return m_isOutputCut; }

    /// Whether the reader of standard output has gone. (Unless SIGPIPE is ignored, this process has, too.)
    [[nodiscard]] bool hasLostReader() const { return m_hasLostReader; }

private:
    void print(std::string_view text, const std::stop_token& end, Deadline limit);
    [[nodiscard]] int send(
        int descriptor, std::string_view text, const std::stop_token& end, Deadline limit);

    std::optional<Deadline> m_deadline; ///< once it is to hurry
    bool m_isOutputCut = false;
    bool m_hasLostReader = false;
};

} // namespace heddle::app
