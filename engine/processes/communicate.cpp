// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/subprocess.h"
#include "engine/processes/subprocess_state.h"

namespace heddle {

namespace {

ProcessFailure unfinished(
    const Error& error, std::vector<std::string> arguments, const Exchange& exchange)
{
    ProcessFailure failure;
    failure.kind = error.kind == ErrorKind::Timeout ? ProcessFailure::Kind::TimedOut
                                                    : ProcessFailure::Kind::Broken;
    failure.error = error;
    failure.arguments = std::move(arguments);
    failure.output = exchange.output();
    failure.errors = exchange.errors();
    return failure;
}

} // namespace

ProcessResult Subprocess::communicate(
    std::string_view input, Deadline deadline, const std::stop_token& stop)
{
    const nanoseconds begin = monotonicNow();
    State& state = *m_state;
    const Result<void> exchanged =
        state.exchange.goOn({state.input, state.output, state.errors}, input, deadline, stop);
    const Result<ExitStatus> status =
        exchanged ? wait(deadline, stop) : Result<ExitStatus>(exchanged.error());
    if (!status) {
        ProcessFailure failure = unfinished(status.error(), state.arguments, state.exchange);
        if (!deadline.isNever())
            failure.limit = std::max(nanoseconds(0), deadline.moment() - begin);
        return failure;
    }
    return FinishedProcess{
        state.arguments, *status, state.exchange.takeOutput(), state.exchange.takeErrors()};
}

} // namespace heddle
