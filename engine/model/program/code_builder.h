// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// A place in the code that jumps go to, known or still to come.
class Label
{
public:
    /// Which part of an instruction waits for the place.
    enum class Part
    {
        Target,
        Otherwise
    };

private:
    friend class CodeBuilder;
    std::int32_t m_place = -1;
    std::vector<std::pair<std::int32_t, Part>> m_waiting;
};

/// Appends instructions to a Code.
///
/// Threads: one thread at a time.
class CodeBuilder
{
public:
    explicit CodeBuilder(Code& code)
        : m_code(code)
    {
    }

    [[nodiscard]] Code& code() { return m_code; }

    /// Number of the instruction that comes next.
    [[nodiscard]] std::int32_t here() const
    {
        return static_cast<std::int32_t>(m_code.instructions.size());
    }

    /// Appends it and gives its number. Beyond the bound nothing is appended any more, see isFull().
    std::int32_t add(Instruction instruction);
    [[nodiscard]] bool isFull() const { return m_isFull; }

    /// Appends a jump, or lets a part of an appended instruction point to the label.
    void jump(Operation operation, Register condition, Label& label);
    void point(std::int32_t instruction, Label::Part part, Label& label);

    /// The label is here.
    void bind(Label& label);

    [[nodiscard]] std::int32_t constant(const Value& value);

    /// Source place of what is appended from now on.
    void setPlace(std::uint32_t line, std::uint32_t column);

private:
    void patch(std::int32_t instruction, Label::Part part, std::int32_t place);

    static constexpr std::size_t kMaximumInstructions = 1'000'000;
    Code& m_code;
    std::map<Value, std::int32_t> m_constants;
    std::uint32_t m_line = 0;
    std::uint32_t m_column = 0;
    bool m_isFull = false;
};

} // namespace heddle
