// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/explore/run_follower.h"

#include <csignal>
#include <utility>

// What signals do in a recorded run: handlers that begin and end, interruptions, ends of processes.

namespace heddle {

bool RunFollower::lingers(std::span<const Cell> state, std::int32_t actor) const
{
    return m_machine.layout().hasProcesses() && isLingering(m_machine, state, actor);
}

/// A main thread that has no lines left, and a signal is there for it.
bool RunFollower::mayGetSignal(std::span<const Cell> state, std::int32_t actor) const
{
    return lingers(state, actor)
        && !deliverable(m_machine, state, processOf(m_machine, state, actor)).empty();
}

/// Whether the handlers of a main thread without lines have run: a program that comes to its end waits for
/// those that have begun.
bool RunFollower::hasRunHandlers(const RunPlace& place) const
{
    const auto standIn = m_numbers.find(kProgramHandle);
    return standIn == m_numbers.end() || place.state[Machine::kExitCell] != 0
        || place.actors[standIn->second].isNearlyDone(m_run.actors[standIn->second]);
}

void RunFollower::addDelivered(const Look& look, std::vector<RunOption>& options)
{
    const std::int32_t handle = look.candidate.actor;
    const std::int32_t signal = m_steps.notes(static_cast<std::size_t>(look.choice)).delivered;
    const std::int64_t process = processOf(m_machine, look.before.state, handle);
    const bool isHandled =
        handlerOf(processRecord(m_machine, look.before.state, process), signal) != nullptr;
    if (isHandled && isHidden(look.candidate))
        return;
    if (isHandled) {
        const RecordedActor& actor = m_run.actors[look.candidate.number];
        const RecordedPlace& recorded = look.before.actors[look.candidate.number];
        if (!recorded.mayBegin(actor, signal))
            return disagree(look.before, look.candidate, "no handler ran there");
        const std::int64_t begin = recorded.nextHandler(actor)->earliest;
        if (begin > look.latest)
            return;
        RunPlace after = behind(look);
        const std::string why = whyNotHandler(look, after);
        return addOption(look, begin, why, std::move(after), options);
    }
    RunPlace after = behind(look);
    const bool isInterruption = !isCutOff(after.state, handle)
        && after.state[m_machine.actorCell(handle)]
            != look.before.state[m_machine.actorCell(handle)]
        && signal == SIGINT;
    if (isInterruption)
        return addInterruption(look, options);
    std::string why = whyNot(look, after);
    if (why.empty() && !isHidden(look.candidate) && isCutOff(after.state, handle)
        && !look.before.actors[look.candidate.number].isNearlyDone(
            m_run.actors[look.candidate.number]))
        why = "it went on there, though a signal ends its process";
    addOption(look, 0, why, std::move(after), options);
}

std::string RunFollower::whyNotHandler(const Look& look, RunPlace& after) const
{
    if (std::string why = whyNot(look, after); !why.empty())
        return why;
    after.actors[look.candidate.number].begin();
    if (!leaveHandlers(look, true, after))
        return "the handler has done more";
    return whyNotThere(after, look.candidate);
}

/// SIGINT raises an exception: out of a step that had begun, or between two.
void RunFollower::addInterruption(const Look& look, std::vector<RunOption>& options)
{
    const RecordedActor& actor = m_run.actors[look.candidate.number];
    for (const bool hasBegun : {false, true}) {
        RunPlace after = behind(look);
        RecordedPlace& recorded = after.actors[look.candidate.number];
        std::string why = whyNot(look, after);
        if (hasBegun && (recorded.next(actor) == nullptr || !recorded.mayTake(actor)))
            continue;
        if (hasBegun)
            recorded.take();
        if (why.empty() && !leaveHandlers(look, false, after))
            why = "the handler has done more";
        if (why.empty())
            why = whyNotThere(after, look.candidate);
        addOption(look, 0, why, std::move(after), options);
    }
}

/// Goes back in the recording to what was interrupted, where the step has ended handlers.
bool RunFollower::leaveHandlers(const Look& look, bool hasBegunOne, RunPlace& after) const
{
    const std::int32_t handle = look.candidate.actor;
    const RecordedActor& actor = m_run.actors[look.candidate.number];
    const LocalState& before = m_machine.local(look.before.state, handle);
    const LocalState& now = m_machine.local(after.state, handle);
    if (isCutOff(after.state, handle))
        return true;
    std::size_t depth = before.held.size() + (hasBegunOne ? 1 : 0);
    for (; depth > now.held.size(); --depth) {
        const bool isItself =
            depth > before.held.size(); // what it was at has been held in this step
        const ActorState& held = isItself ? before.state : before.held[depth - 1].state;
        const Phase phase = isItself ? before.phase : before.held[depth - 1].phase;
        const bool isBack = depth == now.held.size() + 1 && phase != Phase::Pausing
            && phase == now.phase && now.state.status == ActorState::Status::Going
            && now.state.frames.size() == held.frames.size()
            && now.state.frames.back().next == held.frames.back().next;
        if (!after.actors[look.candidate.number].end(actor, !isBack))
            return false;
    }
    return true;
}

} // namespace heddle
