// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/program_search.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string_view>

namespace heddle {

namespace {

std::string searchPath(const SpawnOptions& options)
{
    if (options.environment) {
        for (const auto& [name, value] : *options.environment) {
            if (name == "PATH")
                return value;
        }
        return "/usr/bin:/bin";
    }
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody here sets it
    return path != nullptr ? path : "/usr/bin:/bin";
}

/// The first bytes of a file; nothing if it cannot be read.
std::optional<std::string> beginOf(const std::string& path)
{
    constexpr std::size_t kLongestLine = 256; // what the kernel reads of a #! line
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open())
        return std::nullopt;
    std::string bytes(kLongestLine, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

/// The program that a #! line names; empty if there is no such line.
std::string interpreterIn(const std::string& begin)
{
    if (begin.rfind("#!", 0) != 0)
        return {};
    const std::size_t first = begin.find_first_not_of(" \t", 2);
    if (first == std::string::npos)
        return {};
    return begin.substr(first, begin.find_first_of(" \t\r\n", first) - first);
}

std::string whyNoFormat(const std::string& begin)
{
    if (begin.empty())
        return "is empty";
    if (begin.rfind("\177ELF", 0) == 0)
        return "is a program for another machine";
    if (begin.find('\0') != std::string::npos)
        return "is no program";
    return "has no #! line: only a shell can run it";
}

} // namespace

std::vector<std::string> programCandidates(const std::string& program, const SpawnOptions& options)
{
    if (program.find('/') != std::string::npos)
        return {program};
    const std::string path = searchPath(options);
    std::vector<std::string> candidates;
    std::string_view rest(path);
    while (true) {
        const std::size_t colon = rest.find(':');
        const std::string_view folder = rest.substr(0, colon);
        candidates.push_back((folder.empty() ? "." : std::string(folder)) + "/" + program);
        if (colon == std::string_view::npos)
            return candidates;
        rest.remove_prefix(colon + 1);
    }
}

std::string describeRefused(const std::string& program, const std::vector<std::string>& candidates,
    const std::string& folder, int systemErrno)
{
    if (systemErrno != ENOEXEC && systemErrno != ENOENT)
        return program;
    for (const std::string& candidate : candidates) {
        const bool isRelative = candidate.front() != '/' && !folder.empty();
        const std::optional<std::string> begin =
            beginOf(isRelative ? std::string(folder).append("/").append(candidate) : candidate);
        if (!begin)
            continue;
        const std::string interpreter = interpreterIn(*begin);
        if (systemErrno == ENOEXEC)
            return program + " " + whyNoFormat(*begin);
        if (!interpreter.empty())
            return std::string(program)
                .append(" begins with #! and a program that is not there, ")
                .append(interpreter);
    }
    return program;
}

} // namespace heddle
