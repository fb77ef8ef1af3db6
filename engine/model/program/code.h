// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code_declarations.h"
#include "engine/model/program/code_expectations.h"
#include "engine/model/program/instruction.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// Catches what is raised by the instructions [from, to) of a routine; the first that fits wins.
struct ExceptionHandler
{
    enum class Catches : std::uint8_t
    {
        Named, ///< the one in `exception`
        AllButCancelled,
        Everything, ///< the clean-up of `with` and `finally`
    };
    std::int32_t from = 0;
    std::int32_t to = 0;
    Catches catches = Catches::Everything;
    std::int32_t exception = -1; ///< index into Code::exceptions
    std::int32_t handler = 0; ///< where it goes on
    Register store = kNoRegister; ///< receives the exception as a value
};

/// A body of instructions with its own registers: an actor, main, a def, a timer's block.
struct Routine
{
    std::string name;
    std::int32_t entry = 0;
    std::int32_t end = 0;
    std::int32_t parameterCount = 0; ///< in registers 0, 1, …
    std::int32_t registerCount = 0;
    std::vector<std::string> registerNames; ///< of the named locals, "" for temporaries
    std::vector<ExceptionHandler> handlers; ///< innermost first
    std::uint32_t line = 0;
};

struct ProgramOptions
{
    bool idealTime = false;
    bool notifyFirst = false; ///< notify fifo
    bool spuriousWakeups = false;
    bool totalStoreOrder = false; ///< memory tso
    bool fairLocks = false;
    std::int64_t cap = 16; ///< how many items an exploration lets an unbounded queue have
    std::int64_t steps = 20'000; ///< how many steps of a schedule an exploration follows
};

/// A compiled program: the one meaning that the runner carries out and the machine explores.
///
/// Threads: immutable once compiled.
struct Code
{
    std::string title;
    std::vector<Instruction> instructions;
    std::vector<Value> constants;
    std::vector<Routine> routines;
    std::vector<ObjectDeclaration> objects;
    std::vector<VariableDeclaration> shared;
    std::vector<VariableDeclaration> privates;
    std::vector<ActorDeclaration> actors;
    std::vector<CommandDeclaration> commands;
    std::vector<HandlerDeclaration> handlers; ///< of the program's own process, from the start
    std::vector<HandleName> handleNames;
    std::vector<std::string> sections; ///< texts of `section`, each once
    std::vector<std::string>
        exceptions; ///< names; the builtin ones come first, in the catalogue's order
    std::vector<Invariant> invariants;
    std::vector<Expectation> expectations;
    ProgramOptions options;

    [[nodiscard]] const ActorDeclaration* main() const;
    [[nodiscard]] std::string_view handleNameOf(
        std::int32_t instruction) const; ///< of what it starts, or empty
    [[nodiscard]] bool hasProcesses() const; ///< whether any actor is a process
    [[nodiscard]] std::int32_t objectCount() const; ///< elements of all declarations
    [[nodiscard]] std::int32_t
    declaredInstanceCount() const; ///< elements of all actor declarations
    [[nodiscard]] std::string objectName(
        std::int32_t declaration, std::int32_t element) const; ///< "fork[2]"
    [[nodiscard]] std::string instanceName(
        std::int32_t declaration, std::int32_t element) const; ///< "philosopher[2]"
};

/// Index of an exception by its name, or -1.
[[nodiscard]] std::int32_t findException(const Code& code, std::string_view name);

/// What a failed assertion carries as its exception's number: only clean-up code sees it, no
/// `except` catches it.
inline constexpr std::int64_t kAssertionFailure = -1;

/// Raised for a value of the wrong kind and for a division by zero; every Code knows it.
inline constexpr std::string_view kBadValue = "BadValue";

/// What the system keeps of an exit code is one byte.
inline constexpr std::int64_t kLargestExitCode = 255;
inline constexpr std::string_view kNeedsExitCode = "An exit code is a whole number from 0 to 255.";

/// The code as a listing, one instruction a line: for tests and `heddle check --listing`.
[[nodiscard]] std::string listing(const Code& code);

} // namespace heddle
