// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/trace_event.h"

#include <memory>
#include <span>
#include <string>

namespace heddle {

/// Turns events into a Trace: slices from begin and end, holders from has and released, edges from
/// hand-overs, scheduler lanes from switches. The only writer of a trace.
///
/// Events of one lane come in order of time; those of different lanes may be interleaved in pieces
/// (a drained ring each). What does not fit (an end without a begin, time that runs backwards) is
/// mended as little as possible and never lost silently: it becomes a Marked moment.
///
/// Threads: one thread at a time; `trace()` may be read by any at the same time.
class TraceBuilder
{
public:
    TraceBuilder();
    ~TraceBuilder();

    /// What is built, from the first moment on.
    [[nodiscard]] std::shared_ptr<const Trace> trace() const;

    /// Ids are given by the recorder (or a reader of files); an id that is defined twice keeps its
    /// first meaning.
    void defineName(NameId id, std::string text);
    void defineActor(ActorId id, ActorKind kind, std::string name);
    void defineObject(ObjectId id, PrimitiveKind kind, std::string name);

    /// Takes events of one lane (or of the scheduler), in order; times in nanoseconds since the start.
    void append(std::span<const TraceEvent> events);

    /// Everything up to this moment has been appended: open slices are shown up to here.
    void setEnd(std::int64_t moment);

    void setRecorder(const RecorderFigures& figures);
    void setProperty(const std::string& key, const std::string& value);

    /// Closes what is open at `end()`; the trace is not live any more.
    void finish();

    // Direct building, for readers of files and generators, beside events.
    [[nodiscard]] LaneId addLane(Lane lane); ///< `id` and `tracks` are filled in here
    [[nodiscard]] TrackId addTrack(LaneId lane, TrackKind kind, std::uint8_t depth);
    void addSlice(TrackId track, const Slice& slice); ///< in order, not overlapping
    void addMoment(LaneId lane, const Moment& moment);
    void addSample(TrackId track, Sample sample);
    void addEdge(const Edge& edge);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace heddle
