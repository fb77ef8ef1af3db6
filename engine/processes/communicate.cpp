// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/subprocess.h"
#include "engine/processes/subprocess_state.h"

namespace heddle {

ProcessResult Subprocess::communicate(
    std::string_view input, Deadline deadline, const std::stop_token& stop)
{
    const nanoseconds begin = monotonicNow();
    State& state = *m_state;
    const Result<void> exchanged =
        state.exchange.goOn({state.input, state.output, state.errors}, input, deadline, stop);
    const Result<ExitStatus> status =
        exchanged ? wait(deadline, stop) : Result<ExitStatus>(exchanged.error());
    if (!status)
        return unfinishedExchange(status.error(), state.arguments, state.exchange, deadline, begin);
    return FinishedProcess{
        state.arguments, *status, state.exchange.takeOutput(), state.exchange.takeErrors()};
}

} // namespace heddle
