// SPDX-License-Identifier: Apache-2.0
#include "engine/run/supervisor.h"

#include "engine/base/thread_start.h"
#include "engine/processes/packet_line.h"
#include "engine/processes/process_group.h"
#include "engine/record/recorder.h"
#include "engine/run/supervision.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

using std::chrono::milliseconds;

/// Drains a recorder's rings as long as it lives, whatever the supervisor waits for.
class DrainThread
{
public:
    /// Errors: SystemCall if the system grants no thread.
    [[nodiscard]] Result<void> start(RunRecorder& recorder)
    {
        Result<std::jthread> thread =
            startThread([&recorder](const std::stop_token& stop) { drain(recorder, stop); });
        if (!thread)
            return thread.error();
        m_thread = *std::move(thread);
        return {};
    }
    void finish()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    static void drain(RunRecorder& recorder, const std::stop_token& stop)
    {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            recorder.drain();
            static_cast<void>(wake.wait_for(lock, stop, milliseconds(2), [] { return false; }));
        }
    }

    std::jthread m_thread;
};

SupervisedRun refused(const RunSource& source, std::string problem)
{
    SupervisedRun run;
    run.report.program = source.name;
    run.report.verdict = RunVerdict::Error;
    run.report.record.end = RunRecord::End::Refused;
    run.report.record.problem = std::move(problem);
    return run;
}

/// The session behind a descriptor that stays the caller's.
Result<Session> attachSession(int fd)
{
    OwnedFd own(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
    if (!own)
        return systemError("fcntl F_DUPFD_CLOEXEC", "the session's descriptor");
    return Session::attach(std::move(own));
}

Result<std::shared_ptr<Session>> openSession(int fd)
{
    Result<Session> session = fd < 0 ? Session::create() : attachSession(fd);
    if (!session)
        return session.error();
    // What came before was the window's and the loader's time, not the program's.
    session->restart();
    return std::make_shared<Session>(*std::move(session));
}

/// What the program process does: it has its own copy of everything the supervisor had.
int programMain(
    const SupervisorOptions& options, SequencedPair& sockets, std::shared_ptr<Session> session)
{
    sockets.first.reset();
    if (options.controlFd >= 0)
        static_cast<void>(::close(options.controlFd));
    static_cast<void>(::prctl(PR_SET_NAME, "heddle-program", 0, 0, 0));
    if (!startRecording(std::move(session)))
        return 1;
    ProgramChannel channel(std::move(sockets.second));
    return options.program(channel);
}

RunRecorder::Listener listenerOf(
    const SupervisorCallbacks& callbacks, const TerminationSignals& signals)
{
    RunRecorder::Listener listener;
    if (callbacks.output)
        listener.output = [&callbacks, end = signals.token()](
                              const std::vector<OutputLine>& lines) {
            callbacks.output(lines, end);
        };
    if (callbacks.deadlock)
        listener.deadlock = [&](const DeadlockReport& report) { callbacks.deadlock(report); };
    return listener;
}

// The window judges; what is told here is only how it ended.
RunReport unjudged(const RunSource& source, const SupervisorMessage& word)
{
    RunReport report;
    report.program = source.name;
    report.record.end = word.end;
    report.record.nanoseconds = word.nanoseconds;
    report.record.exitCode = static_cast<int>(word.exitCode);
    report.record.problem = word.problem;
    switch (word.end) {
    case RunRecord::End::Ended:
        report.verdict = RunVerdict::Ok;
        break;
    case RunRecord::End::Deadlocked:
        report.verdict = RunVerdict::Deadlock;
        break;
    case RunRecord::End::TimedOut:
        report.verdict = RunVerdict::Timeout;
        break;
    case RunRecord::End::Stopped:
        report.verdict = RunVerdict::Stopped;
        break;
    case RunRecord::End::Crashed:
    case RunRecord::End::Refused:
        report.verdict = RunVerdict::Error;
        break;
    }
    return report;
}

/// From here on the signal ends this process.
void letEnd(int signal)
{
    static_cast<void>(::signal(signal, SIG_DFL));
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    static_cast<void>(::pthread_sigmask(SIG_UNBLOCK, &set, nullptr));
}

} // namespace

SupervisedRun supervise(const RunSource& source, std::shared_ptr<const Code> code,
    const SupervisorOptions& options, const SupervisorCallbacks& callbacks)
{
    Result<TerminationSignals> signals = TerminationSignals::block();
    if (!signals)
        return refused(source, signals.error().text());
    if (const Result<void> adopted = adoptOrphans(); !adopted)
        return refused(source, adopted.error().text());
    SupervisionLines lines;
    lines.spared = ownChildren();
    lines.isToStop = callbacks.isToStop;
    Result<std::shared_ptr<Session>> session = openSession(options.sessionFd);
    if (!session)
        return refused(source, session.error().text());
    Result<SequencedPair> sockets = SequencedPair::create();
    if (!sockets)
        return refused(source, sockets.error().text());
    Result<Guardian> guardian =
        Guardian::start([&] { return programMain(options, *sockets, *session); });
    if (!guardian)
        return refused(source, guardian.error().text());
    sockets->second.reset();

    // From here on nothing is forked: threads may begin.
    lines.channel = std::move(sockets->first);
    if (options.controlFd >= 0)
        lines.window = std::make_unique<WindowLine>(options.controlFd);
    else
        lines.recorder =
            std::make_unique<RunRecorder>(*session, source, code, listenerOf(callbacks, *signals));
    Supervision supervision(
        options, *session, std::move(code), *std::move(guardian), std::move(lines));
    DrainThread drain;
    Result<void> started = signals->listen();
    if (started && supervision.lines().recorder)
        started = drain.start(*supervision.lines().recorder);
    if (!started)
        return refused(source, started.error().text());
    const SupervisorMessage word = supervision.run(*signals);
    drain.finish();

    SupervisedRun run;
    run.signal = signals->received();
    if (WindowLine* window = supervision.lines().window.get()) {
        window->send(word);
        window->flush(Deadline::after(std::chrono::seconds(1)));
        run.report = unjudged(source, word);
    } else {
        run.trace = supervision.lines().recorder->trace();
        run.report = supervision.lines().recorder->finish(word);
    }
    return run;
}

void endBySignal(int signal)
{
    letEnd(signal);
    static_cast<void>(::kill(::getpid(), signal));
    ::_exit(128 + signal); // only if the signal's default is not to end a process
}

void endBySignalAfter(int signal, std::chrono::seconds time)
{
    letEnd(signal);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = signal;
    timer_t timer{};
    itimerspec once{};
    once.it_value.tv_sec = time.count();
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) // without it a second signal does it
        static_cast<void>(::timer_settime(timer, 0, &once, nullptr));
}

} // namespace heddle
