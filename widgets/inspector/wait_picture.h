// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/wait_graph.h"

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <vector>

namespace heddle::widgets {

/// Where the nodes and arrows of a wait-for graph stand.
struct WaitPicture
{
    struct Node
    {
        QString name;
        ActorId actor; ///< 0: an object that nobody holds
        State state = State::None;
        bool isInCycle = false;
        QPointF centre;
    };
    struct Arrow
    {
        std::size_t from = 0;
        std::size_t to = 0;
        QString label; ///< the object that is waited for, empty for a join
        bool isInCycle = false;
    };
    std::vector<Node> nodes;
    std::vector<Arrow> arrows;
    std::size_t notDrawn = 0; ///< actors that wait but found no room
};

/// Those who wait and those they wait for, on an ellipse; members of a cycle stand side by side.
///
/// Threads: any thread; a pure function.
[[nodiscard]] WaitPicture layOutWaits(const WaitGraph& graph, QSizeF size);

} // namespace heddle::widgets
