// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_picture.h"

#include "engine/processes/fork_service.h"
#include "engine/processes/process_folder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

std::string folderOf(pid_t process)
{
    return "/proc/" + std::to_string(process);
}

/// The numbers of /proc/[pid]/status that tell of signals and moves.
struct Status
{
    std::uint64_t pending = 0; ///< signals, of the thread or the process
    std::uint64_t blocked = 0;
    std::uint64_t caught = 0;
    std::uint64_t moves = 0;

    /// Who catches the other timers' signals too wants to clean up before it ends, whatever comes.
    [[nodiscard]] bool expectsAlarm() const { return catches(SIGALRM) && !catches(SIGPROF); }
    [[nodiscard]] bool isSettled() const { return (pending & ~blocked) == 0; }
    [[nodiscard]] bool catches(int signal) const
    {
        return (caught >> static_cast<unsigned>(signal - 1) & 1U) != 0;
    }
};

std::uint64_t numberIn(const std::string& text, int base)
{
    std::uint64_t number = 0;
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    static_cast<void>(
        std::from_chars(text.data() + first, text.data() + text.size(), number, base));
    return number;
}

std::optional<Status> statusOf(const std::string& folder)
{
    std::ifstream file(folder + "/status");
    Status status;
    bool isThere = false;
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string name = line.substr(0, colon);
        const std::string value = line.substr(std::min(colon + 1, line.size()));
        isThere = isThere || name == "SigBlk";
        if (name == "SigPnd" || name == "ShdPnd")
            status.pending |= numberIn(value, 16);
        else if (name == "SigBlk")
            status.blocked = numberIn(value, 16);
        else if (name == "SigCgt")
            status.caught = numberIn(value, 16);
        else if (name == "voluntary_ctxt_switches" || name == "nonvoluntary_ctxt_switches")
            status.moves += numberIn(value, 10);
    }
    return isThere ? std::optional(status) : std::nullopt;
}

/// The system call that a process sleeps in, by /proc/[pid]/syscall.
struct SleptIn
{
    long number = -1;
    std::uint64_t first = 0; ///< argument
};

SleptIn systemCallOf(const std::string& folder)
{
    std::ifstream file(folder + "/syscall");
    SleptIn call;
    std::string first;
    if (!(file >> call.number >> first) || first.rfind("0x", 0) != 0)
        return {}; // it runs, or may not be looked at
    call.first = numberIn(first.substr(2), 16);
    return call;
}

std::uint64_t pipeBehind(const std::string& link)
{
    std::array<char, 64> target{};
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    const std::string_view text(
        target.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    constexpr std::string_view kBegin = "pipe:[";
    if (text.substr(0, kBegin.size()) != kBegin)
        return 0;
    return numberIn(std::string(text.substr(kBegin.size())), 10);
}

// The link's own permissions tell what the descriptor is open for.
void addPipeEnds(ProcessPicture& picture, const std::string& folder)
{
    for (const int fd : numbersIn((folder + "/fd").c_str())) {
        const std::string link = folder + "/fd/" + std::to_string(fd);
        const std::uint64_t inode = pipeBehind(link);
        struct stat mode
        {
        };
        if (inode == 0 || ::lstat(link.c_str(), &mode) != 0)
            continue;
        if ((mode.st_mode & S_IRUSR) != 0)
            picture.pipeEnds.push_back({fd, inode, false});
        if ((mode.st_mode & S_IWUSR) != 0)
            picture.pipeEnds.push_back({fd, inode, true});
    }
}

bool hasTimers(const std::string& folder)
{
    std::ifstream file(folder + "/timers");
    return file.peek() != std::ifstream::traits_type::eof();
}

void findSleep(ProcessPicture& picture, const std::string& folder, const Status& status)
{
    const bool mayWake = !status.isSettled() || status.expectsAlarm() || hasTimers(folder)
        || numbersIn((folder + "/task").c_str()).size() != 1;
    if (mayWake)
        return;
    const SleptIn call = systemCallOf(folder);
    if (call.number == SYS_wait4 || call.number == SYS_waitid) {
        picture.sleep = ProcessPicture::Sleep::AwaitingChildren;
        return;
    }
    const bool isWriting = call.number == SYS_write || call.number == SYS_writev;
    if (!isWriting && call.number != SYS_read && call.number != SYS_readv)
        return;
    for (const OpenPipeEnd& end : picture.pipeEnds) {
        if (end.isWriter != isWriting || static_cast<std::uint64_t>(end.fd) != call.first)
            continue;
        picture.sleep =
            isWriting ? ProcessPicture::Sleep::WritingPipe : ProcessPicture::Sleep::ReadingPipe;
        picture.sleepsAt = end.inode;
    }
}

ProcessPicture pictureOf(pid_t process, const ProcessStat& stat)
{
    ProcessPicture picture;
    picture.process = process;
    const std::string folder = folderOf(process);
    picture.parent = stat.parent;
    picture.isOver = stat.state == 'Z' || stat.state == 'X' || stat.state == 0;
    const std::optional<Status> status = statusOf(folder);
    picture.isWhole = picture.isOver || (status && ::access((folder + "/fd").c_str(), R_OK) == 0);
    if (picture.isOver || !picture.isWhole)
        return picture;
    picture.moves = status->moves;
    addPipeEnds(picture, folder);
    if (stat.state == 'S')
        findSleep(picture, folder, *status);
    return picture;
}

} // namespace

std::vector<ProcessPicture> picturesBelow(pid_t ancestor)
{
    std::vector<pid_t> found = childrenOf(ancestor);
    std::vector<ProcessPicture> pictures;
    for (std::size_t index = 0; index < found.size(); ++index) {
        const ProcessStat stat = readStat(folderOf(found[index]));
        if (stat.name == kForkServerName)
            continue;
        pictures.push_back(pictureOf(found[index], stat));
        const std::vector<pid_t> children = childrenOf(found[index]);
        found.insert(found.end(), children.begin(), children.end());
    }
    return pictures;
}

bool isThreadAsleep(pid_t process, pid_t thread)
{
    const std::string folder = folderOf(process) + "/task/" + std::to_string(thread);
    if (readStat(folder).state != 'S')
        return false;
    const std::optional<Status> status = statusOf(folder);
    return status && status->isSettled();
}

} // namespace heddle
