// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/threads/thread.h"

#include <memory>
#include <string>
#include <vector>

namespace heddle {

/// The lock for what the threads of a process have in common: hooks, and who has which value of its
/// own. Free in a forked child, whoever held it. Nothing is called while it is held.
///
/// Threads: any thread.
/// Source:  pthread_atfork(3).
[[nodiscard]] InternalMutex& processWideMutex();

/// All threads that run, or are about to. Never destroyed: daemons outlive the statics.
///
/// A fork leaves one thread, which is the main one then; the registry of the child says so, and all
/// others count as ended.
///
/// Threads: any thread.
/// Source:  fork(2), pthread_atfork(3).
class ThreadRegistry
{
public:
    using Entry = std::shared_ptr<Thread::State>;

    [[nodiscard]] static ThreadRegistry& instance();
    static void setOwn(Thread::State* own); ///< of the calling thread

    /// Errors: Closed after the end.
    [[nodiscard]] Result<void> add(Entry entry);
    void remove(const Thread::State* state);

    [[nodiscard]] ThreadInfo current() const;
    void setCurrentName(const std::string& name);
    [[nodiscard]] ThreadInfo main() const;
    [[nodiscard]] std::vector<ThreadInfo> live() const;

    /// Waits until no ordinary thread but the caller is left.
    ///
    /// Errors: Timeout, Cancelled.
    [[nodiscard]] Result<void> joinOrdinary(Deadline deadline, const std::stop_token& stop) const;

    /// The same, and nothing can be added afterwards.
    [[nodiscard]] Result<void> joinOrdinaryAndShut(Deadline deadline, const std::stop_token& stop);

private:
    class Foreign;
    ThreadRegistry();
    static void prepareFork();
    static void afterForkInParent();
    static void afterForkInChild();
    void lockAll() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    void unlockAll() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    void keepForkingThreadOnly() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] std::vector<Entry> ordinaryLocked() const HEDDLE_REQUIRES(m_mutex);

    mutable InternalMutex m_mutex; ///< before the mutex of a state where both are taken
    std::vector<Entry> m_entries HEDDLE_GUARDED_BY(m_mutex);
    std::vector<ThreadInfo> m_foreign HEDDLE_GUARDED_BY(m_mutex); ///< those that asked who they are
    std::string m_mainName HEDDLE_GUARDED_BY(m_mutex) = "main"; ///< unless m_main has one
    bool m_isMainForking HEDDLE_GUARDED_BY(m_mutex) = false;
    Entry m_main HEDDLE_GUARDED_BY(m_mutex); ///< one of ours that became it by a fork
    bool m_isShut HEDDLE_GUARDED_BY(m_mutex) = false;
};

} // namespace heddle
