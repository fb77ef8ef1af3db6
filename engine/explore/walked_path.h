// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/model/exploration/schedule.h"

#include <cstddef>
#include <vector>

namespace heddle {

/// A schedule with the states that it goes through.
struct WalkedPath
{
    Schedule schedule;
    std::vector<std::vector<Cell>> states; ///< [0]: the start; [i]: after i steps
    std::vector<StepNotes> notes; ///< [i]: of step i + 1

    [[nodiscard]] std::size_t stepCount() const { return schedule.steps.size(); }
};

} // namespace heddle
