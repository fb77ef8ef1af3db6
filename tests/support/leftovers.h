// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/processes/process_group.h"
#include "tests/support/marked_processes.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace heddle::tests {

/// What a process has at one moment: descriptors, children (zombies too), orphans that its children have
/// left (those with its environment) and shared memory. Made before a test and asked after it, it says
/// what the test left behind.
class Leftovers
{
public:
    Leftovers()
        : m_descriptors(namesIn("/proc/self/fd"))
        , m_shared(namesIn("/dev/shm"))
        , m_children(heddle::ownChildren())
    {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): before the test, which may have threads
        static_cast<void>(::setenv(kMark, std::to_string(::getpid()).c_str(), 1));
        m_marked = processesWith(mark());
    }

    /// Empty if there is nothing new, else a text that names it.
    [[nodiscard]] std::string text() const
    {
        std::string found;
        for (const std::string& name : namesIn("/proc/self/fd")) {
            if (m_descriptors.count(name) == 0)
                found += "descriptor " + name + "; ";
        }
        for (const std::string& name : namesIn("/dev/shm")) {
            if (m_shared.count(name) == 0 && isOwn(name))
                found += "shared memory " + name + "; ";
        }
        for (const pid_t child : heddle::ownChildren()) {
            if (std::find(m_children.begin(), m_children.end(), child) == m_children.end())
                found += "child " + std::to_string(child) + "; ";
        }
        for (const pid_t orphan : orphans())
            found += "orphan " + std::to_string(orphan) + "; ";
        return found;
    }

private:
    static constexpr const char* kMark = "HEDDLE_TEST_LEFTOVERS_OF";

    static std::string mark()
    {
        std::string text = kMark;
        text += '=' + std::to_string(::getpid());
        text += '\0'; // as in the environment, so that no longer number is meant
        return text;
    }

    // Those that have been killed take a moment to be gone.
    [[nodiscard]] std::vector<pid_t> orphans() const
    {
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(2);
        for (;;) {
            std::vector<pid_t> found = processesWith(mark());
            const std::vector<pid_t> children = heddle::ownChildren();
            std::erase_if(found, [&](pid_t one) {
                const auto isIn = [one](const std::vector<pid_t>& all) {
                    return std::find(all.begin(), all.end(), one) != all.end();
                };
                return isIn(m_marked) || isIn(children);
            });
            if (found.empty() || std::chrono::steady_clock::now() > limit)
                return found;
            std::this_thread::sleep_for(std::chrono::milliseconds(5)); // nothing tells of it
        }
    }

    // The descriptor that reads the folder has gone when the name is looked at.
    static std::set<std::string> namesIn(const char* folder)
    {
        std::set<std::string> names;
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
            names.insert(entry.path().filename());
        if (std::string(folder) == "/proc/self/fd") {
            for (auto name = names.begin(); name != names.end();) {
                const bool isOpen = ::access((std::string(folder) + "/" + *name).c_str(), F_OK) == 0
                    || std::filesystem::is_symlink(std::string(folder) + "/" + *name, ignored);
                name = isOpen ? std::next(name) : names.erase(name);
            }
        }
        return names;
    }
    // Other programs of the machine use the folder too.
    static bool isOwn(const std::string& name)
    {
        return name.find("heddle") != std::string::npos
            || name.find(std::to_string(::getpid())) != std::string::npos;
    }

    std::set<std::string> m_descriptors;
    std::set<std::string> m_shared;
    std::vector<pid_t> m_children;
    std::vector<pid_t> m_marked; ///< processes that were there before, with this one's environment
};

} // namespace heddle::tests
