// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <string_view>

namespace heddle {

namespace {

/// A queue without places hands items from actor to actor.
bool isRendezvous(const ObjectDeclaration& declaration)
{
    return declaration.kind == PrimitiveKind::Queue && declaration.maximum == 0;
}

bool asksWhoLives(const Instruction& query)
{
    const std::string_view question = functionRows()[static_cast<std::size_t>(query.function)].name;
    return question == "alive" || question == "live";
}

} // namespace

// Where daemons are dropped at the program's end, the step that ends it cuts all others off.
bool Machine::hasExactFootprints() const
{
    const bool hasDaemons = std::any_of(m_code->actors.begin(), m_code->actors.end(),
        [](const ActorDeclaration& actor) { return actor.isDaemon; });
    return !hasDaemons && !m_layout.hasProcesses() && !m_options.keepsHistory
        && !m_options.watchesStaleReads && !m_layout.hasClocks() && !m_layout.hasBuffers()
        && !m_areSectionsSeen;
}

NextAccess Machine::nextAccess(std::span<const Cell> state, std::int32_t actor) const
{
    return accessOf(facts(state, actor));
}

void Machine::workOutTouches()
{
    for (std::size_t number = m_touches.size(); number < m_locals.size(); ++number) {
        const LocalFacts& here = m_locals.facts(static_cast<Cell>(number));
        NextTouch touch{footprintOf(here), accessOf(here)};
        const std::int32_t variable = touch.plainAccess.variable;
        if (variable >= 0 && m_code->shared[static_cast<std::size_t>(variable)].isAtomic)
            touch.plainAccess = {};
        m_touches.push_back(touch);
    }
}

NextAccess Machine::accessOf(const LocalFacts& here) const
{
    NextAccess access;
    if (!here.isGoing() || here.phase != Phase::Ready || here.spins || here.variable < 0)
        return access;
    access.variable = here.variable;
    access.element = here.element;
    access.isWrite = sharedAccess(here.next->operation) != SharedAccess::Reads;
    return access;
}

Footprint Machine::footprintOf(const LocalFacts& here) const
{
    if (!here.isGoing() || here.phase != Phase::Ready || here.spins || here.isInAtomic)
        return {};
    const std::int32_t whoLives = m_layout.objectCount() + static_cast<std::int32_t>(width());
    const SharedAccess access = sharedAccess(here.next->operation);
    if (access != SharedAccess::None) {
        if (here.variable < 0)
            return {};
        return {m_layout.objectCount()
                + static_cast<std::int32_t>(variableCell(here.variable, here.element)),
            access != SharedAccess::Reads};
    }
    switch (here.next->operation) {
    case Operation::Lock:
    case Operation::Unlock:
    case Operation::Acquire:
    case Operation::Release:
    case Operation::Wait:
    case Operation::Set:
    case Operation::Finish:
    case Operation::Put:
    case Operation::Get:
    case Operation::Close:
        if (here.object < 0 || isRendezvous(declarationOf(here.object)))
            return {};
        return {here.object, here.next->operation != Operation::Wait};
    case Operation::End:
        return {whoLives, true};
    case Operation::Query:
        return asksWhoLives(*here.next) ? Footprint{whoLives, false} : Footprint();
    case Operation::Compute:
    case Operation::Sleep:
    case Operation::Yield:
    case Operation::Say:
    case Operation::Progress:
    case Operation::Choose:
        return {Footprint::kNothing, false};
    default:
        return {};
    }
}

} // namespace heddle
