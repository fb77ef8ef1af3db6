// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/explore/walked_path.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

/// Why nobody has woken an actor that sleeps on a condition after so many steps: a notify came
/// before the wait and was kept nowhere, or woke somebody who had no use for it, or none followed
/// the change that was waited for. Part of a sentence: "producer sent its notify at step 9 when
/// nobody was waiting (kept nowhere), and consumer began waiting at step 11". Of a `pause`:
/// which handler ran too early. Empty if the actor does not sleep on a condition and does not pause.
[[nodiscard]] Sentence lostWakeupText(
    const Machine& machine, const WalkedPath& path, std::size_t steps, std::int32_t actor);

} // namespace heddle
