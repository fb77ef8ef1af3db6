// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"

#include <QString>

#include <optional>

namespace heddle::widgets {

/// How far a search of all schedules has come.
struct SearchProgress
{
    quint64 states = 0;
    quint32 depth = 0;
    double seconds = 0;
};

/// Whether the program states expectations and all of them are known to hold: those that ask for
/// something reachable may be, also where a limit ended the search.
[[nodiscard]] bool isAllHeld(const ExplorationReport& report);

/// The schedule of a row: the witness of an expectation, or behind them of a lost update.
[[nodiscard]] std::optional<Schedule> shownSchedule(
    const ExplorationReport& report, std::size_t row);

/// The verdict in a few words: "Every schedule is as the program expects.".
[[nodiscard]] QString verdictSentence(const ExplorationReport& report);

/// How many expectations no schedule can tell about.
[[nodiscard]] int uncheckedCount(const ExplorationReport& report);

/// Where a running search is: "1,234 states, depth 12, 0.3 s".
[[nodiscard]] QString progressText(const SearchProgress& progress);

/// How much was searched, and why not all where a limit ended the search.
[[nodiscard]] QString figuresText(const ExplorationReport& report);

/// What schedules drawn by chance say beside the search.
[[nodiscard]] QString sampledText(const SampledSchedules& sampled);

} // namespace heddle::widgets
