// SPDX-License-Identifier: Apache-2.0
#include "engine/run/pipe_waits.h"

#include "engine/run/code_needs.h"

#include <algorithm>
#include <set>
#include <utility>

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

/// The program's own processes, ended ones too.
std::set<pid_t> ownProcesses(const LiveActors& actors)
{
    std::set<pid_t> own;
    for (const auto& [process, name] : actors.processNames())
        own.insert(process);
    for (const LiveActor& actor : actors.all())
        if (actor.isCommand())
            own.erase(actor.process());
    return own;
}

} // namespace

PipeWaits::PipeWaits(
    std::shared_ptr<const Session> session, std::shared_ptr<const Code> code, pid_t guardian)
    : m_session(std::move(session))
    , m_code(std::move(code))
    , m_guardian(guardian)
    , m_hasSignals(sendsOrHandlesSignals(*m_code))
{
}

// Asking the system takes a while, so it is asked only for somebody's sake.
void PipeWaits::look(const LiveActors& actors)
{
    m_processes = {};
    if (m_guardian == 0 || !doesMatterTo(actors))
        return;
    if (m_looksToPass > 0) {
        --m_looksToPass;
        return;
    }
    m_processes = {picturesBelow(m_guardian), ownProcesses(actors), pipesOf(*m_session)};
    const bool isAllThere = std::all_of(actors.all().begin(), actors.all().end(),
        [this](const LiveActor& actor) { return m_processes.parentOf(actor.process()) != 0; });
    if (!isAllThere) // one has just ended, or is about to come
        m_processes = {};
}

bool PipeWaits::doesMatterTo(const LiveActors& actors) const
{
    const std::int64_t now = m_session->now();
    return std::any_of(actors.all().begin(), actors.all().end(), [&](const LiveActor& actor) {
        if (!actor.isStuck || actor.isCommand() || now - actor.wait.sinceNanoseconds < kSettled)
            return false;
        const LiveActor* awaited = actor.wait.awaited ? actors.find(actor.wait.awaited) : nullptr;
        return awaited != nullptr ? awaited->isCommand() : actor.object.inode != 0;
    });
}

// As long as nobody is held up, a moment later is soon enough.
void PipeWaits::rest(const LiveActors& actors)
{
    const auto isHeldUp = [this](const LiveActor& actor) {
        return actor.isStuck && (actor.isCommand() || waitOf(actor));
    };
    if (m_processes.isKnown() && std::none_of(actors.all().begin(), actors.all().end(), isHeldUp))
        m_looksToPass = kLooksBetween;
}

void PipeWaits::keepConfirmed()
{
    const BlockedProcesses::Stamp stamp = m_processes.stamp();
    if (stamp != std::exchange(m_stampBefore, stamp))
        m_processes = {};
}

bool PipeWaits::takeOutMoving(const LiveActors& actors)
{
    return m_processes.takeOutMoving(
        [&](pid_t process) { return isProcessStuck(process, actors); });
}

bool PipeWaits::canBeEnded(const LiveActor& actor, const LiveActors& actors) const
{
    const std::optional<PipeWait> wait = waitOf(actor);
    if (!wait || m_processes.isSomebodyMoving())
        return true;
    if (m_hasSignals && actors.isAnybodyMoving())
        return true;
    const std::vector<pid_t> others = m_processes.holdersOf(wait->inode, wait->isReading);
    return others.empty() // then this one is about to be told
        || std::any_of(others.begin(), others.end(),
            [&](pid_t other) { return !isProcessStuck(other, actors); });
}

// A process of the program's own lasts as long as one of its actors that is no daemon, or a process or
// command that it has started.
bool PipeWaits::isProcessStuck(pid_t process, const LiveActors& actors) const
{
    if (!m_processes.isOwn(process))
        return m_processes.isBlocked(process);
    bool lasts = false;
    for (const LiveActor& actor : actors.all()) {
        if (actor.isCommand() || actor.process() != process)
            continue;
        if (!actor.isStuck)
            return false;
        lasts = lasts || !actor.isDaemon() || actor.wait.kind == ActorKind::Process;
    }
    return lasts || isKeptByChild(process, actors);
}

bool PipeWaits::isKeptByChild(pid_t process, const LiveActors& actors) const
{
    return std::any_of(actors.all().begin(), actors.all().end(), [&](const LiveActor& actor) {
        const bool isChild = actor.process() != process && !actor.isDaemon()
            && m_processes.parentOf(actor.process()) == process;
        return isChild && isProcessStuck(actor.process(), actors);
    });
}

std::optional<PipeWait> PipeWaits::waitOf(const LiveActor& actor) const
{
    if (actor.isCommand()) {
        const ProcessPicture* heldUp = m_processes.heldUpIn(actor.process());
        return heldUp == nullptr ? std::nullopt : std::optional(waitOf(*heldUp));
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

PipeWait PipeWaits::waitOf(const ProcessPicture& picture) const
{
    return {picture.sleepsAt, nameOfPipe(*m_session, picture.sleepsAt),
        picture.sleep == ProcessPicture::Sleep::ReadingPipe};
}

// Of a holder without a name, the nearest ancestor that has one.
std::vector<pid_t> PipeWaits::namedHolders(const PipeWait& wait, const LiveActors& actors) const
{
    std::vector<pid_t> holders = m_processes.holdersOf(wait.inode, wait.isReading);
    for (pid_t& holder : holders)
        holder = m_processes.nearest(
            holder, [&](pid_t process) { return actors.processNames().count(process) != 0; });
    return holders;
}

std::vector<std::size_t> PipeWaits::blockersOf(
    std::size_t self, const PipeWait& wait, const LiveActors& actors) const
{
    std::vector<std::size_t> blockers;
    bool holdsItself = false;
    for (const pid_t holder : namedHolders(wait, actors)) {
        for (std::size_t index = 0; index < actors.all().size(); ++index) {
            if (!actors.all()[index].isStuck || actors.all()[index].process() != holder)
                continue;
            if (index == self)
                holdsItself = true;
            else
                blockers.push_back(index);
        }
    }
    if (holdsItself && blockers.empty())
        blockers.push_back(self);
    return blockers;
}

std::string PipeWaits::holdersText(const PipeWait& wait, const LiveActors& actors) const
{
    const std::vector<pid_t> holders = namedHolders(wait, actors);
    std::string text;
    for (const pid_t holder : std::set<pid_t>(holders.begin(), holders.end()))
        if (const auto name = actors.processNames().find(holder);
            name != actors.processNames().end())
            text += (text.empty() ? "" : " and ") + name->second;
    return text;
}

} // namespace heddle
