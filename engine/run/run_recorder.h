// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/record/session.h"
#include "engine/run/run_message.h"
#include "engine/run/run_options.h"

#include <functional>
#include <memory>
#include <vector>

namespace heddle {

class Collector;

/// Turns a run's messages and its session's rings into its record, trace and report: the part that
/// the supervisor without a window and the window have in common.
///
/// Threads: one thread at a time, and drain() one other; the trace may be read by any.
class RunRecorder
{
public:
    /// What is told of at once, on the thread that calls take().
    struct Listener
    {
        /// Lines since the last flush(), also those that the record does not keep.
        std::function<void(std::vector<OutputLine>)> output;
        std::function<void(DeadlockReport)> deadlock;
    };

    RunRecorder(std::shared_ptr<Session> session, RunSource source,
        std::shared_ptr<const Code> code, Listener listener);
    ~RunRecorder();

    [[nodiscard]] std::shared_ptr<const Trace> trace() const;

    void take(RunMessage message);

    /// Hands the lines that were taken since to the listener.
    void flush();

    /// Takes in what has been recorded, if it is time: each 10 ms, or at once when a ring is half
    /// full. Result: whether there was something.
    bool drain();

    /// The report, when nothing more will come.
    [[nodiscard]] RunReport finish(const SupervisorMessage& lastWord);

private:
    void keep(StartedMessage message);
    void keep(OutputLine line);
    void keep(RaisedException raised);
    void keep(FailedAssertionMessage message);
    void keep(FinalMessage message);
    void keep(ActorOutcome outcome);
    void keep(const ExitMessage& message);
    void keep(EndedMessage message);
    void keep(DeadlockReport report);
    void keep(const ProcessesMessage& message);
    void keep(const SupervisorMessage& message);
    void keep(const DepartureMessage& message);
    void keep(HandleMessage message);

    std::unique_ptr<Collector> m_collector;
    RunSource m_source;
    std::shared_ptr<const Code> m_code;
    Listener m_listener;
    RunRecord m_record;
    std::vector<OutputLine> m_fresh; ///< lines for the listener
    std::size_t m_keptBytes = 0;
    nanoseconds m_lastDrain{0};
};

} // namespace heddle
