// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <signal.h>

namespace heddle {

/// How a process ended.
///
/// Threads: immutable value.
/// Source:  waitid(2).
struct ExitStatus
{
    int code = 0; ///< what it gave to exit, 0…255
    int signal = 0; ///< the signal that ended it, or 0

    /// From what waitid(2) tells of a process that has ended.
    [[nodiscard]] static ExitStatus fromSignalInfo(const siginfo_t& info);

    [[nodiscard]] bool isSuccess() const { return code == 0 && signal == 0; }

    /// One number for both: the code, or -n when it was ended by signal n.
    [[nodiscard]] int returnCode() const { return signal != 0 ? -signal : code; }

    /// "exit code 3", "signal 11 (SIGSEGV)".
    [[nodiscard]] std::string text() const;
};

} // namespace heddle
