// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/threads/event.h"
#include "engine/threads/thread.h"
#include "engine/threads/wait_list.h"

#include <memory>

namespace heddle {

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
    void applyName() const;
    /// Errors: as Thread::join.
    [[nodiscard]] Result<void> join(Deadline deadline, const std::stop_token& wish);
    void begin();
    void end();

    /// In a forked child: it has ended where it stood, or is the main thread from now on.
    void endByForkLocked() HEDDLE_REQUIRES(mutex);
    void becomeMainLocked() HEDDLE_REQUIRES(mutex);
};

} // namespace heddle
