// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/exploration/explored_moment.h"
#include "engine/model/exploration/verdict.h"
#include "engine/model/program/code.h"

#include <memory>

namespace heddle {

/// What a state shows, if it is a bad one: a deadlock in words, or who can never be woken and why.
/// Empty for any other.
[[nodiscard]] Sentence explain(const ExploredMoment& moment);

/// Walks each witness of the report and says what its last state shows.
void explainWitnesses(ExplorationReport& report, const std::shared_ptr<const Code>& code);

} // namespace heddle
