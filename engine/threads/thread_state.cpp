// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread_state.h"

#include "engine/base/owned_fd.h"
#include "engine/record/recorder.h"
#include "engine/threads/thread_registry.h"

#include <utility>

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kSystemNameLength = 15; // pthread_setname_np(3)

std::string shown(const std::string& name)
{
    return name.substr(0, kSystemNameLength);
}

// Every thread of a process may write the names of the others.
void showNameOfOther(pid_t thread, const std::string& name)
{
    const std::string path = "/proc/self/task/" + std::to_string(thread) + "/comm";
    const OwnedFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    static_cast<void>(!::write(file.get(), name.c_str(), name.size() + 1)); // nothing depends on it
}

} // namespace

void showOwnName(const std::string& name)
{
    static_cast<void>(::pthread_setname_np(::pthread_self(), shown(name).c_str()));
}

ThreadInfo Thread::State::info() const
{
    const InternalLock lock(mutex);
    return ThreadInfo{name, nativeId, kind, false, false};
}

void Thread::State::setName(std::string next)
{
    {
        const InternalLock lock(mutex);
        name = std::move(next);
    }
    showName();
}

// Under the lock the thread cannot end, so that nobody else has got its number.
void Thread::State::showName() const
{
    const InternalLock lock(mutex);
    if (phase != Phase::Started || nativeId == 0)
        return;
    if (nativeId == ::gettid())
        showOwnName(name);
    else
        showNameOfOther(nativeId, shown(name));
}

void Thread::State::begin()
{
    {
        const InternalLock lock(mutex);
        nativeId = ::gettid();
    }
    ThreadRegistry::setOwn(this);
    showName();
    if (actor)
        bindThread(actor);
    running.set();
}

// Out of the registry first: who has joined it must not find it there.
void Thread::State::end()
{
    ThreadRegistry::instance().remove(this);
    WakeChain chain;
    {
        const InternalLock lock(mutex);
        phase = Phase::Ended;
        while (!joiners.isEmpty())
            chain.take(joiners, *joiners.first());
    }
    chain.wakeAnnounced();
}

Result<void> Thread::State::join(Deadline deadline, const std::stop_token& wish)
{
    Waiter waiter;
    {
        const InternalLock lock(mutex);
        if (phase == Phase::Created)
            return Error{ErrorKind::NotStarted, 0, "join", "the thread was never started"};
        if (phase == Phase::Ended) {
            reportHasActor(actor);
            return {};
        }
        if (nativeId == ::gettid())
            return Error{
                ErrorKind::WouldDeadlock, 0, "join", "a thread cannot wait for its own end"};
        if (deadline.isOver())
            return waitError(WaitEnd::TimedOut, "join");
        reportWantsActor(actor, deadline);
        joiners.pushBack(waiter);
    }
    const WaitEnd end = waiter.sleep(deadline, wish);
    bool gaveUp = false;
    if (end != WaitEnd::Granted) {
        const InternalLock lock(mutex);
        gaveUp = joiners.remove(waiter);
    }
    if (gaveUp) {
        reportGaveUpActor(actor, endOfWait(end));
        return waitError(end, "join");
    }
    waiter.awaitGrant();
    reportHasActor(actor);
    return {};
}

// Those who waited for it are gone too.
void Thread::State::endByForkLocked()
{
    phase = Phase::Ended;
    joiners = WaitList();
}

void Thread::State::becomeMainLocked()
{
    nativeId = ::gettid();
    joiners = WaitList();
}

} // namespace heddle
