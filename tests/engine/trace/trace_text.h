// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <string>

namespace heddle {

/// Everything a trace holds, as text: two traces are the same if their texts are.
inline std::string textOf(const Trace& trace)
{
    std::string text = "end " + std::to_string(trace.end()) + "\n";
    const RecorderFigures figures = trace.recorder();
    text += "recorder " + std::to_string(figures.events) + " " + std::to_string(figures.lost) + " "
        + std::to_string(figures.nanosecondsPerEvent) + " " + std::to_string(figures.shareOfRun)
        + " " + figures.schedulerData + "\n";
    for (const auto& [key, value] : trace.properties())
        text.append("property ").append(key).append("=").append(value).append("\n");
    const auto number = [](auto value) { return std::to_string(static_cast<long long>(value)); };
    for (const Lane& lane : trace.lanes()) {
        text += "lane " + number(lane.id.value) + " " + lane.name + " group " + number(lane.group)
            + " actor " + number(lane.actor.value) + "/" + number(lane.actorKind) + " object "
            + number(lane.object.value) + "/" + number(lane.objectKind) + " number "
            + number(lane.number) + "\n";
        for (const TrackId id : lane.tracks) {
            const Track& track = *trace.track(id);
            text += " track " + number(id.value) + " kind " + number(track.kind()) + " depth "
                + number(track.depth()) + "\n";
            for (std::size_t i = 0; i < track.sliceCount(); ++i) {
                const Slice slice = track.slice(i);
                text += "  " + number(slice.begin) + ".." + number(slice.end) + " state "
                    + number(slice.state) + " line " + number(slice.line) + " name '"
                    + trace.name(slice.name) + (slice.name ? "'" : "' none") + " argument "
                    + number(slice.argument) + (slice.argumentIsActor ? " actor" : "") + "\n";
            }
            for (std::size_t i = 0; i < track.sampleCount(); ++i)
                text += "  " + number(track.sample(i).time) + " = " + number(track.sample(i).value)
                    + "\n";
        }
        for (std::size_t i = 0; i < trace.momentCount(lane.id); ++i) {
            const Moment moment = trace.moment(lane.id, i);
            text += " moment " + number(moment.time) + " kind " + number(moment.kind) + " line "
                + number(moment.line) + " name '" + trace.name(moment.name) + "' argument "
                + std::to_string(moment.argument) + "\n";
        }
        for (std::size_t i = 0; i < trace.stepCount(lane.id); ++i)
            text += " step " + number(trace.step(lane.id, i).time) + " line "
                + number(trace.step(lane.id, i).value) + "\n";
    }
    for (std::size_t i = 0; i < trace.edgeCount(); ++i) {
        const Edge edge = trace.edge(i);
        text += "edge " + number(edge.fromTime) + "@" + number(edge.from.value) + " -> "
            + number(edge.toTime) + "@" + number(edge.to.value) + " kind " + number(edge.kind)
            + "\n";
    }
    return text;
}

} // namespace heddle
