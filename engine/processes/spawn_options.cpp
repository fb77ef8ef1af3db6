// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/spawn_options.h"

#include <unistd.h>

namespace heddle {

EnvironmentVariables inheritedEnvironment()
{
    EnvironmentVariables all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text(*entry);
        const std::size_t end = text.find('=', 1);
        if (end != std::string::npos)
            all.emplace_back(text.substr(0, end), text.substr(end + 1));
    }
    return all;
}

} // namespace heddle
