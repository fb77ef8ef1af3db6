// SPDX-License-Identifier: Apache-2.0
#include "engine/run/blocked_processes.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

using Sleep = ProcessPicture::Sleep;

bool isAtPipe(const ProcessPicture& picture)
{
    return picture.sleep == Sleep::ReadingPipe || picture.sleep == Sleep::WritingPipe;
}

bool areWhole(const std::vector<ProcessPicture>& pictures, const std::set<pid_t>& processes)
{
    return std::none_of(pictures.begin(), pictures.end(), [&](const ProcessPicture& picture) {
        return processes.count(picture.process) != 0 && !picture.isWhole;
    });
}

} // namespace

BlockedProcesses::BlockedProcesses(
    std::vector<ProcessPicture> pictures, std::set<pid_t> own, const std::set<std::uint64_t>& pipes)
    : m_pictures(std::move(pictures))
    , m_own(std::move(own))
    , m_isKnown(areWhole(m_pictures, m_own))
{
    for (const ProcessPicture& picture : m_pictures) {
        const bool isCandidate = picture.sleep == Sleep::AwaitingChildren
            || (isAtPipe(picture) && pipes.count(picture.sleepsAt) != 0);
        if (isStranger(picture) && isCandidate)
            m_blocked.insert(picture.process);
    }
}

bool BlockedProcesses::takeOutMoving(const IsOwnStuck& isOwnStuck)
{
    std::vector<pid_t> moving;
    for (const pid_t process : m_blocked)
        if (!isHeldUp(*find(process), isOwnStuck))
            moving.push_back(process);
    for (const pid_t process : moving)
        m_blocked.erase(process);
    return !moving.empty();
}

bool BlockedProcesses::isHeldUp(const ProcessPicture& picture, const IsOwnStuck& isOwnStuck) const
{
    if (picture.sleep == Sleep::AwaitingChildren)
        return areChildrenBlocked(picture.process);
    const std::vector<pid_t> others =
        holdersOf(picture.sleepsAt, picture.sleep == Sleep::ReadingPipe);
    return !others.empty() && std::all_of(others.begin(), others.end(), [&](pid_t other) {
        return isOwn(other) ? isOwnStuck(other) : isBlocked(other);
    });
}

// One that has ended is about to be reaped, and its parent to go on.
bool BlockedProcesses::areChildrenBlocked(pid_t parent) const
{
    bool hasAny = false;
    for (const ProcessPicture& picture : m_pictures) {
        if (picture.parent != parent)
            continue;
        hasAny = true;
        if (!isBlocked(picture.process))
            return false;
    }
    return hasAny;
}

bool BlockedProcesses::isSomebodyMoving() const
{
    return !m_isKnown
        || std::any_of(m_pictures.begin(), m_pictures.end(), [this](const ProcessPicture& picture) {
               return isStranger(picture) && !isBlocked(picture.process);
           });
}

std::vector<pid_t> BlockedProcesses::holdersOf(std::uint64_t inode, bool isWriter) const
{
    std::vector<pid_t> holders;
    for (const ProcessPicture& picture : m_pictures) {
        const bool isHolder = std::any_of(picture.pipeEnds.begin(), picture.pipeEnds.end(),
            [&](const OpenPipeEnd& end) { return end.inode == inode && end.isWriter == isWriter; });
        if (isHolder)
            holders.push_back(picture.process);
    }
    return holders;
}

const ProcessPicture* BlockedProcesses::heldUpIn(pid_t process) const
{
    if (!isBlocked(process))
        return nullptr;
    const ProcessPicture* picture = find(process);
    if (isAtPipe(*picture))
        return picture;
    for (const ProcessPicture& child : m_pictures)
        if (child.parent == process)
            if (const ProcessPicture* heldUp = heldUpIn(child.process))
                return heldUp;
    return nullptr;
}

pid_t BlockedProcesses::nearest(
    pid_t process, const std::function<bool(pid_t process)>& isLookedFor) const
{
    for (const ProcessPicture* picture = find(process); picture != nullptr;
         picture = find(picture->parent))
        if (isLookedFor(picture->process))
            return picture->process;
    return 0;
}

BlockedProcesses::Stamp BlockedProcesses::stamp() const
{
    Stamp stamp;
    for (const ProcessPicture& picture : m_pictures)
        if (!isOwn(picture.process))
            stamp.emplace_back(picture.process, picture.moves);
    return stamp;
}

pid_t BlockedProcesses::parentOf(pid_t process) const
{
    const ProcessPicture* picture = find(process);
    return picture == nullptr || picture->isOver ? 0 : picture->parent;
}

const ProcessPicture* BlockedProcesses::find(pid_t process) const
{
    const auto found = std::find_if(m_pictures.begin(), m_pictures.end(),
        [&](const ProcessPicture& picture) { return picture.process == process; });
    return found == m_pictures.end() ? nullptr : &*found;
}

bool BlockedProcesses::isStranger(const ProcessPicture& picture) const
{
    return !picture.isOver && !isOwn(picture.process);
}

} // namespace heddle
