// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/run_object.h"
#include "engine/run/step_outcome.h"

#include <memory>
#include <string>

namespace heddle {

class ActorThread;
class ProgramRun;

/// Carries out a visible instruction for real, on the actor's thread.
///
/// There is one row for each visible operation; a missing one does not compile.
[[nodiscard]] StepOutcome carryOutOperation(ActorThread& actor, const Instruction& instruction);

/// Which object is to be made.
struct ObjectPlan
{
    const ObjectDeclaration& declaration;
    std::string name; ///< of this element: "fork[2]"
    RunObject* mutex = nullptr; ///< of a condition: made before it
    ProgramRun& run;
};

/// Makes one element of a declared object.
///
/// There is one row for each kind of primitive; a missing one does not compile.
[[nodiscard]] std::unique_ptr<RunObject> makeObject(const ObjectPlan& plan);

} // namespace heddle
