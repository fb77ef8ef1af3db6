// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/local_store.h"

#include <algorithm>
#include <utility>

// What signals do to an actor's local state: handlers that interrupt it, masks, its end.

namespace heddle {

void LocalStore::addSignals(Key& key, const LocalState& local)
{
    key.push_back(local.children.size());
    key.push_back(local.blocked);
    key.push_back(local.pending);
    for (const HeldState& held : local.held) {
        key.push_back(static_cast<std::uint64_t>(held.phase));
        key.push_back(static_cast<std::uint64_t>(held.extra));
        key.push_back(held.clock);
        addState(key, held.state);
    }
}

/// The object that what a handler has interrupted waits at; kNothing: at none.
std::int32_t LocalStore::heldObject(const HeldState& held) const
{
    if (held.isIdle())
        return LocalFacts::kNothing;
    const Instruction& interrupted = currentInstruction(m_code, held.state);
    if (held.phase == Phase::Ready || !isAboutObject(interrupted))
        return LocalFacts::kNothing;
    const ObjectDeclaration& declared =
        m_code.objects[static_cast<std::size_t>(interrupted.target)];
    return declared.first
        + currentElement(m_code, held.state, declared.count, 0, declared.name).element;
}

Cell LocalStore::withWaitPhase(Cell number, std::int32_t object, Phase phase)
{
    const std::vector<HeldState>& interrupted = m_locals[number].held;
    const auto waits = std::find_if(interrupted.begin(), interrupted.end(),
        [&](const HeldState& held) { return heldObject(held) == object; });
    if (waits == interrupted.end())
        return withPhase(number, phase, m_locals[number].extra);
    LocalState local = m_locals[number];
    local.held[static_cast<std::size_t>(waits - interrupted.begin())].phase = phase;
    return intern(std::move(local));
}

Cell LocalStore::withSignals(Cell number, SignalBits blocked, SignalBits pending)
{
    LocalState local = m_locals[number];
    local.blocked = blocked;
    local.pending = pending;
    return intern(std::move(local));
}

Cell LocalStore::withHandler(Cell number, std::int32_t routine, std::int64_t signal, Cell clock)
{
    LocalState local = m_locals[number];
    if (local.state.status != ActorState::Status::Going)
        local.privates = makePrivateStore(m_code); // those that it had have gone with its lines
    local.held.push_back({std::move(local.state), local.phase, local.extra, clock});
    std::vector<Value> arguments;
    if (signal != 0)
        arguments.push_back(Value::signal(signal));
    local.state = startRoutine(m_code, routine, std::move(arguments));
    local.phase = Phase::Fresh;
    local.extra = 0;
    return intern(std::move(local));
}

Cell LocalStore::idle(std::int32_t identity, SignalBits blocked, SignalBits pending)
{
    LocalState local;
    local.state.status = ActorState::Status::Ended;
    local.identity = identity;
    local.sections.assign(m_code.sections.size(), 0);
    local.blocked = blocked;
    local.pending = pending;
    return intern(std::move(local));
}

Cell LocalStore::cutOff(Cell number)
{
    return idle(m_locals[number].identity, 0, 0);
}

/// Back from handlers that have ended to what they interrupted. Who paused is awake; what comes out
/// of a handler as an exception comes out of the wait. A main thread without lines only tells of it.
InvisibleStop LocalStore::leaveHandlers(
    LocalState& local, InvisibleStop stop, EvaluationContext& context)
{
    local.phase = Phase::Ready;
    local.extra = 0;
    while (!local.held.empty() && local.state.status != ActorState::Status::Going) {
        const bool hasFailed = local.state.status == ActorState::Status::Failed;
        const Value exception = std::move(local.state.outcome);
        HeldState held = std::move(local.held.back());
        local.held.pop_back();
        const bool isIdle = held.isIdle();
        local.state = std::move(held.state);
        stop = InvisibleStop::AtVisible;
        if (isIdle || (!hasFailed && held.phase != Phase::Pausing)) {
            local.phase = held.phase;
            local.extra = held.extra;
            continue;
        }
        if (hasFailed)
            passOn(m_code, local.state, context, exception);
        else
            complete(m_code, local.state);
        stop = runInvisible(m_code, local.state, context, kSpinBudget);
    }
    return stop;
}

} // namespace heddle
