// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace heddle {

/// What a register holds, seen by somebody who turns a ring of actors.
struct RingType
{
    enum class Kind : std::uint8_t
    {
        Fixed, ///< the same however the ring is turned
        Constant, ///< the same in every run, too: `number`
        Place, ///< a place in the ring, from 0, and `number` on top: goes along when it is turned
        Unknown
    };
    Kind kind = Kind::Fixed;
    std::int64_t number = 0;

    [[nodiscard]] bool isFixed() const { return kind == Kind::Fixed || kind == Kind::Constant; }
    friend bool operator==(const RingType& left, const RingType& right) = default;
};

/// Shows of a program that arrays of actors stand in a ring: that it makes no difference to turn
/// all of them together, with the arrays of objects and variables that they use by their index.
///
/// This holds where an index, and what is computed from it as `(i + constant) % size`, is used as an
/// index of arrays of as many elements and in comparisons with its like only; where these arrays
/// are used in no other way; and where no actor is named. In doubt nothing is shown. Texts of `say`
/// are passed over: whoever keeps them must not turn anything.
///
/// Threads: immutable.
class RingTypes
{
public:
    /// For all arrays of `size` actors that read their index; nothing if they are no ring.
    [[nodiscard]] static std::optional<RingTypes> find(const Code& code, std::int32_t size);

    [[nodiscard]] std::int32_t size() const { return m_size; }
    [[nodiscard]] const std::vector<std::int32_t>& actors() const { return m_actors; }
    [[nodiscard]] bool turnsObject(std::int32_t declaration) const
    {
        return m_objects[static_cast<std::size_t>(declaration)];
    }
    [[nodiscard]] bool turnsVariable(std::int32_t declaration) const
    {
        return m_variables[static_cast<std::size_t>(declaration)];
    }

    /// What a register that is still read holds before the instruction.
    [[nodiscard]] const RingType& before(std::int32_t instruction, Register number) const
    {
        return m_before[static_cast<std::size_t>(instruction)][static_cast<std::size_t>(number)];
    }

private:
    friend class RingFlow;
    RingTypes() = default;

    std::int32_t m_size = 0;
    std::vector<std::int32_t> m_actors; ///< declarations
    std::vector<bool> m_objects; ///< by declaration: whether its elements go along
    std::vector<bool> m_variables;
    std::vector<std::vector<RingType>> m_before; ///< by instruction and register
};

} // namespace heddle
