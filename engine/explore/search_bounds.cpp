// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/search_bounds.h"

#include "engine/explore/unknown_text.h"

#include <string>

namespace heddle {

namespace {

constexpr const char* kNoRoom =
    HEDDLE_TEXT("Sentence", "more actors are started than a state has room for");

} // namespace

SearchBounds::SearchBounds(const ExplorerLimits& limits, std::int64_t mostSteps)
    : m_limits(limits)
    , m_mostSteps(static_cast<std::uint64_t>(mostSteps))
{
}

void SearchBounds::begin()
{
    m_begin = std::chrono::steady_clock::now();
}

std::chrono::nanoseconds SearchBounds::elapsed() const
{
    return std::chrono::steady_clock::now() - m_begin;
}

bool SearchBounds::isReached(const Standing& standing, const std::stop_token& stop)
{
    if (standing.hasFound)
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "the search ended with the first thing that it was to find"));
    else if (standing.states >= m_limits.states)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the limit of %1 states was reached"),
            {std::to_string(m_limits.states)});
    else if (standing.bytes > m_limits.bytes)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the limit of %1 MiB of memory was reached"),
            {std::to_string(m_limits.bytes / 1024 / 1024)});
    else if (elapsed() > m_limits.time)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the time limit was reached"));
    else if (stop.stop_requested())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the search was stopped"));
    else if (standing.hasNoRoom)
        m_limit = Sentence::of(kNoRoom);
    return m_limit.has_value();
}

void SearchBounds::noteManyOutcomes()
{
    m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "one step has more than %1 outcomes"),
        {std::to_string(Way::kMostChoices)});
}

void SearchBounds::noteWhatWasLeftOut(const Machine& machine, const Findings& findings)
{
    if (machine.hasNoRoom())
        m_limit = Sentence::of(kNoRoom);
    if (m_isBoundHit)
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "schedules with more than %1 preemptions were left out"),
            {std::to_string(*m_limits.preemptions)});
    if (m_areStepsHit)
        m_limit =
            Sentence::of(HEDDLE_TEXT("Sentence",
                             "schedules of more than %1 steps were left out (\"option steps\")"),
                {std::to_string(m_mostSteps)});
    if (!findings.unbounded.empty())
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "an unbounded queue was cut at %1 items (\"option cap\")"),
            {std::to_string(machine.code().options.cap)});
    if (machine.locals().leftDrawsOut())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "one step draws too many random numbers"));
    if (const auto* command = writerOfUnknownText(machine.code());
        command != nullptr && machine.locals().guesses())
        m_limit = dependsOnTexts(*command);
    if (machine.locals().asksClock())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence",
            "the program reads the clock (\"now\"), which \"time free\" says nothing about"));
}

} // namespace heddle
