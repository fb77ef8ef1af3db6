// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace heddle::app {

/// Whether a window could be opened: a display server answers, or a platform was chosen by hand.
///
/// Asked before there is a QApplication, which would abort without one.
[[nodiscard]] bool hasDisplay();

} // namespace heddle::app
