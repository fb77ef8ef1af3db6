// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/shutdown.h"

#include "engine/base/locks.h"
#include "engine/threads/thread_registry.h"
#include "engine/threads/uncaught.h"

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

namespace heddle {

namespace {

// Under the process-wide mutex. Never destroyed: daemons outlive the statics.
struct ShutdownHooks
{
    bool hasBegun = false;
    std::vector<std::function<void()>> hooks;
};

ShutdownHooks& shutdownHooks()
{
    static auto* const one = new ShutdownHooks;
    return *one;
}

void callHooks()
{
    std::vector<std::function<void()>> hooks;
    {
        const InternalLock lock(processWideMutex());
        shutdownHooks().hasBegun = true;
        hooks = std::exchange(shutdownHooks().hooks, {});
    }
    for (auto hook = hooks.rbegin(); hook != hooks.rend(); ++hook) {
        try {
            (*hook)();
        } catch (...) {
            tellOfUncaught(currentThread(), std::current_exception());
        }
    }
}

} // namespace

Result<void> atThreadShutdown(std::function<void()> hook)
{
    const InternalLock lock(processWideMutex());
    if (shutdownHooks().hasBegun)
        return Error{ErrorKind::Closed, 0, "add a hook", "the threads are being shut down"};
    shutdownHooks().hooks.push_back(std::move(hook));
    return {};
}

Result<void> shutDownThreads(Deadline deadline, const std::stop_token& stop)
{
    callHooks();
    return ThreadRegistry::instance().joinOrdinaryAndShut(deadline, stop);
}

Result<void> shutDownThreadsAtExit()
{
    static const bool isSet =
        std::atexit([] { static_cast<void>(shutDownThreads()); }) == 0; // NOLINT(cert-err33-c)
    if (!isSet)
        return systemError(ENOMEM, "atexit");
    return {};
}

} // namespace heddle
