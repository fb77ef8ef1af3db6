// SPDX-License-Identifier: Apache-2.0
#include "engine/base/result.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace heddle {

const char* toText(ErrorKind kind)
{
    static constexpr std::array kNames = {"SystemCall", "Timeout", "Cancelled", "Interrupted",
        "WrongThread", "NotOwner", "Overflow", "BrokenBarrier", "Closed", "AlreadyStarted",
        "NotStarted", "WouldDeadlock", "ChildGone", "NoResources", "InvalidArgument", "BadProgram",
        "BadTrace", "NotSupported"};
    return kNames.at(static_cast<std::size_t>(kind));
}

namespace {

/// In English; the number itself, where the system has no words for it.
std::string systemText(int systemErrno)
{
    const char* words = ::strerrordesc_np(systemErrno);
    return words != nullptr ? words : "error " + std::to_string(systemErrno);
}

} // namespace

std::string Error::text() const
{
    std::string line = operation;
    if (!line.empty())
        line += ": ";
    line += kind == ErrorKind::SystemCall ? systemText(systemErrno) : toText(kind);
    if (!detail.empty())
        line += " (" + detail + ")";
    return line;
}

Error systemError(std::string operation, std::string detail)
{
    const int saved = errno;
    return systemError(saved, std::move(operation), std::move(detail));
}

Error systemError(int systemErrno, std::string operation, std::string detail)
{
    return {ErrorKind::SystemCall, systemErrno, std::move(operation), std::move(detail)};
}

} // namespace heddle
