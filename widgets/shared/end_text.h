// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"

#include <QString>

namespace heddle::widgets {

/// Whether an actor ended with it.
[[nodiscard]] bool isEnd(Moment::Kind kind);

/// How an actor ended: "exited with code 3", "killed by SIGTERM", "failed: Closed", "finished".
[[nodiscard]] QString endText(const Moment& end, const QString& exceptionName);

/// What is written on the flag of a process that ended, became an orphan, was stopped or was sent a
/// signal by hand: "exit 3", "SIGTERM", "orphan"; empty for all other moments.
[[nodiscard]] QString flagText(const Moment& moment);

} // namespace heddle::widgets
