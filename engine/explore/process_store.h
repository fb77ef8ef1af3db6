// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"
#include "engine/model/program/code.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace heddle {

// Which ends of a pipe a process has open.
inline constexpr std::uint8_t kReaderEnd = 1;
inline constexpr std::uint8_t kWriterEnd = 2;

/// What belongs to a process and not to one of its actors.
struct ProcessRecord
{
    static constexpr std::int32_t kIgnored = -1; ///< in the place of a handler's routine

    bool hasEnded = false;
    bool isReaped = false; ///< somebody has taken its exit code: it is gone
    bool isStopped = false; ///< by SIGSTOP and its like
    bool isOverdue = false; ///< it has taken a step since a signal came: now the signal is next
    std::int32_t exitCode = 0;
    std::int64_t group = kProgramHandle; ///< the process that leads it
    std::int64_t parent = kProgramHandle; ///< the process that made it
    bool isDaemon = false; ///< its parent does not wait for it
    std::vector<std::uint8_t> ends; ///< of each pipe
    SignalBits pending = 0;
    SignalBits taken = 0; ///< by one of its threads; the main thread does not yet know
    std::vector<std::int32_t> queued; ///< real-time signals that wait behind one that is pending
    std::vector<std::pair<std::int32_t, std::int32_t>>
        handlers; ///< by signal, where not the default

    // NOLINTNEXTLINE(modernize-use-nullptr): the tool means the comparison with 0 that it makes itself
    friend auto operator<=>(const ProcessRecord& left, const ProcessRecord& right) = default;

    /// Takes one of the signal; `all`: those behind it as well.
    void take(std::int32_t signal, bool all)
    {
        const auto behind = std::find(queued.begin(), queued.end(), signal);
        if (!all && behind != queued.end()) {
            queued.erase(behind);
            return;
        }
        pending &= ~(SignalBits{1} << static_cast<unsigned>(signal - 1));
        std::erase(queued, signal);
    }

    /// Routine, kIgnored, or nothing for the default.
    [[nodiscard]] const std::int32_t* handlerOf(std::int32_t signal) const
    {
        for (const auto& [number, routine] : handlers)
            if (number == signal)
                return &routine;
        return nullptr;
    }
    void setHandler(std::int32_t signal, std::int32_t routine)
    {
        setDefault(signal);
        const std::pair<std::int32_t, std::int32_t> entry{signal, routine};
        handlers.insert(std::lower_bound(handlers.begin(), handlers.end(), entry), entry);
    }
    void setDefault(std::int32_t signal)
    {
        std::erase_if(handlers, [signal](const auto& each) { return each.first == signal; });
    }
};

/// The records of processes that an exploration has met, each once.
///
/// Threads: one thread at a time.
class ProcessStore
{
public:
    ProcessStore() { m_records.emplace_back(); } // number 0: no such process yet

    [[nodiscard]] Cell intern(ProcessRecord record)
    {
        const auto [entry, isNew] =
            m_numbers.try_emplace(std::move(record), static_cast<Cell>(m_records.size()));
        if (isNew)
            m_records.push_back(entry->first);
        return entry->second;
    }
    [[nodiscard]] const ProcessRecord& record(Cell number) const { return m_records[number]; }

private:
    std::deque<ProcessRecord> m_records;
    std::map<ProcessRecord, Cell> m_numbers;
};

} // namespace heddle
