// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <protozero/exception.hpp>
#include <protozero/types.hpp>

namespace heddle {

/// Keys of fields with the wire type they should have: one with another type is skipped.
namespace field_key {
constexpr std::uint32_t varint(std::uint32_t field)
{
    return protozero::tag_and_type(field, protozero::pbf_wire_type::varint);
}
constexpr std::uint32_t bytes(std::uint32_t field)
{
    return protozero::tag_and_type(field, protozero::pbf_wire_type::length_delimited);
}
constexpr std::uint32_t fixed64(std::uint32_t field)
{
    return protozero::tag_and_type(field, protozero::pbf_wire_type::fixed64);
}
} // namespace field_key

/// Walks the fields of a protobuf message, for the few messages of which a file has millions: it asks
/// little of each field. Others are read by protozero; what is malformed throws its exceptions.
///
/// Every key that next() met wants its value taken, or skip().
///
/// Source: Protocol Buffers, "Encoding".
class FieldCursor
{
public:
    explicit FieldCursor(std::string_view message)
        : m_at(message.data())
        , m_end(message.data() + message.size())
    {
    }

    /// Goes to the next field; false at the end.
    bool next()
    {
        if (m_at == m_end)
            return false;
        m_key = static_cast<std::uint32_t>(varint());
        return true;
    }

    /// Number and wire type of the field, as protozero::tag_and_type() puts them together.
    [[nodiscard]] std::uint32_t key() const { return m_key; }

    std::uint64_t varint()
    {
        if (m_at != m_end && static_cast<unsigned char>(*m_at) < kMore) [[likely]]
            return static_cast<unsigned char>(*m_at++);
        return longVarint();
    }

    std::string_view bytes()
    {
        const std::uint64_t size = varint();
        return {take(size), static_cast<std::size_t>(size)};
    }

    std::uint64_t fixed64()
    {
        const char* from = take(8);
        std::uint64_t value = 0;
        for (unsigned place = 0; place < 8; ++place)
            value |= std::uint64_t{static_cast<unsigned char>(from[place])} << (8 * place);
        return value;
    }

    void skip()
    {
        constexpr std::uint32_t kWireTypes = 8;
        if (m_key < kWireTypes) // no field has the number 0
            throw protozero::invalid_tag_exception{};
        switch (m_key % kWireTypes) {
        case 0:
            varint();
            break;
        case 1:
            take(8);
            break;
        case 2:
            bytes();
            break;
        case 5:
            take(4);
            break;
        default:
            throw protozero::unknown_pbf_wire_type_exception{};
        }
    }

    /// What has not been looked at yet.
    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }

private:
    static constexpr unsigned char kMore = 0x80;

    const char* take(std::uint64_t size)
    {
        if (size > left())
            throw protozero::end_of_buffer_exception{};
        const char* from = m_at;
        m_at += size;
        return from;
    }

    std::uint64_t longVarint()
    {
        constexpr std::uint64_t kMores = 0x8080808080808080U;
        if (std::endian::native == std::endian::little && left() >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, m_at, sizeof word);
            if (const std::uint64_t stops = ~word & kMores; stops != 0) {
                m_at += std::countr_zero(stops) / 8 + 1;
                return joined(word & (stops ^ (stops - 1)) & ~kMores);
            }
        }
        const Taken taken = bytewiseVarint(m_at, m_end);
        m_at = taken.next;
        return taken.value;
    }

    /// Eight groups of seven bits, a byte each, pushed together.
    static std::uint64_t joined(std::uint64_t groups)
    {
        groups = ((groups & 0x7f00'7f00'7f00'7f00U) >> 1U) | (groups & 0x007f'007f'007f'007fU);
        groups = ((groups & 0x3fff'0000'3fff'0000U) >> 2U) | (groups & 0x0000'3fff'0000'3fffU);
        return ((groups & 0x0fff'ffff'0000'0000U) >> 4U) | (groups & 0x0000'0000'0fff'ffffU);
    }

    struct Taken
    {
        std::uint64_t value;
        const char* next;
    };

    // Without `this`, so that the cursor can live in registers.
    [[gnu::noinline]] static Taken bytewiseVarint(const char* at, const char* end)
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at == end)
                throw protozero::end_of_buffer_exception{};
            const auto byte = static_cast<unsigned char>(*at++);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < kMore)
                return {value, at};
        }
        throw protozero::varint_too_long_exception{};
    }

    const char* m_at;
    const char* m_end;
    std::uint32_t m_key = 0;
};

} // namespace heddle
