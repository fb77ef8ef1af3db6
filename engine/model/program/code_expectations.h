// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// Instructions without calls that compute one value: `final`, `invariant`.
struct Fragment
{
    std::int32_t entry = 0; ///< runs up to EndPredicate
    std::int32_t registerCount = 0;
};

/// What an `expect` line asks for, ready to be judged. Which parts are used is said by the kind.
struct Expectation
{
    enum class Kind : std::uint8_t
    {
        Terminates,
        Deadlock, // reachable / free
        Livelock,
        Starvation, // name?
        Stuck, // name
        Unbounded, // name
        Exception, // name
        Warning, // name, flag = the checker gives it
        Race, // name? (free without one)
        InvariantVerdict, // texts[0], flag = holds
        AssertVerdict, // flag = holds, texts[0]?
        Final, // fragment, relation, values or ranges
        Outcomes, // texts
        Schedules, // low
        ExitIn, // name, ranges
        SaidOrder, // lines in order
        SaidAfter, // lines[0], duration, lines[1]?
        SaidWithin, // lines[0], duration
        SaidTimes, // lines[0], low..high
        NeverSaid, // lines[0]
        Output, // texts, flag = in any order
        Raised, // name, actor?, low..high
        NeverRaised, // name, actor?
        LastsAtLeast, // duration
        LastsAtMost,
    };
    enum class Relation : std::uint8_t
    {
        Always,
        ExactSet,
        CanBe,
        Never
    };
    struct Line
    {
        std::string pattern;
        std::string
            by; ///< actor or handle name, "" any; of an array any element unless "worker[2]"
    };
    Kind kind = Kind::Terminates;
    std::string text; ///< as the program writes it, without `expect`
    std::uint32_t line = 0;
    bool isReachable = false; ///< reachable / free
    bool flag = false;
    std::string name;
    std::string actor;
    Relation relation = Relation::Always;
    std::optional<Fragment> fragment;
    std::vector<std::pair<Value, Value>> ranges; ///< low..high, both included; single values twice
    std::vector<std::string> texts;
    std::vector<Line> lines;
    std::int64_t low = 1;
    std::int64_t high = INT64_MAX;
    std::int64_t durationNanoseconds = 0;
};

struct Invariant
{
    std::string text;
    Fragment fragment;
    /// Reads nothing but constants and `inside("…")`: a run can judge it from the trace.
    bool usesInsideOnly = false;
    std::uint32_t line = 0;
};

} // namespace heddle
