// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"
#include "engine/model/trace/perfetto_format.h"

#include <string>

namespace heddle::app {

/// Whether the extension is one of a recording that can be read: `.pftrace`.
[[nodiscard]] bool isTraceName(const std::string& path);

/// Whether the extension is one that a recording can be written as: `.pftrace` or `.json`.
[[nodiscard]] bool isTraceTargetName(const std::string& path);

/// Whether there is a file that could be read as a recording.
///
/// Errors: BadTrace with one sentence for people.
[[nodiscard]] Result<void> checkTraceSource(const std::string& path);

/// Reads a recording. What is wrong with the file stands in `damage`.
///
/// Errors: BadTrace with one sentence for people.
[[nodiscard]] Result<LoadedTrace> readTrace(const std::string& path);

/// Whether a recording could be written here, asked before there is one: `.pftrace` or `.json`, in a
/// folder that may be written.
///
/// Errors: InvalidArgument for another extension; SystemCall where the system refuses. Both with one
///         sentence for people in `detail`.
[[nodiscard]] Result<void> checkTraceTarget(const std::string& path);

/// Writes the recording in the form of the extension, whole or not at all.
[[nodiscard]] Result<void> writeTrace(const Trace& trace, const std::string& path);

} // namespace heddle::app
