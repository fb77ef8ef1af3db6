// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <string>
#include <vector>

namespace heddle {

/// What is known about a value before the program runs.
struct KnownValue
{
    enum class Kind : std::uint8_t
    {
        Unset,
        Constant,
        Number, ///< of the kind `type`, between low and high
        Text, ///< some text: not written out
        Actors, ///< the list of the handles of a whole actor array
        Mixed, ///< of more than one kind, or perhaps unset
    };
    Kind kind = Kind::Unset;
    Value constant;
    ValueKind type = ValueKind::Integer;
    std::int64_t low = INT32_MIN;
    std::int64_t high = INT32_MAX;
    bool mayBeUnset = false; ///< of a Number: or something else that nobody reads
    std::uint64_t exceptions = 0; ///< a bit for each exception that it may be, the lowest for a
        ///< failed assertion
    std::int32_t actors = -1; ///< of Actors: index into Code::actors

    [[nodiscard]] static KnownValue of(const Value& value);
    [[nodiscard]] static KnownValue number(
        ValueKind type, std::int64_t low = INT32_MIN, std::int64_t high = INT32_MAX);
    [[nodiscard]] static KnownValue truth() { return number(ValueKind::Boolean, 0, 1); }

    [[nodiscard]] bool isConstant() const { return kind == Kind::Constant; }
    [[nodiscard]] bool isNumber() const { return kind == Kind::Number; }
    /// Of a Constant or Number; None of anything else.
    [[nodiscard]] ValueKind valueKind() const;

    friend bool operator==(const KnownValue& left, const KnownValue& right);
};

/// What is known if it is one of the two. With `widens`, bounds that grow are given up, so that
/// repeating it comes to an end.
[[nodiscard]] KnownValue joined(const KnownValue& left, const KnownValue& right, bool widens);

/// A value as an expression of Promela.
struct PromelaTerm
{
    KnownValue known;
    std::string text; ///< empty of what is no number

    [[nodiscard]] static PromelaTerm of(const Value& value);
    [[nodiscard]] static PromelaTerm integer(std::int64_t number)
    {
        return of(Value::integer(number));
    }
};

/// One way in which a computation may come out.
struct PromelaCase
{
    std::string guard; ///< when it does; empty: always
    PromelaTerm value;
    std::string_view exception; ///< raised instead, if not empty
};

/// Whether a term counts as true, as an expression; "0" or "1" if it is known.
[[nodiscard]] std::string truthOf(const PromelaTerm& term);
[[nodiscard]] std::string negated(const std::string& condition);

/// Add … GreaterEqual. Nothing if Promela has no counterpart.
[[nodiscard]] std::vector<PromelaCase> promelaBinary(
    Operation operation, const PromelaTerm& left, const PromelaTerm& right);

/// Negate, Not.
[[nodiscard]] std::vector<PromelaCase> promelaUnary(
    Operation operation, const PromelaTerm& operand);

/// Whether low <= value <= high.
[[nodiscard]] std::vector<PromelaCase> promelaInRange(
    const PromelaTerm& value, const PromelaTerm& low, const PromelaTerm& high);

/// The smallest type of Promela that holds it.
[[nodiscard]] const char* promelaType(const KnownValue& known);

} // namespace heddle
