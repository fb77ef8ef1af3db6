// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/explored_moment.h"
#include "engine/model/exploration/schedule.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::widgets {

/// Where the states and steps of a picture stand, y downwards.
struct StateGraphLayout
{
    static constexpr qreal kUnit = 56; ///< what an inch of Graphviz is drawn as

    struct Edge
    {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        std::vector<QPointF> curve; ///< control points of Bézier curves: 1 + 3·n
    };
    QSizeF size;
    std::vector<QPointF> nodes; ///< centres, by number
    std::vector<Edge> edges; ///< each pair of states once
};

/// The picture in Graphviz's language, for `dot -Tplain`.
[[nodiscard]] std::string toDot(const StatePicture& picture);

/// Reads what `dot -Tplain` has made of it; nothing if that is not a layout of `count` states.
[[nodiscard]] std::optional<StateGraphLayout> readPlain(std::string_view plain, std::size_t count);

/// The numbers of the states that the first `steps` steps of a schedule go through, the start
/// included; shorter if a step is not in the picture.
[[nodiscard]] std::vector<std::uint32_t> statesOf(
    const StatePicture& picture, const Schedule& schedule, std::size_t steps);

} // namespace heddle::widgets
