// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/run_output.h"

#include "app/commands/command_result.h"
#include "engine/base/descriptor_wait.h"

#include <cerrno>
#include <chrono>
#include <span>
#include <string>

#include <unistd.h>

namespace heddle::app {

namespace {

constexpr auto kMoment = std::chrono::milliseconds(300);

} // namespace

void RunOutput::hurry()
{
    m_deadline = Deadline::after(kMoment);
}

void RunOutput::write(const std::vector<OutputLine>& lines, const std::stop_token& end)
{
    std::string texts; // of neighbours for the same stream
    for (std::size_t index = 0; index < lines.size(); ++index) {
        texts += lines[index].text + "\n";
        const bool isError = lines[index].isError;
        if (index + 1 < lines.size() && lines[index + 1].isError == isError)
            continue;
        if (isError)
            static_cast<void>(send(STDERR_FILENO, texts, end)); // nobody else to tell
        else
            print(texts, end);
        texts.clear();
    }
}

void RunOutput::print(std::string_view text, const std::stop_token& end)
{
    if (m_isOutputCut || m_hasLostReader)
        return; // what comes behind a gap would be misunderstood
    const int problem = send(STDOUT_FILENO, text, end);
    m_isOutputCut = problem == ETIMEDOUT;
    m_hasLostReader = problem == EPIPE;
    if (problem != 0)
        noteLoss(problem);
}

void RunOutput::tell(std::string_view text)
{
    static_cast<void>(send(STDERR_FILENO, text, {})); // nobody else to tell
}

// Result: the errno of what went wrong, or 0.
int RunOutput::send(int descriptor, std::string_view text, const std::stop_token& end)
{
    auto rest = std::as_bytes(std::span(text));
    while (!rest.empty()) {
        if (end.stop_requested() && !m_deadline)
            hurry();
        const Result<std::size_t> count = m_deadline
            ? writeSome(descriptor, rest, *m_deadline)
            : writeSome(descriptor, rest, Deadline::never(), end);
        if (count)
            rest = rest.subspan(*count);
        else if (count.error().kind == ErrorKind::Timeout)
            return ETIMEDOUT;
        else if (count.error().kind != ErrorKind::Cancelled) // that is: to hurry
            return count.error().systemErrno;
    }
    return 0;
}

} // namespace heddle::app
