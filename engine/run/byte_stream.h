// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

/// The value of a kind that is no more than a number; of other kinds none.
[[nodiscard]] Value numberValue(ValueKind kind, std::int64_t number);

/// Writes numbers, texts and values one after the other into a string of bytes.
///
/// Threads: one thread at a time.
class ByteWriter
{
public:
    void number(std::int64_t value);
    void text(std::string_view value); ///< cut to 16 MiB
    void value(const Value& value);

    [[nodiscard]] std::string& bytes() { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what ByteWriter wrote. Whatever the bytes are, it ends; after a mistake everything read is
/// empty and `isBroken()` says so.
///
/// Threads: one thread at a time.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] std::int64_t number();
    [[nodiscard]] std::string text();
    [[nodiscard]] Value value() { return nestedValue(0); }

    /// How many items follow; never more than the bytes that are left could hold.
    [[nodiscard]] std::size_t count();

    [[nodiscard]] bool isBroken() const { return m_isBroken; }

private:
    [[nodiscard]] Value nestedValue(int depth);
    [[nodiscard]] Value listValue(int depth);
    [[nodiscard]] Value tableValue(int depth);

    std::string_view m_rest;
    bool m_isBroken = false;
};

} // namespace heddle
