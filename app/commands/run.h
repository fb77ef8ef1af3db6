// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/run/run_options.h"

#include <cstdint>
#include <string>

namespace heddle::app {

struct RunCommand
{
    enum class ReportGoes : std::uint8_t
    {
        ToStderr, ///< beside what the program says
        ToStdout
    };

    std::string file;
    RunOptions run;
    int repeat = 1;
    std::string trace; ///< where the recording goes; empty: nowhere
    std::string schedule; ///< file of the schedule that the threads are forced through; empty: none
    bool json = false;
    bool quiet = false; ///< no verdict for people
    ReportGoes report = ReportGoes::ToStderr;

    // What the window passes to the run that it starts.
    std::string name; ///< of the program, in place of `file`
    int sessionFd = -1;
    int controlFd = -1;
};

/// `heddle run`: carries a program out for real, in a process of its own, and judges what it showed.
///
/// Threads: the main thread, before there are others.
[[nodiscard]] int runCommand(const RunCommand& command);

} // namespace heddle::app
