// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>

namespace heddle::app {

/// Opens the window and returns its exit code when it is closed. There must be a display.
///
/// `file`: a program, a trace, or the id of a gallery program; empty: what was open last.
/// The environment may ask for a picture instead, see Screenshot.
///
/// Threads: the main thread, once.
[[nodiscard]] int runWindow(int& argumentCount, char** arguments, const std::string& file);

} // namespace heddle::app
