// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/explored_moment.h"
#include "engine/model/exploration/goal.h"
#include "engine/model/exploration/schedule.h"

#include <string>
#include <vector>

namespace heddle::widgets {

/// Everything that the explorer shows of where a walk stands.
struct ShownWalk
{
    ExploredMoment moment;
    Schedule schedule; ///< all of it, also what was undone
    std::vector<Goal> goals;
    std::vector<std::vector<std::string>> lineSteps; ///< for each actor: the steps of its next line
};

} // namespace heddle::widgets
