// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/exploration/explored_moment.h"

#include <vector>

namespace heddle {

/// A closed chain of forced waits: each actor waits for the next one, the last for the first.
/// Empty if there is none.
[[nodiscard]] std::vector<const ExploredActor*> waitRing(const ExploredMoment& moment);

/// A deadlock in words: as a ring where there is one ("philosopher[0] holds fork[0], wants
/// fork[1]; …"), else the waits of all who cannot move.
[[nodiscard]] Sentence deadlockText(const ExploredMoment& moment);

/// A livelock in words: who spins, and the waits of all who cannot move.
[[nodiscard]] Sentence livelockText(const ExploredMoment& moment);

} // namespace heddle
