// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_builder.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>

namespace heddle {

/// Where the events of a schedule go: numbers of the machine become ids of the trace.
///
/// Threads: one thread at a time.
class EventSink
{
public:
    explicit EventSink(TraceBuilder& builder)
        : m_builder(builder)
    {
    }

    [[nodiscard]] TraceBuilder& builder() { return m_builder; }

    void setTime(std::int64_t time)
    {
        m_time = static_cast<std::uint64_t>(time);
    } ///< in nanoseconds

    /// The source line that the actor's events carry from now on.
    void setLine(std::int32_t actor, std::uint32_t line)
    {
        constexpr std::uint32_t kLast = std::numeric_limits<std::uint16_t>::max();
        m_lines[actor] = line > kLast ? std::uint16_t{0} : static_cast<std::uint16_t>(line);
    }

    /// An event in the actor's lane now; -1: of nobody.
    void add(std::int32_t actor, EventKind kind, std::uint64_t object = 0, std::uint64_t value = 0)
    {
        TraceEvent event;
        event.time = m_time;
        event.lane = static_cast<std::uint32_t>(idOf(actor));
        event.kind = kind;
        event.line = m_lines[actor];
        event.object = object;
        event.value = value;
        m_builder.append({&event, 1});
        ++m_count;
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }

    [[nodiscard]] std::uint64_t name(const std::string& text)
    {
        const auto [entry, isNew] =
            m_names.try_emplace(text, static_cast<std::uint32_t>(m_names.size() + 1));
        if (isNew)
            m_builder.defineName(NameId{entry->second}, text);
        return entry->second;
    }

    /// The id of an actor or object by its number.
    [[nodiscard]] static std::uint64_t idOf(std::int32_t number)
    {
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(number) + 1);
    }

private:
    TraceBuilder& m_builder;
    std::uint64_t m_time = 0;
    std::uint64_t m_count = 0;
    std::map<std::int32_t, std::uint16_t> m_lines;
    std::map<std::string, std::uint32_t> m_names;
};

} // namespace heddle
