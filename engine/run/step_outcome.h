// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/program/evaluate.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

/// What a visible operation came to when it was carried out for real.
struct [[nodiscard]] StepOutcome
{
    enum class Kind : std::uint8_t
    {
        Done, ///< `value` is its result
        GaveUp, ///< not done in time
        Raised, ///< `exception` with `text`
        AssertionFailed, ///< `text` says which
        Interrupted, ///< a handler of a signal says that the wait is given up
    };

    [[nodiscard]] static StepOutcome done(Value value = Value::none());
    [[nodiscard]] static StepOutcome gaveUp();
    [[nodiscard]] static StepOutcome raised(std::string_view exception, std::string text);
    [[nodiscard]] static StepOutcome assertionFailed(std::string text);

    /// Done with the value, or what was raised instead.
    [[nodiscard]] static StepOutcome of(Evaluated evaluated);

    /// How the language calls an error of a primitive: Timeout is GaveUp, the others are raised.
    [[nodiscard]] static StepOutcome of(const Error& error);

    Kind kind = Kind::Done;
    Value value;
    std::string_view exception; ///< a text that lives for ever
    std::string text;
};

/// Done without a value, or as StepOutcome::of says of the error.
[[nodiscard]] StepOutcome outcomeOf(const Result<void>& result);

} // namespace heddle
