// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_values.h"

#include "engine/model/program/evaluate.h"

#include <algorithm>
#include <optional>

namespace heddle {

namespace {

bool isPlainNumber(ValueKind kind)
{
    return isNumberKind(kind) || kind == ValueKind::Exception || kind == ValueKind::None;
}

std::int64_t lowOf(const KnownValue& known)
{
    return known.isConstant() ? known.constant.number() : known.low;
}

std::int64_t highOf(const KnownValue& known)
{
    return known.isConstant() ? known.constant.number() : known.high;
}

bool areNumbers(ValueKind left, ValueKind right)
{
    return left == right
        && (left == ValueKind::Integer || left == ValueKind::Duration || left == ValueKind::Size);
}

/// A value, or none yet.
KnownValue perhaps(const KnownValue& known)
{
    KnownValue either = known;
    if (known.isConstant() && isPlainNumber(known.type))
        either = KnownValue::number(known.type, lowOf(known), highOf(known));
    either.exceptions = known.exceptions;
    either.mayBeUnset = true;
    if (!either.isNumber())
        either.kind = KnownValue::Kind::Mixed;
    return either;
}

PromelaCase raisedCase(std::string guard, std::string_view exception)
{
    return {std::move(guard), {}, exception};
}

PromelaCase truthCase(const PromelaTerm& left, const char* sign, const PromelaTerm& right)
{
    return {{}, {KnownValue::truth(), "(" + left.text + " " + sign + " " + right.text + ")"}, {}};
}

std::vector<PromelaCase> folded(const Evaluated& result)
{
    if (result.isRaised())
        return {raisedCase({}, result.exception)};
    return {{{}, PromelaTerm::of(result.value), {}}};
}

KnownValue clamped(ValueKind type, std::int64_t low, std::int64_t high)
{
    if (low < INT32_MIN || high > INT32_MAX)
        return KnownValue::number(type);
    return KnownValue::number(type, low, high);
}

KnownValue rangeOf(
    Operation operation, ValueKind type, const KnownValue& left, const KnownValue& right)
{
    const std::int64_t a = lowOf(left);
    const std::int64_t b = highOf(left);
    const std::int64_t c = lowOf(right);
    const std::int64_t d = highOf(right);
    switch (operation) {
    case Operation::Add:
        return clamped(type, a + c, b + d);
    case Operation::Subtract:
        return clamped(type, a - d, b - c);
    case Operation::Multiply: {
        const auto [low, high] = std::minmax({a * c, a * d, b * c, b * d});
        return clamped(type, low, high);
    }
    case Operation::Remainder:
        return c > 0 ? clamped(type, 0, d - 1) : KnownValue::number(type);
    default:
        return KnownValue::number(type);
    }
}

/// Quotient and remainder round towards minus infinity; in Promela they round towards zero.
std::vector<PromelaCase> divided(
    Operation operation, ValueKind type, const PromelaTerm& left, const PromelaTerm& right)
{
    const KnownValue range = rangeOf(operation, type, left.known, right.known);
    const std::string sign = operation == Operation::Divide ? "/" : "%";
    std::string text = "(" + left.text + " " + sign + " " + right.text + ")";
    if (lowOf(left.known) < 0 || lowOf(right.known) <= 0) {
        const std::string isUneven = "(" + left.text + " % " + right.text + ") != 0 && (("
            + left.text + " < 0) != (" + right.text + " < 0))";
        text = "(" + isUneven + " -> " + text
            + (operation == Operation::Divide ? " - 1" : " + " + right.text) + " : " + text + ")";
    }
    std::vector<PromelaCase> cases;
    if (lowOf(right.known) <= 0 && highOf(right.known) >= 0)
        cases.push_back(raisedCase("(" + right.text + " == 0)", kBadValue));
    cases.insert(cases.begin(),
        {cases.empty() ? std::string() : "(" + right.text + " != 0)", {range, text}, {}});
    return cases;
}

bool isMeasure(ValueKind kind)
{
    return kind == ValueKind::Duration || kind == ValueKind::Size;
}

/// The kind of a sum, difference or product; none for values that do not go together.
std::optional<ValueKind> kindOf(Operation operation, ValueKind left, ValueKind right)
{
    const bool isProduct = operation == Operation::Multiply;
    if (areNumbers(left, right) && (!isProduct || left == ValueKind::Integer))
        return left;
    if (isProduct && left == ValueKind::Integer && isMeasure(right))
        return right;
    if (isProduct && isMeasure(left) && right == ValueKind::Integer)
        return left;
    return std::nullopt;
}

std::vector<PromelaCase> arithmetic(
    Operation operation, const PromelaTerm& left, const PromelaTerm& right)
{
    const ValueKind a = left.known.valueKind();
    const ValueKind b = right.known.valueKind();
    if (operation == Operation::Divide || operation == Operation::Remainder) {
        if (!areNumbers(a, b) && !(isMeasure(a) && b == ValueKind::Integer))
            return {raisedCase({}, kBadValue)};
        const bool isRatio = areNumbers(a, b) && operation == Operation::Divide;
        return divided(operation, isRatio ? ValueKind::Integer : a, left, right);
    }
    const std::optional<ValueKind> type = kindOf(operation, a, b);
    if (!type)
        return {raisedCase({}, kBadValue)};
    const char* sign = operation == Operation::Add ? " + "
        : operation == Operation::Subtract         ? " - "
                                                   : " * ";
    return {{{},
        {rangeOf(operation, *type, left.known, right.known),
            "(" + left.text + sign + right.text + ")"},
        {}}};
}

std::vector<PromelaCase> compared(
    Operation operation, const PromelaTerm& left, const PromelaTerm& right)
{
    const ValueKind a = left.known.valueKind();
    const ValueKind b = right.known.valueKind();
    if (operation == Operation::Equal || operation == Operation::NotEqual) {
        if (a != b) // values of different kinds are never equal
            return folded(Value::boolean(operation == Operation::NotEqual));
        return {truthCase(left, operation == Operation::Equal ? "==" : "!=", right)};
    }
    if (!areNumbers(a, b) && !(a == b && a == ValueKind::Boolean))
        return {raisedCase({}, kBadValue)};
    const char* sign = operation == Operation::Less ? "<"
        : operation == Operation::LessEqual         ? "<="
        : operation == Operation::Greater           ? ">"
                                                    : ">=";
    return {truthCase(left, sign, right)};
}

} // namespace

KnownValue KnownValue::of(const Value& value)
{
    KnownValue known;
    if (value.is(ValueKind::Unset))
        return known;
    known.kind = Kind::Constant;
    known.constant = value;
    known.type = value.kind();
    constexpr std::int64_t kMostExceptions = 62;
    if (value.is(ValueKind::Exception))
        known.exceptions = std::uint64_t{1} << std::min(value.number() + 1, kMostExceptions);
    return known;
}

KnownValue KnownValue::number(ValueKind type, std::int64_t low, std::int64_t high)
{
    KnownValue known;
    known.kind = Kind::Number;
    known.type = type;
    known.low = low;
    known.high = high;
    return known;
}

ValueKind KnownValue::valueKind() const
{
    return isConstant() || isNumber() ? type : ValueKind::None;
}

bool operator==(const KnownValue& left, const KnownValue& right)
{
    return left.kind == right.kind && left.type == right.type && left.low == right.low
        && left.high == right.high && left.mayBeUnset == right.mayBeUnset
        && left.exceptions == right.exceptions && left.actors == right.actors
        && left.constant.kind() == right.constant.kind() && left.constant == right.constant;
}

namespace {

bool isText(const KnownValue& known)
{
    return known.kind == KnownValue::Kind::Text
        || (known.isConstant() && known.type == ValueKind::Text);
}

bool isPlain(const KnownValue& known)
{
    return (known.isConstant() || known.isNumber()) && isPlainNumber(known.type);
}

/// A range that has grown since `before`, so that it need not grow again.
KnownValue widened(KnownValue range, const KnownValue& before)
{
    const bool isBounded = before.type != ValueKind::Integer && before.type != ValueKind::Duration
        && before.type != ValueKind::Size;
    if (isBounded) // there are only so many handles, exceptions and truths
        return range;
    if (range.low < lowOf(before))
        range.low = INT32_MIN;
    if (range.high > highOf(before))
        range.high = INT32_MAX;
    return range;
}

} // namespace

KnownValue joined(const KnownValue& left, const KnownValue& right, bool widens)
{
    using Kind = KnownValue::Kind;
    if (left == right)
        return left;
    if (left.kind == Kind::Unset || right.kind == Kind::Unset)
        return perhaps(left.kind == Kind::Unset ? right : left);
    KnownValue both;
    both.kind = Kind::Mixed;
    if (isText(left) && isText(right)) {
        both.kind = Kind::Text;
        return both;
    }
    // What is passed on behind a `finally` shares its register with other values.
    const bool mayBeOther = left.type != right.type && (left.exceptions | right.exceptions) != 0;
    if (left.exceptions != 0 && !isPlain(right))
        return perhaps(left);
    if (right.exceptions != 0 && !isPlain(left))
        return perhaps(right);
    if (!isPlain(left) || !isPlain(right) || (left.type != right.type && !mayBeOther))
        return both;
    KnownValue range = KnownValue::number(mayBeOther ? ValueKind::Exception : left.type,
        std::min(lowOf(left), lowOf(right)), std::max(highOf(left), highOf(right)));
    range.mayBeUnset = left.mayBeUnset || right.mayBeUnset || mayBeOther;
    range.exceptions = left.exceptions | right.exceptions;
    return widens ? widened(range, left) : range;
}

PromelaTerm PromelaTerm::of(const Value& value)
{
    PromelaTerm term;
    term.known = KnownValue::of(value);
    if (!term.known.isConstant() || !isPlainNumber(value.kind()))
        return term;
    if (value.is(ValueKind::Boolean))
        term.text = value.isTrue() ? "true" : "false";
    else if (value.number() < 0)
        term.text = "(" + std::to_string(value.number()) + ")";
    else
        term.text = std::to_string(value.number());
    return term;
}

std::string truthOf(const PromelaTerm& term)
{
    if (term.known.isConstant())
        return term.known.constant.isTrue() ? "true" : "false";
    if (term.known.type == ValueKind::Boolean)
        return term.text;
    return "(" + term.text + " != 0)";
}

std::string negated(const std::string& condition)
{
    if (condition == "true")
        return "false";
    return condition == "false" ? "true" : "!" + condition;
}

std::vector<PromelaCase> promelaBinary(
    Operation operation, const PromelaTerm& left, const PromelaTerm& right)
{
    if (left.known.isConstant() && right.known.isConstant())
        return folded(applyBinary(operation, left.known.constant, right.known.constant));
    if (left.text.empty() || right.text.empty())
        return {};
    switch (operation) {
    case Operation::Add:
    case Operation::Subtract:
    case Operation::Multiply:
    case Operation::Divide:
    case Operation::Remainder:
        return arithmetic(operation, left, right);
    case Operation::Contains:
        return {};
    default:
        return compared(operation, left, right);
    }
}

std::vector<PromelaCase> promelaUnary(Operation operation, const PromelaTerm& operand)
{
    if (operand.known.isConstant())
        return folded(applyUnary(operation, operand.known.constant));
    if (operand.text.empty())
        return {};
    if (operation == Operation::Not)
        return {{{}, {KnownValue::truth(), "(" + negated(truthOf(operand)) + ")"}, {}}};
    if (!areNumbers(operand.known.type, operand.known.type))
        return {raisedCase({}, kBadValue)};
    return {{{},
        {clamped(operand.known.type, -operand.known.high, -operand.known.low),
            "(-" + operand.text + ")"},
        {}}};
}

std::vector<PromelaCase> promelaInRange(
    const PromelaTerm& value, const PromelaTerm& low, const PromelaTerm& high)
{
    const std::vector<PromelaCase> above = promelaBinary(Operation::LessEqual, low, value);
    const std::vector<PromelaCase> below = promelaBinary(Operation::LessEqual, value, high);
    if (above.size() != 1 || below.size() != 1)
        return {};
    const bool isComparable = above.front().exception.empty() && below.front().exception.empty();
    if (!isComparable)
        return folded(Value::boolean(false));
    const std::string text =
        "(" + truthOf(above.front().value) + " && " + truthOf(below.front().value) + ")";
    const bool areKnown =
        above.front().value.known.isConstant() && below.front().value.known.isConstant();
    if (areKnown)
        return folded(Value::boolean(above.front().value.known.constant.isTrue()
            && below.front().value.known.constant.isTrue()));
    return {{{}, {KnownValue::truth(), text}, {}}};
}

const char* promelaType(const KnownValue& known)
{
    const std::int64_t low = lowOf(known);
    const std::int64_t high = highOf(known);
    if (known.type == ValueKind::Boolean || (low >= 0 && high <= 1))
        return "bool";
    if (low >= 0 && high <= UINT8_MAX)
        return "byte";
    return low >= INT16_MIN && high <= INT16_MAX ? "short" : "int";
}

} // namespace heddle
