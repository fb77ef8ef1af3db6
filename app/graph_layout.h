// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <stop_token>
#include <string>

namespace heddle::app {

/// Lets Graphviz lay out a graph: `dot -Tplain` as a child process, which is ended when `stop` is
/// asked for.
///
/// Errors:  SystemCall with ENOENT if Graphviz is not installed; Cancelled; ChildGone if it failed.
/// Threads: any thread; blocks until it is done.
[[nodiscard]] Result<std::string> layOutGraph(
    const std::string& graph, const std::stop_token& stop);

} // namespace heddle::app
