// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QPointF>
#include <Qt>

#include <vector>

namespace heddle::widgets {

/// Where an arrow key leads in a drawn graph: the place that lies nearest in its direction, or `from` if none
/// does. From nowhere (-1) it leads to the first place.
///
/// Threads: any thread.
[[nodiscard]] int placeTowards(const std::vector<QPointF>& places, int from, Qt::Key arrow);

/// Whether the key is one of the four arrows.
[[nodiscard]] bool isArrow(int key);

} // namespace heddle::widgets
