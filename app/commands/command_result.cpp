// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/command_result.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace heddle::app {

namespace {

/// Why the output was lost, when that was first noticed; 0: it was not.
std::atomic<int> lossErrno{0};

void note(bool isDone)
{
    if (!isDone)
        noteLoss(errno);
}

} // namespace

void print(std::string_view text)
{
    note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void sendOff()
{
    note(std::fflush(stdout) == 0);
}

void noteLoss(int systemErrno)
{
    int none = 0;
    lossErrno.compare_exchange_strong(none, systemErrno);
}

void complain(std::string_view sentence)
{
    const std::string line = "heddle: " + std::string(sentence) + "\n";
    static_cast<void>(std::fputs(line.c_str(), stderr)); // there is nobody else to tell
}

int finishOutput(int exitCode)
{
    sendOff();
    const int systemErrno = lossErrno.load();
    if (systemErrno == 0)
        return exitCode;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): only the main thread is left
    complain("standard output cannot be written: " + std::string(std::strerror(systemErrno)) + ".");
    return kRefused;
}

} // namespace heddle::app
