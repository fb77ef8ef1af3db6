// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/wait_graph.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/trace_times.h"
#include "widgets/tables/row_model.h"

#include <QIcon>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace heddle::widgets {

/// Whether an actor has begun and ended by a moment.
enum class ActorLife
{
    NotStarted,
    Living,
    Zombie, ///< has ended, and its exit code is still to be taken
    Ended
};

/// What has become of an actor by a moment.
struct ActorFate
{
    ActorLife life = ActorLife::NotStarted;
    std::optional<Moment> end; ///< how it ended
    QString failure; ///< the name of the exception that ended it
    bool isOrphan = false; ///< the process that started it ended before it
    bool isStopped = false; ///< a signal has stopped it
};

/// Everything the inspector shows of one moment of a trace.
struct InspectedMoment
{
    WaitGraph graph;
    std::vector<std::int64_t> cpuNanoseconds; ///< of each actor of the graph, up to the moment
    std::vector<ActorFate> fates; ///< of each actor of the graph
    std::vector<std::int64_t>
        processes; ///< of each actor: its number in the system, 0 if it is no process of its own
    TraceTimes times; ///< of the trace
    bool isPresent = true; ///< the newest moment of a trace, not one that was chosen
};

/// Units:   nanoseconds since the start of the trace.
/// Threads: any thread; a pure function.
[[nodiscard]] InspectedMoment inspect(const Trace& trace, std::int64_t time);

/// "waits for fork[1] held by philosopher[1]", the state's word, or how it ended.
[[nodiscard]] QString doingText(
    const WaitGraph& graph, const ActorMoment& actor, const ActorFate& fate);

[[nodiscard]] QString actorNames(const WaitGraph& graph, const std::vector<ActorId>& actors);

/// A small swatch in the state's colour and pattern.
[[nodiscard]] QIcon stateIcon(State state, ColourScheme scheme);

[[nodiscard]] std::vector<Row> actorRows(const InspectedMoment& moment, ColourScheme scheme);
[[nodiscard]] std::vector<Row> objectRows(const InspectedMoment& moment);

} // namespace heddle::widgets
