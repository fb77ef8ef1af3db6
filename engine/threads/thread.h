// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"

#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// Whether the program's end waits for a thread.
enum class ThreadKind
{
    Ordinary,
    Daemon
};

struct ThreadOptions
{
    std::string name{}; ///< empty: "Thread-N", where N counts the unnamed (bodies have no name)
    std::optional<ThreadKind>
        kind{}; ///< nothing: as the thread that makes it; foreign ones count as ordinary
    std::size_t stackBytes = 0; ///< 0: the system's default
    ActorId actor{}; ///< what it records as; 0 for nothing
};

/// What is known of a thread from outside.
struct ThreadInfo
{
    std::string name;
    pid_t nativeId = 0;
    ThreadKind kind = ThreadKind::Ordinary;
    bool isMain = false;
    bool isForeign = false; ///< not started by a Thread
};

/// Thrown by a body that wants its thread to end, without a word.
struct ThreadExit
{
};

/// What can be called, but not with a stop token.
template <typename Call>
concept PlainBody = std::invocable<Call&> && !std::invocable<Call&, const std::stop_token&>;

/// A thread with a name, a body that may be asked to stop, and an end that can be waited for.
///
/// It is created, started, ended, each once. When an ordinary one is destroyed it is asked to stop
/// and joined; a daemon is left to itself. An exception that leaves the body goes to the uncaught
/// hook; the process goes on. In a forked child the thread that forked is the main one, and all
/// others have ended.
///
/// Threads: any thread; destroyed and moved by one.
/// Source:  pthread_create(3), pthread_attr_setstacksize(3), gettid(2).
class Thread
{
public:
    using Body = std::function<void(const std::stop_token&)>;
    struct State; ///< the engine's own

    /// A thread that is not started yet. The body and what it holds are released before its end is heard of.
    explicit Thread(Body body, ThreadOptions options = {});
    /// The same with a body that does not ask whether it should stop.
    template <PlainBody Call>
    explicit Thread(Call call, ThreadOptions options = {})
        : Thread(Body([call = std::move(call)](const std::stop_token&) mutable { call(); }),
            std::move(options))
    {
    }
    Thread(Thread&& other) noexcept = default;
    Thread& operator=(Thread&& other) = delete;
    ~Thread();

    /// Starts it; when this returns it runs and its native id is known. An empty body does nothing.
    ///
    /// Errors: AlreadyStarted; InvalidArgument if the stack is too small; Closed once the threads have
    ///         been shut down; SystemCall of pthread_create. It is as if it had not been tried then.
    [[nodiscard]] Result<void> start();

    /// Waits for its end. Any number of threads may do so.
    ///
    /// Errors: NotStarted; WouldDeadlock if it is the caller; Timeout; Cancelled; Interrupted.
    [[nodiscard]] Result<void> join(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Asks the body to stop, through its token.
    void requestStop();

    /// Whether it has been started and has not ended.
    [[nodiscard]] bool isAlive() const;

    /// The name by which lists and errors know it; it may be changed at any time.
    [[nodiscard]] std::string name() const;

    /// Changes the name, and what the system shows of it while the thread runs: its first 15 bytes, in
    /// debuggers. (Without /proc the system keeps the former one, unless the thread calls this itself.)
    ///
    /// Source: pthread_setname_np(3), proc(5): /proc/[pid]/task/[tid]/comm.
    void setName(std::string name);

    /// The system's number of the thread, which others get after its end. 0 before it was started.
    ///
    /// Source: gettid(2).
    [[nodiscard]] pid_t nativeId() const;

    /// Whether the program's end waits for it.
    [[nodiscard]] ThreadKind kind() const;

    /// Says whether the program's end waits for it; fixed by the start.
    ///
    /// Errors: AlreadyStarted.
    [[nodiscard]] Result<void> setKind(ThreadKind kind);

private:
    static void* enter(void* given);
    static void run(const std::shared_ptr<State>& state);
    [[nodiscard]] Result<void> launch();

    std::shared_ptr<State> m_state;
};

/// The calling thread. One that was not started by a Thread is foreign, and listed from this question on.
///
/// Threads: any thread.
[[nodiscard]] ThreadInfo currentThread();

/// Gives the calling thread a name, also the main thread or a foreign one, which have no Thread. The
/// system shows its first 15 bytes; those of the main thread stand for the process, too.
///
/// Threads: any thread.
/// Source:  pthread_setname_np(3).
void setCurrentThreadName(const std::string& name);

/// The thread that the process began with; in a forked child the one that forked.
///
/// Threads: any thread.
[[nodiscard]] ThreadInfo mainThread();

/// All threads that live: the main thread, which comes first, those that were started by a Thread, and
/// foreign ones that have asked for currentThread(), which nobody can join. A thread that has been
/// joined is never among them.
///
/// Threads: any thread.
[[nodiscard]] std::vector<ThreadInfo> liveThreads();

/// Waits until every ordinary thread has ended, also those that others start meanwhile.
///
/// Errors: Timeout, Cancelled, Interrupted.
[[nodiscard]] Result<void> joinOrdinaryThreads(
    Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// Told of exceptions that leave the body of a thread. The default is printUncaught(); a hook that
/// throws is itself reported on the standard error.
using UncaughtHook =
    std::function<void(const ThreadInfo& thread, const std::exception_ptr& exception)>;

/// Sets the hook and returns the former one; an empty one is the default.
///
/// Threads: any thread.
UncaughtHook setUncaughtHook(UncaughtHook hook);

/// Prints the thread's name and the exception's text on the standard error.
///
/// Threads: any thread.
void printUncaught(const ThreadInfo& thread, const std::exception_ptr& exception);

/// What an exception says of itself; "unknown exception" if nothing.
[[nodiscard]] std::string textOf(const std::exception_ptr& exception);

} // namespace heddle
