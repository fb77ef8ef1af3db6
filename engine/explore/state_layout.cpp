// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_layout.h"

#include "engine/explore/machine_table.h"

#include <algorithm>

namespace heddle {

namespace {

/// Whether an operation asks how many items are still to be handled.
bool asksForUnhandled(const Code& code, std::int32_t declaration)
{
    return std::any_of(
        code.instructions.begin(), code.instructions.end(), [declaration](const Instruction& each) {
            return each.target == declaration
                && (each.operation == Operation::Finish || each.operation == Operation::Join);
        });
}

} // namespace

bool usesProcesses(const Code& code)
{
    const bool hasPipes = std::any_of(code.objects.begin(), code.objects.end(),
        [](const ObjectDeclaration& each) { return each.kind == PrimitiveKind::Pipe; });
    return code.hasProcesses() || !code.commands.empty() || !code.handlers.empty() || hasPipes
        || std::any_of(
            code.instructions.begin(), code.instructions.end(), [](const Instruction& each) {
                return each.operation >= Operation::Read
                    && each.operation <= Operation::AwaitSignal;
            });
}

bool mayRunHandlers(const Code& code)
{
    return !code.handlers.empty()
        || std::any_of(
            code.instructions.begin(), code.instructions.end(), [](const Instruction& each) {
                return each.operation == Operation::SetHandler && each.mode == 'h';
            });
}

StateLayout::StateLayout(const Code& code, const MachineOptions& options)
    : m_width(kHistoryCell + 1)
    , m_hasStandIn(mayRunHandlers(code))
    , m_actorCount(code.declaredInstanceCount() + options.spareActors + (m_hasStandIn ? 1 : 0))
{
    layObjects(code);
    layVariables(code);
    layActors(code, options);
    if (usesProcesses(code))
        layProcesses(code);
}

void StateLayout::layProcesses(const Code& code)
{
    m_firstProcess = m_width;
    m_width += static_cast<std::size_t>(m_actorCount) + 1;
    const auto hasOwnEnd = [](const CommandDeclaration& command) {
        return std::any_of(command.wirings.begin(), command.wirings.end(),
            [](const Wiring& wiring) { return wiring.end == Wiring::End::Own; });
    };
    if (std::none_of(code.commands.begin(), code.commands.end(), hasOwnEnd))
        return;
    m_firstOwnPipe = m_width;
    m_ownPipeCount = m_actorCount * kStreams;
    m_width += static_cast<std::size_t>(m_ownPipeCount) * 2;
}

std::int32_t StateLayout::pipeOf(std::int32_t object) const
{
    const auto found = std::find(m_pipeObjects.begin(), m_pipeObjects.end(), object);
    return static_cast<std::int32_t>(found - m_pipeObjects.begin());
}

void StateLayout::layVariables(const Code& code)
{
    m_firstVariable = m_width;
    for (const VariableDeclaration& variable : code.shared) {
        m_variableCells.push_back(m_width);
        m_width += variable.initial.size();
    }
}

void StateLayout::layActors(const Code& code, const MachineOptions& options)
{
    m_firstActor = perActor(true);
    m_firstClock = perActor(code.options.idealTime);
    m_firstBuffer = perActor(code.options.totalStoreOrder);
    m_firstStaleRead = perActor(options.watchesStaleReads);
}

void StateLayout::layObjects(const Code& code)
{
    for (std::size_t number = 0; number < code.objects.size(); ++number) {
        const ObjectDeclaration& declaration = code.objects[number];
        const bool countsUnhandled = asksForUnhandled(code, static_cast<std::int32_t>(number));
        for (std::int32_t element = 0; element < declaration.count; ++element) {
            m_objectCells.push_back(m_width);
            m_countsUnhandled.push_back(countsUnhandled);
            m_objectDeclarations.push_back(static_cast<std::int32_t>(number));
            if (declaration.kind == PrimitiveKind::Pipe)
                m_pipeObjects.push_back(static_cast<std::int32_t>(m_objectCells.size()) - 1);
            m_width += primitiveLayout(declaration.kind).cells;
        }
    }
}

std::size_t StateLayout::perActor(bool isWanted)
{
    if (!isWanted)
        return 0;
    const std::size_t first = m_width;
    m_width += static_cast<std::size_t>(m_actorCount);
    return first;
}

} // namespace heddle
