// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/pipeline.h"

#include "engine/processes/pipe.h"

namespace heddle {

namespace {

Error invalid(const char* why)
{
    return Error{ErrorKind::InvalidArgument, 0, "start a pipeline", why};
}

} // namespace

Result<Pipeline> Pipeline::start(std::vector<SpawnOptions> stages)
{
    if (stages.empty())
        return invalid("it has no stage");
    std::vector<Subprocess> started;
    OwnedFd fromBefore;
    for (SpawnOptions& stage : stages) {
        const bool isFirst = &stage == &stages.front();
        const bool isLast = &stage == &stages.back();
        if ((!isFirst && stage.standardInput.goes != Redirection::Goes::Inherited)
            || (!isLast && stage.standardOutput.goes != Redirection::Goes::Inherited))
            return invalid("a stream between two stages is redirected");
        if (!isFirst)
            stage.standardInput = Redirection::toDescriptor(fromBefore.get());
        Pipe toNext;
        if (!isLast) {
            Result<Pipe> pipe = Pipe::create();
            if (!pipe)
                return pipe.error();
            toNext = *std::move(pipe);
            stage.standardOutput = Redirection::toDescriptor(toNext.writer.get());
        }
        Result<Subprocess> child = Subprocess::spawn(stage);
        if (!child)
            return child.error();
        started.push_back(*std::move(child));
        fromBefore = std::move(toNext.reader);
    }
    return Pipeline(std::move(started));
}

ProcessResult Pipeline::communicate(std::string_view input, Deadline deadline)
{
    const nanoseconds begin = monotonicNow();
    Subprocess& last = m_stages.back();
    const Result<void> exchanged = m_exchange.goOn(
        {m_stages.front().standardInput(), last.standardOutput(), last.standardError()}, input,
        deadline, {});
    const Result<std::vector<ExitStatus>> statuses =
        exchanged ? wait(deadline) : Result<std::vector<ExitStatus>>(exchanged.error());
    if (!statuses)
        return unfinishedExchange(statuses.error(), last.arguments(), m_exchange, deadline, begin);
    return FinishedProcess{
        last.arguments(), statuses->back(), m_exchange.takeOutput(), m_exchange.takeErrors()};
}

Result<std::vector<ExitStatus>> Pipeline::wait(Deadline deadline)
{
    std::vector<ExitStatus> statuses;
    for (Subprocess& stage : m_stages) {
        Result<ExitStatus> status = stage.wait(deadline);
        if (!status)
            return status.error();
        statuses.push_back(*status);
    }
    return statuses;
}

} // namespace heddle
