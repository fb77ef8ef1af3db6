// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace heddle::widgets {

/// Lets others go before the calling thread where processors are few: it prepares what the GUI
/// thread shows, and must not make it, or a recording, wait.
///
/// Source: sched(7), "The nice value": on Linux it belongs to the thread.
void goBehindOthers();

} // namespace heddle::widgets
