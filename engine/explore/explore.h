// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/search_options.h"
#include "engine/model/exploration/verdict.h"
#include "engine/model/program/code.h"

#include <memory>
#include <stop_token>

namespace heddle {

/// Explores a program and judges its expectations.
///
/// Threads: any thread; `stop` may be asked for by any; `tellProgress` is called on this thread.
[[nodiscard]] ExplorationReport explore(const std::shared_ptr<const Code>& code,
    const ExplorerLimits& limits, const std::stop_token& stop = {},
    const TellProgress& tellProgress = {});

} // namespace heddle
