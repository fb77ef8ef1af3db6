// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/uncaught.h"

#include "engine/base/locks.h"

#include <cstdio>
#include <utility>

namespace heddle {

namespace {

struct HookHolder
{
    InternalMutex mutex;
    UncaughtHook hook HEDDLE_GUARDED_BY(mutex);
};

// Never destroyed: daemons outlive the statics.
HookHolder& hookHolder()
{
    static auto* const one = new HookHolder;
    return *one;
}

void printUncaught(const std::string& thread, const std::string& text)
{
    static_cast<void>(
        std::fprintf(stderr, "exception in thread %s: %s\n", thread.c_str(), text.c_str()));
}

} // namespace

void tellOfUncaught(const ThreadInfo& thread, const std::exception_ptr& exception)
{
    UncaughtHook hook;
    {
        HookHolder& holder = hookHolder();
        const InternalLock lock(holder.mutex);
        hook = holder.hook;
    }
    if (!hook) {
        printUncaught(thread.name, textOf(exception));
        return;
    }
    try {
        hook(thread, exception);
    } catch (...) {
        printUncaught(thread.name, textOf(exception));
        printUncaught(thread.name + " (in the uncaught hook)", textOf(std::current_exception()));
    }
}

UncaughtHook setUncaughtHook(UncaughtHook hook)
{
    HookHolder& holder = hookHolder();
    const InternalLock lock(holder.mutex);
    return std::exchange(holder.hook, std::move(hook));
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
