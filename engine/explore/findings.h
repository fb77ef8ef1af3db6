// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// What a search looks for: it ends early when it has found one.
enum class Find : std::uint8_t
{
    All, ///< everything: the search goes through the whole space
    Deadlock,
    Assert, ///< a failed assertion or a violated invariant
    Race
};

/// Where something was found: in a state, or by one more step out of it.
struct FoundAt
{
    std::uint32_t state = 0;
    std::int32_t actor = -1; ///< -1: in the state itself
    std::int32_t choice = 0;
    bool isOfOther = false; ///< of another search than the one that is judged (see mergeFrom)
};

/// What a search came across, each thing where it came first.
struct Findings
{
    std::optional<FoundAt> deadlock;
    std::optional<FoundAt> livelock; ///< only loops that touch nothing shared still go on
    std::map<std::string, FoundAt> assertions; ///< by text
    std::map<std::string, FoundAt> exceptions; ///< that ended an actor, by name
    std::map<std::int32_t, FoundAt> races; ///< by variable
    std::map<std::int32_t, FoundAt> lostUpdates; ///< by variable
    std::map<std::int32_t, FoundAt> unbounded; ///< by object: where it would exceed the cap
    std::vector<std::optional<FoundAt>> violated; ///< for each invariant
    std::vector<std::uint32_t> ends; ///< states in which the program has come to its end
    std::uint64_t deadlocks = 0; ///< states in which nobody can move, and somebody should

    /// Whether it is what is looked for; never all of it.
    [[nodiscard]] bool has(Find wanted) const;

    /// Whether everything that another search came across, ends aside, was come across here.
    [[nodiscard]] bool covers(const Findings& other) const;

    /// Takes over where another search of the same program came across things first.
    void mergeFrom(const Findings& other);
};

} // namespace heddle
