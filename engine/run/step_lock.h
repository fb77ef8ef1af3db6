// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/process_lock.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace heddle {

/// What is held while several steps are one for everybody else: for the threads of a process, or for all
/// processes that are forked from this one. Of these, one that is killed while it holds it gives it back.
///
/// Threads: any thread. As std::mutex; taken and given back by instructions, so without annotations.
class StepLock
{
public:
    enum class Holds : std::uint8_t
    {
        InProcess,
        BetweenProcesses
    };
    explicit StepLock(Holds holds)
    {
        if (holds == Holds::BetweenProcesses)
            m_between.emplace();
    }

    void lock() { m_between ? m_between->lock() : m_inProcess.lock(); }
    void unlock() { m_between ? m_between->unlock() : m_inProcess.unlock(); }

private:
    std::mutex m_inProcess;
    std::optional<ProcessLock> m_between;
};

} // namespace heddle
