// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace heddle::app {

/// What `heddle render` was asked for.
///
/// Units:   pixels; nanoseconds since the start of the trace.
struct RenderOptions
{
    std::string tracePath; ///< a .pftrace
    std::string outputPath; ///< ends in .png or .svg
    int width = 1600;
    int height = 0; ///< 0: as high as all lanes need
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    bool isDark = false;
};

/// Draws the timeline of a trace into a file, without a display; whole or not at all.
///
/// Messages go to standard error. Result: an exit code: 0 done; 2 if the trace or the options are not
/// valid (a damaged trace is drawn as far as it goes and ends in 2); 6 if the system refused.
///
/// Threads: the main thread; makes a QGuiApplication on the offscreen platform if there is none.
[[nodiscard]] int renderCommand(const RenderOptions& options);

/// Draws a trace that is at hand; as renderCommand otherwise.
[[nodiscard]] int renderTrace(
    const std::shared_ptr<const Trace>& trace, const RenderOptions& options);

} // namespace heddle::app
