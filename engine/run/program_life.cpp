// SPDX-License-Identifier: Apache-2.0
#include "engine/run/program_life.h"

#include "engine/base/check.h"
#include "engine/base/futex.h"
#include "engine/base/interruption.h"

#include <climits>

namespace heddle {

namespace {

std::atomic<std::uint32_t>& wordIn(SharedArena& arena)
{
    auto* word = arena.make<std::atomic<std::uint32_t>>(0U);
    HEDDLE_ASSERT(word != nullptr, "the arena has room for what every run needs");
    return *word;
}

} // namespace

ProgramLife::ProgramLife(SharedArena& arena)
    : m_hasBegun(wordIn(arena))
{
}

void ProgramLife::begin()
{
    m_hasBegun.store(1);
    futexWake(m_hasBegun, INT_MAX, FutexScope::SharedMemory);
}

void ProgramLife::waitForBeginning()
{
    while (m_hasBegun.load() == 0)
        futexWait(m_hasBegun, 0, Deadline::never(), FutexScope::SharedMemory);
}

void ProgramLife::addPending()
{
    m_pending.fetch_add(1);
}

void ProgramLife::removePending()
{
    if (m_pending.fetch_sub(1) == 1)
        end();
}

void ProgramLife::beginAnew()
{
    m_pending.store(1);
}

void ProgramLife::requestExit(int code)
{
    if (m_isExitRequested.exchange(true))
        return;
    m_exitCode.store(code);
    end();
}

void ProgramLife::end()
{
    m_isOver.store(1);
    futexWake(m_isOver, INT_MAX);
}

bool ProgramLife::waitForEnd(Deadline deadline)
{
    while (m_isOver.load() == 0 && !deadline.isOver()) {
        if (hasInterruption() && runInterruptions() == AfterInterruption::GiveUp) {
            static_cast<void>(interruptedError("wait for the end"));
            break;
        }
        futexWaitInterruptibly(m_isOver, 0, deadline);
    }
    return m_isOver.load() != 0;
}

} // namespace heddle
