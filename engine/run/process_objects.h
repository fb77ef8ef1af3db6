// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run_object.h"

#include <memory>

namespace heddle {

struct ObjectPlan;

/// Makes an event, semaphore or mutex that all processes of the program share; null for any other kind,
/// and for a mutex that a condition works with: that one is for the threads of one process.
[[nodiscard]] std::shared_ptr<RunObject> makeProcessObject(const ObjectPlan& plan);

} // namespace heddle
