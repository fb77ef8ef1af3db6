// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/command_result.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace heddle::app {

void print(std::string_view text)
{
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), stdout)); // see finishOutput
}

void complain(std::string_view sentence)
{
    const std::string line = "heddle: " + std::string(sentence) + "\n";
    static_cast<void>(std::fputs(line.c_str(), stderr)); // there is nobody else to tell
}

int finishOutput(int exitCode)
{
    const bool isFlushed = std::fflush(stdout) == 0;
    const int systemErrno = errno;
    if (isFlushed && std::ferror(stdout) == 0)
        return exitCode;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): only the main thread is left
    complain("standard output cannot be written: " + std::string(std::strerror(systemErrno)) + ".");
    return kRefused;
}

} // namespace heddle::app
