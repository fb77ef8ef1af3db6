// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/program_search.h"

#include <cstdlib>
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

} // namespace heddle
