// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <optional>
#include <string>

namespace heddle::app {

struct WindowCommand
{
    std::string file; ///< path or gallery id; empty: what was open last
    std::optional<std::string> meantCommand; ///< the command that `file` looks like
};

/// `heddle [FILE]`: opens the window, or says which command does the job where there is no display.
[[nodiscard]] int openWindow(int argc, char** argv, const WindowCommand& command);

} // namespace heddle::app
