// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/program/code.h"

#include <cstdint>
#include <string>

namespace heddle {

/// What a model in Promela is written for.
enum class PromelaPurpose : std::uint8_t
{
    Checking, ///< SPIN finds deadlocks and failed assertions by itself
    Reporting, ///< pan prints a line for each end, deadlock, failed assertion and uncaught exception
};

/// Writes a compiled program as a model in Promela, the language of the model checker SPIN.
///
/// A step of the model is a step of the program: one visible operation and what is invisible behind
/// it are one `atomic`, which can begin exactly when the operation can go on. So SPIN without its
/// reductions stores the machine's states, and one more for its `init`; under
/// PromelaPurpose::Reporting one more, too, for each state without a next step, in which the
/// process `watch` prints
///
///     @end STATUS… | VALUE…      every actor that is waited for has ended, or the program exited
///     @deadlock STATUS… | VALUE… nobody can move
///
/// with the numbers 0 (not started), 1 (going), 2 (ended), 3 (failed assertion) and 4 + exception
/// of the actors, and the shared variables in the order of their declaration. Steps print `@assert
/// TEXT` and `@uncaught NAME`.
///
/// Numbers have 32 bits in Promela: what would go beyond wraps there. Texts are left out, so
/// states that differ in nothing but a text are one.
///
/// Errors:  NotSupported with the line and the first thing that has no counterpart: texts, lists
///          and tables as data, timers, clocks, unbounded queues and such.
/// Threads: any thread; a pure function.
[[nodiscard]] Result<std::string> toPromela(
    const Code& code, PromelaPurpose purpose = PromelaPurpose::Checking);

} // namespace heddle
