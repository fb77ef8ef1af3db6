// SPDX-License-Identifier: Apache-2.0
#include "engine/run/byte_stream.h"

#include <array>
#include <cstring>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kLongestText = std::size_t{16} * 1024 * 1024;
constexpr int kDeepestValue = 128; // the language stops at 64

} // namespace

Value numberValue(ValueKind kind, std::int64_t number)
{
    switch (kind) {
    case ValueKind::Unset:
        return Value::unset();
    case ValueKind::Integer:
        return Value::integer(number);
    case ValueKind::Boolean:
        return Value::boolean(number != 0);
    case ValueKind::Duration:
        return Value::duration(number);
    case ValueKind::Size:
        return Value::size(number);
    case ValueKind::Signal:
        return Value::signal(number);
    case ValueKind::Handle:
        return Value::handle(number);
    default:
        return Value::none();
    }
}

void ByteWriter::number(std::int64_t value)
{
    std::array<char, sizeof value> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    m_bytes.append(raw.data(), raw.size());
}

void ByteWriter::text(std::string_view value)
{
    const std::string_view kept = value.substr(0, kLongestText);
    number(static_cast<std::int64_t>(kept.size()));
    m_bytes.append(kept);
}

void ByteWriter::value(const Value& value)
{
    number(static_cast<std::int64_t>(value.kind()));
    switch (value.kind()) {
    case ValueKind::Text:
        text(value.asText());
        break;
    case ValueKind::Exception:
        number(value.number());
        text(value.asText());
        break;
    case ValueKind::List:
        number(static_cast<std::int64_t>(value.asList().size()));
        for (const Value& item : value.asList())
            this->value(item);
        break;
    case ValueKind::Table:
        number(static_cast<std::int64_t>(value.asTable().size()));
        for (const auto& [key, item] : value.asTable()) {
            this->value(key);
            this->value(item);
        }
        break;
    default:
        number(value.number());
        break;
    }
}

std::int64_t ByteReader::number()
{
    std::int64_t value = 0;
    if (m_rest.size() < sizeof value) {
        m_isBroken = true;
        m_rest = {};
        return 0;
    }
    std::memcpy(&value, m_rest.data(), sizeof value);
    m_rest.remove_prefix(sizeof value);
    return value;
}

std::size_t ByteReader::count()
{
    const std::int64_t value = number();
    if (value < 0 || static_cast<std::uint64_t>(value) > m_rest.size()) {
        m_isBroken = true;
        m_rest = {};
        return 0;
    }
    return static_cast<std::size_t>(value);
}

std::string ByteReader::text()
{
    const std::size_t length = count();
    std::string value(m_rest.substr(0, length));
    m_rest.remove_prefix(length);
    return value;
}

Value ByteReader::nestedValue(int depth)
{
    const std::int64_t kind = number();
    if (kind < 0 || kind > static_cast<std::int64_t>(ValueKind::Exception)
        || depth > kDeepestValue) {
        m_isBroken = true;
        m_rest = {};
        return Value::none();
    }
    switch (static_cast<ValueKind>(kind)) {
    case ValueKind::Text:
        return Value::text(text());
    case ValueKind::Exception: {
        const std::int64_t name = number();
        return Value::exception(name, text());
    }
    case ValueKind::List:
        return listValue(depth);
    case ValueKind::Table:
        return tableValue(depth);
    default:
        return numberValue(static_cast<ValueKind>(kind), number());
    }
}

Value ByteReader::listValue(int depth)
{
    ListValue items;
    const std::size_t size = count();
    for (std::size_t index = 0; index < size && !m_isBroken; ++index)
        items.push_back(nestedValue(depth + 1));
    return Value::list(std::move(items));
}

Value ByteReader::tableValue(int depth)
{
    TableValue entries;
    const std::size_t size = count();
    for (std::size_t index = 0; index < size && !m_isBroken; ++index) {
        Value key = nestedValue(depth + 1);
        entries.insert_or_assign(std::move(key), nestedValue(depth + 1));
    }
    return Value::table(std::move(entries));
}

} // namespace heddle
