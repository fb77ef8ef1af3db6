// SPDX-License-Identifier: Apache-2.0
#include "engine/base/interruption.h"

#include <array>
#include <cerrno>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr auto kLookEach = std::chrono::milliseconds(20);

constinit std::atomic<bool> isVectorWaitMissing{false};

struct futex_waitv entryFor(
    const std::atomic<std::uint32_t>& word, std::uint32_t expected, FutexScope scope)
{
    struct futex_waitv entry
    {
    };
    entry.val = expected;
    entry.uaddr = reinterpret_cast<std::uintptr_t>(&word); // the form the kernel wants
    entry.flags = FUTEX_32 | (scope == FutexScope::ThisProcess ? FUTEX_PRIVATE_FLAG : 0U);
    return entry;
}

FutexWait waitForBoth(const std::array<struct futex_waitv, 2>& entries, Deadline deadline)
{
    timespec moment{};
    if (!deadline.isNever()) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(deadline.moment());
        moment.tv_sec = seconds.count();
        moment.tv_nsec = (deadline.moment() - seconds).count();
    }
    const long outcome = ::syscall(SYS_futex_waitv, entries.data(), entries.size(), 0,
        deadline.isNever() ? nullptr : &moment, CLOCK_MONOTONIC);
    if (outcome == -1 && (errno == ENOSYS || errno == EPERM)) // old, or a container's filter
        isVectorWaitMissing.store(true, std::memory_order_relaxed);
    return outcome == -1 && errno == ETIMEDOUT ? FutexWait::TimedOut : FutexWait::Woken;
}

} // namespace

AfterInterruption runInterruptions()
{
    InterruptionSource* source = currentInterruptions;
    if (source != nullptr && source->isPending() && source->run() == AfterInterruption::GiveUp)
        isGiveUpKept = true;
    return isGiveUpKept && giveUpsPutOff == 0 ? AfterInterruption::GiveUp : AfterInterruption::GoOn;
}

Error interruptedError(const char* operation)
{
    isGiveUpKept = false;
    return Error{ErrorKind::Interrupted, 0, operation, {}};
}

FutexWait futexWaitInterruptibly(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
    Deadline deadline, FutexScope scope) noexcept
{
    const InterruptionSource* source = currentInterruptions;
    if (source == nullptr)
        return futexWait(word, expected, deadline, scope);
    // The word first: what becomes pending after the question has changed it before the wait.
    const std::uint32_t seen = source->word().load(std::memory_order_acquire);
    if (hasInterruption())
        return FutexWait::Woken;
    if (!isVectorWaitMissing.load(std::memory_order_relaxed))
        return waitForBoth({entryFor(word, expected, scope),
                               entryFor(source->word(), seen, FutexScope::ThisProcess)},
            deadline);
    const Deadline next = Deadline::after(kLookEach);
    if (deadline.isNever() || next.moment() < deadline.moment()) {
        static_cast<void>(futexWait(word, expected, next, scope));
        return FutexWait::Woken;
    }
    return futexWait(word, expected, deadline, scope);
}

} // namespace heddle
