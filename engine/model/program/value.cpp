// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/value.h"

#include "engine/base/check.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <csignal>

namespace heddle {

/// What does not fit inline; only the member of the value's kind is filled.
struct Value::Heap
{
    std::string text;
    ListValue list;
    TableValue table;
    int depth = 0;
};

namespace {

struct SizeUnit
{
    std::int64_t bytes;
    const char* name;
};
constexpr std::array kSizeUnits = {
    SizeUnit{std::int64_t{1024} * 1024, "MiB"}, SizeUnit{1024, "KiB"}, SizeUnit{1, "B"}};

std::string sizeLiteral(std::int64_t bytes)
{
    for (const SizeUnit& unit : kSizeUnits)
        if (bytes % unit.bytes == 0 && (bytes != 0 || unit.bytes == 1))
            return std::to_string(bytes / unit.bytes) + unit.name;
    return std::to_string(bytes) + "B";
}

std::string itemText(const Value& value, const HandleNames& names)
{
    return value.is(ValueKind::Text) ? quotedText(value.asText()) : value.toText(names);
}

std::string listText(const ListValue& items, const HandleNames& names)
{
    std::string text = "[";
    for (const Value& item : items)
        text += (text.size() > 1 ? ", " : "") + itemText(item, names);
    return text + "]";
}

std::string tableText(const TableValue& entries, const HandleNames& names)
{
    std::string text = "{";
    for (const auto& [key, item] : entries)
        text += (text.size() > 1 ? ", " : "") + itemText(key, names) + ": " + itemText(item, names);
    return text + "}";
}

} // namespace

std::string quotedText(const std::string& text)
{
    std::string quoted = "\"";
    for (const char character : text) {
        if (character == '\n')
            quoted += "\\n";
        else if (character == '\t')
            quoted += "\\t";
        else if (character == '"' || character == '\\')
            quoted += {'\\', character};
        else
            quoted += character;
    }
    return quoted + "\"";
}

Value Value::text(std::string text)
{
    auto heap = std::make_shared<Heap>();
    heap->text = std::move(text);
    return {ValueKind::Text, 0, std::move(heap)};
}

Value Value::list(ListValue items)
{
    auto heap = std::make_shared<Heap>();
    for (const Value& item : items)
        heap->depth = std::max(heap->depth, item.depth());
    ++heap->depth;
    heap->list = std::move(items);
    return {ValueKind::List, 0, std::move(heap)};
}

Value Value::table(TableValue entries)
{
    auto heap = std::make_shared<Heap>();
    for (const auto& [key, item] : entries)
        heap->depth = std::max({heap->depth, key.depth(), item.depth()});
    ++heap->depth;
    heap->table = std::move(entries);
    return {ValueKind::Table, 0, std::move(heap)};
}

Value Value::exception(std::int64_t name, std::string text)
{
    auto heap = std::make_shared<Heap>();
    heap->text = std::move(text);
    return {ValueKind::Exception, name, std::move(heap)};
}

const std::string& Value::asText() const
{
    HEDDLE_ASSERT(is(ValueKind::Text) || is(ValueKind::Exception), "only these have a text");
    return m_heap->text;
}

const ListValue& Value::asList() const
{
    HEDDLE_ASSERT(is(ValueKind::List), "only a list has items");
    return m_heap->list;
}

const TableValue& Value::asTable() const
{
    HEDDLE_ASSERT(is(ValueKind::Table), "only a table has entries");
    return m_heap->table;
}

bool Value::isTrue() const
{
    switch (m_kind) {
    case ValueKind::Integer:
    case ValueKind::Boolean:
    case ValueKind::Duration:
    case ValueKind::Size:
    case ValueKind::Signal:
        return m_number != 0;
    default:
        return false;
    }
}

int Value::depth() const
{
    return m_heap ? m_heap->depth : 0;
}

std::string Value::toText(const HandleNames& names) const
{
    switch (m_kind) {
    case ValueKind::None:
        return "none";
    case ValueKind::Unset:
        return "unset";
    case ValueKind::Integer:
        return std::to_string(m_number);
    case ValueKind::Boolean:
        return m_number != 0 ? "true" : "false";
    case ValueKind::Duration:
        return durationLiteral(std::chrono::nanoseconds(m_number));
    case ValueKind::Size:
        return sizeLiteral(m_number);
    case ValueKind::Signal:
        return signalName(static_cast<int>(m_number));
    case ValueKind::Text:
    case ValueKind::Exception:
        return m_heap->text;
    case ValueKind::List:
        return listText(m_heap->list, names);
    case ValueKind::Table:
        return tableText(m_heap->table, names);
    case ValueKind::Handle:
        return names ? names(m_number) : "actor " + std::to_string(m_number);
    }
    return {};
}

bool operator==(const Value& left, const Value& right)
{
    if (left.m_kind != right.m_kind || left.m_number != right.m_number)
        return false;
    if (left.m_heap == right.m_heap)
        return true;
    return left.m_heap->text == right.m_heap->text && left.m_heap->list == right.m_heap->list
        && left.m_heap->table == right.m_heap->table;
}

bool operator<(const Value& left, const Value& right)
{
    if (left.m_kind != right.m_kind)
        return left.m_kind < right.m_kind;
    if (left.m_number != right.m_number)
        return left.m_number < right.m_number;
    switch (left.m_kind) {
    case ValueKind::Text:
    case ValueKind::Exception:
        return left.m_heap->text < right.m_heap->text;
    case ValueKind::List:
        return left.m_heap->list < right.m_heap->list;
    case ValueKind::Table:
        return left.m_heap->table < right.m_heap->table;
    default:
        return false;
    }
}

} // namespace heddle
