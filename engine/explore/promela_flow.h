// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/promela_operations.h"
#include "engine/explore/promela_program.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace heddle {

/// A place in an actor's code, with the calls that led to it.
struct PromelaPoint
{
    std::int32_t context = 0; ///< index into the flow's calls
    std::int32_t at = 0; ///< instruction
    bool isWaiting = false; ///< in the second half of a wait

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 reads the comparison with 0 wrongly
    friend auto operator<=>(const PromelaPoint& left, const PromelaPoint& right) = default;
};

/// A register of one call, or a private variable: counted from 0 over the whole actor.
using PromelaSlot = std::int32_t;

/// What an actor knows where it stands.
struct PromelaEnvironment
{
    std::vector<KnownValue> known; ///< by slot
    std::map<PromelaSlot, std::string> pending; ///< expressions that stand for a slot's value
    std::int32_t atomicDepth = 0;
};

/// Where an outcome leads.
struct PromelaNext
{
    enum class Kind : std::uint8_t
    {
        Goes,
        Ended,
        Failed, ///< with `exception`
        Exited,
    };
    Kind kind = Kind::Goes;
    PromelaPoint point;
    std::int64_t exception = 0;
};

/// All that one kind of actor may do: its calls unfolded, what is known at each place, and which
/// slots are still read behind it.
///
/// Threads: one thread at a time.
class PromelaFlow
{
public:
    /// Sets a slot; what a model writes for it is the caller's.
    using Define = std::function<void(PromelaSlot, const PromelaTerm&)>;

    PromelaFlow(PromelaProgram& program, std::int32_t actor);

    /// Finds out what can be reached; again after another actor has learnt a parameter.
    void analyse();

    [[nodiscard]] const ActorDeclaration& actor() const;
    [[nodiscard]] PromelaPoint entry() const;
    [[nodiscard]] PromelaEnvironment entryEnvironment() const;
    [[nodiscard]] const Instruction& instruction(const PromelaPoint& point) const;
    [[nodiscard]] bool isReached(const PromelaPoint& point) const
    {
        return m_places.count(point) > 0;
    }
    [[nodiscard]] const PromelaEnvironment& environment(const PromelaPoint& point) const;
    [[nodiscard]] bool isLive(const PromelaPoint& point, PromelaSlot slot) const;
    /// Whether the slot has a variable in the model there.
    [[nodiscard]] bool isKept(const PromelaPoint& point, PromelaSlot slot) const;
    [[nodiscard]] bool isLoopHead(const PromelaPoint& point) const;
    [[nodiscard]] std::size_t slotCount() const { return m_slotNames.size(); }
    [[nodiscard]] const std::string& slotName(PromelaSlot slot) const;

    /// Whether the actor stops at the point: its next step begins there.
    [[nodiscard]] bool isStop(const PromelaPoint& point, const PromelaEnvironment& now) const;

    [[nodiscard]] PromelaTerm term(
        const PromelaPoint& point, const PromelaEnvironment& now, Register number) const;
    [[nodiscard]] PromelaOutcomes outcomes(
        const PromelaPoint& point, const PromelaEnvironment& now) const;

    /// Carries an outcome out on what is known and says where it leads.
    [[nodiscard]] PromelaNext follow(const PromelaPoint& point, const PromelaOutcome& outcome,
        PromelaEnvironment& now, const Define& define);

private:
    struct Call
    {
        std::int32_t routine = 0;
        std::int32_t parent = -1;
        std::int32_t at = -1; ///< the call in the parent
        PromelaSlot first = 0;
    };
    struct Place
    {
        PromelaEnvironment environment;
        std::vector<PromelaPoint> next;
        std::vector<bool> live;
        int visits = 0;
        bool isHead = false;
    };

    [[nodiscard]] PromelaSlot slotOf(std::int32_t context, Register number) const;
    [[nodiscard]] const Routine& routineOf(std::int32_t context) const;
    [[nodiscard]] std::int32_t call(const PromelaPoint& point, std::int32_t routine);
    void addSlots(const Routine& routine, std::int32_t context);
    void visit(const PromelaPoint& point, std::vector<PromelaPoint>& open);
    [[nodiscard]] bool merge(const PromelaPoint& point, const PromelaEnvironment& now);
    [[nodiscard]] PromelaNext unwind(PromelaPoint point, std::int64_t exception,
        PromelaEnvironment& now, const Define& define) const;
    [[nodiscard]] PromelaNext enter(
        const PromelaPoint& point, PromelaEnvironment& now, const Define& define);
    [[nodiscard]] PromelaNext leave(
        const PromelaPoint& point, PromelaEnvironment& now, const Define& define) const;
    void forget(std::int32_t context, PromelaEnvironment& now) const;
    [[nodiscard]] PromelaOutcomes spawnOutcomes(
        const PromelaPoint& point, const PromelaEnvironment& now) const;
    [[nodiscard]] PromelaOutcomes reraiseOutcomes(
        const PromelaPoint& point, const PromelaEnvironment& now) const;
    void findLive();
    [[nodiscard]] std::vector<bool> liveBefore(const PromelaPoint& point, const Place& place) const;
    [[nodiscard]] std::vector<bool> liveAt(const PromelaPoint& point) const;
    void markReads(const PromelaPoint& point, std::vector<bool>& live) const;
    void findLoopHeads();
    void lookForHeads(const PromelaPoint& point, std::map<PromelaPoint, bool>& isOpen);

    PromelaProgram& m_program;
    std::int32_t m_actor = 0;
    std::vector<Call> m_calls;
    std::vector<std::string> m_slotNames;
    std::map<PromelaPoint, Place> m_places;
};

} // namespace heddle
