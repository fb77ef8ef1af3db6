// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_folder.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>

#include <dirent.h>

namespace heddle {

namespace {

struct DirectoryCloser
{
    void operator()(DIR* directory) const { static_cast<void>(::closedir(directory)); }
};

// The file that lists a thread's children exists only where the kernel was built with it.
std::optional<std::vector<pid_t>> childrenByThread(const std::string& folder)
{
    std::vector<pid_t> children;
    const std::string tasks = folder + "/task";
    for (const pid_t thread : numbersIn(tasks.c_str())) {
        std::ifstream file(tasks + "/" + std::to_string(thread) + "/children");
        if (!file.is_open())
            return std::nullopt;
        children.insert(
            children.end(), std::istream_iterator<pid_t>(file), std::istream_iterator<pid_t>());
    }
    return children;
}

std::vector<pid_t> childrenByParent(pid_t parent)
{
    std::vector<pid_t> children;
    for (const pid_t process : numbersIn("/proc")) {
        if (readStat("/proc/" + std::to_string(process)).parent == parent)
            children.push_back(process);
    }
    return children;
}

} // namespace

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

ProcessStat readStat(const std::string& folder)
{
    std::ifstream file(folder + "/stat");
    std::string line;
    std::getline(file, line);
    // The name stands in brackets and may hold any character; what follows has no bracket.
    const std::size_t nameBegin = line.find('(') + 1;
    const std::size_t nameEnd = line.rfind(')');
    if (nameBegin == 0 || nameEnd == std::string::npos || nameEnd + 4 >= line.size())
        return {};
    ProcessStat stat;
    stat.name = line.substr(nameBegin, nameEnd - nameBegin);
    stat.state = line[nameEnd + 2];
    const char* first = line.data() + nameEnd + 4; // ") S 12": past the state
    static_cast<void>(std::from_chars(first, line.data() + line.size(), stat.parent));
    return stat;
}

std::vector<pid_t> childrenOf(pid_t process)
{
    if (auto children = childrenByThread("/proc/" + std::to_string(process)))
        return *std::move(children);
    return childrenByParent(process);
}

} // namespace heddle
