// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/theme.h"
#include "widgets/timeline/tile_geometry.h"

#include <QImage>

namespace heddle::widgets {

/// How a tile is to look. `height` is in pixels of the device.
struct TileLook
{
    ColourScheme scheme = ColourScheme::Light;
    int height = 1;
    std::int64_t levelTop = 1; ///< the level at the upper edge of a Level strip

    friend bool operator==(const TileLook&, const TileLook&) = default;
};

/// Paints stacks, small boxes and levels of a tile into an opaque image, straight into its scan lines.
///
/// Threads: any thread.
[[nodiscard]] QImage rasterise(
    const TileContent& content, const TileKey& key, const TileLook& look);

/// The highest level a tile knows, 0 if none.
[[nodiscard]] std::int64_t highestLevel(const TileContent& content);

/// The upper edge for a strip whose highest level is this: the next of 1, 2, 4, 5, 8, 10, 20, 40, ….
[[nodiscard]] std::int64_t niceLevelTop(std::int64_t highest);

} // namespace heddle::widgets
