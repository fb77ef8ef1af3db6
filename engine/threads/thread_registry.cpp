// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread_registry.h"

#include "engine/threads/thread_state.h"

#include <algorithm>
#include <utility>

#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

constinit thread_local Thread::State* ownState = nullptr;

ThreadInfo foreignInfo(pid_t nativeId)
{
    return ThreadInfo{
        "foreign-" + std::to_string(nativeId), nativeId, ThreadKind::Daemon, false, true};
}

} // namespace

InternalMutex& processWideMutex()
{
    static auto* const one = new InternalMutex;
    return *one;
}

// In the list from its first question to its end, unless a fork has made it the main thread.
class ThreadRegistry::Foreign
{
public:
    Foreign()
    {
        ThreadRegistry& registry = instance();
        const InternalLock lock(registry.m_mutex);
        registry.m_foreign.push_back(foreignInfo(m_nativeId));
    }
    ~Foreign()
    {
        ThreadRegistry& registry = instance();
        const InternalLock lock(registry.m_mutex);
        std::erase_if(registry.m_foreign,
            [this](const ThreadInfo& one) { return one.nativeId == m_nativeId; });
    }
    Foreign(const Foreign&) = delete;
    Foreign& operator=(const Foreign&) = delete;

    /// Has the caller in the list, and says its native id.
    static pid_t listCaller()
    {
        static thread_local const Foreign own;
        return own.m_nativeId;
    }

private:
    const pid_t m_nativeId = ::gettid();
};

ThreadRegistry::ThreadRegistry()
{
    static_cast<void>(::pthread_atfork(prepareFork, afterForkInParent, afterForkInChild));
}

ThreadRegistry& ThreadRegistry::instance()
{
    static auto* const one = new ThreadRegistry;
    return *one;
}

void ThreadRegistry::setOwn(Thread::State* own)
{
    ownState = own;
}

Result<void> ThreadRegistry::add(Entry entry)
{
    const InternalLock lock(m_mutex);
    if (m_isShut)
        return Error{ErrorKind::Closed, 0, "start", "the program's threads have been shut down"};
    m_entries.push_back(std::move(entry));
    return {};
}

void ThreadRegistry::remove(const Thread::State* state)
{
    const InternalLock lock(m_mutex);
    std::erase_if(m_entries, [state](const Entry& entry) { return entry.get() == state; });
}

std::vector<ThreadRegistry::Entry> ThreadRegistry::entries() const
{
    const InternalLock lock(m_mutex);
    return m_entries;
}

ThreadInfo ThreadRegistry::main() const
{
    const InternalLock lock(m_mutex);
    return ThreadInfo{
        m_main ? m_main->info().name : m_mainName, ::getpid(), ThreadKind::Ordinary, true, false};
}

ThreadInfo ThreadRegistry::current() const
{
    if (::gettid() == ::getpid())
        return main();
    if (ownState != nullptr)
        return ownState->info();
    const pid_t nativeId = Foreign::listCaller();
    const InternalLock lock(m_mutex);
    for (const ThreadInfo& one : m_foreign) {
        if (one.nativeId == nativeId)
            return one;
    }
    return foreignInfo(nativeId); // its end has begun
}

void ThreadRegistry::setCurrentName(const std::string& name)
{
    if (ownState != nullptr) {
        ownState->setName(name);
        return;
    }
    showOwnName(name);
    const pid_t foreign = ::gettid() == ::getpid() ? 0 : Foreign::listCaller();
    const InternalLock lock(m_mutex);
    if (foreign == 0)
        m_mainName = name;
    for (ThreadInfo& one : m_foreign) {
        if (one.nativeId == foreign)
            one.name = name;
    }
}

std::vector<ThreadInfo> ThreadRegistry::live() const
{
    std::vector<ThreadInfo> all{main()};
    for (const Entry& entry : entries()) {
        ThreadInfo info = entry->info();
        if (info.nativeId != 0) // it does not run yet
            all.push_back(std::move(info));
    }
    const InternalLock lock(m_mutex);
    all.insert(all.end(), m_foreign.begin(), m_foreign.end());
    return all;
}

std::vector<ThreadRegistry::Entry> ThreadRegistry::ordinaryLocked() const
{
    std::vector<Entry> found = m_entries;
    std::erase_if(found, [](const Entry& entry) {
        return entry.get() == ownState || entry->info().kind == ThreadKind::Daemon;
    });
    return found;
}

Result<void> ThreadRegistry::joinOrdinary(Deadline deadline, const std::stop_token& stop) const
{
    for (;;) {
        std::vector<Entry> found;
        {
            const InternalLock lock(m_mutex);
            found = ordinaryLocked();
        }
        if (found.empty())
            return {};
        Result<void> joined = found.front()->join(deadline, stop);
        if (!joined)
            return joined;
    }
}

Result<void> ThreadRegistry::joinOrdinaryAndShut(Deadline deadline, const std::stop_token& stop)
{
    for (;;) {
        Result<void> joined = joinOrdinary(deadline, stop);
        if (!joined)
            return joined;
        const InternalLock lock(m_mutex);
        if (!ordinaryLocked().empty())
            continue; // somebody was faster
        m_isShut = true;
        return {};
    }
}

// Whoever holds one of these locks is let finish before the fork, so that the child finds what they
// protect whole and can free them.
void ThreadRegistry::prepareFork()
{
    instance().lockAll();
}

void ThreadRegistry::afterForkInParent()
{
    instance().unlockAll();
}

void ThreadRegistry::afterForkInChild()
{
    instance().keepForkingThreadOnly();
}

void ThreadRegistry::lockAll()
{
    processWideMutex().lock();
    m_mutex.lock();
    m_isMainForking = ::gettid() == ::getpid();
    for (const Entry& entry : m_entries)
        entry->mutex.lock();
}

void ThreadRegistry::unlockAll()
{
    for (const Entry& entry : m_entries)
        entry->mutex.unlock();
    m_mutex.unlock();
    processWideMutex().unlock();
}

void ThreadRegistry::keepForkingThreadOnly()
{
    for (const Entry& entry : m_entries) {
        if (entry.get() == ownState) {
            entry->becomeMainLocked();
            m_main = entry;
        } else {
            entry->endByForkLocked();
        }
    }
    m_foreign.clear();
    if (!m_isMainForking)
        m_mainName = "main";
    const std::vector<Entry> gone = std::exchange(m_entries, {});
    for (const Entry& entry : gone)
        entry->mutex.unlock();
    m_mutex.unlock();
    processWideMutex().unlock();
}

} // namespace heddle
