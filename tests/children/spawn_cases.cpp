// SPDX-License-Identifier: GPL-3.0-only
// spawn_cases NAME: spawns where streams are closed, limits reached or rights missing.
#include "engine/processes/subprocess.h"
#include "tests/support/leftovers.h"
#include "tests/support/named_case.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

SpawnOptions piped(std::vector<std::string> arguments)
{
    SpawnOptions options;
    options.arguments = std::move(arguments);
    options.standardInput = Redirection::toPipe();
    options.standardOutput = Redirection::toPipe();
    options.standardError = Redirection::toPipe();
    return options;
}

void closeStreams()
{
    reportFd = ::fcntl(2, F_DUPFD_CLOEXEC, 100);
    for (const int fd : {0, 1, 2})
        ::close(fd);
}

void closedStreams()
{
    closeStreams();
    const Leftovers before;
    {
        Result<Subprocess> child =
            Subprocess::spawn(piped({"/bin/sh", "-c", "cat; echo out; echo error >&2"}));
        require(child.has_value(), "a child is started");
        ProcessResult result = child->communicate("in ", soon());
        require(result && *result->output == "in out\n", "stdout is captured");
        require(*result->errors == "error\n", "stderr is captured");
        const Result<Subprocess> missing = Subprocess::spawn(piped({"/no/such/program"}));
        require(!missing && missing.error().systemErrno == ENOENT, "the error is reported");
    }
    require(before.text().empty(), "nothing is left");
}

// What is opened for the child gets the lowest numbers, and is not to be taken for a stream there.
void joinedToAClosedStream()
{
    closeStreams();
    const Leftovers before;
    for (const Redirection& input : {Redirection::toPipe(), Redirection::toNull()}) {
        SpawnOptions options;
        options.arguments = {"/bin/true"};
        options.standardInput = input;
        options.standardError = Redirection::toStdout();
        const Result<Subprocess> child = Subprocess::spawn(options);
        require(!child && child.error().systemErrno == EBADF, "there is nothing to join");
    }
    require(before.text().empty(), "nothing is left");
}

void forkedWithClosedStreams()
{
    closeStreams();
    OwnedFd low(::memfd_create("output", MFD_CLOEXEC));
    const OwnedFd file(::fcntl(low.get(), F_DUPFD_CLOEXEC, 50));
    low.reset();
    SpawnOptions options;
    options.arguments = {"/no/such/program"};
    options.standardInput = Redirection::toDescriptor(file.get());
    options.standardOutput = Redirection::toDescriptor(file.get());
    options.standardError = Redirection::toDescriptor(file.get());
    options.fork = [] { return ::fork(); };
    options.beforeExec = [] { return ::poll(nullptr, 0, 100) == 0 ? 0 : errno; };
    const Result<Subprocess> missing = Subprocess::spawn(options);
    require(!missing && missing.error().systemErrno == ENOENT, "the error is waited for");
}

struct Place
{
    dev_t device;
    ino_t file;
    bool operator==(const Place&) const = default;
};

Place placeOf(const std::string& path)
{
    struct stat found = {};
    require(::stat(path.c_str(), &found) == 0, path.c_str());
    return {found.st_dev, found.st_ino};
}

// Each of the three streams leads to the place of its source, or to /dev/null without one.
void checkStreams(const std::array<int, 3>& sources)
{
    SpawnOptions options;
    options.arguments = {"/bin/sleep", "1000"};
    std::array<Redirection*, 3> streams{
        &options.standardInput, &options.standardOutput, &options.standardError};
    std::array<Place, 3> wanted{};
    for (std::size_t stream = 0; stream < 3; ++stream) {
        const int source = sources[stream];
        *streams[stream] = source < 0 ? Redirection::toNull() : Redirection::toDescriptor(source);
        wanted[stream] =
            placeOf(source < 0 ? "/dev/null" : "/proc/self/fd/" + std::to_string(source));
    }
    Result<Subprocess> child = Subprocess::spawn(options);
    require(child.has_value(), "a child is started");
    for (std::size_t stream = 0; stream < 3; ++stream) {
        const std::string path =
            "/proc/" + std::to_string(child->pid()) + "/fd/" + std::to_string(stream);
        require(placeOf(path) == wanted[stream], "a stream leads where it should");
    }
}

void permutedStreams()
{
    reportFd = ::fcntl(2, F_DUPFD_CLOEXEC, 100);
    for (const int fd : {0, 1, 2}) {
        const OwnedFd file(::memfd_create("stream", MFD_CLOEXEC));
        require(::dup2(file.get(), fd) == fd, "three files are the streams");
    }
    std::array<int, 3> sources{0, 1, 2};
    do
        checkStreams(sources);
    while (std::next_permutation(sources.begin(), sources.end()));
    for (const int closed : {0, 1, 2}) {
        const OwnedFd kept(::fcntl(closed, F_DUPFD_CLOEXEC, 50));
        ::close(closed);
        std::array<int, 3> rest{0, 1, 2};
        rest[static_cast<std::size_t>(closed)] = -1;
        std::sort(rest.begin(), rest.end());
        do
            checkStreams(rest);
        while (std::next_permutation(rest.begin(), rest.end()));
        require(::dup2(kept.get(), closed) == closed, "the file is back");
    }
}

// What is not redirected is this process's own, and stderr joins stdout also there.
void inheritedStreams()
{
    reportFd = ::fcntl(2, F_DUPFD_CLOEXEC, 100);
    for (const int fd : {0, 1, 2}) {
        const OwnedFd file(::memfd_create("stream", MFD_CLOEXEC));
        require(::dup2(file.get(), fd) == fd, "three files are the streams");
    }
    SpawnOptions options;
    options.arguments = {"/bin/sleep", "1000"};
    for (const bool joins : {false, true}) {
        options.standardError = joins ? Redirection::toStdout() : Redirection();
        Result<Subprocess> child = Subprocess::spawn(options);
        require(child.has_value(), "a child is started");
        const std::string folder = "/proc/" + std::to_string(child->pid()) + "/fd/";
        require(placeOf(folder + "0") == placeOf("/proc/self/fd/0"), "stdin is inherited");
        require(placeOf(folder + "1") == placeOf("/proc/self/fd/1"), "stdout is inherited");
        require(placeOf(folder + "2") == placeOf(joins ? "/proc/self/fd/1" : "/proc/self/fd/2"),
            "stderr is inherited, or joins");
    }
}

void descriptorLimit()
{
    rlimit before{};
    require(::getrlimit(RLIMIT_NOFILE, &before) == 0, "the limit is known");
    const Leftovers leftovers;
    const OwnedFd next(::dup(0)); // NOLINT(android-cloexec-dup)
    for (rlim_t room = 0; room < 7; ++room) {
        const rlimit lowered{static_cast<rlim_t>(next.get()) + 1 + room, before.rlim_max};
        require(::setrlimit(RLIMIT_NOFILE, &lowered) == 0, "the limit is lowered");
        const Result<Subprocess> child = Subprocess::spawn(piped({"/bin/true"}));
        require(!child && child.error().systemErrno == EMFILE, "the limit is an error");
    }
    require(::setrlimit(RLIMIT_NOFILE, &before) == 0, "the limit is back");
    require(
        leftovers.text() == "descriptor " + std::to_string(next.get()) + "; ", "nothing is left");
}

void processLimit()
{
    becomeNobody();
    rlimit before{};
    require(::getrlimit(RLIMIT_NPROC, &before) == 0, "the limit is known");
    const rlimit none{0, before.rlim_max};
    require(::setrlimit(RLIMIT_NPROC, &none) == 0, "the limit is lowered");
    const Leftovers leftovers;
    SpawnOptions options = piped({"/bin/true"});
    const Result<Subprocess> shared = Subprocess::spawn(options);
    options.beforeExec = [] { return 0; };
    const Result<Subprocess> copied = Subprocess::spawn(options);
    require(!shared && shared.error().systemErrno == EAGAIN, "the limit is an error");
    require(!copied && copied.error().systemErrno == EAGAIN, "with a hook as well");
    require(leftovers.text().empty(), "nothing is left");
    // The leak sanitizer makes a process of its own at the end.
    require(::setrlimit(RLIMIT_NPROC, &before) == 0, "the limit is raised again");
}

void missingRight()
{
    becomeNobody();
    SpawnOptions options = piped({"/bin/true"});
    options.user = std::int64_t{0};
    const Result<Subprocess> user = Subprocess::spawn(options);
    options.user.reset();
    options.userGroup = std::int64_t{0};
    const Result<Subprocess> group = Subprocess::spawn(options);
    options.userGroup.reset();
    options.extraGroups = {{std::int64_t{0}}};
    const Result<Subprocess> groups = Subprocess::spawn(options);
    require(!user && user.error().systemErrno == EPERM, "a user is refused");
    require(!group && group.error().systemErrno == EPERM, "a group is refused");
    require(!groups && groups.error().systemErrno == EPERM, "extra groups are refused");
}

// As a child that has taken another user's rights by itself.
void unkillableChild()
{
    if (::geteuid() != 0)
        return;
    SpawnOptions options;
    options.arguments = {"/bin/sleep", "1000"};
    pid_t pid = -1;
    {
        const Result<Subprocess> child = Subprocess::spawn(options);
        require(child.has_value(), "a child is started");
        pid = child->pid();
        require(::setresuid(kNobody, kNobody, 0) == 0, "it may not be killed");
    }
    require(::setresuid(0, 0, 0) == 0, "it may be killed again");
    require(::kill(pid, 0) == 0, "it lives on");
    require(Subprocess::reapAbandoned() == 1, "it is remembered");
    require(::kill(pid, SIGKILL) == 0, "it is killed by others");
    siginfo_t info{};
    require(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0, "it ends");
    require(Subprocess::reapAbandoned() == 0, "and is reaped");
}

constexpr std::array kCases{Case{"closed-streams", closedStreams},
    Case{"joined-to-a-closed-stream", joinedToAClosedStream},
    Case{"forked-with-closed-streams", forkedWithClosedStreams},
    Case{"permuted-streams", permutedStreams}, Case{"inherited-streams", inheritedStreams},
    Case{"descriptor-limit", descriptorLimit}, Case{"process-limit", processLimit},
    Case{"missing-right", missingRight}, Case{"unkillable-child", unkillableChild}};

} // namespace

int main(int count, char** arguments)
{
    return runCase(kCases, count, arguments);
}
