// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run_object.h"
#include "engine/run/runner_table.h"

#include <memory>

namespace heddle {

// Rows of the runner's table: the primitives of engine/threads under the verbs of the language.

[[nodiscard]] std::unique_ptr<RunObject> makeMutex(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeRecursiveMutex(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeReadWriteLock(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeSemaphore(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeCondition(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeEvent(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeBarrier(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeLatch(const ObjectPlan& plan);
[[nodiscard]] std::unique_ptr<RunObject> makeQueue(const ObjectPlan& plan);

} // namespace heddle
