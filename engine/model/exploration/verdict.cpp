// SPDX-License-Identifier: Apache-2.0
#include "engine/model/exploration/verdict.h"

namespace heddle {

int ExplorationReport::exitCode() const
{
    constexpr int kFailed = 1;
    constexpr int kDeadlock = 3;
    constexpr int kUndecided = 5;
    if (!hasExpectLines && deadlockFound)
        return kDeadlock;
    if (verdict == ExplorationVerdict::Violated)
        return kFailed;
    return verdict == ExplorationVerdict::Holds ? 0 : kUndecided;
}

const char* toText(ExplorationVerdict verdict)
{
    switch (verdict) {
    case ExplorationVerdict::Holds:
        return "holds";
    case ExplorationVerdict::Violated:
        return "violated";
    case ExplorationVerdict::Undecided:
        return "undecided";
    }
    return "";
}

const char* toText(ExploredExpectation::Status status)
{
    switch (status) {
    case ExploredExpectation::Status::Held:
        return "held";
    case ExploredExpectation::Status::Failed:
        return "failed";
    case ExploredExpectation::Status::Unchecked:
        return "unchecked";
    }
    return "";
}

} // namespace heddle
