// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

namespace heddle::tests {

/// A variable of the environment that marks a process started by a test and all its descendants,
/// whatever group, session or parent they have.
inline std::string uniqueMark()
{
    static int count = 0;
    return "HEDDLE_TEST_MARK=" + std::to_string(::getpid()) + "-" + std::to_string(++count)
        + "-end";
}

/// The living processes that carry the mark, this one not counted.
inline std::vector<pid_t> processesWith(const std::string& mark)
{
    std::vector<pid_t> found;
    std::error_code ignored; // processes come and go while /proc is read
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        std::ifstream file(entry.path() / "environ");
        const std::string environment{std::istreambuf_iterator<char>(file), {}};
        if (environment.find(mark) != std::string::npos && std::stol(name) != ::getpid())
            found.push_back(static_cast<pid_t>(std::stol(name)));
    }
    return found;
}

} // namespace heddle::tests
