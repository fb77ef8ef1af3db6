// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/fork_server.h"

#include "engine/base/locks.h"
#include "engine/processes/fork_service.h"
#include "engine/processes/packet_line.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iterator>

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

struct ForkServer::State
{
    InternalMutex mutex; ///< one request and its answer at a time
    OwnedFd line HEDDLE_GUARDED_BY(mutex);
    std::optional<Subprocess> process;
};

namespace {

Error gone()
{
    return Error{ErrorKind::ChildGone, 0, "fork", "the fork server has ended"};
}

/// In as many packets as it takes. What is not sent whole is withdrawn.
Result<void> sendRequest(
    int line, ForkRequest request, std::string_view message, std::span<const int> descriptors)
{
    do {
        const std::string_view piece = message.substr(0, kMostMessageBytes);
        const std::span<const int> some =
            descriptors.first(std::min(descriptors.size(), kMostDescriptors));
        message.remove_prefix(piece.size());
        descriptors = descriptors.subspan(some.size());
        const bool isLast = message.empty() && descriptors.empty();
        request.part = isLast ? ForkRequest::Part::Last : ForkRequest::Part::More;
        Result<void> sent = sendPacket(line, &request, sizeof request, piece, some);
        if (sent)
            continue;
        request.part = ForkRequest::Part::Withdrawn;
        static_cast<void>(sendPacket(line, &request, sizeof request, {}).has_value());
        return sent;
    } while (request.part == ForkRequest::Part::More);
    return {};
}

bool hasOtherThreads()
{
#if defined(__SANITIZE_THREAD__)
    constexpr int kOwn = 2; // the sanitizer has one of its own
#else
    constexpr int kOwn = 1;
#endif
    std::error_code ignored;
    const std::filesystem::directory_iterator threads("/proc/self/task", ignored);
    return std::distance(begin(threads), end(threads)) > kOwn;
}

} // namespace

ForkServer::ForkServer(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

ForkServer::ForkServer(ForkServer&& other) noexcept = default;

ForkServer& ForkServer::operator=(ForkServer&& other) noexcept
{
    std::swap(m_state, other.m_state);
    return *this;
}

// The server ends by itself once its line is closed; if it cannot, the Subprocess kills it.
ForkServer::~ForkServer()
{
    if (!m_state)
        return;
    {
        const InternalLock lock(m_state->mutex);
        m_state->line.reset();
    }
    static_cast<void>(m_state->process->wait(Deadline::after(std::chrono::seconds(1))));
}

Result<ForkServer> ForkServer::start()
{
    if (hasOtherThreads())
        return Error{ErrorKind::NotSupported, 0, "start a fork server",
            "this process has more than one thread already"};
    Result<SequencedPair> line = SequencedPair::create();
    if (!line)
        return line.error();
    int pidfd = -1;
    Result<pid_t> server = forkWithPidfd(0, pidfd);
    if (!server)
        return server.error();
    if (*server == 0)
        serveForks(line->second.release());
    static_cast<void>(::setpgid(*server, *server)); // at once, whoever of the two is first
    auto state = std::make_unique<State>();
    {
        const InternalLock lock(state->mutex);
        state->line = std::move(line->first);
    }
    state->process.emplace(Subprocess::adopt(*server, OwnedFd(pidfd), ProcessGroup::Own));
    return ForkServer(std::move(state));
}

Result<Subprocess> ForkServer::fork(
    Main main, std::string_view message, std::span<const int> descriptors)
{
    return fork(main, message, descriptors, Beginning());
}

Result<Subprocess> ForkServer::fork(
    Main main, std::string_view message, std::span<const int> descriptors, Beginning beginning)
{
    const InternalLock lock(m_state->mutex);
    const int line = m_state->line.get();
    const ForkRequest request{main, beginning, descriptors.size(), ForkRequest::Part::More};
    Result<void> sent = sendRequest(line, request, message, descriptors);
    if (!sent && (sent.error().systemErrno == EPIPE || sent.error().systemErrno == ECONNRESET))
        return gone();
    if (!sent)
        return sent.error();
    ForkAnswer answer;
    Result<ReceivedPacket> packet = receivePacket(line, &answer, sizeof answer);
    if (!packet && packet.error().systemErrno != ECONNRESET)
        return packet.error();
    if (!packet || packet->isEnd)
        return gone();
    if (answer.pid < 0 && answer.systemErrno == EMFILE)
        return systemError(EMFILE, "fork",
            "no room for " + std::to_string(descriptors.size())
                + " descriptors in the fork server");
    if (answer.pid < 0)
        return systemError(answer.systemErrno, "clone", "in the fork server");
    if (packet->descriptors.size() != 1) {
        static_cast<void>(::kill(answer.pid, SIGKILL)); // not reaped by anybody, so still this one
        while (::waitpid(answer.pid, nullptr, 0) < 0 && errno == EINTR) { }
        return systemError(EMFILE, "recvmsg", "no room for a pidfd");
    }
    // It does so itself; but it may be signalled as a group at once, and it is no child of the server.
    static_cast<void>(::setpgid(answer.pid, beginning.group));
    return Subprocess::adopt(answer.pid, std::move(packet->descriptors[0]),
        beginning.group == 0 ? ProcessGroup::Own : ProcessGroup::Given);
}

pid_t ForkServer::pid() const
{
    return m_state->process->pid();
}

} // namespace heddle
