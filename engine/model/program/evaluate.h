// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace heddle {

/// What a computation gives: a value, or an exception that is raised instead.
struct [[nodiscard]] Evaluated
{
    Evaluated() = default;
    Evaluated(
        Value result) // NOLINT(google-explicit-constructor): `return value;` reads as it should
        : value(std::move(result))
    {
    }

    [[nodiscard]] static Evaluated raise(std::string_view name, std::string text)
    {
        Evaluated raised;
        raised.exception = name;
        raised.text = std::move(text);
        return raised;
    }
    [[nodiscard]] bool isRaised() const { return !exception.empty(); }

    Value value;
    std::string_view
        exception; ///< name of one of Code::exceptions, a text that lives for ever; empty: none
    std::string text; ///< one sentence, with the exception
};

/// The private variables of one thread or process, in the order of Code::privates.
struct PrivateStore
{
    std::vector<std::vector<Value>> values;
    std::vector<bool> isReady; ///< its initializer has been called
};

/// As declared, before anybody has used them.
[[nodiscard]] PrivateStore makePrivateStore(const Code& code);

/// What computations ask of the world they run in: the runner answers for a real run, the machine
/// for a modelled one.
///
/// Threads: called on the thread that evaluates.
class EvaluationContext
{
public:
    EvaluationContext() = default;
    virtual ~EvaluationContext() = default;
    EvaluationContext(const EvaluationContext&) = delete;
    EvaluationContext& operator=(const EvaluationContext&) = delete;

    /// Number (handle) of the actor that computes.
    [[nodiscard]] virtual std::int64_t me() const = 0;

    /// "philosopher[2]", for texts and `name(h)`.
    [[nodiscard]] virtual std::string handleName(std::int64_t handle) const = 0;

    /// Units: nanoseconds since the start of the run.
    [[nodiscard]] virtual std::int64_t now() = 0;

    /// One of low..high, both included and low <= high, from the run's seed.
    [[nodiscard]] virtual std::int64_t random(std::int64_t low, std::int64_t high) = 0;

    /// How many actors are inside sections[section].
    [[nodiscard]] virtual std::int64_t inside(std::int32_t section) = 0;

    /// The private variables of the computing actor's thread or process.
    [[nodiscard]] virtual PrivateStore& privates() = 0;

    /// LoadShared inside of a fragment (`await until`, `final`, `invariant`), whose reads are all
    /// one step.
    [[nodiscard]] virtual Evaluated loadShared(std::int32_t variable, std::int32_t element) = 0;

    /// Query inside of a fragment. `object` -1: of the handle.
    [[nodiscard]] virtual Evaluated query(
        std::int32_t function, std::int32_t object, std::int32_t element, const Value& handle) = 0;

    /// The actor goes into, or out of, sections[section]: for the trace and `inside`.
    virtual void enterSection(std::int32_t section, std::uint32_t line) = 0;
    virtual void leaveSection(std::int32_t section, std::uint32_t line) = 0;

    /// One is compared with the other, looked for in it, or taken out of it. Only who knows less than
    /// all of some texts has to note it.
    virtual void compares(const Value& /*one*/, const Value& /*other*/) { }

    /// An exception has just been raised (not: passed on), caught later or not.
    virtual void raised(const Value& exception, std::uint32_t line) = 0;
};

/// Bounds of what a program may build, so that a mistake in it ends in NoResources, not in a full memory.
inline constexpr std::size_t kMaximumItems = 1'000'000;
inline constexpr std::size_t kMaximumTextBytes = std::size_t{16} * 1024 * 1024;
inline constexpr int kMaximumDepth = 64;

/// Add … GreaterEqual, Contains. `/` and `%` round towards minus infinity: `-1 % 5` is 4. 64-bit
/// overflow raises Overflow, a division by zero or operands that do not go together raise BadValue,
/// an unset operand Missing.
[[nodiscard]] Evaluated applyBinary(Operation operation, const Value& left, const Value& right);

/// Whether low <= value <= high; false, too, if they cannot be compared.
[[nodiscard]] bool isInRange(const Value& value, const Value& low, const Value& high);

/// Negate, Not.
[[nodiscard]] Evaluated applyUnary(Operation operation, const Value& operand);

/// `container[key]` of a list, table or text; raises Missing.
[[nodiscard]] Evaluated elementOf(const Value& container, const Value& key);

/// A copy of the list or table with `[key] = item`; a list raises Missing beyond its end.
[[nodiscard]] Evaluated replaceElement(const Value& container, const Value& key, const Value& item);

/// A list of the items; NoResources if it would be too deep.
[[nodiscard]] Evaluated makeList(std::span<const Value> items);

/// A table of key, item, key, item, …; NoResources if it would be too deep.
[[nodiscard]] Evaluated makeTable(std::span<const Value> keysAndItems);

/// Items of a list, keys of a table, characters of a text, as a list.
[[nodiscard]] Evaluated itemsOf(const Value& container);

/// As a person reads it: like Value::toText, with the names of handles.
[[nodiscard]] std::string displayText(const Value& value, const EvaluationContext* context);

/// An invisible builtin of functionRows() (`min`, `len` of a text, `random`, …). Queries of objects
/// and handles are the executor's.
///
/// `context` may be null where constants are folded: functions that need it then raise BadValue.
[[nodiscard]] Evaluated callFunction(const Code& code, std::int32_t function,
    std::span<const Value> arguments, EvaluationContext* context);

/// Whether callFunction knows it; the others are only asked of objects and handles.
[[nodiscard]] bool isComputable(std::int32_t function);

/// Whether a value may be stored in the variable: its kind, range and capacity. A raised result
/// says why not.
[[nodiscard]] Evaluated checkStore(const VariableDeclaration& variable, const Value& value);

/// Which element of `count` (numbered from `low`) a value names; raises Missing beyond them. `what`
/// names the array.
struct ElementIndex
{
    std::int32_t element = 0;
    Evaluated problem; ///< raised, or nothing
};
[[nodiscard]] ElementIndex elementIndex(
    const Value& index, std::int64_t low, std::int32_t count, const std::string& what);

} // namespace heddle
