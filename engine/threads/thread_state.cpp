// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread_state.h"

#include "engine/record/recorder.h"
#include "engine/threads/thread_registry.h"

#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kSystemNameLength = 15; // pthread_setname_np(3)

} // namespace

ThreadInfo Thread::State::info() const
{
    const InternalLock lock(mutex);
    return ThreadInfo{name, nativeId, kind, false, false};
}

void Thread::State::applyName() const
{
    if (info().nativeId == ::gettid())
        static_cast<void>(::pthread_setname_np(
            ::pthread_self(), info().name.substr(0, kSystemNameLength).c_str()));
}

void Thread::State::begin()
{
    {
        const InternalLock lock(mutex);
        nativeId = ::gettid();
    }
    ThreadRegistry::setOwn(this);
    applyName();
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
