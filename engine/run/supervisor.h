// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/run/program_channel.h"
#include "engine/run/run_options.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace heddle {

/// How a run is supervised.
struct SupervisorOptions
{
    RunOptions run;
    int sessionFd = -1; ///< a session made by the window, which then collects; -1: made here
    int controlFd = -1; ///< socket to the window (control.h); -1: headless, everything is done here

    /// False: a stuck program stays until it is stopped, to be looked at.
    bool endOnDeadlock = true;

    /// What the program process does; the recording is on, the process has one thread.
    std::function<int(ProgramChannel&)> program;
};

/// What happens during a headless run, in order; called on the thread of `supervise`.
struct SupervisorCallbacks
{
    /// The stop is asked for when a signal ends the run: whoever waits for a reader then must return
    /// within a second, or the process is ended by the signal without a report.
    std::function<void(const std::vector<OutputLine>&, const std::stop_token&)> output;
    std::function<void(const DeadlockReport&)> deadlock;

    /// Whether the run is to be stopped, asked again and again: nobody may want to know of it any more.
    std::function<bool()> isToStop;
};

struct SupervisedRun
{
    RunReport report; ///< with a window: only how it ended, the judgement is the window's
    std::shared_ptr<const Trace> trace; ///< null with a window
    int signal = 0; ///< SIGINT, SIGTERM or SIGHUP if such a one ended the run: see endBySignal
};

/// Runs the program in a process of its own and watches it to its end.
///
/// Three processes: this one; a guardian, which does nothing but end all its descendants when this
/// process has gone; the program process, its child. All descendants are ended and reaped before
/// this returns, also those that left their group or session, at most a second after the program
/// process was told to end.
///
/// Errors:  none are returned: what the system refuses is the report's end `Refused` with a
///          sentence.
/// Threads: the main thread of a process that has no other thread and no signal handlers for
///          SIGINT, SIGTERM and SIGHUP; they are blocked meanwhile.
/// Source:  prctl(2) PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG; pidfd_open(2); signalfd(2).
[[nodiscard]] SupervisedRun supervise(const RunSource& source, std::shared_ptr<const Code> code,
    const SupervisorOptions& options, const SupervisorCallbacks& callbacks = {});

/// Ends this process by the signal's default action, so that a shell shows 128+N.
[[noreturn]] void endBySignal(int signal);

/// The same after that time, whatever this process does then: it may hang in a write to a terminal that
/// nobody looks after.
///
/// Source:  timer_create(2) SIGEV_SIGNAL.
void endBySignalAfter(int signal, std::chrono::seconds time);

} // namespace heddle
