// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/model/kinds.h"
#include "engine/model/program/syntax_tree.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace heddle {

/// How a statement looks as a block and in the palette.
enum class Family : std::uint8_t
{
    Declaration,
    Value,
    Synchronization,
    Communication,
    Life,
    Time,
    Output,
    Check,
    Control
};

/// One row for each primitive: the only place that knows which there are.
struct PrimitiveRow
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::string_view keyword; ///< "rlock"
    std::string_view title; ///< "Recursive mutex", marked for translation
    std::string_view summary; ///< one sentence, marked for translation
    std::string_view declaration; ///< "mutex name", the form to insert
    std::span<const Rule> statements; ///< those that may be done to it
    State waitState = State::None; ///< what an actor that waits for it is shown as
};

/// One row for each statement and declaration.
struct StatementRow
{
    Rule rule = Rule::Pass;
    std::string_view word; ///< "lock"
    Family family = Family::Control;
    bool mayWait = false; ///< ◇ of the language
    std::string_view form; ///< "lock NAME [read|write] [within DURATION]"
    std::string_view summary; ///< marked for translation
};

/// One row for each builtin function.
struct FunctionRow
{
    std::string_view name; ///< "len"
    int minimumArguments = 0;
    int maximumArguments = 0;
    bool isQuery = false; ///< asks an object or handle: one visible step
    std::string_view form;
    std::string_view summary;
};

/// One row for each option line.
struct OptionRow
{
    std::string_view name;
    std::span<const std::string_view> values; ///< empty: a number or duration
    std::string_view summary;
};

[[nodiscard]] std::span<const PrimitiveRow> primitiveRows();
[[nodiscard]] std::span<const StatementRow> statementRows();
[[nodiscard]] std::span<const FunctionRow> functionRows();
[[nodiscard]] std::span<const OptionRow> optionRows();
[[nodiscard]] std::span<const std::string_view>
exceptionNames(); ///< builtin ones: Timeout, Cancelled, …
[[nodiscard]] std::span<const std::string_view> reservedWords(); ///< never names

[[nodiscard]] const PrimitiveRow& primitiveRow(PrimitiveKind kind);
[[nodiscard]] const PrimitiveRow* findPrimitive(std::string_view keyword);
[[nodiscard]] const StatementRow* findStatement(std::string_view word);

/// Index into functionRows(), or nothing.
[[nodiscard]] std::optional<int> findFunction(std::string_view name);

} // namespace heddle
