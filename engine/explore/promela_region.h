// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/promela_flow.h"
#include "engine/explore/promela_program.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace heddle {

/// A process type of the model: an actor that begins at one place of its code.
struct PromelaLanding
{
    std::int32_t actor = 0;
    PromelaPoint point;
    bool isFresh = false; ///< what comes before its first visible operation is its first step

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 reads the comparison with 0 wrongly
    friend auto operator<=>(const PromelaLanding& left, const PromelaLanding& right) = default;
};

/// The process types that a model needs, by the names they go by.
class PromelaLandings
{
public:
    explicit PromelaLandings(PromelaProgram& program)
        : m_program(program)
    {
    }

    [[nodiscard]] const std::string& name(const PromelaLanding& landing);
    /// One whose text is still to be written; nothing if there is none.
    [[nodiscard]] const PromelaLanding* next();

private:
    PromelaProgram& m_program;
    std::map<PromelaLanding, std::string> m_names;
    std::vector<PromelaLanding> m_open;
    PromelaLanding m_current;
};

/// Writes what one step does: effects, the invisible code behind them, and where it ends.
///
/// Values are put into variables only where the step ends and somebody reads them later; those that
/// nobody reads any more are cleared, so that equal states are equal.
///
/// Threads: one thread at a time.
class PromelaRegion
{
public:
    struct Path
    {
        PromelaEnvironment now;
        std::set<PromelaSlot> dirty; ///< variables that may not be 0
        std::map<PromelaPoint, std::string> labels; ///< of the loops it is in
        std::vector<std::int32_t> sections; ///< only in a prefix: how often inside of each
    };

    PromelaRegion(PromelaProgram& program, std::vector<PromelaFlow>& flows,
        PromelaLandings& landings, std::int32_t actor);

    /// All ways in which the step at a stop may come out, one option for each.
    void writeStop(const PromelaPoint& point);
    /// What a fresh actor does before its first visible operation.
    void writeFresh();
    /// Starts an actor: the invisible code before its first visible operation is carried out by the
    /// one that starts it.
    void writeStart(
        std::int32_t actor, const std::string& handle, const std::vector<PromelaTerm>& arguments);

    [[nodiscard]] std::vector<std::string> takeLines();
    /// Stops that were gone to and are not written yet; each comes once.
    [[nodiscard]] std::vector<PromelaPoint> takeTargets();
    [[nodiscard]] static std::string label(const PromelaPoint& point);
    [[nodiscard]] const std::map<PromelaSlot, KnownValue>& variables() const { return m_variables; }

private:
    [[nodiscard]] PromelaFlow& flow() { return m_flows[static_cast<std::size_t>(m_actor)]; }
    void line(const std::string& text);
    [[nodiscard]] std::string stepGuard(const std::string& guard) const;
    void emitEffects(const PromelaOutcome& outcome);
    [[nodiscard]] PromelaFlow::Define definer(Path& path);
    void define(Path& path, PromelaSlot slot, const PromelaTerm& term);
    void assign(Path& path, PromelaSlot slot);
    void assignAll(Path& path, const PromelaPoint& point);
    void settle(Path& path, const PromelaPoint& target);
    void clear(Path& path);
    void go(PromelaPoint point, Path path);
    [[nodiscard]] bool enterLoop(const PromelaPoint& point, Path& path);
    [[nodiscard]] Path pathFrom(const PromelaPoint& point);
    void follow(const PromelaPoint& point, const PromelaOutcome& outcome, Path path);
    void branch(const PromelaPoint& point, const PromelaOutcomes& outcomes, const Path& path);
    [[nodiscard]] bool carryOut(PromelaPoint& point, const PromelaOutcome& outcome, Path& path);
    void end(const PromelaNext& next, const PromelaPoint& point, Path& path);
    void spawn(const PromelaPoint& point, Path& path);
    void spawnOne(const ActorDeclaration& declared, std::int32_t actor,
        const std::string& declaredHandle, const std::vector<PromelaTerm>& arguments);

    // A prefix: the code before an actor's first visible operation.
    struct Prefix
    {
        PromelaFlow& flow;
        std::int32_t actor = 0;
        const std::string& handle;
        const PromelaEnvironment& entry;
    };
    void goPrefix(const Prefix& prefix, PromelaPoint point, Path path, int steps);
    void branchPrefix(const Prefix& prefix, PromelaPoint point, const Path& path,
        const PromelaOutcomes& outcomes, int steps);
    [[nodiscard]] bool stepPrefix(
        const Prefix& prefix, PromelaPoint& point, Path& path, const PromelaOutcome& outcome);
    void run(const Prefix& prefix, const PromelaLanding& landing, const PromelaEnvironment& now);

    PromelaProgram& m_program;
    std::vector<PromelaFlow>& m_flows;
    PromelaLandings& m_landings;
    std::int32_t m_actor = 0;
    std::vector<std::string> m_lines;
    std::set<PromelaPoint> m_seen;
    std::vector<PromelaPoint> m_targets;
    std::map<PromelaSlot, KnownValue> m_variables;
    int m_depth = 0;
    int m_labels = 0;
    std::size_t m_written = 0;
};

} // namespace heddle
