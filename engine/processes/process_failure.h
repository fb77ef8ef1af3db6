// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/processes/exit_status.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace heddle {

/// A process that has ended, and what it wrote into pipes of this process.
///
/// Threads: a plain value; one thread at a time.
struct FinishedProcess
{
    std::vector<std::string> arguments{};
    ExitStatus status{};
    std::optional<std::string> output{}; ///< nothing unless stdout was a pipe
    std::optional<std::string> errors{}; ///< likewise stderr
};

/// Why a process did not do what was asked, with all that is known of it.
struct [[nodiscard]] ProcessFailure
{
    enum class Kind
    {
        NotStarted, ///< `error` says why
        TimedOut, ///< `limit` was over; the outputs hold what had come until then
        Failed, ///< it ended with another code than 0, or by a signal
        Broken ///< reading, writing or waiting failed: `error`
    };
    Kind kind = Kind::Broken;
    Error error{};
    std::vector<std::string> arguments{};
    std::optional<ExitStatus> status{};
    std::optional<nanoseconds> limit{};
    std::optional<std::string> output{}; ///< bytes as they came, never decoded
    std::optional<std::string> errors{};

    /// One line: "command 'make all' ended with exit code 2", "… was ended by signal 11 (SIGSEGV)",
    /// "… was ended by unknown signal 33", "… was not done after 0.2 seconds".
    [[nodiscard]] std::string text() const;
};

class Exchange;

/// The failure of an exchange that has not come to its end: TimedOut or Broken, with what has come.
[[nodiscard]] ProcessFailure unfinishedExchange(const Error& error,
    std::vector<std::string> arguments, const Exchange& exchange, Deadline deadline,
    nanoseconds begin);

/// A finished process, or why there is none. The names are those of Result.
class [[nodiscard]] ProcessResult
{
public:
    ProcessResult(FinishedProcess process) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<0>, std::move(process))
    {
    }
    ProcessResult(ProcessFailure failure) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(failure))
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] FinishedProcess& value()
    {
        HEDDLE_ASSERT(has_value(), "a result is asked before its value is taken");
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const FinishedProcess& value() const
    {
        HEDDLE_ASSERT(has_value(), "a result is asked before its value is taken");
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] FinishedProcess& operator*() { return value(); }
    [[nodiscard]] const FinishedProcess& operator*() const { return value(); }
    [[nodiscard]] FinishedProcess* operator->() { return &value(); }
    [[nodiscard]] const FinishedProcess* operator->() const { return &value(); }
    [[nodiscard]] const ProcessFailure& error() const
    {
        HEDDLE_ASSERT(!has_value(), "only a failed result has an error");
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<FinishedProcess, ProcessFailure> m_state;
};

/// The process, or the failure Failed with all that is known of it, if it has ended with another code than
/// 0 or by a signal: for those who have waited for it themselves.
[[nodiscard]] ProcessResult requireSuccess(FinishedProcess process);

} // namespace heddle
