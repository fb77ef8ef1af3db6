// SPDX-License-Identifier: Apache-2.0
#include "engine/run/watcher_thread.h"

#include "engine/signals/mask.h"

#include <utility>

namespace heddle {

Result<void> startWatcher(ThreadOptions options, std::function<void()> watch)
{
    options.kind = ThreadKind::Daemon;
    const Result<SignalSet> mask = blockSignalSet(SignalSet::all()); // it inherits that
    Result<void> started =
        Thread([watch = std::move(watch)](const std::stop_token& /*stop*/) { watch(); },
            std::move(options))
            .start();
    if (mask)
        static_cast<void>(setSignalMask(*mask));
    return started;
}

Result<void> startWatcher(std::string name, std::function<void()> watch)
{
    ThreadOptions options;
    options.name = std::move(name);
    return startWatcher(std::move(options), std::move(watch));
}

} // namespace heddle
