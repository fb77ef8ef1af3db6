// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_newcomers.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

/// Whether this declared instance exists from the start, started or not.
bool isInstance(const Machine& machine, std::int32_t actor)
{
    const std::vector<ActorDeclaration>& actors = machine.code().actors;
    return std::any_of(actors.begin(), actors.end(), [actor](const ActorDeclaration& declared) {
        return declared.parameterCount == 0 && actor >= declared.first
            && actor < declared.first + declared.count;
    });
}

/// How many actors have been named after the same declaration so far.
int usesOf(const Machine& machine, std::span<const Cell> cells, const std::string& base)
{
    int uses = 0;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        const bool isStarted = machine.isStarted(cells, actor);
        if (isStarted ? machine.identity(cells, actor).base == base
                      : isInstance(machine, actor) && machine.actorName(cells, actor) == base)
            ++uses;
    }
    return uses;
}

} // namespace

std::int64_t findRoom(Machine& machine, std::span<const Cell> cells)
{
    for (std::int32_t actor = machine.code().declaredInstanceCount();
         actor < machine.layout().roomEnd(); ++actor)
        if (!machine.isStarted(cells, actor))
            return actor;
    machine.noteNoRoom();
    return -1;
}

std::int64_t findLastRoom(Machine& machine, std::span<const Cell> cells)
{
    for (std::int32_t actor = machine.layout().roomEnd() - 1;
         actor >= machine.code().declaredInstanceCount(); --actor)
        if (!machine.isStarted(cells, actor))
            return actor;
    machine.noteNoRoom();
    return -1;
}

void place(Machine& machine, Cells& cells, Newcomer newcomer)
{
    const std::int64_t handle = newcomer.identity.handle;
    LocalStore& locals = machine.locals();
    Cell local = locals.start(locals.internIdentity(newcomer.identity), newcomer.routine,
        std::move(newcomer.arguments), newcomer.phase);
    if (newcomer.blocked != 0)
        local = locals.withSignals(local, newcomer.blocked, 0);
    for (auto hook = newcomer.hooks.rbegin(); hook != newcomer.hooks.rend(); ++hook)
        local = locals.withHandler(local, *hook, 0, 0);
    Cell& cell = cells[machine.actorCell(handle)];
    cell = local; // before it begins, for it may ask for its own name
    cell = newcomer.phase == Phase::Fresh ? machine.beginRoutine(cells, handle, local)
                                          : locals.withPhase(local, newcomer.phase, newcomer.extra);
}

std::string numberedName(
    const Machine& machine, std::span<const Cell> cells, const std::string& base)
{
    const int use = usesOf(machine, cells, base) + 1;
    return use == 1 ? base : base + "-" + std::to_string(use);
}

} // namespace heddle
