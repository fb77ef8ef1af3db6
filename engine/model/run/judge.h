// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/model/trace/trace.h"

#include <memory>

namespace heddle {

/// Judges what a run showed by the program's expectations, invariants and assertions.
///
/// An expectation that one run cannot decide is Unchecked with the reason, never held. Declared
/// invariants that no line expects to be violated are expected to hold; an assertion that failed
/// though no line expects it makes the verdict Failed; so does an uncaught exception in `main`, unless
/// a line says which exit codes the program may have.
/// A deadlock makes it Deadlock and a time limit Timeout, also where the program expects it.
///
/// Threads: any thread; a pure function.
[[nodiscard]] RunReport judge(
    const Code& code, RunRecord record, const std::shared_ptr<const Trace>& trace);

} // namespace heddle
