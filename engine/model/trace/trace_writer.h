// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace heddle {

/// Puts finished parts into a trace: the only code that writes into one.
///
/// What does not fit is cut until it does, and marked in its lane. Times are held within
/// [0, kLatest].
///
/// Threads: one thread at a time; the trace may be read by any at the same time.
class TraceWriter
{
public:
    static constexpr std::int64_t kLatest = std::int64_t{1} << 62;
    static constexpr std::uint32_t kFirstOwnName = 0x80000000U; ///< ids of names made here

    TraceWriter();

    [[nodiscard]] const std::shared_ptr<Trace>& trace() const { return m_trace; }

    void defineName(NameId id, std::string text);

    /// An own name with this text; the same id for the same text.
    [[nodiscard]] NameId ownName(std::string_view text);

    [[nodiscard]] LaneId addLane(Lane lane);
    void setLane(const Lane& lane); ///< everything but id and tracks
    [[nodiscard]] TrackId addTrack(LaneId lane, TrackKind kind, std::uint8_t depth);

    void addSlice(TrackId track, Slice slice);
    void setOpen(TrackId track, const Slice& slice);
    void clearOpen(TrackId track);
    void addSample(TrackId track, Sample sample);
    void addMoment(LaneId lane, Moment moment);
    void addStep(LaneId lane, std::int64_t time, std::uint16_t line);
    void addOperation(LaneId lane, StepOperation operation);
    void addEdge(const Edge& edge);

    /// A Marked moment that says what had to be mended.
    void mark(LaneId lane, std::int64_t time, std::string_view what);

    [[nodiscard]] std::int64_t latest() const { return m_latest; } ///< of all that was added
    void setEnd(std::int64_t end);
    void setRecorder(const RecorderFigures& figures);
    void setProperty(const std::string& key, const std::string& value);
    void finish();

private:
    std::shared_ptr<Trace> m_trace;
    std::unordered_map<std::string, NameId> m_ownNames;
    std::int64_t m_latest = 0;
};

} // namespace heddle
