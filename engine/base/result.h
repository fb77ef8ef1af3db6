// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/check.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace heddle {

/// What went wrong, as far as a caller may want to act on it.
enum class ErrorKind
{
    SystemCall,
    Timeout,
    Cancelled,
    Interrupted, ///< a handler of a signal has said to give up
    WrongThread, ///< only the main thread may do it
    NotOwner,
    Overflow,
    BrokenBarrier,
    Closed,
    AlreadyStarted,
    NotStarted,
    WouldDeadlock,
    ChildGone,
    NoResources,
    InvalidArgument,
    BadProgram,
    BadTrace,
    NotSupported,
};

/// The kind's name in English, for logs: "Timeout".
[[nodiscard]] const char* toText(ErrorKind kind);

/// Why an operation of the engine could not be done: English, for logs and tests, never shown raw.
struct [[nodiscard]] Error
{
    ErrorKind kind = ErrorKind::SystemCall;
    int systemErrno = 0; ///< 0 unless `kind` is SystemCall
    std::string operation; ///< the call that failed, such as "pidfd_open"
    std::string detail; ///< what it was done to, or why

    /// One line: "pidfd_open: No such process (pid 12)".
    [[nodiscard]] std::string text() const;
};

/// The error of the system call that has just failed: reads `errno`, so it comes first after the call.
Error systemError(std::string operation, std::string detail = {});

/// The error of a system call whose errno the caller has already.
Error systemError(int systemErrno, std::string operation, std::string detail = {});

/// A value, or the error that kept it from being made.
///
/// The names are those of `std::expected`, so that the class can become an alias of it one day.
///
/// Threads: as the value's type.
template <typename T> class [[nodiscard]] Result
{
public:
    // Both convert silently, so that `return value;` and `return error;` read as they should.
    Result(T value) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() &
    {
        HEDDLE_ASSERT(has_value(), "a result is asked before its value is taken");
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const T& value() const&
    {
        HEDDLE_ASSERT(has_value(), "a result is asked before its value is taken");
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() && { return std::move(value()); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(value()); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    template <typename U> [[nodiscard]] T value_or(U&& other) const
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

    [[nodiscard]] const Error& error() const
    {
        HEDDLE_ASSERT(!has_value(), "only a failed result has an error");
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an error.
template <> class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const { return !m_error.has_value(); }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] const Error& error() const
    {
        HEDDLE_ASSERT(!has_value(), "only a failed result has an error");
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace heddle
