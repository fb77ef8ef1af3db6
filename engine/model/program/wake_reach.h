// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace heddle {

// The operations that can end somebody's wait, as bits: what is reachable, and what is needed.
inline constexpr std::uint16_t kUnlocks = 1U << 0U;
inline constexpr std::uint16_t kReleases = 1U << 1U;
inline constexpr std::uint16_t kNotifies = 1U << 2U;
inline constexpr std::uint16_t kSets = 1U << 3U;
inline constexpr std::uint16_t kClears = 1U << 4U;
inline constexpr std::uint16_t kArrives = 1U << 5U;
inline constexpr std::uint16_t kAborts = 1U << 6U;
inline constexpr std::uint16_t kFinishes = 1U << 7U;
inline constexpr std::uint16_t kPuts = 1U << 8U;
inline constexpr std::uint16_t kGets = 1U << 9U;
inline constexpr std::uint16_t kCloses = 1U << 10U;
inline constexpr std::uint16_t kWrites = 1U << 11U; ///< of a shared variable
inline constexpr std::uint16_t kSends = 1U << 12U; ///< a signal
inline constexpr std::uint16_t kAllWakeBits = (1U << 13U) - 1;

/// What may still be done: a mask for each declared object, then one for each shared variable, at last one
/// for what concerns none of them.
using WakeMasks = std::vector<std::uint16_t>;

/// What an actor may still do for those who wait, by the text of the program alone.
///
/// It says too much rather than too little: every branch may be taken, every call may return, every
/// exception may be raised, an element of an array is the whole array. What it does not name can
/// never happen.
///
/// Threads: one thread at a time.
class WakeReach
{
public:
    explicit WakeReach(std::shared_ptr<const Code> code);

    /// Going on from an instruction (which may be done again) in an actor whose own routine is
    /// `root`; -1: any. Out of range: everything is possible.
    [[nodiscard]] const WakeMasks& from(std::int32_t programCounter, std::int32_t root);

    /// From the beginning of any block that a timer may run.
    [[nodiscard]] const WakeMasks& ofTimers();

    /// What would end a wait for an object of the declaration that began at the instruction.
    [[nodiscard]] std::uint16_t neededFor(
        std::int32_t declaration, std::int32_t programCounter) const;

private:
    class Walk;
    void addReturns(Walk& walk, std::int32_t routine, std::int32_t root);
    [[nodiscard]] std::vector<std::int32_t> callsOf(std::int32_t routine) const;
    [[nodiscard]] const std::vector<bool>& calledFrom(std::int32_t root);
    [[nodiscard]] bool isInCode(std::int32_t programCounter) const;
    [[nodiscard]] bool isInHandler(std::int32_t routine);

    std::shared_ptr<const Code> m_code;
    std::vector<std::int32_t> m_routineOf; ///< of each instruction; -1: of none
    WakeMasks m_everything;
    std::map<std::pair<std::int32_t, std::int32_t>, WakeMasks> m_known; ///< by place and root
    std::map<std::int32_t, std::vector<bool>> m_called; ///< by root: the routines it may call
    std::optional<std::vector<bool>> m_inHandlers; ///< routines that handlers of signals run
    std::unique_ptr<WakeMasks> m_timers;
};

} // namespace heddle
