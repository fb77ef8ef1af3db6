// SPDX-License-Identifier: Apache-2.0
#include "engine/run/command_watch.h"

#include "engine/processes/pipe.h"
#include "engine/record/recorder.h"
#include "engine/run/program_run.h"
#include "engine/run/recorded_end.h"
#include "engine/run/run_command.h"
#include "engine/run/watcher_thread.h"

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kStackBytes = std::size_t{256} * 1024;
constexpr std::size_t kPiece = std::size_t{16} * 1024;

/// Says the lines of one stream of a command as they come.
class LineSayer
{
public:
    LineSayer(ProgramRun& run, const RunCommand& command, OutputStream stream, OwnedFd fd)
        : m_run(run)
        , m_command(command)
        , m_stream(stream)
        , m_fd(std::move(fd))
    {
        if (m_fd)
            static_cast<void>(makeNonBlocking(m_fd.get()));
    }

    [[nodiscard]] int fd() const { return m_fd.get(); }

    /// All that is there; a last line without an end once nobody can write to it any more.
    void sayWhatIsThere()
    {
        std::array<char, kPiece> bytes;
        while (m_fd) {
            const ssize_t count = ::read(m_fd.get(), bytes.data(), bytes.size());
            if (count > 0)
                take({bytes.data(), static_cast<std::size_t>(count)});
            else if (count < 0 && errno == EINTR)
                continue;
            else if (count < 0 && errno == EAGAIN)
                return;
            else
                end();
        }
    }

    /// What stands there without the end of its line: its writer has ended.
    void sayRest()
    {
        if (!m_line.empty())
            say(std::exchange(m_line, {}));
    }

private:
    void end()
    {
        sayRest();
        m_fd.reset();
    }

    void take(std::string_view bytes)
    {
        for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
             end = bytes.find('\n')) {
            m_line.append(bytes.substr(0, end));
            say(std::exchange(m_line, {}));
            bytes.remove_prefix(end + 1);
        }
        m_line.append(bytes);
    }

    void say(std::string line)
    {
        m_run.output().say(m_command.handle(), m_stream, std::move(line), 0);
    }

    ProgramRun& m_run;
    const RunCommand& m_command;
    OutputStream m_stream;
    OwnedFd m_fd;
    std::string m_line;
};

/// What the thread of a command does.
class CommandWatch
{
public:
    CommandWatch(ProgramRun& run, RunCommand& command)
        : m_run(run)
        , m_command(command)
        , m_output(
              run, command, OutputStream::Standard, std::move(command.streams().inheritedOutput))
        , m_errorOutput(
              run, command, OutputStream::Error, std::move(command.streams().inheritedErrorOutput))
    {
    }

    void watch()
    {
        while (!(m_status = m_command.status()))
            waitForNews();
        sayWhatIsThere(); // before its end is known, so that who joins it has its lines
        m_output.sayRest();
        m_errorOutput.sayRest();
        tellEnd();
        const SetupRecording recordsTheRest;
        while (m_output.fd() >= 0 || m_errorOutput.fd() >= 0) { // its own children may go on
            waitForNews();
            sayWhatIsThere();
        }
    }

private:
    void waitForNews()
    {
        std::array<pollfd, 3> descriptors{{{m_output.fd(), POLLIN, 0},
            {m_errorOutput.fd(), POLLIN, 0}, {m_isOver ? -1 : m_command.pidfd(), POLLIN, 0}}};
        static_cast<void>(::poll(descriptors.data(), descriptors.size(), -1));
        sayWhatIsThere();
    }

    void sayWhatIsThere()
    {
        m_output.sayWhatIsThere();
        m_errorOutput.sayWhatIsThere();
    }

    void tellEnd()
    {
        m_isOver = true;
        const ExitStatus status = *m_status;
        ActorRecord& record = m_command.record();
        record.exitCode.store(status.returnCode());
        m_run.channel().sendActorOutcome(finishedProcess(std::string(record.name), record.kind,
            status.returnCode(), m_command.processorTime().count()));
        m_run.channel().sendExit(m_command.handle(), status.returnCode());
        // Whoever joins it must not end the run before its end is recorded.
        if (record.isDaemon)
            m_run.life().addPending();
        m_run.actors().endThreadsOf(record.process.load());
        m_command.tellEnd([&] { recordEnd(record, status); });
        m_run.life().removePending();
    }

    static void recordEnd(const ActorRecord& record, const ExitStatus& status)
    {
        const RecordedEnd end = recordedEnd(status);
        if (record.kind == ActorKind::Process) // its lane was its own
            endActor(record.id, end.kind, end.value);
        else
            unbindThread(end.kind, NameId{end.value});
    }

    ProgramRun& m_run;
    RunCommand& m_command;
    LineSayer m_output;
    LineSayer m_errorOutput;
    std::optional<ExitStatus> m_status;
    bool m_isOver = false;
};

} // namespace

Result<void> watchCommand(ProgramRun& run, RunCommand& command)
{
    ThreadOptions options;
    options.name = std::string(command.record().name);
    options.stackBytes = kStackBytes;
    if (command.record().kind != ActorKind::Process) {
        options.actor = command.record().id;
        command.record().moveTo(ActorRecord::Phase::Started);
    }
    if (!command.record().isDaemon)
        run.life().addPending();
    Result<void> started = startWatcher(std::move(options), [&run, &command] {
        const SetupRecording records; // of a process, whose lane is not this thread's
        CommandWatch(run, command).watch();
    });
    if (started)
        return {};
    command.record().moveTo(ActorRecord::Phase::Failed);
    if (!command.record().isDaemon)
        run.life().removePending();
    return started;
}

} // namespace heddle
