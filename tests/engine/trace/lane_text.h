// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <QStringList>

namespace heddle {

/// The slices of a lane's tracks of one kind: "10..20 Running | 20..30 WaitLock#1", track by track.
inline QString slicesOf(const Trace& trace, LaneId id, TrackKind kind)
{
    static const char* const kWords[] = {"None", "Running", "Computing", "Runnable", "Blocked",
        "WaitLock", "WaitCondition", "WaitQueue", "WaitInput", "WaitTime", "WaitActor",
        "WaitSignal", "Error", "Held", "Section", "Zombie"};
    QStringList text;
    const std::vector<TrackId> tracks = trace.lane(id)->tracks; // not of a temporary
    for (const TrackId track : tracks) {
        if (trace.track(track)->kind() != kind)
            continue;
        for (std::size_t i = 0; i < trace.track(track)->sliceCount(); ++i) {
            const Slice slice = trace.track(track)->slice(i);
            QString word = kWords[static_cast<int>(slice.state)];
            if (slice.name)
                word = QString::fromStdString(trace.name(slice.name));
            if (slice.argument != 0)
                word += QString("%1%2").arg(slice.argumentIsActor ? '@' : '#').arg(slice.argument);
            text += QString("%1..%2 %3").arg(slice.begin).arg(slice.end).arg(word);
        }
    }
    return text.join(" | ");
}

/// What the lane is marked with: "time ran backwards | …".
inline QString marksOf(const Trace& trace, LaneId lane)
{
    QStringList text;
    for (const Moment& moment : trace.moments(lane, 0, trace.end(), 1000)) {
        if (moment.kind == Moment::Kind::Marked)
            text += QString::fromStdString(trace.name(moment.name));
    }
    return text.join(" | ");
}

} // namespace heddle
