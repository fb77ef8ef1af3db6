// SPDX-License-Identifier: Apache-2.0
// The part of the deadlock watch that looks at pipes, and at the commands that use them.
#include "engine/run/deadlock_watch.h"

#include <algorithm>
#include <set>

namespace heddle {

namespace {

/// Nanoseconds that a wait lasts before it is looked into.
constexpr std::int64_t kSettled = 50'000'000;
constexpr int kLooksBetween = 4; ///< while the system's answer is that somebody moves

/// The program's pipes, its commands' own streams included.
std::set<std::uint64_t> pipesOf(const Session& session)
{
    std::set<std::uint64_t> pipes;
    for (std::uint32_t number = 1; number <= objectCount(session); ++number)
        if (const std::uint64_t inode = readObject(session, ObjectId{number}).inode; inode != 0)
            pipes.insert(inode);
    return pipes;
}

std::string nameOfPipe(const Session& session, std::uint64_t inode)
{
    std::string name;
    for (std::uint32_t number = 1; number <= objectCount(session); ++number) {
        const ObjectState object = readObject(session, ObjectId{number});
        if (object.inode == inode)
            name = object.name; // the last one: numbers are used again
    }
    return name;
}

} // namespace

// Asking the system takes a while, so it is asked only for somebody's sake.
void DeadlockWatch::takePictures()
{
    m_processes = {};
    if (m_guardian == 0 || !dependsOnProcesses())
        return;
    if (m_looksToPass > 0) {
        --m_looksToPass;
        return;
    }
    std::set<pid_t> own;
    for (const auto& [process, name] : m_processNames)
        own.insert(process);
    for (const Actor& actor : m_actors)
        if (actor.isCommand())
            own.erase(actor.process());
    m_processes = {picturesBelow(m_guardian), std::move(own), pipesOf(*m_session)};
    const bool isAllThere = std::all_of(m_actors.begin(), m_actors.end(),
        [this](const Actor& actor) { return m_processes.parentOf(actor.process()) != 0; });
    if (!isAllThere) // one has just ended, or is about to come
        m_processes = {};
}

// As long as they show nobody held up, a moment later is soon enough.
void DeadlockWatch::restFromPictures()
{
    const auto isHeldUp = [this](const Actor& actor) {
        return actor.isStuck && (actor.isCommand() || pipeWaitOf(actor));
    };
    if (m_processes.isKnown() && std::none_of(m_actors.begin(), m_actors.end(), isHeldUp))
        m_looksToPass = kLooksBetween;
}

void DeadlockWatch::nameProcess(const ActorWait& wait)
{
    const auto process = static_cast<pid_t>(wait.process);
    const bool isItself = wait.kind == ActorKind::Process || wait.kind == ActorKind::Command;
    if (isItself && process != 0)
        m_processNames[process] = wait.name;
    else if (process != 0)
        m_processNames.emplace(process, m_code->main() != nullptr ? "main" : "the program");
}

bool DeadlockWatch::dependsOnProcesses() const
{
    const std::int64_t now = m_session->now();
    return std::any_of(m_actors.begin(), m_actors.end(), [&](const Actor& actor) {
        if (!actor.isStuck || actor.isCommand() || now - actor.wait.sinceNanoseconds < kSettled)
            return false;
        const Actor* awaited = actor.wait.awaited ? live(actor.wait.awaited) : nullptr;
        return awaited != nullptr ? awaited->isCommand() : actor.object.inode != 0;
    });
}

bool DeadlockWatch::canPipeWaitBeEnded(const Actor& actor) const
{
    const std::optional<PipeWait> wait = pipeWaitOf(actor);
    if (!wait || m_processes.isSomebodyMoving())
        return true;
    const auto moves = [](const Actor& other) { return !other.isStuck; };
    if (m_hasSignals && std::any_of(m_actors.begin(), m_actors.end(), moves))
        return true;
    const std::vector<pid_t> others = m_processes.holdersOf(wait->inode, wait->isReading);
    return others.empty() // then this one is about to be told
        || std::any_of(
            others.begin(), others.end(), [this](pid_t other) { return !isProcessStuck(other); });
}

// A process of the program's own lasts as long as one of its actors that is no daemon, or a process or
// command that it has started.
bool DeadlockWatch::isProcessStuck(pid_t process) const
{
    if (!m_processes.isOwn(process))
        return m_processes.isBlocked(process);
    bool lasts = false;
    for (const Actor& actor : m_actors) {
        if (actor.isCommand() || actor.process() != process)
            continue;
        if (!actor.isStuck)
            return false;
        lasts = lasts || !actor.isDaemon || actor.wait.kind == ActorKind::Process;
    }
    return lasts || isKeptByChild(process);
}

bool DeadlockWatch::isKeptByChild(pid_t process) const
{
    return std::any_of(m_actors.begin(), m_actors.end(), [&](const Actor& actor) {
        const bool isChild = actor.process() != process && !actor.isDaemon
            && m_processes.parentOf(actor.process()) == process;
        return isChild && isProcessStuck(actor.process());
    });
}

std::optional<DeadlockWatch::PipeWait> DeadlockWatch::pipeWaitOf(const Actor& actor) const
{
    if (actor.isCommand()) {
        const ProcessPicture* heldUp = m_processes.heldUpIn(actor.process());
        return heldUp == nullptr ? std::nullopt : std::optional(pipeWaitOf(*heldUp));
    }
    const auto place = static_cast<std::size_t>(std::max(actor.wait.programCounter, 0));
    const bool isAtPipe = actor.object.kind == PrimitiveKind::Pipe && actor.object.inode != 0;
    if (!isAtPipe || place >= m_code->instructions.size())
        return std::nullopt;
    const Operation operation = m_code->instructions[place].operation;
    if (operation != Operation::Read && operation != Operation::Write)
        return std::nullopt;
    return PipeWait{actor.object.inode, actor.object.name, operation == Operation::Read};
}

DeadlockWatch::PipeWait DeadlockWatch::pipeWaitOf(const ProcessPicture& picture) const
{
    return {picture.sleepsAt, nameOfPipe(*m_session, picture.sleepsAt),
        picture.sleep == ProcessPicture::Sleep::ReadingPipe};
}

// The actors of the processes that have the other end; itself, if it is alone with it.
void DeadlockWatch::findPipeBlockers(Actor& actor, const PipeWait& wait)
{
    const std::size_t self = m_places.at(actor.wait.actor);
    bool holdsItself = false;
    for (const pid_t holder : m_processes.holdersOf(wait.inode, wait.isReading)) {
        const pid_t shown = m_processes.nearest(
            holder, [this](pid_t process) { return m_processNames.count(process) != 0; });
        for (std::size_t index = 0; index < m_actors.size(); ++index) {
            if (!m_actors[index].isStuck || m_actors[index].process() != shown)
                continue;
            if (index == self)
                holdsItself = true;
            else
                actor.blockers.push_back(index);
        }
    }
    if (holdsItself && actor.blockers.empty())
        actor.blockers.push_back(self);
}

std::string DeadlockWatch::holdersText(const PipeWait& wait) const
{
    std::set<pid_t> shown;
    for (const pid_t holder : m_processes.holdersOf(wait.inode, wait.isReading))
        shown.insert(m_processes.nearest(
            holder, [this](pid_t process) { return m_processNames.count(process) != 0; }));
    std::string text;
    for (const pid_t process : shown)
        if (const auto name = m_processNames.find(process); name != m_processNames.end())
            text += (text.empty() ? "" : " and ") + name->second;
    return text;
}

} // namespace heddle
