// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/run/shared_arena.h"

#include <atomic>
#include <cstdint>

namespace heddle {

/// The life of one process of a program: when its actors begin, for how many of them it still waits, and
/// the exit code that it ends with.
///
/// Threads: any thread of the process.
class ProgramLife
{
public:
    /// Its beginning is in the arena: all processes of the program have it in common.
    explicit ProgramLife(SharedArena& arena);

    /// All actors that are there so far, in whichever process, may go on.
    void begin();
    void waitForBeginning();

    /// An actor that keeps the process alive begins (before its thread does) or has ended.
    void addPending();
    void removePending();

    /// In a child just forked: nobody but its first actor is pending.
    void beginAnew();

    /// The process ends now with this code, whoever still runs. The first one counts.
    void requestExit(int code);

    /// Whether the caller is the one that ends the process: the first that asks.
    [[nodiscard]] bool claimEnd() { return !m_isEndClaimed.exchange(true); }

    /// `main` was ended by SIGINT: so the process is to end.
    void noteInterrupted() { m_isInterrupted.store(true); }
    [[nodiscard]] bool isInterrupted() const { return m_isInterrupted.load(); }

    /// Until nobody is pending or an exit was requested. False: not by then.
    /// Handlers of signals run meanwhile.
    [[nodiscard]] bool waitForEnd(Deadline deadline);

    /// `main` has failed: unless somebody asks for another one, the exit code is 1.
    void noteMainFailed() { m_exitCode.store(1); }
    [[nodiscard]] int exitCode() const { return m_exitCode.load(); }

private:
    void end();

    std::atomic<std::uint32_t>& m_hasBegun; ///< the futex that waitForBeginning sleeps on
    std::atomic<std::uint32_t> m_pending{0};
    std::atomic<std::uint32_t> m_isOver{0}; ///< the futex that waitForEnd sleeps on
    std::atomic<bool> m_isExitRequested{false};
    std::atomic<int> m_exitCode{0};
    std::atomic<bool> m_isEndClaimed{false};
    std::atomic<bool> m_isInterrupted{false};
};

} // namespace heddle
