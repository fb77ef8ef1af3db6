// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <pthread.h>

namespace heddle {

/// A lock, and a number that it guards, which a process has in common with all that are forked from it.
/// A holder that is killed gives the lock back.
///
/// Threads: any thread of any of these processes.
/// Source:  pthread_mutexattr_setrobust(3), mmap(2) MAP_SHARED.
class ProcessLock
{
public:
    ProcessLock();
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;
    ~ProcessLock();

    void lock();
    void unlock();

    /// Held while it lives.
    class Holding
    {
    public:
        explicit Holding(ProcessLock& lock)
            : m_lock(lock)
        {
            m_lock.lock();
        }
        ~Holding() { m_lock.unlock(); }
        Holding(const Holding&) = delete;
        Holding& operator=(const Holding&) = delete;

        /// The guarded number; 0 at first.
        [[nodiscard]] std::uint64_t& number() { return m_lock.m_room->number; }

    private:
        ProcessLock& m_lock;
    };

private:
    struct Room
    {
        pthread_mutex_t mutex;
        std::uint64_t number;
    };
    Room m_fallback{}; ///< where the system has no memory to share: for this process only
    Room* m_room = nullptr;
};

} // namespace heddle
