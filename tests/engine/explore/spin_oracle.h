// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/code.h"

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace heddle::tests {

/// All that can happen in a program, as one of two explorers that know nothing of each other saw it.
struct Space
{
    std::string problem; ///< why there is no answer; empty: there is one
    std::size_t states = 0;
    /// The states without a next step, as the reporting model prints them ("end 2 2 | 5",
    /// "deadlock 1 1 | 0"), and how many there are of each.
    std::map<std::string, int> stops;
    std::set<std::string> failures; ///< "assert 7" (a line), "uncaught Timeout"

    [[nodiscard]] std::size_t stopCount() const;
    [[nodiscard]] bool hasDeadlock() const;
    [[nodiscard]] std::set<std::string> ends() const; ///< the variables' values, without duplicates
    [[nodiscard]] std::string text() const;
};

/// Whether `spin` and a C compiler are there.
[[nodiscard]] bool isSpinInstalled();

/// The machine's space, by taking every step of every actor in every state: no order, no reduction.
[[nodiscard]] Space machineSpace(const std::shared_ptr<const Code>& code, std::size_t mostStates);

/// What the explorer finds otherwise than `space` says, with each of its reductions and with all of
/// them; empty if it finds the same.
[[nodiscard]] std::string reducedDifference(
    const std::shared_ptr<const Code>& code, const Space& space);

/// SPIN's space of the exported model, without its reductions.
///
/// The states are counted as the machine counts them: without the one before `init` and the one
/// after each report of a stop.
///
/// Threads: any thread.
[[nodiscard]] Space spinSpace(const Code& code);

/// A compiled program from its text without the first line.
[[nodiscard]] std::shared_ptr<const Code> compiled(const std::string& text);

} // namespace heddle::tests
