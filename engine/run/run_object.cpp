// SPDX-License-Identifier: Apache-2.0
#include "engine/run/run_object.h"

namespace heddle {

std::int64_t ObjectStep::units() const
{
    return value.is(ValueKind::None) ? 1 : value.number();
}

StepOutcome notForThisObject(const ObjectStep& step)
{
    const std::string what =
        step.operation == Operation::Query ? std::string(step.question) : toText(step.operation);
    return StepOutcome::raised(kBadValue, "This object does not know \"" + what + "\".");
}

} // namespace heddle
