// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace heddle {

/// Counts the orders of a program's steps that are truly different: two schedules are the same
/// order if one becomes the other by exchanging neighbours that have nothing to do with each other
/// (Mazurkiewicz traces).
///
/// It takes every schedule anew, with sleep sets, which let exactly one of each order come to its
/// end; the others are given up as soon as they turn out to be known.
///
/// Threads: one thread at a time; it uses the machine. `stop` may be asked for by any.
/// Source:  Godefroid, Partial-Order Methods, 1996, chapter 5.
class OrderCounter
{
public:
    struct Limits
    {
        std::uint64_t schedules = 100'000; ///< taken to their end or given up
        std::size_t steps = 500; ///< of one schedule
        std::chrono::nanoseconds time = std::chrono::milliseconds(100);
    };

    OrderCounter(Machine& machine, const Limits& limits);

    /// Nothing if a limit was reached first.
    [[nodiscard]] std::optional<std::uint64_t> count(const std::stop_token& stop = {});

private:
    struct Touched
    {
        std::int32_t place = 0; ///< number of an object, a variable's cell, an actor or its life
        bool isWrite = false;
    };
    using Touches = std::vector<Touched>;
    struct Mover
    {
        std::int32_t actor = 0;
        StepList steps;
        Touches touches; ///< of all its outcomes
    };

    void go(const std::vector<Cell>& state, const std::vector<std::int32_t>& sleepers,
        std::size_t depth);
    [[nodiscard]] std::vector<Mover> moversIn(const std::vector<Cell>& state);
    void touch(const std::vector<Cell>& state, Mover& mover);
    void touchObjects(const std::vector<Cell>& state, std::int32_t actor, Touches& touches);
    void touchJoined(const std::vector<Cell>& state, std::int32_t actor, Touches& touches);
    void touchLives(const std::vector<Cell>& state, Mover& mover);
    void touchEverything(Touches& touches);
    [[nodiscard]] bool isOver();
    [[nodiscard]] std::int32_t placeOfActor(std::int64_t actor) const;
    [[nodiscard]] std::int32_t placeOfLife(std::int32_t actor) const;
    [[nodiscard]] std::int32_t placeOfCell(std::size_t cell) const;

    Machine& m_machine;
    Limits m_limits;
    std::stop_token m_stop;
    std::chrono::steady_clock::time_point m_deadline;
    std::uint64_t m_complete = 0;
    std::uint64_t m_givenUp = 0;
    bool m_isCut = false;
};

} // namespace heddle
