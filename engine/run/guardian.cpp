// SPDX-License-Identifier: Apache-2.0
#include "engine/run/guardian.h"

#include "engine/processes/pipe.h"
#include "engine/processes/process_group.h"
#include "engine/processes/process_time.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

/// What the guardian sends: first the program's pid, then how orphans and the program ended.
struct News
{
    enum class Kind : int
    {
        Started,
        Ended,
        OrphanEnded
    };
    Kind kind = Kind::Started;
    pid_t process = -1;
    int code = 0;
    int signal = 0;
    std::int64_t cpuNanoseconds = 0; ///< of an orphan
};

void sendNews(int socket, const News& news, int flags = 0)
{
    // Small enough to fit whole; if the supervisor has gone, its end is noticed elsewhere.
    static_cast<void>(::send(socket, &news, sizeof news, MSG_NOSIGNAL | flags));
}

void setDispositions(void (*handler)(int))
{
    for (const int signal :
        {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD})
        static_cast<void>(::signal(signal, handler));
}

void setSignalMask(std::initializer_list<int> blocked)
{
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : blocked)
        ::sigaddset(&set, signal);
    static_cast<void>(::pthread_sigmask(SIG_SETMASK, &set, nullptr));
}

// The parent may have died between the fork and the request to be told of it.
void dieWithParent(pid_t parent)
{
    static_cast<void>(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
    if (::getppid() != parent)
        ::_exit(1);
}

// Nobody writes to the gate: it opens when the supervisor closes its end, also by dying.
void waitAtGate(int gate)
{
    char byte = 0;
    while (::read(gate, &byte, 1) < 0 && errno == EINTR) { }
}

[[noreturn]] void runProgramProcess(
    pid_t guardian, OwnedFd gate, const std::function<int()>& program)
{
    static_cast<void>(::setpgid(0, 0));
    dieWithParent(guardian);
    setDispositions(SIG_DFL);
    setSignalMask({});
    waitAtGate(gate.get());
    gate.reset();
    ::_exit(program());
}

/// The guardian's life after both forks.
class GuardianProcess
{
public:
    GuardianProcess(int socket, pid_t program)
        : m_socket(socket)
        , m_program(program)
    {
    }

    [[noreturn]] void run()
    {
        sigset_t set;
        ::sigemptyset(&set);
        ::sigaddset(&set, SIGCHLD);
        const int signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        std::array<pollfd, 2> descriptors{{{m_socket, POLLIN, 0}, {signals, POLLIN, 0}}};
        bool isSupervisorGone = false;
        while (!isSupervisorGone && !hasProgramEnded()) {
            if (::poll(descriptors.data(), descriptors.size(), -1) < 0 && errno != EINTR)
                break;
            signalfd_siginfo info{};
            while (::read(signals, &info, sizeof info) > 0) { }
            isSupervisorGone = descriptors[0].revents != 0; // it never sends anything
        }
        // Nobody could do more than to try for as long as it takes.
        while (!endDescendants(Deadline::after(std::chrono::seconds(1)))) { }
        ::_exit(0);
    }

private:
    // Reaps whoever has ended; orphans of the program are among them.
    bool hasProgramEnded()
    {
        while (true) {
            siginfo_t info{};
            if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
                return m_hasEnded;
            const nanoseconds used = processorTimeOf(info.si_pid).value_or(nanoseconds(0));
            if (::waitid(P_PID, static_cast<id_t>(info.si_pid), &info, WEXITED) != 0)
                return m_hasEnded;
            const ExitStatus status = ExitStatus::fromSignalInfo(info);
            if (info.si_pid != m_program) {
                // However many there are, nobody waits here for the supervisor.
                sendNews(m_socket,
                    {News::Kind::OrphanEnded, info.si_pid, status.code, status.signal,
                        used.count()},
                    MSG_DONTWAIT);
                continue;
            }
            sendNews(m_socket, {News::Kind::Ended, m_program, status.code, status.signal, 0});
            m_hasEnded = true;
        }
    }

    int m_socket;
    pid_t m_program;
    bool m_hasEnded = false;
};

[[noreturn]] void runGuardian(OwnedFd socket, OwnedFd gate, const std::function<int()>& program)
{
    static_cast<void>(::setpgid(0, 0)); // out of the terminal's way: Ctrl+C is the supervisor's
    static_cast<void>(::prctl(PR_SET_NAME, "heddle-guardian", 0, 0, 0));
    setDispositions(SIG_IGN);
    static_cast<void>(::signal(SIGCHLD, SIG_DFL)); // ignored, it would throw the status away
    setSignalMask({SIGCHLD});
    if (!adoptOrphans())
        ::_exit(1);
    const pid_t self = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        socket.reset();
        runProgramProcess(self, std::move(gate), program);
    }
    gate.reset();
    if (child < 0)
        ::_exit(1);
    sendNews(socket.get(), {News::Kind::Started, child, 0, 0, 0});
    GuardianProcess(socket.get(), child).run();
}

} // namespace

Result<Guardian> Guardian::start(const std::function<int()>& program)
{
    Result<SocketPair> sockets = SocketPair::create();
    if (!sockets)
        return sockets.error();
    Result<Pipe> gate = Pipe::create();
    if (!gate)
        return gate.error();
    Guardian guardian;
    guardian.m_pid = ::fork();
    if (guardian.m_pid < 0)
        return systemError("fork");
    if (guardian.m_pid == 0) {
        sockets->first.reset();
        gate->writer.reset();
        runGuardian(std::move(sockets->second), std::move(gate->reader), program);
    }
    guardian.m_socket = std::move(sockets->first);
    guardian.m_gate = std::move(gate->writer);
    sockets->second.reset();
    gate->reader.reset();

    News news;
    const ssize_t count = ::recv(guardian.m_socket.get(), &news, sizeof news, MSG_WAITALL);
    if (count != static_cast<ssize_t>(sizeof news))
        return Error{
            ErrorKind::ChildGone, 0, "start the program process", "its guardian could not go on"};
    guardian.m_programPid = news.process;
    return guardian;
}

Guardian::~Guardian()
{
    if (m_socket)
        static_cast<void>(endEverything(Deadline::after(std::chrono::seconds(1))));
}

void Guardian::readNews()
{
    if (m_isGone)
        return;
    News news;
    ssize_t count = 0;
    while ((count = ::recv(m_socket.get(), &news, sizeof news, MSG_DONTWAIT))
        == static_cast<ssize_t>(sizeof news)) {
        const ExitStatus status{news.code, news.signal};
        if (news.kind == News::Kind::Ended)
            m_programStatus = status;
        else if (news.kind == News::Kind::OrphanEnded)
            m_endedOrphans.push_back({news.process, status, nanoseconds(news.cpuNanoseconds)});
    }
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
        reapGuardian();
}

void Guardian::reapGuardian()
{
    m_isGone = true;
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
}

void Guardian::signalProgram(int signal) const
{
    if (!m_programStatus && !m_isGone)
        static_cast<void>(signalGroup(m_programPid, signal)); // it may end at this very moment
}

void Guardian::requestEnd()
{
    m_gate.reset();
    static_cast<void>(::shutdown(m_socket.get(), SHUT_WR)); // fails if it has gone: as well
}

bool Guardian::endEverything(Deadline deadline)
{
    requestEnd();
    while (!m_isGone && !deadline.isOver()) {
        pollfd descriptor{m_socket.get(), POLLIN, 0};
        static_cast<void>(::poll(&descriptor, 1, 10));
        readNews();
    }
    const bool isDone = m_isGone;
    if (!m_isGone) {
        // Somebody has stopped it. The program dies with it.
        static_cast<void>(::kill(m_pid, SIGKILL));
        reapGuardian();
    }
    return isDone;
}

} // namespace heddle
