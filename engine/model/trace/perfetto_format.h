// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/trace/trace.h"

#include <memory>
#include <string>

namespace heddle {

/// A trace read from a file, with what was wrong with the file, if anything.
struct LoadedTrace
{
    std::shared_ptr<const Trace> trace;
    std::string damage; ///< one sentence with the byte offset, empty if all was read
};

/// Writes the trace as a Perfetto protobuf trace, whole or not at all (a temporary file is renamed).
///
/// Errors:  SystemCall with the path.
/// Threads: any thread.
/// Source:  protos/perfetto/trace/trace.proto of Perfetto; fields are listed in the .cpp.
[[nodiscard]] Result<void> savePerfetto(const Trace& trace, const std::string& path);

/// Reads a `.pftrace` that Heddle or another tool wrote; a damaged file gives what came before the damage.
///
/// Errors:  SystemCall if it cannot be read; BadTrace if nothing in it is a trace.
[[nodiscard]] Result<LoadedTrace> loadPerfetto(const std::string& path);

/// Writes Chrome's JSON trace event format (object form).
[[nodiscard]] Result<void> saveChromeJson(const Trace& trace, const std::string& path);

} // namespace heddle
