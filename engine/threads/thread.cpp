// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread.h"

#include "engine/base/interruption.h"
#include "engine/base/locks.h"
#include "engine/record/recorder.h"
#include "engine/threads/event.h"
#include "engine/threads/uncaught.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <utility>

#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kSystemNameLength = 15; // pthread_setname_np(3)

std::string defaultName()
{
    static std::atomic<int> unnamed{0};
    return "Thread-" + std::to_string(unnamed.fetch_add(1, std::memory_order_relaxed) + 1);
}

} // namespace

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

    [[nodiscard]] ThreadInfo info() const
    {
        const InternalLock lock(mutex);
        return ThreadInfo{name, nativeId, kind, false, false};
    }
    void applyName() const;
    [[nodiscard]] Result<void> join(Deadline deadline, const std::stop_token& wish);
    void begin(const std::shared_ptr<State>& self);
    void end();
};

/// All threads that run. Never destroyed, for the same reason.
class ThreadRegistry
{
public:
    using Entry = std::shared_ptr<Thread::State>;
    static ThreadRegistry& instance()
    {
        static auto* const one = new ThreadRegistry;
        return *one;
    }
    void add(Entry entry)
    {
        const InternalLock lock(m_mutex);
        m_running.push_back(std::move(entry));
    }
    void remove(const Thread::State* state)
    {
        const InternalLock lock(m_mutex);
        std::erase_if(m_running, [state](const Entry& entry) { return entry.get() == state; });
    }
    [[nodiscard]] std::vector<ThreadInfo> infos() const
    {
        std::vector<ThreadInfo> all;
        for (const Entry& entry : entries())
            all.push_back(entry->info());
        return all;
    }

    // Joins one ordinary thread other than the caller; false if there is none.
    [[nodiscard]] Result<bool> joinOne(Deadline deadline, const std::stop_token& stop) const
    {
        for (const Entry& entry : entries()) {
            const ThreadInfo info = entry->info();
            if (info.kind == ThreadKind::Daemon || info.nativeId == ::gettid())
                continue;
            const Result<void> joined = entry->join(deadline, stop);
            if (!joined)
                return joined.error();
            return true;
        }
        return false;
    }

private:
    [[nodiscard]] std::vector<Entry> entries() const
    {
        const InternalLock lock(m_mutex);
        return m_running;
    }
    mutable InternalMutex m_mutex;
    std::vector<Entry> m_running HEDDLE_GUARDED_BY(m_mutex);
};

void Thread::State::applyName() const
{
    if (info().nativeId == ::gettid())
        static_cast<void>(::pthread_setname_np(
            ::pthread_self(), info().name.substr(0, kSystemNameLength).c_str()));
}

void Thread::State::begin(const std::shared_ptr<State>& self)
{
    {
        const InternalLock lock(mutex);
        nativeId = ::gettid();
    }
    applyName();
    if (actor)
        bindThread(actor);
    ThreadRegistry::instance().add(self);
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

Thread::Thread(Body body, ThreadOptions options)
    : m_state(std::make_shared<State>())
{
    const InternalLock lock(m_state->mutex);
    m_state->name = options.name.empty() ? defaultName() : std::move(options.name);
    m_state->kind = options.kind;
    m_state->body = std::move(body);
    m_state->stackBytes = options.stackBytes;
    m_state->actor = options.actor;
}

Thread::~Thread()
{
    if (!m_state || kind() == ThreadKind::Daemon || !isAlive())
        return;
    requestStop();
    const GiveUpsPutOff untilJoined;
    static_cast<void>(
        join()); // its own destructor running on itself gets WouldDeadlock and goes on
}

Result<void> Thread::start()
{
    {
        const InternalLock lock(m_state->mutex);
        if (m_state->phase != State::Phase::Created)
            return Error{ErrorKind::AlreadyStarted, 0, "start", "a thread is started once"};
        m_state->phase = State::Phase::Started;
    }
    Result<void> launched = launch();
    if (!launched) {
        const InternalLock lock(m_state->mutex);
        m_state->phase = State::Phase::Created;
        return launched;
    }
    const GiveUpsPutOff untilItRuns; // it does in any case
    return m_state->running.wait();
}

Result<void> Thread::launch()
{
    pthread_attr_t attributes;
    if (const int failed = ::pthread_attr_init(&attributes); failed != 0)
        return systemError(failed, "pthread_attr_init");
    static_cast<void>(::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED));
    int refused = 0;
    if (m_state->stackBytes != 0)
        refused = ::pthread_attr_setstacksize(&attributes, m_state->stackBytes);
    if (refused != 0) {
        static_cast<void>(::pthread_attr_destroy(&attributes));
        return Error{ErrorKind::InvalidArgument, 0, "start", "the stack is too small"};
    }
    auto given = std::make_unique<std::shared_ptr<State>>(m_state);
    pthread_t thread{};
    const int failed = ::pthread_create(&thread, &attributes, enter, given.get());
    static_cast<void>(::pthread_attr_destroy(&attributes));
    if (failed != 0)
        return systemError(failed, "pthread_create");
    static_cast<void>(given.release()); // the thread's now
    return {};
}

void* Thread::enter(void* given)
{
    const std::unique_ptr<std::shared_ptr<State>> state(
        static_cast<std::shared_ptr<State>*>(given));
    run(*state);
    return nullptr;
}

void Thread::run(const std::shared_ptr<State>& state)
{
    state->begin(state);
    EventKind how = EventKind::ActorFinished;
    NameId error;
    try {
        if (state->body)
            state->body(state->stop.get_token());
    } catch (const ThreadExit&) {
        how = EventKind::ActorFinished; // it asked for just that
    } catch (...) {
        how = EventKind::ActorFailed;
        error = defineName(textOf(std::current_exception()));
        tellOfUncaught(state->info(), std::current_exception());
    }
    state->body = nullptr; // what it holds goes before anybody hears of the end
    if (state->actor)
        unbindThread(how, error);
    state->end();
}

Result<void> Thread::join(Deadline deadline, const std::stop_token& stop)
{
    return m_state->join(deadline, stop);
}

void Thread::requestStop()
{
    m_state->stop.request_stop();
}

bool Thread::isAlive() const
{
    const InternalLock lock(m_state->mutex);
    return m_state->phase == State::Phase::Started;
}

std::string Thread::name() const
{
    return m_state->info().name;
}

void Thread::setName(std::string name)
{
    {
        const InternalLock lock(m_state->mutex);
        m_state->name = std::move(name);
    }
    m_state->applyName();
}

pid_t Thread::nativeId() const
{
    return m_state->info().nativeId;
}

ThreadKind Thread::kind() const
{
    return m_state->info().kind;
}

Result<void> Thread::setKind(ThreadKind kind)
{
    const InternalLock lock(m_state->mutex);
    if (m_state->phase != State::Phase::Created)
        return Error{
            ErrorKind::AlreadyStarted, 0, "set kind", "it is fixed once the thread is started"};
    m_state->kind = kind;
    return {};
}

ThreadInfo mainThread()
{
    return ThreadInfo{"main", ::getpid(), ThreadKind::Ordinary, true, false};
}

ThreadInfo currentThread()
{
    const pid_t own = ::gettid();
    if (own == ::getpid())
        return mainThread();
    for (const ThreadInfo& info : ThreadRegistry::instance().infos()) {
        if (info.nativeId == own)
            return info;
    }
    return ThreadInfo{"foreign-" + std::to_string(own), own, ThreadKind::Daemon, false, true};
}

std::vector<ThreadInfo> liveThreads()
{
    std::vector<ThreadInfo> all = ThreadRegistry::instance().infos();
    all.insert(all.begin(), mainThread());
    return all;
}

Result<void> joinOrdinaryThreads(Deadline deadline, const std::stop_token& stop)
{
    for (;;) {
        const Result<bool> one = ThreadRegistry::instance().joinOne(deadline, stop);
        if (!one)
            return one.error();
        if (!*one)
            return {};
    }
}

} // namespace heddle
