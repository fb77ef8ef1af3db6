// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// Writes one JSON value piece by piece; commas and escapes are its business.
///
/// Texts may hold any bytes: control characters are escaped, what is no UTF-8 becomes U+FFFD. Numbers
/// that JSON cannot hold (infinite, not a number) become null.
///
/// Threads: one thread at a time.
class JsonWriter
{
public:
    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();

    /// The name of the member that comes next.
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& unsignedInteger(std::uint64_t value);
    JsonWriter& number(double value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();

    [[nodiscard]] const std::string& result() const { return m_result; }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& raw(std::string_view value);
    void separate();
    void quote(std::string_view value);

    std::string m_result;
    std::vector<bool> m_hasItems = {false}; ///< for each open bracket
    bool m_isAfterKey = false;
};

} // namespace heddle
