// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_findings.h"

namespace heddle {

bool isViolated(Machine& machine, std::span<const Cell> state, const Invariant& invariant)
{
    const Evaluated value = machine.evaluate(state, invariant.fragment);
    return value.isRaised() || !value.value.isTrue();
}

const std::string* endingException(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    if (machine.facts(state, actor).status != ActorState::Status::Failed)
        return nullptr;
    const std::int64_t exception = machine.local(state, actor).state.outcome.number();
    return exception == kAssertionFailure
        ? nullptr
        : &machine.code().exceptions[static_cast<std::size_t>(exception)];
}

} // namespace heddle
