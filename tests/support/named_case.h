// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/clock.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace heddle::tests {

// What small programs have in common that carry out one case each: one that forks, or changes what
// belongs to a whole process.

inline int reportFd = 2; ///< where a case says what is not so: it may have closed its own streams

/// Ends the process unless it holds.
inline void require(bool holds, const char* what)
{
    if (holds)
        return;
    static_cast<void>(::dprintf(reportFd, "not so: %s\n", what));
    std::_Exit(1);
}

inline Deadline soon()
{
    return Deadline::after(std::chrono::seconds(10));
}

inline constexpr int kNobody = 65534;

/// Gives up the rights of root, where it has them.
inline void becomeNobody()
{
    if (::geteuid() != 0)
        return;
    require(::setgroups(0, nullptr) == 0, "no extra groups");
    require(::setresgid(kNobody, kNobody, kNobody) == 0, "another group");
    require(::setresuid(kNobody, kNobody, kNobody) == 0, "another user");
    require(::prctl(PR_SET_DUMPABLE, 1) == 0, "its own folder in /proc");
    require(::chdir("/") == 0, "a folder that all may enter");
}

struct Case
{
    std::string_view name;
    void (*run)();
};

/// What `main` does: carries out the case that the command line names. Result: 0 if it holds.
inline int runCase(std::span<const Case> cases, int count, char** arguments)
{
    const std::string_view name = count > 1 ? arguments[1] : "";
    for (const Case& known : cases) {
        if (known.name == name) {
            known.run();
            return 0;
        }
    }
    static_cast<void>(std::fprintf(stderr, "no such case\n"));
    return 2;
}

} // namespace heddle::tests
