// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/explored_moment.h"

#include <QJsonObject>

namespace heddle::app {

/// A state of an exploration as `heddle replay --json` prints it (README.md).
[[nodiscard]] QJsonObject momentJson(const ExploredMoment& moment);

} // namespace heddle::app
