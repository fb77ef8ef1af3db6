// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/interpreter.h"

#include <cstdint>
#include <vector>

namespace heddle {

/// Whether somebody looks at what actors say.
enum class SaidTexts : std::uint8_t
{
    Kept,
    Dropped ///< then `say` reads nothing
};

/// Which registers may still be read, for each instruction of a program.
///
/// What it calls live may be dead, never the other way round. Clearing dead registers makes states
/// equal that have the same future.
///
/// Threads: immutable.
class LiveRegisters
{
public:
    explicit LiveRegisters(const Code& code, SaidTexts said = SaidTexts::Kept);

    /// Sets the registers that nobody will read again to `unset`.
    void clearDead(ActorState& state) const;

    /// Whether the register may still be read from this instruction on.
    [[nodiscard]] bool isReadFrom(std::int32_t instruction, Register number) const
    {
        return m_liveBefore[static_cast<std::size_t>(instruction)]
                           [static_cast<std::size_t>(number)];
    }

    /// As that, or after it: what a caller of the routine that it calls keeps.
    [[nodiscard]] bool isReadDuring(std::int32_t instruction, Register number) const
    {
        return m_liveDuring[static_cast<std::size_t>(instruction)]
                           [static_cast<std::size_t>(number)];
    }

private:
    void computeRoutine(const Code& code, const Routine& routine);
    bool computeInstruction(const Code& code, const Routine& routine, std::int32_t at);

    SaidTexts m_said;
    std::vector<std::vector<bool>> m_liveBefore; ///< by instruction
    std::vector<std::vector<bool>> m_liveDuring; ///< for a caller: before its call or after it
};

} // namespace heddle
