// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"

#include <QJsonArray>
#include <QJsonObject>

namespace heddle::app {

/// What `heddle explore --json` prints (README.md).
[[nodiscard]] QJsonObject explorationJson(const ExplorationReport& report);

/// [{"actor","line","text"}]
[[nodiscard]] QJsonArray stepsJson(const Schedule& schedule);

} // namespace heddle::app
