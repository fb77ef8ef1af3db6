// SPDX-License-Identifier: Apache-2.0
#include "engine/run/watched_run.h"

#include "engine/base/thread_start.h"
#include "engine/model/program/compiler.h"
#include "engine/processes/pipe.h"
#include "engine/processes/process_group.h"
#include "engine/processes/subprocess.h"
#include "engine/run/control.h"
#include "engine/run/run_recorder.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

using std::chrono::milliseconds;

constexpr int kPaceMilliseconds = 10;
constexpr auto kGrownPace = milliseconds(33);
constexpr auto kUntilTerm = milliseconds(500);
constexpr auto kUntilKill = milliseconds(750);
constexpr std::size_t kReadBytes = std::size_t{1024} * 1024;

Error badProgram(const RunSource& source, const CompiledProgram& compiled)
{
    for (const Diagnostic& diagnostic : compiled.diagnostics) {
        if (diagnostic.severity == Severity::Error)
            return {ErrorKind::BadProgram, 0, "compile", toLine(diagnostic, source.name)};
    }
    return {ErrorKind::BadProgram, 0, "compile", source.name};
}

// Texts travel through files without a name, so that unsaved edits run too.
Result<OwnedFd> memoryFile(const std::string& text)
{
    OwnedFd file(::memfd_create("heddle-text", MFD_CLOEXEC));
    if (!file)
        return systemError("memfd_create");
    for (std::size_t written = 0; written < text.size();) {
        const ssize_t count = ::write(file.get(), text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR)
            return systemError("write", "a text for the run");
        written += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    if (::lseek(file.get(), 0, SEEK_SET) < 0)
        return systemError("lseek");
    return file;
}

SpawnOptions commandLine(
    const std::string& executable, const RunSource& source, const RunOptions& options)
{
    SpawnOptions spawn;
    spawn.arguments = {executable, "run", "-", "--name", source.name, "--seed",
        std::to_string(options.seed), "--time-scale", std::to_string(options.timeScale)};
    if (options.jitter)
        spawn.arguments.emplace_back("--jitter");
    if (options.timeLimit)
        spawn.arguments.insert(spawn.arguments.end(),
            {"--timeout", std::to_string(options.timeLimit->count()) + "ns"});
    for (const auto& [name, value] : options.constants) {
        std::string setting = name;
        setting += '=';
        setting += value;
        spawn.arguments.insert(spawn.arguments.end(), {"--set", std::move(setting)});
    }
    spawn.standardOutput.goes = Redirection::Goes::ToNull;
    return spawn;
}

// The file must be open until the child has been started.
Result<OwnedFd> addSchedule(const RunOptions& options, SpawnOptions& spawn)
{
    if (!options.schedule)
        return OwnedFd();
    Result<OwnedFd> file = memoryFile(toText(*options.schedule));
    if (!file)
        return file;
    spawn.passedFds.push_back(file->get());
    spawn.arguments.insert(
        spawn.arguments.end(), {"--schedule", "/proc/self/fd/" + std::to_string(file->get())});
    return file;
}

// Waits for an adopted process to end, then kills it. Does nothing if it is no child of this process.
void reapAdopted(std::int64_t process, Deadline patience)
{
    if (process <= 0)
        return;
    const auto pid = static_cast<pid_t>(process);
    bool isKilled = false;
    while (::waitpid(pid, nullptr, WNOHANG) == 0) {
        if (patience.isOver() && !std::exchange(isKilled, true))
            static_cast<void>(::kill(pid, SIGKILL));
        std::this_thread::sleep_for(milliseconds(1));
    }
}

} // namespace

struct WatchedRun::State
{
    std::shared_ptr<Session> session;
    std::unique_ptr<RunRecorder> recorder;
    std::optional<Subprocess> child;
    OwnedFd control;
    OwnedFd wake;
    Listener listener;
    std::atomic<bool> isStopAsked{false};

    // The watch thread's.
    MessageReader reader;
    std::optional<SupervisorMessage> lastWord;
    ProcessesMessage processes;
    bool isLineOpen = true;
    bool isStopSent = false;
    bool isTermSent = false;
    bool isKillSent = false;
    nanoseconds stopSince{0};
    nanoseconds lastGrown{0};
    bool hasGrown = false;

    std::jthread thread; ///< last: it uses all others

    void ask(const ControlWish& wish) const
    {
        const std::string bytes = encodeWish(wish);
        // A full or closed line is found out by the thread.
        static_cast<void>(
            ::send(control.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
    }

    void wakeUp() const
    {
        const std::uint64_t one = 1;
        static_cast<void>(!::write(wake.get(), &one, sizeof one)); // only a full counter refuses it
    }

    void watch();
    void waitForNews();
    void readLine();
    void takeMessages();
    void stopStepByStep();
    void tellGrown();
    [[nodiscard]] SupervisorMessage lastOrLost();
};

void WatchedRun::State::watch()
{
    bool hasEnded = false;
    while (!hasEnded || isLineOpen) {
        waitForNews();
        readLine();
        stopStepByStep();
        hasGrown = recorder->drain() || hasGrown;
        tellGrown();
        const auto status = child->poll();
        hasEnded = !status || status->has_value();
    }
    const SupervisorMessage word = lastOrLost();
    RunReport report = recorder->finish(word);
    if (listener.grown)
        listener.grown();
    if (listener.ended)
        listener.ended(std::move(report));
}

void WatchedRun::State::waitForNews()
{
    const int stopNews = isStopSent ? -1 : wake.get();
    std::array<pollfd, 3> descriptors{{{isLineOpen ? control.get() : -1, POLLIN, 0},
        {stopNews, POLLIN, 0}, {isLineOpen ? -1 : child->pidfd(), POLLIN, 0}}};
    static_cast<void>(::poll(descriptors.data(), descriptors.size(), kPaceMilliseconds));
}

void WatchedRun::State::readLine()
{
    std::array<char, std::size_t{64} * 1024> bytes;
    for (std::size_t total = 0; isLineOpen && total < kReadBytes;) {
        const ssize_t count = ::recv(control.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        isLineOpen = count > 0;
        if (isLineOpen) {
            reader.append({bytes.data(), static_cast<std::size_t>(count)});
            total += static_cast<std::size_t>(count);
        }
    }
    takeMessages();
    recorder->flush();
}

void WatchedRun::State::takeMessages()
{
    while (true) {
        Result<std::optional<RunMessage>> message = reader.next();
        if (!message) {
            isLineOpen = false; // nobody can be understood on it any more
            isStopAsked.store(true);
            return;
        }
        if (!*message)
            return;
        if (auto* word = std::get_if<SupervisorMessage>(&**message))
            lastWord = *word;
        if (auto* known = std::get_if<ProcessesMessage>(&**message))
            processes = *known;
        recorder->take(std::move(**message));
    }
}

void WatchedRun::State::stopStepByStep()
{
    if (!isStopAsked.load())
        return;
    const nanoseconds now = monotonicNow();
    if (!std::exchange(isStopSent, true)) {
        stopSince = now;
        ask({ControlMessage::Stop});
    }
    // None of these can fail in a way that the next step would not mend.
    if (now - stopSince > kUntilTerm && !std::exchange(isTermSent, true))
        static_cast<void>(child->signalGroup(SIGTERM));
    if (now - stopSince > kUntilKill && !std::exchange(isKillSent, true)) {
        static_cast<void>(child->signalGroup(SIGKILL));
        isLineOpen = false;
    }
}

void WatchedRun::State::tellGrown()
{
    const nanoseconds now = monotonicNow();
    if (!hasGrown || now - lastGrown < kGrownPace)
        return;
    hasGrown = false;
    lastGrown = now;
    if (listener.grown)
        listener.grown();
}

// A supervisor that was killed says nothing; its guardian ends the program, and both come to us.
SupervisorMessage WatchedRun::State::lastOrLost()
{
    if (lastWord)
        return *lastWord;
    reapAdopted(processes.guardian, Deadline::after(milliseconds(500)));
    reapAdopted(processes.program, Deadline::after(milliseconds(0)));
    SupervisorMessage word;
    word.nanoseconds = session->now();
    word.schedulerData = "none: the supervisor could not tell";
    const Result<std::optional<ExitStatus>> status = child->poll();
    word.exitCode = status && *status ? (*status)->returnCode() : -SIGKILL;
    word.end = isStopAsked.load() ? RunRecord::End::Stopped : RunRecord::End::Crashed;
    if (!isStopAsked.load() && status && *status)
        word.problem = "The supervisor of the run was ended by " + (*status)->text() + ".";
    return word;
}

WatchedRun::WatchedRun(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Result<std::unique_ptr<WatchedRun>> WatchedRun::start(
    // NOLINTNEXTLINE(performance-unnecessary-value-param): callers give the options away
    const std::string& executable, RunSource source, RunOptions options, Listener listener)
{
    const CompiledProgram compiled = compileProgram(source.text, {options.constants});
    if (!compiled.code)
        return badProgram(source, compiled);
    if (const Result<void> adopted = adoptOrphans(); !adopted)
        return adopted.error();
    Result<Session> session = Session::create();
    if (!session)
        return session.error();
    Result<SocketPair> line = SocketPair::create();
    if (!line)
        return line.error();
    const Result<OwnedFd> text = memoryFile(source.text);
    if (!text)
        return text.error();

    auto state = std::make_unique<State>();
    state->wake.reset(::eventfd(0, EFD_CLOEXEC));
    if (!state->wake)
        return systemError("eventfd");
    state->session = std::make_shared<Session>(*std::move(session));
    SpawnOptions spawn = commandLine(executable, source, options);
    spawn.standardInput = {Redirection::Goes::ToDescriptor, text->get()};
    spawn.passedFds = {state->session->fd(), line->second.get()};
    spawn.arguments.insert(spawn.arguments.end(),
        {"--session-fd", std::to_string(state->session->fd()), "--control-fd",
            std::to_string(line->second.get())});
    const Result<OwnedFd> schedule = addSchedule(options, spawn);
    if (!schedule)
        return schedule.error();
    Result<Subprocess> child = Subprocess::spawn(spawn);
    if (!child)
        return child.error();
    state->child.emplace(*std::move(child));
    state->control = std::move(line->first);
    RunRecorder::Listener lines{listener.output, listener.deadlock};
    state->recorder = std::make_unique<RunRecorder>(
        state->session, std::move(source), compiled.code, std::move(lines));
    state->listener = std::move(listener);
    std::unique_ptr<WatchedRun> run(new WatchedRun(std::move(state)));
    State* shared = run->m_state.get();
    Result<std::jthread> thread = startThread([shared] { shared->watch(); });
    if (!thread)
        return thread.error();
    shared->thread = *std::move(thread);
    return run;
}

WatchedRun::~WatchedRun()
{
    stop(); // the thread ends with the run
}

std::shared_ptr<const Trace> WatchedRun::trace() const
{
    return m_state->recorder->trace();
}

void WatchedRun::pause()
{
    m_state->ask({ControlMessage::Pause});
}

void WatchedRun::resume()
{
    m_state->ask({ControlMessage::Resume});
}

void WatchedRun::sendSignal(std::int64_t process, int signal)
{
    m_state->ask({ControlMessage::Signal, static_cast<std::uint8_t>(signal), process});
}

void WatchedRun::stop()
{
    m_state->isStopAsked.store(true);
    m_state->wakeUp();
}

} // namespace heddle
