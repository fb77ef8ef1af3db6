// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

enum class ValueKind : std::uint8_t
{
    None,
    Unset,
    Integer,
    Boolean,
    Duration, ///< nanoseconds
    Size, ///< bytes
    Signal, ///< its number
    Text,
    List,
    Table,
    Handle, ///< an actor or timer, by its number in the run
    Exception, ///< number = index into Code::exceptions, with a text
};

/// Whether values of the kind are numbers and nothing else.
[[nodiscard]] constexpr bool isNumberKind(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Integer:
    case ValueKind::Boolean:
    case ValueKind::Duration:
    case ValueKind::Size:
    case ValueKind::Signal:
    case ValueKind::Handle:
        return true;
    default:
        return false;
    }
}

class Value;
using HandleNames = std::function<std::string(std::int64_t)>;
using ListValue = std::vector<Value>;
using TableValue = std::map<Value, Value>;

/// A value of the language: small ones inline, the others shared and never changed in place.
///
/// Copying a value is copying it as the language means it: nobody else sees later changes.
///
/// Threads: immutable; assign to one object from one thread at a time.
class Value
{
public:
    Value() = default;
    [[nodiscard]] static Value none() { return {}; }
    [[nodiscard]] static Value unset() { return Value(ValueKind::Unset, 0); }
    [[nodiscard]] static Value integer(std::int64_t number)
    {
        return Value(ValueKind::Integer, number);
    }
    [[nodiscard]] static Value boolean(bool truth)
    {
        return Value(ValueKind::Boolean, truth ? 1 : 0);
    }
    [[nodiscard]] static Value duration(std::int64_t length)
    {
        return Value(ValueKind::Duration, length);
    }
    [[nodiscard]] static Value size(std::int64_t bytes) { return Value(ValueKind::Size, bytes); }
    [[nodiscard]] static Value signal(std::int64_t number)
    {
        return Value(ValueKind::Signal, number);
    }
    [[nodiscard]] static Value handle(std::int64_t number)
    {
        return Value(ValueKind::Handle, number);
    }
    [[nodiscard]] static Value text(std::string text);
    [[nodiscard]] static Value list(ListValue items);
    [[nodiscard]] static Value table(TableValue entries);
    [[nodiscard]] static Value exception(std::int64_t name, std::string text);

    [[nodiscard]] ValueKind kind() const { return m_kind; }
    [[nodiscard]] bool is(ValueKind kind) const { return m_kind == kind; }

    /// The number of an Integer, Boolean, Duration, Size, Signal, Handle or Exception.
    [[nodiscard]] std::int64_t number() const { return m_number; }
    [[nodiscard]] const std::string& asText() const; ///< of a Text or Exception
    [[nodiscard]] const ListValue& asList() const;
    [[nodiscard]] const TableValue& asTable() const;

    /// Whether a condition counts it as true: `true`, and nothing else but non-zero numbers.
    [[nodiscard]] bool isTrue() const;

    /// How deep lists and tables lie in each other: 0 for anything else, 1 for a list of numbers.
    [[nodiscard]] int depth() const;

    /// As the language prints it: `true`, `20ms`, `[1, 2]`, texts bare (inside lists in quotes).
    /// `names` says what a handle is called; without it, it is "actor 3".
    [[nodiscard]] std::string toText(const HandleNames& names = {}) const;

    friend bool operator==(const Value& left, const Value& right);
    friend bool operator<(
        const Value& left, const Value& right); ///< a total order, for tables and sorting

private:
    Value(ValueKind kind, std::int64_t number)
        : m_kind(kind)
        , m_number(number)
    {
    }
    struct Heap;
    Value(ValueKind kind, std::int64_t number, std::shared_ptr<const Heap> heap)
        : m_kind(kind)
        , m_number(number)
        , m_heap(std::move(heap))
    {
    }

    ValueKind m_kind = ValueKind::None;
    std::int64_t m_number = 0;
    std::shared_ptr<const Heap> m_heap;
};

/// A text in double quotes with `\"`, `\\`, `\n` and `\t` written out, as it stands inside of a list.
[[nodiscard]] std::string quotedText(const std::string& text);

} // namespace heddle
