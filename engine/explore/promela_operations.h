// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/promela_program.h"
#include "engine/explore/promela_values.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// One way in which an instruction may come out.
struct PromelaOutcome
{
    enum class Kind : std::uint8_t
    {
        Done,
        GaveUp, ///< its time limit was over
        Raised, ///< the exception with the number `exception`
        Waits, ///< stays at the operation: the second half is to come
        Jumped, ///< to `target`
        Exited, ///< has ended the program
    };
    Kind kind = Kind::Done;
    std::string guard; ///< when it is possible; empty: always
    std::vector<std::string> effects; ///< statements
    PromelaTerm result; ///< of Done
    std::int64_t exception = 0;
    std::int32_t target = 0;
};
using PromelaOutcomes = std::vector<PromelaOutcome>;

/// An element of an array, in an expression.
struct PromelaElement
{
    std::string text; ///< its number from 0
    std::string guard; ///< that it exists; empty: it surely does
    bool isMissing = false; ///< it surely does not
};

/// One instruction with what is known where it stands.
struct PromelaSite
{
    PromelaProgram& program;
    const Instruction& instruction;
    bool isWaiting = false; ///< in the second half of a wait
    std::function<PromelaTerm(Register)> term; ///< what a register holds

    [[nodiscard]] const ObjectDeclaration& object() const;
    [[nodiscard]] PromelaElement element(
        std::int64_t low, std::int32_t count, Register index) const;
    [[nodiscard]] PromelaOutcome raised(std::string_view exception, std::string guard = {}) const;
    [[nodiscard]] bool hasNoWait() const
    {
        return instruction.isTimed && instruction.limit == kNoRegister;
    }
    void refuse(std::string_view what) const { program.refuse(instruction, what); }
};

/// What an instruction may do, all of it; empty if it was refused. CallRoutine, Return and Reraise
/// are the flow's (promela_flow.h).
[[nodiscard]] PromelaOutcomes promelaOutcomes(const PromelaSite& site);

// The parts of it, by subject.
[[nodiscard]] PromelaOutcomes promelaComputation(const PromelaSite& site); // invisible
[[nodiscard]] PromelaOutcomes promelaVariableAccess(const PromelaSite& site);
[[nodiscard]] PromelaOutcomes promelaLocking(const PromelaSite& site); // locks, conditions
[[nodiscard]] PromelaOutcomes promelaObjectUse(const PromelaSite& site); // other objects
[[nodiscard]] PromelaOutcomes promelaAction(const PromelaSite& site); // life, time, checks

/// One way without a result, and what it does.
[[nodiscard]] PromelaOutcome outcomeOf(
    PromelaOutcome::Kind kind, std::string guard, std::vector<std::string> effects);

/// A blocking operation: done when it can be; given up when it cannot, if it has a limit.
[[nodiscard]] PromelaOutcomes whenever(
    const PromelaSite& site, const std::string& guard, std::vector<std::string> effects = {});

/// What a query answers; an empty text if it was refused.
[[nodiscard]] PromelaTerm promelaQuery(const PromelaSite& site, const Instruction& query,
    const PromelaElement& element, const PromelaTerm& handle);

/// The outcomes if the element exists, and Missing if it does not.
[[nodiscard]] PromelaOutcomes guarded(
    const PromelaSite& site, const PromelaElement& element, PromelaOutcomes outcomes);

/// `a && b`, where an empty text means always.
[[nodiscard]] std::string bothOf(const std::string& first, const std::string& second);

/// An object of a declaration: `fork[i]`, or with an ending `queue_closed[i]`.
[[nodiscard]] std::string objectText(const PromelaSite& site, std::int32_t declaration,
    const PromelaElement& element, std::string_view ending = {});

/// The number of an object among all of the program, as an expression.
[[nodiscard]] std::string objectNumber(
    const ObjectDeclaration& declaration, const PromelaElement& element);

/// Statements that move all actors in one phase at an object to another one.
[[nodiscard]] std::string moveAll(
    const PromelaSite& site, const std::string& object, PromelaPhase from, PromelaPhase to);

} // namespace heddle
