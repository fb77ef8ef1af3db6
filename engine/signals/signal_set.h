// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <signal.h>

namespace heddle {

inline constexpr int kHighestSignal = 64;

/// Whether a program may use the number: 1 to 64 without those that the C library keeps for itself
/// (32 and 33).
[[nodiscard]] constexpr bool isValidSignal(int signal)
{
    return signal >= 1 && signal <= kHighestSignal && signal != 32 && signal != 33;
}

/// A set of valid signals.
///
/// Threads: a plain value; one thread at a time.
/// Source:  signal(7), sigsetops(3).
class SignalSet
{
public:
    SignalSet() = default;

    /// The set of these numbers. Errors: InvalidArgument: one of them is no valid signal.
    [[nodiscard]] static Result<SignalSet> of(std::initializer_list<int> numbers);
    [[nodiscard]] static Result<SignalSet> of(const std::vector<int>& numbers);

    /// All valid signals.
    [[nodiscard]] static SignalSet all();
    /// To and from the form that the system's calls want; from it only valid signals are taken.
    [[nodiscard]] static SignalSet fromSystem(const sigset_t& set);
    [[nodiscard]] sigset_t toSystem() const;

    /// Puts one more in. Errors: InvalidArgument: it is no valid signal.
    [[nodiscard]] Result<void> add(int signal);
    /// Takes one out, if it is in it.
    void remove(int signal);

    [[nodiscard]] bool contains(int signal) const;
    [[nodiscard]] bool containsAll(SignalSet others) const;
    [[nodiscard]] bool isEmpty() const { return m_bits == 0; }
    [[nodiscard]] std::size_t size() const;

    /// In ascending order.
    [[nodiscard]] std::vector<int> numbers() const;

    /// "SIGHUP SIGINT"; empty for the empty set.
    [[nodiscard]] std::string text() const;

    friend bool operator==(SignalSet, SignalSet) = default;

private:
    std::uint64_t m_bits = 0; ///< bit n - 1 stands for signal n
};

/// "Terminated", "Real-time signal 3"; empty if it is no valid signal. English.
[[nodiscard]] std::string descriptionOfSignal(int signal);

/// The number of a name as signalName() of engine/base/text.h gives it, or of a second name (SIGIO, SIGIOT, SIGCLD,
/// "SIGRTMAX-2"); nothing for any other text.
[[nodiscard]] std::optional<int> signalByName(std::string_view name);

} // namespace heddle
