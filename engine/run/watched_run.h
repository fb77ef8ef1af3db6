// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/run/run_report.h"
#include "engine/run/run_options.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heddle {

/// A run in a process of its own, watched from here: what the window uses.
///
/// `heddle run` is started as a child with a session and a control socket; an own thread drains
/// the rings into the trace and reads messages. Whatever the program does, this process stays well.
/// Destroying it stops the run; everything it started is gone and reaped within a second.
///
/// Threads: functions any thread; the listener is called on the watch's own thread.
class WatchedRun
{
public:
    struct Listener
    {
        /// All lines, in batches as they arrive.
        std::function<void(std::vector<OutputLine>)> output;
        std::function<void(DeadlockReport)> deadlock; ///< once for each
        std::function<void()> grown; ///< the trace has more, at most 30 times a second
        std::function<void(RunReport)> ended; ///< last of all
    };

    /// `executable` is the path of `heddle`.
    ///
    /// Errors: SystemCall if session or process cannot be made; BadProgram if the text does not compile.
    [[nodiscard]] static Result<std::unique_ptr<WatchedRun>> start(
        const std::string& executable, RunSource source, RunOptions options, Listener listener);
    ~WatchedRun();

    /// Grows while the run lasts.
    [[nodiscard]] std::shared_ptr<const Trace> trace() const;

    /// Holds the program where it is, and lets it go on. The time limit waits too.
    void pause();
    void resume();

    /// Sends a signal to a process of the program (0: its own; else a process actor or a command, by
    /// its number in the system). One that has ended, or is not the program's, gets nothing.
    void sendSignal(std::int64_t process, int signal);

    /// Ask, then SIGTERM to the group, then SIGKILL. Returns at once; `ended` follows within a second.
    void stop();

private:
    struct State;
    explicit WatchedRun(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace heddle
