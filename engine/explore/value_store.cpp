// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/value_store.h"

#include <functional>
#include <string>

namespace heddle {

namespace {

std::uint64_t hashOf(const Value& value)
{
    std::uint64_t hash = mixHash(
        static_cast<std::uint64_t>(value.kind()), static_cast<std::uint64_t>(value.number()));
    switch (value.kind()) {
    case ValueKind::Text:
    case ValueKind::Exception:
        return mixHash(hash, std::hash<std::string>()(value.asText()));
    case ValueKind::List:
        for (const Value& item : value.asList())
            hash = mixHash(hash, hashOf(item));
        return hash;
    case ValueKind::Table:
        for (const auto& [key, item] : value.asTable())
            hash = mixHash(mixHash(hash, hashOf(key)), hashOf(item));
        return hash;
    default:
        return hash;
    }
}

} // namespace

std::size_t bytesOf(const Value& value)
{
    std::size_t bytes = sizeof(Value);
    switch (value.kind()) {
    case ValueKind::Text:
    case ValueKind::Exception:
        return bytes + value.asText().size();
    case ValueKind::List:
        for (const Value& item : value.asList())
            bytes += bytesOf(item);
        return bytes;
    case ValueKind::Table:
        for (const auto& [key, item] : value.asTable())
            bytes += bytesOf(key) + bytesOf(item) + kEntryBytes;
        return bytes;
    default:
        return bytes;
    }
}

std::size_t ValueStore::Hash::operator()(const Value& value) const
{
    return hashOf(value);
}

ValueStore::ValueStore()
{
    static_cast<void>(intern(Value::none())); // it is number 0
}

Cell ValueStore::intern(const Value& value)
{
    const auto [entry, isNew] = m_numbers.try_emplace(value, static_cast<Cell>(m_values.size()));
    if (isNew) {
        m_values.push_back(value);
        m_bytes += 2 * bytesOf(value) + kEntryBytes; // it is a key, too
    }
    return entry->second;
}

} // namespace heddle
