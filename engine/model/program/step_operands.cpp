// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/step_operands.h"

namespace heddle {

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 29);
}

std::uint64_t mixText(std::uint64_t hash, const std::string& text)
{
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return mix(hash, text.size());
}

std::uint64_t mixValue(std::uint64_t hash, const Value& value)
{
    hash = mix(hash, static_cast<std::uint64_t>(value.kind()));
    hash = mix(hash, static_cast<std::uint64_t>(value.number()));
    return value.is(ValueKind::Text) ? mixText(hash, value.asText()) : hash;
}

/// An empty range of registers may begin behind the last one.
bool hasValue(const ActorState& state, Register operand)
{
    const auto base = static_cast<std::size_t>(state.frames.back().base);
    return operand != kNoRegister
        && base + static_cast<std::size_t>(operand) < state.registers.size();
}

} // namespace

std::uint32_t operandDigest(const Code& code, const ActorState& state)
{
    const Instruction& instruction = currentInstruction(code, state);
    std::uint64_t hash = 1;
    for (const Register operand : {instruction.a, instruction.b, instruction.index})
        hash =
            hasValue(state, operand) ? mixValue(hash, registerValue(state, operand)) : mix(hash, 0);
    return static_cast<std::uint32_t>(hash >> 32U);
}

} // namespace heddle
