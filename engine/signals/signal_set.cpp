// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/signal_set.h"

#include "engine/base/text.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

namespace heddle {

namespace {

std::uint64_t bitOf(int signal)
{
    return std::uint64_t{1} << (signal - 1);
}

std::optional<int> otherName(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, int>, 4> kOthers{
        {{"SIGIOT", SIGABRT}, {"SIGCLD", SIGCHLD}, {"SIGIO", SIGPOLL}, {"SIGPOLL", SIGPOLL}}};
    for (const auto& [other, signal] : kOthers) {
        if (name == other)
            return signal;
    }
    return std::nullopt;
}

// "SIGRTMAX-2", by the distance from the last one.
std::optional<int> nameFromLast(std::string_view name)
{
    constexpr std::string_view kPrefix = "SIGRTMAX-";
    if (name.substr(0, kPrefix.size()) != kPrefix)
        return std::nullopt;
    const std::string_view digits = name.substr(kPrefix.size());
    int offset = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), offset);
    const bool isNumber = error == std::errc() && end == digits.data() + digits.size();
    if (!isNumber || offset < 0 || offset > SIGRTMAX - SIGRTMIN)
        return std::nullopt;
    return SIGRTMAX - offset;
}

} // namespace

Result<SignalSet> SignalSet::of(const std::vector<int>& numbers)
{
    SignalSet all;
    for (const int signal : numbers) {
        Result<void> added = all.add(signal);
        if (!added)
            return added.error();
    }
    return all;
}

Result<SignalSet> SignalSet::of(std::initializer_list<int> numbers)
{
    return of(std::vector<int>(numbers));
}

SignalSet SignalSet::all()
{
    SignalSet all;
    for (int signal = 1; signal <= kHighestSignal; ++signal) {
        if (isValidSignal(signal))
            all.m_bits |= bitOf(signal);
    }
    return all;
}

SignalSet SignalSet::fromSystem(const sigset_t& set)
{
    SignalSet found;
    for (int signal = 1; signal <= kHighestSignal; ++signal) {
        if (isValidSignal(signal) && ::sigismember(&set, signal) == 1)
            found.m_bits |= bitOf(signal);
    }
    return found;
}

sigset_t SignalSet::toSystem() const
{
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : numbers())
        ::sigaddset(&set, signal);
    return set;
}

Result<void> SignalSet::add(int signal)
{
    if (!isValidSignal(signal))
        return Error{
            ErrorKind::InvalidArgument, 0, "signal set", "no signal " + std::to_string(signal)};
    m_bits |= bitOf(signal);
    return {};
}

void SignalSet::remove(int signal)
{
    if (isValidSignal(signal))
        m_bits &= ~bitOf(signal);
}

bool SignalSet::contains(int signal) const
{
    return isValidSignal(signal) && (m_bits & bitOf(signal)) != 0;
}

bool SignalSet::containsAll(SignalSet others) const
{
    return (others.m_bits & ~m_bits) == 0;
}

std::size_t SignalSet::size() const
{
    return static_cast<std::size_t>(std::popcount(m_bits));
}

std::vector<int> SignalSet::numbers() const
{
    std::vector<int> found;
    for (std::uint64_t rest = m_bits; rest != 0; rest &= rest - 1)
        found.push_back(std::countr_zero(rest) + 1);
    return found;
}

std::string SignalSet::text() const
{
    std::string names;
    for (const int signal : numbers())
        names += (names.empty() ? "" : " ") + signalName(signal);
    return names;
}

std::string descriptionOfSignal(int signal)
{
    if (!isValidSignal(signal))
        return {};
    if (signal >= SIGRTMIN)
        return "Real-time signal " + std::to_string(signal - SIGRTMIN);
    const char* description = ::sigdescr_np(signal);
    return description != nullptr ? description : "";
}

std::optional<int> signalByName(std::string_view name)
{
    for (int signal = 1; signal <= kHighestSignal; ++signal) {
        if (isValidSignal(signal) && name == signalName(signal))
            return signal;
    }
    const std::optional<int> other = otherName(name);
    return other ? other : nameFromLast(name);
}

} // namespace heddle
