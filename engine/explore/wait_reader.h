// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/explore/hold_tracker.h"
#include "engine/explore/wait_target.h"
#include "engine/model/program/wake_reach.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace heddle {

/// A wait with those who could end it, in words.
struct WaitInWords
{
    std::vector<std::int32_t> enders; ///< actors that could end it, by the text of the program
    bool isForced = false; ///< exactly one can: a holder, or the one to be joined
    Sentence sentence; ///< "philosopher[1] waits for fork[2], held by philosopher[2]"
};

/// Says why actors wait and who could end their waits.
///
/// Threads: one thread at a time; it uses the machine.
class WaitReader
{
public:
    WaitReader(Machine& machine, WakeReach& reach);

    [[nodiscard]] WaitInWords read(std::span<const Cell> state, std::int32_t actor,
        const WaitTarget& target, const HoldTracker& holds);

    /// Whether the actor may still do one of the operations (bits of wake_reach.h) to the object.
    [[nodiscard]] bool canStillDo(std::span<const Cell> state, std::int32_t actor,
        std::int32_t declaration, std::uint16_t operations);

    [[nodiscard]] std::string objectName(std::int32_t object) const;

private:
    void readObject(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
        std::int32_t object, const HoldTracker& holds);
    void readHolders(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
        std::int32_t object, const HoldTracker& holds);
    void readJoin(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
        const WaitTarget& target) const;
    void readPipe(WaitInWords& words, std::span<const Cell> state, std::int32_t actor,
        const WaitTarget& target) const;
    void readSignal(WaitInWords& words, std::span<const Cell> state, std::int32_t actor) const;
    void readPredicate(WaitInWords& words, std::span<const Cell> state, std::int32_t actor);
    [[nodiscard]] Sentence wantedOf(
        std::span<const Cell> state, std::int32_t actor, std::int32_t object) const;
    [[nodiscard]] const WakeMasks& reachOf(std::span<const Cell> state, std::int32_t actor);
    void addHandlers(std::span<const Cell> state, std::int32_t actor);
    [[nodiscard]] std::vector<std::string> names(
        std::span<const Cell> state, const std::vector<std::int32_t>& actors) const;
    /// "; only a and b can release room", "; nobody is left who could release room"
    [[nodiscard]] Sentence withEnders(
        Sentence wait, WaitInWords& words, std::span<const Cell> state, Sentence what) const;

    Machine& m_machine;
    WakeReach& m_reach;
    WakeMasks m_masks; ///< of one actor with its handlers
};

} // namespace heddle
