// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

// Why an operation raises an exception, in the same words whether the program is run or explored.

inline constexpr const char* kNeedsDuration = "This needs a duration, such as 5ms.";
inline constexpr const char* kLimitNeedsDuration = "A time limit is a duration.";
inline constexpr const char* kAfterNeedsDuration = "\"after\" needs a duration, such as 5ms.";
inline constexpr const char* kAlarmNeedsDuration = "\"alarm\" needs a duration, such as 2s.";
inline constexpr const char* kJoinNeedsActor = "\"join\" needs an actor.";
inline constexpr const char* kCancelNeedsTimer = "\"cancel\" needs a timer.";
inline constexpr const char* kCommunicateNeedsCommand = "\"communicate\" needs a command.";
inline constexpr const char* kSendNeedsSignal = "\"send\" needs a signal, such as SIGUSR1.";
inline constexpr const char* kSendNeedsReceiver = "\"send\" needs an actor or the program.";
inline constexpr const char* kNobodyToSendTo = "Nobody is there to get the signal.";
inline constexpr const char* kOnlyMainThreadHandles =
    "Only the main thread of a process may set what signals do.";
inline constexpr const char* kNotifiesFewerThanNone = "\"notify\" cannot let fewer than none go.";
inline constexpr const char* kNothingToChoose = "There is nothing to choose from.";
inline constexpr const char* kEndIsClosedHere = "This end of the pipe was closed here.";
inline constexpr const char* kWiredEndIsClosed = "An end that it is wired to was closed here.";
inline constexpr const char* kNobodyReads = "Nobody reads this pipe any more.";

/// `question` is asked of something else.
[[nodiscard]] inline std::string questionNeedsActor(std::string_view question)
{
    return "\"" + std::string(question) + "\" needs an actor.";
}

[[nodiscard]] inline std::string variableIsUnset(const std::string& variable)
{
    return "\"" + variable + "\" has no value yet.";
}

/// Of a `join … checked`.
[[nodiscard]] inline std::string actorExitFailed(const std::string& actor, std::int64_t code)
{
    return actor + " ended with exit code " + std::to_string(code) + ".";
}

} // namespace heddle
