// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/explore/promela_export.h"
#include "engine/explore/promela_values.h"
#include "engine/model/program/code.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// The numbers that stand for how an actor is, in the array `status`.
inline constexpr int kPromelaGoing = 1;
inline constexpr int kPromelaEnded = 2;
inline constexpr int kPromelaFailed = 4; ///< + the exception's number; a false assertion's is -1

/// The numbers that stand for how far a wait is, in the array `phase`.
enum class PromelaPhase : std::uint8_t
{
    None,
    Parked, ///< in the queue of a condition
    Retaking, ///< notified: takes the mutex again
    RetakingLate, ///< as that, after its time limit
    Meeting, ///< waits at a barrier
    Dismissed,
    Broken,
};
[[nodiscard]] std::string text(PromelaPhase phase);

/// What all parts of a model have in common: names, and what of the language the program uses.
///
/// Threads: one thread at a time.
class PromelaProgram
{
public:
    PromelaProgram(const Code& code, PromelaPurpose purpose);

    [[nodiscard]] const Code& code() const { return m_code; }
    [[nodiscard]] bool reports() const { return m_purpose == PromelaPurpose::Reporting; }

    /// A name that is legal in Promela and not taken yet, close to the wanted one.
    [[nodiscard]] std::string uniqueName(std::string_view wanted);
    [[nodiscard]] const std::string& object(std::int32_t declaration) const;
    [[nodiscard]] const std::string& variable(std::int32_t shared) const;
    [[nodiscard]] std::string inside(std::int32_t section) const;

    [[nodiscard]] bool uses(Operation operation) const;
    [[nodiscard]] bool usesOn(Operation operation, std::int32_t declaration) const;
    [[nodiscard]] bool usesPhases() const; ///< conditions or barriers
    [[nodiscard]] bool countsSections() const { return m_asksInside; }
    [[nodiscard]] bool canBeUnset(std::int32_t shared) const;
    [[nodiscard]] std::int32_t actorRoom() const { return m_actorRoom; }
    [[nodiscard]] bool hasSpareActors() const;
    /// Whether actors may be left over when the program is at its end.
    [[nodiscard]] bool endsEarly() const;

    /// Whether actors of this declaration are started at all, as far as it was seen.
    [[nodiscard]] bool isStarted(std::int32_t actor) const;
    void noteStarted(std::int32_t actor);
    /// What the actor's parameters (after an array's index) may be, as far as it was seen.
    [[nodiscard]] const KnownValue& parameter(std::int32_t actor, std::size_t number) const;
    void learnParameter(std::int32_t actor, std::size_t number, const KnownValue& known);
    [[nodiscard]] std::size_t lessons() const
    {
        return m_lessons;
    } ///< how often anything was learnt

    /// Notes that something cannot be written down; the first one counts.
    void refuse(const Instruction& instruction, std::string_view what);
    void refuse(std::uint32_t line, std::string_view what);
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

private:
    void checkDeclarations();

    const Code& m_code;
    PromelaPurpose m_purpose;
    std::set<std::string, std::less<>> m_taken;
    std::vector<std::string> m_objects;
    std::vector<std::string> m_variables;
    std::vector<bool> m_started;
    std::vector<std::vector<KnownValue>> m_parameters;
    std::vector<std::vector<int>> m_timesLearnt;
    std::size_t m_lessons = 0;
    std::int32_t m_actorRoom;
    bool m_asksInside = false;
    std::optional<Error> m_problem;
};

/// Whether a variable or another identifier occurs in an expression.
[[nodiscard]] bool mentions(std::string_view expression, std::string_view identifier);

} // namespace heddle
