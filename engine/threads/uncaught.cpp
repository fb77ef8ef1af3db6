// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/uncaught.h"

#include "engine/base/locks.h"
#include "engine/threads/thread_registry.h"

#include <cstdio>
#include <utility>

namespace heddle {

namespace {

// Under the process-wide mutex. Never destroyed: daemons outlive the statics.
UncaughtHook& hook()
{
    static auto* const one = new UncaughtHook;
    return *one;
}

} // namespace

void printUncaught(const ThreadInfo& thread, const std::exception_ptr& exception)
{
    static_cast<void>(std::fprintf(
        stderr, "exception in thread %s: %s\n", thread.name.c_str(), textOf(exception).c_str()));
}

void tellOfUncaught(const ThreadInfo& thread, const std::exception_ptr& exception)
{
    UncaughtHook current;
    {
        const InternalLock lock(processWideMutex());
        current = hook();
    }
    if (!current) {
        printUncaught(thread, exception);
        return;
    }
    try {
        current(thread, exception);
    } catch (...) {
        printUncaught(thread, exception);
        ThreadInfo withinHook = thread;
        withinHook.name += " (in the uncaught hook)";
        printUncaught(withinHook, std::current_exception());
    }
}

UncaughtHook setUncaughtHook(UncaughtHook next)
{
    const InternalLock lock(processWideMutex());
    return std::exchange(hook(), std::move(next));
}

std::string textOf(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& known) {
        return known.what();
    } catch (...) {
        return "unknown exception";
    }
}

} // namespace heddle
