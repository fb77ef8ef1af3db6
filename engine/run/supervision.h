// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/owned_fd.h"
#include "engine/record/event_ring.h"
#include "engine/run/deadlock_watch.h"
#include "engine/run/guardian.h"
#include "engine/run/process_watch.h"
#include "engine/run/run_message.h"
#include "engine/run/run_recorder.h"
#include "engine/run/scheduler_feed.h"
#include "engine/run/supervisor.h"
#include "engine/run/termination_signals.h"
#include "engine/run/window_line.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace heddle {

/// Where the program process's messages go: a recorder of this process, or the window.
struct SupervisionLines
{
    OwnedFd channel; ///< to the program process
    std::unique_ptr<RunRecorder> recorder; ///< without a window
    std::unique_ptr<WindowLine> window;
    std::vector<pid_t> spared; ///< children that this process had before
    std::function<bool()> isToStop; ///< asked for each turn; null: never
};

/// The loop of a supervisor: from the program process being ready to nothing being left of it.
///
/// Threads: the thread of `supervise`.
class Supervision
{
public:
    Supervision(const SupervisorOptions& options, std::shared_ptr<Session> session,
        std::shared_ptr<const Code> code, Guardian guardian, SupervisionLines lines);
    ~Supervision();

    /// Lets the program begin and returns when nothing of it is left.
    [[nodiscard]] SupervisorMessage run(TerminationSignals& termination);

    [[nodiscard]] SupervisionLines& lines() { return m_lines; }

private:
    void waitForNews(const TerminationSignals& termination);
    void readChannel();
    void readRest();
    void takeMessages();
    void deliver(RunMessage message);
    void obeyWindow();
    void sendSignal(const ControlWish& wish);
    void setPaused(bool isPaused);
    void tick();
    void lookForDeadlocks();
    void recordDeadlock(const FoundDeadlock& found);
    void lookForOrphans();
    void noteOrphansEnd(const Guardian::EndedOrphan& orphan);
    [[nodiscard]] RingWriter* ring();
    void beginEnd(RunRecord::End reason);
    void completeOutcomes();
    [[nodiscard]] nanoseconds processorTimeSoFar(const ActorWait& actor) const;
    [[nodiscard]] SupervisorMessage lastWord() const;
    [[nodiscard]] nanoseconds runningTime() const;
    [[nodiscard]] pid_t programPid() const { return m_guardian.programPid(); }

    const SupervisorOptions& m_options;
    std::shared_ptr<Session> m_session;
    Guardian m_guardian;
    SupervisionLines m_lines;
    SchedulerFeed m_feed;
    DeadlockWatch m_watch;
    ProcessWatch m_processes;
    std::optional<RingWriter> m_ring; ///< for the marks of deadlocks, and the lanes of orphans
    PieceReader m_pieces;
    MessageReader m_reader;

    // How the run stands.
    bool m_isChannelOpen = true;
    std::optional<StartedMessage> m_started;
    std::optional<EndedMessage> m_ended;
    std::set<std::string> m_haveOutcome;
    std::string m_problem;
    bool m_hasDeparted = false; ///< from the schedule it was forced through
    std::int64_t m_lastMoment = 0; ///< nanoseconds since the start of the session
    std::optional<nanoseconds> m_deadlockSince;
    std::optional<nanoseconds> m_pausedSince;
    nanoseconds m_paused{0}; ///< in all
    nanoseconds m_releasedAt{0};
    nanoseconds m_lastLook{0};
    std::optional<RunRecord::End> m_reason; ///< why it is being ended from here
    nanoseconds m_endingSince{0};
};

} // namespace heddle
