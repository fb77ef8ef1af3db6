// SPDX-License-Identifier: Apache-2.0
#include "engine/run/watcher_thread.h"

#include "engine/signals/mask.h"
#include "engine/threads/thread.h"

#include <utility>

namespace heddle {

Result<void> startWatcher(std::string name, std::function<void()> watch)
{
    ThreadOptions options;
    options.name = std::move(name);
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

} // namespace heddle
