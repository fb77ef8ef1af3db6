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

void RunOutput::write(
    const std::vector<OutputLine>& lines, const std::stop_token& end, Deadline limit)
{
    std::string texts; // of neighbours for the same stream
    for (std::size_t index = 0; index < lines.size(); ++index) {
        texts += lines[index].text + "\n";
        const bool isError = lines[index].isError;
        if (index + 1 < lines.size() && lines[index + 1].isError == isError)
            continue;
        if (isError)
            static_cast<void>(send(STDERR_FILENO, texts, end, limit)); // nobody else to tell
        else
            print(texts, end, limit);
        texts.clear();
    }
}

void RunOutput::print(std::string_view text, const std::stop_token& end, Deadline limit)
{
    if (m_isOutputCut || m_hasLostReader)
        return; // what comes behind a gap would be misunderstood
    const int problem = send(STDOUT_FILENO, text, end, limit);
    m_isOutputCut = problem == ETIMEDOUT;
    m_hasLostReader = problem == EPIPE;
    if (problem != 0 && !m_isOutputCut)
        noteLoss(problem);
}

void RunOutput::tell(std::string_view text)
{
    static_cast<void>(send(STDERR_FILENO, text, {}, Deadline::never())); // nobody else to tell
}

// Result: the errno of what went wrong, or 0.
int RunOutput::send(
    int descriptor, std::string_view text, const std::stop_token& end, Deadline limit)
{
    auto rest = std::as_bytes(std::span(text));
    while (!rest.empty()) {
        if (end.stop_requested() && !m_deadline)
            hurry();
        const bool isLast = m_deadline || limit.isOver();
        const Deadline patience = isLast ? m_deadline.value_or(Deadline::after(kMoment)) : limit;
        const Result<std::size_t> count = m_deadline ? writeSome(descriptor, rest, patience)
                                                     : writeSome(descriptor, rest, patience, end);
        if (count) {
            rest = rest.subspan(*count);
        } else if (count.error().kind == ErrorKind::Timeout && isLast) {
            if (!m_deadline)
                hurry();
            return ETIMEDOUT;
        } else if (count.error().kind != ErrorKind::Timeout
            && count.error().kind != ErrorKind::Cancelled) { // these say to look again
            return count.error().systemErrno;
        }
    }
    return 0;
}

} // namespace heddle::app
