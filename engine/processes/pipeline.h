// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/exchange.h"
#include "engine/processes/subprocess.h"

#include <vector>

namespace heddle {

/// Processes in a row, each reading what the one before writes.
///
/// This process keeps no end of the pipes between them, so a reader that ends early ends its writer
/// by SIGPIPE, and the end of the first reaches the last. Destroyed, it ends them all.
///
/// Threads: one thread at a time.
class Pipeline
{
public:
    /// Starts the stages in order. The stdin of the first, the stdout of the last and every stderr
    /// are as their options say; the streams between must be left as they are by default.
    ///
    /// Errors:  those of spawn, after the stages started before have been ended; InvalidArgument
    ///          if there is no stage or one redirects a stream between.
    [[nodiscard]] static Result<Pipeline> start(std::vector<SpawnOptions> stages);

    /// How many stages there are, and each of them, from 0.
    [[nodiscard]] std::size_t size() const { return m_stages.size(); }
    [[nodiscard]] Subprocess& stage(std::size_t index) { return m_stages.at(index); }

    /// Feeds the first and reads stdout of the last and stderr of the last, where they are pipes,
    /// until the last has ended; then waits for the others. The result is that of the last stage.
    ///
    /// Errors:  as Subprocess::communicate; nothing is lost, and a later call continues.
    [[nodiscard]] ProcessResult communicate(
        std::string_view input = {}, Deadline deadline = Deadline::never());

    /// Waits for all of them. Result: how each ended, in order.
    ///
    /// Errors:  as Subprocess::wait.
    [[nodiscard]] Result<std::vector<ExitStatus>> wait(Deadline deadline = Deadline::never());

private:
    explicit Pipeline(std::vector<Subprocess> stages)
        : m_stages(std::move(stages))
    {
    }
    std::vector<Subprocess> m_stages;
    Exchange m_exchange;
};

} // namespace heddle
