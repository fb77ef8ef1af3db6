// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/futex.h"

#include <atomic>
#include <cstdint>

// Clang's thread safety annotations; nothing with other compilers.
#if defined(__clang__)
#define HEDDLE_ANNOTATION(x) __attribute__((x))
#else
#define HEDDLE_ANNOTATION(x)
#endif
#define HEDDLE_CAPABILITY(x) HEDDLE_ANNOTATION(capability(x))
#define HEDDLE_SCOPED_CAPABILITY HEDDLE_ANNOTATION(scoped_lockable)
#define HEDDLE_GUARDED_BY(x) HEDDLE_ANNOTATION(guarded_by(x))
#define HEDDLE_REQUIRES(...) HEDDLE_ANNOTATION(requires_capability(__VA_ARGS__))
#define HEDDLE_ACQUIRE(...) HEDDLE_ANNOTATION(acquire_capability(__VA_ARGS__))
#define HEDDLE_RELEASE(...) HEDDLE_ANNOTATION(release_capability(__VA_ARGS__))
#define HEDDLE_EXCLUDES(...) HEDDLE_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace heddle {

/// The engine's own lock for its own data (not one of a user's program, which is never recorded).
///
/// One word for the futex: half the price of the C library's, and whoever holds it is of no matter, so
/// that a forked child can free what it held before the fork.
///
/// Threads: any thread; not inside a signal handler.
/// Source:  Drepper, Futexes Are Tricky; futex(2).
class HEDDLE_CAPABILITY("mutex") InternalMutex
{
public:
    void lock() HEDDLE_ACQUIRE()
    {
        std::uint32_t free = kFree;
        if (!m_word.compare_exchange_strong(
                free, kTaken, std::memory_order_acquire, std::memory_order_relaxed))
            lockSlowly();
    }
    void unlock() HEDDLE_RELEASE()
    {
        if (m_word.exchange(kFree, std::memory_order_release) == kAwaited)
            futexWake(m_word, 1);
    }

private:
    static constexpr std::uint32_t kFree = 0;
    static constexpr std::uint32_t kTaken = 1;
    static constexpr std::uint32_t kAwaited = 2; ///< taken, and perhaps somebody sleeps

    void lockSlowly() noexcept;

    std::atomic<std::uint32_t> m_word{kFree};
};

/// Holds an InternalMutex as long as it lives.
class HEDDLE_SCOPED_CAPABILITY InternalLock
{
public:
    explicit InternalLock(InternalMutex& mutex) HEDDLE_ACQUIRE(mutex)
        : m_mutex(mutex)
    {
        m_mutex.lock();
    }
    ~InternalLock() HEDDLE_RELEASE() { m_mutex.unlock(); }
    InternalLock(const InternalLock&) = delete;
    InternalLock& operator=(const InternalLock&) = delete;

private:
    InternalMutex& m_mutex;
};

} // namespace heddle
