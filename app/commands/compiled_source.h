// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/run_options.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle::app {

/// Which program a command is about.
struct SourceRequest
{
    std::string file; ///< path, gallery id or -
    std::vector<std::pair<std::string, std::string>> constants; ///< `--set`
    bool json = false; ///< what is wrong is printed as one object, too
    bool quiet = false; ///< no warnings
    std::string name; ///< in place of `file`, if given
};

struct CompiledSource
{
    RunSource source;
    std::shared_ptr<const Code> code;
};

/// Reads and compiles a program. What is wrong with it has been said when nothing comes back: the
/// exit code is then Invalid.
[[nodiscard]] std::optional<CompiledSource> compileSource(const SourceRequest& request);

} // namespace heddle::app
