// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"

#include <string>

namespace heddle {

// What a schedule leads to, in the words of all who judge: part of a sentence.

[[nodiscard]] inline Sentence aDeadlock()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a deadlock"));
}

[[nodiscard]] inline Sentence aFailedAssertion()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a failed assertion"));
}

/// Of an invariant.
[[nodiscard]] inline Sentence aStateInWhichItIsFalse()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a state in which it is false"));
}

/// Of an exception.
[[nodiscard]] inline Sentence anActorThatEndsWithIt()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "an actor that ends with it"));
}

[[nodiscard]] inline Sentence aRaceOn(const std::string& variable)
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a race on %1"), {variable});
}

/// Of a `final`.
[[nodiscard]] inline Sentence suchAValue()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "such a value"));
}

[[nodiscard]] inline Sentence aScheduleLeadsTo(const Sentence& what)
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a schedule leads to %1"), {what});
}

} // namespace heddle
