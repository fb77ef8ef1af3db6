// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>

namespace heddle::app {

/// `heddle [FILE]`: opens the window, or says which command does the job where there is no display.
[[nodiscard]] int openWindow(int argc, char** argv, const std::string& file);

} // namespace heddle::app
