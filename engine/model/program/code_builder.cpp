// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/code_builder.h"

namespace heddle {

std::int32_t CodeBuilder::add(Instruction instruction)
{
    if (m_code.instructions.size() >= kMaximumInstructions) {
        m_isFull = true;
        return here() - 1;
    }
    instruction.line = m_line;
    instruction.column = m_column;
    m_code.instructions.push_back(instruction);
    return here() - 1;
}

void CodeBuilder::jump(Operation operation, Register condition, Label& label)
{
    Instruction instruction;
    instruction.operation = operation;
    instruction.a = condition;
    point(add(instruction), Label::Part::Target, label);
}

void CodeBuilder::point(std::int32_t instruction, Label::Part part, Label& label)
{
    if (label.m_place >= 0)
        patch(instruction, part, label.m_place);
    else
        label.m_waiting.emplace_back(instruction, part);
}

void CodeBuilder::bind(Label& label)
{
    label.m_place = here();
    for (const auto& [instruction, part] : label.m_waiting)
        patch(instruction, part, label.m_place);
    label.m_waiting.clear();
}

void CodeBuilder::patch(std::int32_t instruction, Label::Part part, std::int32_t place)
{
    Instruction& patched = m_code.instructions[static_cast<std::size_t>(instruction)];
    (part == Label::Part::Target ? patched.target : patched.otherwise) = place;
}

std::int32_t CodeBuilder::constant(const Value& value)
{
    const auto [place, isNew] =
        m_constants.emplace(value, static_cast<std::int32_t>(m_code.constants.size()));
    if (isNew)
        m_code.constants.push_back(value);
    return place->second;
}

void CodeBuilder::setPlace(std::uint32_t line, std::uint32_t column)
{
    m_line = line;
    m_column = column;
}

} // namespace heddle
