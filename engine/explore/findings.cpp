// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/findings.h"

#include <algorithm>
#include <cstddef>

namespace heddle {

namespace {

template <typename Map> bool coversKeys(const Map& map, const Map& other)
{
    return std::all_of(other.begin(), other.end(),
        [&map](const auto& each) { return map.count(each.first) != 0; });
}

void take(std::optional<FoundAt>& place, const std::optional<FoundAt>& other)
{
    if (!other)
        return;
    place = other;
    place->isOfOther = true;
}

template <typename Map> void takeAll(Map& map, const Map& other)
{
    for (const auto& [key, found] : other) {
        map[key] = found;
        map[key].isOfOther = true;
    }
}

} // namespace

bool Findings::has(Find wanted) const
{
    switch (wanted) {
    case Find::All:
        return false;
    case Find::Deadlock:
        return deadlock.has_value();
    case Find::Assert:
        return !assertions.empty()
            || std::any_of(violated.begin(), violated.end(),
                [](const std::optional<FoundAt>& found) { return found.has_value(); });
    case Find::Race:
        return !races.empty();
    }
    return false;
}

bool Findings::covers(const Findings& other) const
{
    for (std::size_t i = 0; i < other.violated.size(); ++i)
        if (other.violated[i] && !violated[i])
            return false;
    return (deadlock || !other.deadlock) && (livelock || !other.livelock)
        && coversKeys(assertions, other.assertions) && coversKeys(exceptions, other.exceptions)
        && coversKeys(races, other.races) && coversKeys(lostUpdates, other.lostUpdates)
        && coversKeys(unbounded, other.unbounded);
}

void Findings::mergeFrom(const Findings& other)
{
    take(deadlock, other.deadlock);
    take(livelock, other.livelock);
    takeAll(assertions, other.assertions);
    takeAll(exceptions, other.exceptions);
    takeAll(races, other.races);
    takeAll(lostUpdates, other.lostUpdates);
    takeAll(unbounded, other.unbounded);
    for (std::size_t i = 0; i < other.violated.size(); ++i)
        take(violated[i], other.violated[i]);
}

} // namespace heddle
