// SPDX-License-Identifier: Apache-2.0
#include "engine/run/step_outcome.h"

#include <utility>

namespace heddle {

namespace {

std::string_view exceptionOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotOwner:
        return "NotOwner";
    case ErrorKind::Overflow:
        return "Overflow";
    case ErrorKind::BrokenBarrier:
        return "BrokenBarrier";
    case ErrorKind::Closed:
        return "Closed";
    case ErrorKind::Cancelled:
        return "Cancelled";
    case ErrorKind::InvalidArgument:
        return kBadValue;
    default:
        return "NoResources";
    }
}

} // namespace

StepOutcome StepOutcome::done(Value value)
{
    StepOutcome outcome;
    outcome.value = std::move(value);
    return outcome;
}

StepOutcome StepOutcome::gaveUp()
{
    StepOutcome outcome;
    outcome.kind = Kind::GaveUp;
    return outcome;
}

StepOutcome StepOutcome::raised(std::string_view exception, std::string text)
{
    StepOutcome outcome;
    outcome.kind = Kind::Raised;
    outcome.exception = exception;
    outcome.text = std::move(text);
    return outcome;
}

StepOutcome StepOutcome::assertionFailed(std::string text)
{
    StepOutcome outcome;
    outcome.kind = Kind::AssertionFailed;
    outcome.text = std::move(text);
    return outcome;
}

StepOutcome StepOutcome::of(Evaluated evaluated)
{
    if (evaluated.isRaised())
        return raised(evaluated.exception, std::move(evaluated.text));
    return done(std::move(evaluated.value));
}

StepOutcome StepOutcome::of(const Error& error)
{
    if (error.kind == ErrorKind::Timeout)
        return gaveUp();
    if (error.kind == ErrorKind::Interrupted) {
        StepOutcome outcome;
        outcome.kind = Kind::Interrupted;
        return outcome;
    }
    return raised(exceptionOf(error.kind), error.detail.empty() ? error.text() : error.detail);
}

StepOutcome outcomeOf(const Result<void>& result)
{
    return result ? StepOutcome::done() : StepOutcome::of(result.error());
}

} // namespace heddle
