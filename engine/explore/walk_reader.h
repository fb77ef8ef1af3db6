// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/race_look.h"
#include "engine/explore/stepper.h"
#include "engine/model/exploration/goal.h"
#include "engine/model/exploration/schedule.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace heddle {

/// Reads off a schedule what no single moment tells: how the program's goals stand, and which
/// steps the next line of an actor is made of.
///
/// Threads: one thread at a time.
class WalkReader
{
public:
    explicit WalkReader(std::shared_ptr<const Code> code);

    /// Takes the first `step` steps of the schedule; steps the program does not allow end it.
    void follow(const Schedule& schedule, std::size_t step);

    /// One for each `expect` line, then those that no line speaks of: the program's
    /// invariants, "deadlock free" and each exception that has ended an actor.
    [[nodiscard]] std::vector<Goal> goals();

    /// What the actor would do in its line if it moved alone, at most `kMostSteps`: "read x",
    /// "write x". Nothing if it cannot move.
    [[nodiscard]] std::vector<std::string> stepsOfLine(std::int32_t actor);
    static constexpr std::size_t kMostSteps = 12;

private:
    struct Seen
    {
        std::vector<std::size_t> violated; ///< for each invariant: at which step first; 0: never
        std::map<std::string, std::size_t> assertions; ///< failed ones by text: at which step
        std::map<std::string, std::size_t> races; ///< by variable
        std::map<std::string, std::size_t> exceptions; ///< that ended an actor
        bool isEnd = false;
        bool isDeadlock = false;
    };

    void look(std::size_t step);
    void noteFailure(std::int32_t actor, std::size_t step);
    [[nodiscard]] Goal read(const Expectation& expectation);
    void readFinal(const Expectation& expectation, Goal& goal);
    void readHistory(const Expectation& expectation, Goal& goal);
    void readSeen(Goal& goal, bool isWanted, std::size_t step, const Sentence& what) const;
    [[nodiscard]] std::size_t firstOf(
        const std::map<std::string, std::size_t>& seen, const std::string& name) const;
    [[nodiscard]] std::size_t violationOf(const std::string& invariant) const;
    void addImplied(std::vector<Goal>& goals);

    std::shared_ptr<const Code> m_code;
    bool m_keepsHistory;
    Machine m_machine;
    RaceLook m_raceLook;
    Stepper m_stepper;
    Seen m_seen;
};

} // namespace heddle
