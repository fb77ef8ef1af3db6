// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread.h"

#include "engine/base/interruption.h"
#include "engine/base/locks.h"
#include "engine/record/recorder.h"
#include "engine/threads/thread_local_value.h"
#include "engine/threads/thread_registry.h"
#include "engine/threads/thread_state.h"
#include "engine/threads/uncaught.h"

#include <atomic>
#include <utility>

#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

std::string defaultName()
{
    static std::atomic<int> unnamed{0};
    return "Thread-" + std::to_string(unnamed.fetch_add(1, std::memory_order_relaxed) + 1);
}

// As the thread that makes it; one that is not ours counts as ordinary.
ThreadKind inheritedKind()
{
    const ThreadInfo creator = currentThread();
    return creator.isForeign ? ThreadKind::Ordinary : creator.kind;
}

} // namespace

Thread::Thread(Body body, ThreadOptions options)
    : m_state(std::make_shared<State>())
{
    const ThreadKind kind = options.kind ? *options.kind : inheritedKind();
    const InternalLock lock(m_state->mutex);
    m_state->name = options.name.empty() ? defaultName() : std::move(options.name);
    m_state->kind = kind;
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
    Result<void> launched = ThreadRegistry::instance().add(m_state);
    if (launched)
        launched = launch();
    if (!launched) {
        ThreadRegistry::instance().remove(m_state.get());
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
    state->begin();
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
    releaseThreadValues();
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
    m_state->setName(std::move(name));
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
    return ThreadRegistry::instance().main();
}

void setCurrentThreadName(const std::string& name)
{
    ThreadRegistry::instance().setCurrentName(name);
}

ThreadInfo currentThread()
{
    return ThreadRegistry::instance().current();
}

std::vector<ThreadInfo> liveThreads()
{
    return ThreadRegistry::instance().live();
}

Result<void> joinOrdinaryThreads(Deadline deadline, const std::stop_token& stop)
{
    return ThreadRegistry::instance().joinOrdinary(deadline, stop);
}

} // namespace heddle
