// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

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
/// Threads: any thread.
class HEDDLE_CAPABILITY("mutex") InternalMutex
{
public:
    void lock() HEDDLE_ACQUIRE() { m_mutex.lock(); }
    void unlock() HEDDLE_RELEASE() { m_mutex.unlock(); }

private:
    std::mutex m_mutex;
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
