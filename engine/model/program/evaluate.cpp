// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/evaluate.h"

#include <algorithm>

namespace heddle {

namespace {

Evaluated badOperands(Operation operation, const Value& left, const Value& right)
{
    const auto described = [](const Value& value) {
        const std::string text =
            value.is(ValueKind::Text) ? quotedText(value.asText()) : value.toText();
        return text.size() <= 60 ? text : text.substr(0, 57) + "...";
    };
    return Evaluated::raise(kBadValue,
        std::string("cannot do \"") + toText(operation) + "\" with " + described(left) + " and "
            + described(right));
}

Evaluated tooMuch(const char* what)
{
    return Evaluated::raise("NoResources", std::string("a ") + what + " would get too large");
}

/// Numbers of the same sort that are added, compared and so on by their number.
bool areNumbers(ValueKind left, ValueKind right)
{
    const auto asPlain = [](ValueKind kind) {
        return kind == ValueKind::Signal ? ValueKind::Integer : kind;
    };
    const ValueKind kind = asPlain(left);
    return kind == asPlain(right)
        && (kind == ValueKind::Integer || kind == ValueKind::Duration || kind == ValueKind::Size);
}

bool isMeasure(ValueKind kind)
{
    return kind == ValueKind::Duration || kind == ValueKind::Size;
}

Value numberOf(ValueKind kind, std::int64_t number)
{
    if (kind == ValueKind::Duration)
        return Value::duration(number);
    return kind == ValueKind::Size ? Value::size(number) : Value::integer(number);
}

Evaluated overflow(Operation operation, const Value& left, const Value& right)
{
    return Evaluated::raise("Overflow",
        std::string(toText(operation)) + " of " + left.toText() + " and " + right.toText()
            + " does not fit into 64 bits");
}

/// Rounds towards minus infinity, so that the remainder has the sign of the divisor.
std::int64_t floorQuotient(std::int64_t left, std::int64_t right)
{
    const std::int64_t quotient = left / right;
    return left % right != 0 && ((left < 0) != (right < 0)) ? quotient - 1 : quotient;
}

Evaluated divide(Operation operation, const Value& left, const Value& right)
{
    const bool isRatio = areNumbers(left.kind(), right.kind());
    const bool isShare = isMeasure(left.kind()) && right.is(ValueKind::Integer);
    if (!isRatio && !(isShare && operation == Operation::Divide))
        return badOperands(operation, left, right);
    if (right.number() == 0)
        return Evaluated::raise(kBadValue, "division of " + left.toText() + " by zero");
    if (left.number() == INT64_MIN && right.number() == -1)
        return operation == Operation::Divide ? overflow(operation, left, right)
                                              : Evaluated(numberOf(left.kind(), 0));
    const std::int64_t quotient = floorQuotient(left.number(), right.number());
    if (operation == Operation::Remainder)
        return numberOf(left.kind(), left.number() - quotient * right.number());
    return isShare ? numberOf(left.kind(), quotient) : Value::integer(quotient);
}

Evaluated repeatedList(const ListValue& items, std::int64_t times)
{
    if (times > 0 && items.size() > kMaximumItems / static_cast<std::size_t>(times))
        return tooMuch("list");
    ListValue result;
    for (std::int64_t i = 0; i < times; ++i)
        result.insert(result.end(), items.begin(), items.end());
    return Value::list(std::move(result));
}

Evaluated multiply(const Value& left, const Value& right)
{
    if (left.is(ValueKind::List) && right.is(ValueKind::Integer))
        return repeatedList(left.asList(), right.number());
    const bool leftIsFactor = left.is(ValueKind::Integer);
    const bool rightIsFactor = right.is(ValueKind::Integer);
    const bool fits = (leftIsFactor && (rightIsFactor || isMeasure(right.kind())))
        || (rightIsFactor && isMeasure(left.kind()));
    if (!fits)
        return badOperands(Operation::Multiply, left, right);
    std::int64_t product = 0;
    if (__builtin_mul_overflow(left.number(), right.number(), &product))
        return overflow(Operation::Multiply, left, right);
    return numberOf(leftIsFactor ? right.kind() : left.kind(), product);
}

Evaluated joinLists(const ListValue& left, const ListValue& right)
{
    if (left.size() + right.size() > kMaximumItems)
        return tooMuch("list");
    ListValue items = left;
    items.insert(items.end(), right.begin(), right.end());
    return Value::list(std::move(items));
}

Evaluated addTables(const TableValue& left, const TableValue& right)
{
    TableValue sum = left;
    for (const auto& [key, item] : right) {
        const auto [place, isNew] = sum.emplace(key, item);
        if (isNew)
            continue;
        Evaluated added = applyBinary(Operation::Add, place->second, item);
        if (added.isRaised())
            return added;
        place->second = std::move(added.value);
    }
    return sum.size() > kMaximumItems ? tooMuch("table") : Evaluated(Value::table(std::move(sum)));
}

Evaluated add(const Value& left, const Value& right)
{
    if (areNumbers(left.kind(), right.kind())) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(left.number(), right.number(), &sum))
            return overflow(Operation::Add, left, right);
        return numberOf(left.kind(), sum);
    }
    if (left.kind() != right.kind())
        return badOperands(Operation::Add, left, right);
    if (left.is(ValueKind::Text))
        return left.asText().size() + right.asText().size() > kMaximumTextBytes
            ? tooMuch("text")
            : Evaluated(Value::text(left.asText() + right.asText()));
    if (left.is(ValueKind::List))
        return joinLists(left.asList(), right.asList());
    if (left.is(ValueKind::Table))
        return addTables(left.asTable(), right.asTable());
    return badOperands(Operation::Add, left, right);
}

Evaluated subtract(const Value& left, const Value& right)
{
    if (areNumbers(left.kind(), right.kind())) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(left.number(), right.number(), &difference))
            return overflow(Operation::Subtract, left, right);
        return numberOf(left.kind(), difference);
    }
    if (!left.is(ValueKind::List) || !right.is(ValueKind::List))
        return badOperands(Operation::Subtract, left, right);
    ListValue items = left.asList();
    for (const Value& removed : right.asList()) {
        const auto place = std::find(items.begin(), items.end(), removed);
        if (place != items.end())
            items.erase(place);
    }
    return Value::list(std::move(items));
}

bool areEqual(const Value& left, const Value& right)
{
    return areNumbers(left.kind(), right.kind()) ? left.number() == right.number() : left == right;
}

Evaluated compare(Operation operation, const Value& left, const Value& right)
{
    const bool canCompare = areNumbers(left.kind(), right.kind())
        || (left.kind() == right.kind()
            && (left.is(ValueKind::Text) || left.is(ValueKind::List)
                || left.is(ValueKind::Boolean)));
    if (!canCompare)
        return badOperands(operation, left, right);
    const bool isLess =
        areNumbers(left.kind(), right.kind()) ? left.number() < right.number() : left < right;
    const bool isEqual = areEqual(left, right);
    switch (operation) {
    case Operation::Less:
        return Value::boolean(isLess);
    case Operation::LessEqual:
        return Value::boolean(isLess || isEqual);
    case Operation::Greater:
        return Value::boolean(!isLess && !isEqual);
    default:
        return Value::boolean(!isLess);
    }
}

Evaluated contains(const Value& item, const Value& container)
{
    if (container.is(ValueKind::List)) {
        const ListValue& items = container.asList();
        return Value::boolean(std::any_of(items.begin(), items.end(),
            [&item](const Value& each) { return areEqual(each, item); }));
    }
    if (container.is(ValueKind::Table))
        return Value::boolean(container.asTable().count(item) > 0);
    if (container.is(ValueKind::Text) && item.is(ValueKind::Text))
        return Value::boolean(container.asText().find(item.asText()) != std::string::npos);
    return badOperands(Operation::Contains, item, container);
}

Evaluated missingValue()
{
    return Evaluated::raise("Missing", "a value is used that is not set yet");
}

} // namespace

Evaluated applyBinary(Operation operation, const Value& left, const Value& right)
{
    if (left.is(ValueKind::Unset) || right.is(ValueKind::Unset))
        return missingValue();
    switch (operation) {
    case Operation::Add:
        return add(left, right);
    case Operation::Subtract:
        return subtract(left, right);
    case Operation::Multiply:
        return multiply(left, right);
    case Operation::Divide:
    case Operation::Remainder:
        return divide(operation, left, right);
    case Operation::Equal:
        return Value::boolean(areEqual(left, right));
    case Operation::NotEqual:
        return Value::boolean(!areEqual(left, right));
    case Operation::Less:
    case Operation::LessEqual:
    case Operation::Greater:
    case Operation::GreaterEqual:
        return compare(operation, left, right);
    case Operation::Contains:
        return contains(left, right);
    default:
        return badOperands(operation, left, right);
    }
}

bool isInRange(const Value& value, const Value& low, const Value& high)
{
    const Evaluated above = applyBinary(Operation::LessEqual, low, value);
    const Evaluated below = applyBinary(Operation::LessEqual, value, high);
    return !above.isRaised() && !below.isRaised() && above.value.isTrue() && below.value.isTrue();
}

Evaluated applyUnary(Operation operation, const Value& operand)
{
    if (operand.is(ValueKind::Unset))
        return missingValue();
    if (operation == Operation::Not)
        return Value::boolean(!operand.isTrue());
    if (!areNumbers(operand.kind(), operand.kind()))
        return Evaluated::raise(kBadValue, "cannot take the negative of " + operand.toText());
    if (operand.number() == INT64_MIN)
        return Evaluated::raise(
            "Overflow", "the negative of " + operand.toText() + " does not fit into 64 bits");
    return numberOf(operand.kind(), -operand.number());
}

Evaluated checkStore(const VariableDeclaration& variable, const Value& value)
{
    if (value.is(ValueKind::Unset))
        return missingValue();
    if (variable.kind != ValueKind::None && value.kind() != variable.kind)
        return Evaluated::raise(kBadValue,
            "\"" + variable.name + "\" cannot hold " + value.toText() + ": it is of another kind");
    const bool isTooLow = variable.minimum && value.number() < *variable.minimum;
    const bool isTooHigh = variable.maximum && value.number() > *variable.maximum;
    if (isTooLow || isTooHigh)
        return Evaluated::raise("Overflow",
            value.toText() + " is outside of the range of \"" + variable.name + "\", "
                + std::to_string(variable.minimum.value_or(INT64_MIN)) + ".."
                + std::to_string(variable.maximum.value_or(INT64_MAX)));
    if (!variable.capacity)
        return {};
    const std::size_t items = value.is(ValueKind::List) ? value.asList().size()
        : value.is(ValueKind::Table)                    ? value.asTable().size()
                                                        : 0;
    if (items > static_cast<std::size_t>(*variable.capacity))
        return Evaluated::raise("Overflow",
            "\"" + variable.name + "\" has room for " + std::to_string(*variable.capacity)
                + " items, not for " + std::to_string(items));
    return {};
}

ElementIndex elementIndex(
    const Value& index, std::int64_t low, std::int32_t count, const std::string& what)
{
    ElementIndex found;
    if (index.is(ValueKind::Integer) && index.number() >= low && index.number() - low < count) {
        found.element = static_cast<std::int32_t>(index.number() - low);
        return found;
    }
    found.problem = Evaluated::raise("Missing",
        "\"" + what + "\" has no element " + index.toText() + ", only " + std::to_string(low) + ".."
            + std::to_string(low + count - 1));
    return found;
}

PrivateStore makePrivateStore(const Code& code)
{
    PrivateStore store;
    for (const VariableDeclaration& variable : code.privates)
        store.values.push_back(variable.initial);
    store.isReady.assign(code.privates.size(), false);
    return store;
}

} // namespace heddle
