// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/hold_tracker.h"
#include "engine/explore/wait_reader.h"
#include "engine/explore/walked_path.h"
#include "engine/model/exploration/explored_moment.h"

#include <cstddef>
#include <memory>
#include <string>

namespace heddle {

/// Says what a state is, for people: who stands where and why, what everything holds, who can move.
///
/// Threads: one thread at a time; it uses the machine.
class MomentReader
{
public:
    MomentReader(std::shared_ptr<const Code> code, Machine& machine);

    /// The state after so many steps of the path.
    [[nodiscard]] ExploredMoment read(const WalkedPath& path, std::size_t step);

private:
    struct Place; // a state with what led to it

    [[nodiscard]] ExploredActor actor(const Place& place, std::int32_t number);
    void readStanding(const Place& place, ExploredActor& read);
    void explainSleep(const Place& place, bool isDeadlock, ExploredActor& read);
    [[nodiscard]] Sentence endSentence(const Place& place, const ExploredActor& read) const;
    static void readSignals(const LocalState& local, ExploredActor& read);
    void readEnd(const Place& place, ExploredActor& read) const;
    void readLocals(const Place& place, ExploredActor& read) const;
    void addMoves(const Place& place, ExploredActor& read);
    void readVariables(const Place& place, ExploredMoment& moment) const;
    void readObjects(const Place& place, ExploredMoment& moment);
    [[nodiscard]] Sentence headline(const Place& place, const ExploredMoment& moment) const;
    [[nodiscard]] std::string valueText(const Place& place, const Value& value) const;

    std::shared_ptr<const Code> m_code;
    Machine& m_machine;
    WakeReach m_reach;
    WaitReader m_waits;
};

} // namespace heddle
