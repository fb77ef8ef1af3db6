// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/threads/event.h"
#include "engine/threads/thread.h"
#include "engine/threads/wait_list.h"

#include <memory>
#include <string>

namespace heddle {

/// Has the system show the first 15 bytes of this name for the calling thread.
///
/// Threads: any thread. Source: pthread_setname_np(3).
void showOwnName(const std::string& name);

/// What a Thread and the thread it started share.
///
/// Threads: any thread; what is not guarded is set before the start.
struct Thread::State
{
    enum class Phase
    {
        Created,
        Started,
        Ended
    };

    mutable InternalMutex mutex;
    Phase phase HEDDLE_GUARDED_BY(mutex) = Phase::Created;
    std::string name HEDDLE_GUARDED_BY(mutex);
    pid_t nativeId HEDDLE_GUARDED_BY(mutex) = 0;
    ThreadKind kind HEDDLE_GUARDED_BY(mutex) = ThreadKind::Ordinary;
    WaitList joiners HEDDLE_GUARDED_BY(mutex);
    Body body;
    std::size_t stackBytes = 0;
    ActorId actor;
    std::stop_source stop;
    Event running;

    [[nodiscard]] ThreadInfo info() const;
    void setName(std::string next);
    void showName() const;
    /// Errors: as Thread::join.
    [[nodiscard]] Result<void> join(Deadline deadline, const std::stop_token& wish);
    void begin();
    void end();

    /// In a forked child: it has ended where it stood, or is the main thread from now on.
    void endByForkLocked() HEDDLE_REQUIRES(mutex);
    void becomeMainLocked() HEDDLE_REQUIRES(mutex);
};

} // namespace heddle
