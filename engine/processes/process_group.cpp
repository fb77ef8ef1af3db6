// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_group.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <dirent.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

struct DirectoryCloser
{
    void operator()(DIR* directory) const { static_cast<void>(::closedir(directory)); }
};

// The numbers among the names of a directory: processes of /proc, threads of a task folder.
std::vector<pid_t> numbersIn(const char* path)
{
    std::vector<pid_t> numbers;
    const std::unique_ptr<DIR, DirectoryCloser> directory(::opendir(path));
    if (!directory)
        return numbers;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is this call's own
    while (const dirent* entry = ::readdir(directory.get())) {
        const std::string_view name(entry->d_name);
        pid_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && end == name.data() + name.size())
            numbers.push_back(number);
    }
    return numbers;
}

// The file that lists a thread's children exists only where the kernel was built with it.
std::optional<std::vector<pid_t>> childrenByThread()
{
    std::vector<pid_t> children;
    for (const pid_t thread : numbersIn("/proc/self/task")) {
        std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/children");
        if (!file.is_open())
            return std::nullopt;
        children.insert(
            children.end(), std::istream_iterator<pid_t>(file), std::istream_iterator<pid_t>());
    }
    return children;
}

pid_t parentOf(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    std::getline(file, line);
    // The name stands in brackets and may hold any character; what follows has no bracket.
    const std::size_t nameEnd = line.rfind(')');
    if (nameEnd == std::string::npos || nameEnd + 4 >= line.size())
        return 0;
    pid_t parent = 0;
    const char* first = line.data() + nameEnd + 4; // ") S 12": past the state
    static_cast<void>(std::from_chars(first, line.data() + line.size(), parent));
    return parent;
}

std::vector<pid_t> childrenByParent()
{
    const pid_t self = ::getpid();
    std::vector<pid_t> children;
    for (const pid_t process : numbersIn("/proc")) {
        if (parentOf(process) == self)
            children.push_back(process);
    }
    return children;
}

// Reaps a child that has been killed, waiting for it no longer than a moment.
void reap(pid_t child)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (::waitpid(child, nullptr, WNOHANG) != 0)
            return; // reaped, or never ours
        const timespec moment{0, 500'000};
        static_cast<void>(::nanosleep(&moment, nullptr));
    }
}

} // namespace

Result<void> signalGroup(pid_t group, int signal)
{
    if (::kill(-group, signal) != 0 && errno != ESRCH)
        return systemError("kill", "process group " + std::to_string(group));
    return {};
}

Result<void> adoptOrphans()
{
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return systemError("prctl PR_SET_CHILD_SUBREAPER");
    return {};
}

std::vector<pid_t> ownChildren()
{
    if (auto children = childrenByThread())
        return *std::move(children);
    return childrenByParent();
}

bool endDescendants(Deadline deadline, std::span<const pid_t> spared)
{
    while (true) {
        std::vector<pid_t> children = ownChildren();
        std::erase_if(children, [&](pid_t child) {
            return std::find(spared.begin(), spared.end(), child) != spared.end();
        });
        if (children.empty())
            return true;
        if (deadline.isOver())
            return false;
        for (const pid_t child : children)
            static_cast<void>(::kill(child, SIGKILL));
        for (const pid_t child : children)
            reap(child);
    }
}

} // namespace heddle
