// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <atomic>
#include <cstdint>
#include <optional>

namespace heddle {

/// The one slice of a track that has begun and not ended, replaced as a whole.
///
/// A sequence number is odd while the writer is at work; a reader that meets an odd number, or a
/// changed one, looks again. Everything is atomic, so a torn read is seen and thrown away.
///
/// Threads: one thread writes; any thread reads.
class OpenSlice
{
public:
    void set(const Slice& slice)
    {
        const std::uint64_t argument = (std::uint64_t{slice.argument} << 32) | slice.name.value;
        const std::uint64_t rest = (std::uint64_t{slice.line} << 16)
            | (slice.argumentIsActor ? 0x100U : 0U) | static_cast<std::uint64_t>(slice.state)
            | kIsOpen;
        write(slice.begin, argument, rest);
    }

    void clear()
    {
        if (m_rest.load(std::memory_order_relaxed) != 0)
            write(0, 0, 0);
    }

    /// The slice with its end left at 0.
    [[nodiscard]] std::optional<Slice> get() const
    {
        std::uint64_t rest = 0;
        Slice slice;
        for (;;) {
            const std::uint32_t before = m_sequence.load(std::memory_order_acquire);
            slice.begin = m_begin.load(std::memory_order_acquire);
            const std::uint64_t argument = m_argument.load(std::memory_order_acquire);
            rest = m_rest.load(std::memory_order_acquire);
            if (before == m_sequence.load(std::memory_order_relaxed) && (before & 1U) == 0) {
                slice.argument = static_cast<std::uint32_t>(argument >> 32);
                slice.name.value = static_cast<std::uint32_t>(argument);
                break;
            }
        }
        if (rest == 0)
            return std::nullopt;
        slice.line = static_cast<std::uint16_t>(rest >> 16);
        slice.argumentIsActor = (rest & 0x100U) != 0;
        slice.state = static_cast<State>(rest & 0xffU);
        return slice;
    }

private:
    static constexpr std::uint64_t kIsOpen = 1ULL << 40;

    void write(std::int64_t begin, std::uint64_t argument, std::uint64_t rest)
    {
        // Each store is a release and each load an acquire: who reads a new value also sees that
        // the sequence number was odd before it.
        const std::uint32_t sequence = m_sequence.load(std::memory_order_relaxed);
        m_sequence.store(sequence + 1, std::memory_order_relaxed);
        m_begin.store(begin, std::memory_order_release);
        m_argument.store(argument, std::memory_order_release);
        m_rest.store(rest, std::memory_order_release);
        m_sequence.store(sequence + 2, std::memory_order_release);
    }

    std::atomic<std::uint32_t> m_sequence{0};
    std::atomic<std::int64_t> m_begin{0};
    std::atomic<std::uint64_t> m_argument{0};
    std::atomic<std::uint64_t> m_rest{0};
};

} // namespace heddle
