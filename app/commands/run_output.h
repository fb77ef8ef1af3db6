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
///
/// Threads: one thread at a time.
class RunOutput
{
public:
    /// Lines of the program, each to the stream that it was said to; `end` asks to hurry().
    void write(const std::vector<OutputLine>& lines, const std::stop_token& end);

    /// Writes to standard output; what could not be written is noticed by finishOutput().
    void print(std::string_view text, const std::stop_token& end = {});

    /// Writes to standard error; there is nobody to tell if it cannot be written.
    void tell(std::string_view text);

    /// What is written from here on has a third of a second in all.
    void hurry();

    /// Whether something of standard output was given up, as nobody has read it.
    [[nodiscard]] bool isCut() const { return m_isOutputCut; }

    /// Whether the reader of standard output has gone. (Unless SIGPIPE is ignored, this process has, too.)
    [[nodiscard]] bool hasLostReader() const { return m_hasLostReader; }

private:
    [[nodiscard]] int send(int descriptor, std::string_view text, const std::stop_token& end);

    std::optional<Deadline> m_deadline; ///< once it is to hurry
    bool m_isOutputCut = false;
    bool m_hasLostReader = false;
};

} // namespace heddle::app
