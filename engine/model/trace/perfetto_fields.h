// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <cstdint>

/// Field numbers of Perfetto's published schema (protos/perfetto/trace), as far as they are used,
/// and the numbers that Heddle gives to what it interns.
namespace heddle::perfetto {

namespace trace {
inline constexpr std::uint32_t kPacket = 1;
} // namespace trace

namespace packet {
inline constexpr std::uint32_t kClockSnapshot = 6;
inline constexpr std::uint32_t kTimestamp = 8;
inline constexpr std::uint32_t kSequenceId = 10; ///< trusted_packet_sequence_id
inline constexpr std::uint32_t kTrackEvent = 11;
inline constexpr std::uint32_t kInternedData = 12;
inline constexpr std::uint32_t kSequenceFlags = 13;
inline constexpr std::uint32_t kTimestampClockId = 58;
inline constexpr std::uint32_t kDefaults = 59; ///< trace_packet_defaults
inline constexpr std::uint32_t kTrackDescriptor = 60;
} // namespace packet

namespace sequence_flags {
inline constexpr std::uint32_t kStateCleared = 1;
inline constexpr std::uint32_t kNeedsState = 2;
} // namespace sequence_flags

namespace defaults {
inline constexpr std::uint32_t kTrackEventDefaults = 11;
inline constexpr std::uint32_t kTimestampClockId = 58;
inline constexpr std::uint32_t kTrackUuid = 11; ///< of TrackEventDefaults
} // namespace defaults

namespace clock {
inline constexpr std::uint32_t kClocks = 1;
inline constexpr std::uint32_t kClockId = 1; ///< of Clock, as are those below
inline constexpr std::uint32_t kTimestamp = 2;
inline constexpr std::uint32_t kIsIncremental = 3;
inline constexpr std::uint32_t kUnitMultiplier = 4;
} // namespace clock

namespace event {
inline constexpr std::uint32_t kCategoryIids = 3;
inline constexpr std::uint32_t kDebugAnnotations = 4;
inline constexpr std::uint32_t kType = 9;
inline constexpr std::uint32_t kNameIid = 10;
inline constexpr std::uint32_t kTrackUuid = 11;
inline constexpr std::uint32_t kName = 23;
inline constexpr std::uint32_t kCounterValue = 30;
inline constexpr std::uint32_t kDoubleCounterValue = 44;
inline constexpr std::uint32_t kFlowIds = 47;
inline constexpr std::uint32_t kTerminatingFlowIds = 48;

inline constexpr std::uint32_t kTypeSliceBegin = 1;
inline constexpr std::uint32_t kTypeSliceEnd = 2;
inline constexpr std::uint32_t kTypeInstant = 3;
inline constexpr std::uint32_t kTypeCounter = 4;
} // namespace event

namespace annotation {
inline constexpr std::uint32_t kNameIid = 1;
inline constexpr std::uint32_t kUint = 3;
inline constexpr std::uint32_t kDouble = 5;
inline constexpr std::uint32_t kString = 6;
inline constexpr std::uint32_t kName = 10;
inline constexpr std::uint32_t kStringIid = 17;
} // namespace annotation

namespace interned {
inline constexpr std::uint32_t kCategories = 1;
inline constexpr std::uint32_t kEventNames = 2;
inline constexpr std::uint32_t kAnnotationNames = 3;
inline constexpr std::uint32_t kAnnotationStrings = 29;
inline constexpr std::uint32_t kIid = 1; ///< of each interned message
inline constexpr std::uint32_t kText = 2;
} // namespace interned

namespace descriptor {
inline constexpr std::uint32_t kUuid = 1;
inline constexpr std::uint32_t kName = 2;
inline constexpr std::uint32_t kProcess = 3;
inline constexpr std::uint32_t kThread = 4;
inline constexpr std::uint32_t kParentUuid = 5;
inline constexpr std::uint32_t kCounter = 8;
inline constexpr std::uint32_t kStaticName = 10;
inline constexpr std::uint32_t kChildOrdering = 11;
inline constexpr std::uint32_t kSiblingOrderRank = 12;
inline constexpr std::uint32_t kOrderingExplicit = 3;

inline constexpr std::uint32_t kPid = 1; ///< of ProcessDescriptor and ThreadDescriptor
inline constexpr std::uint32_t kProcessName = 6;
inline constexpr std::uint32_t kTid = 2;
inline constexpr std::uint32_t kThreadName = 5;
} // namespace descriptor

/// What Heddle's own files intern, in fixed places of each table.
namespace own {
inline constexpr std::uint64_t kCategory = 1; ///< "heddle": facts about the trace itself
inline constexpr std::uint64_t kFirstStateCategory = 2;
inline constexpr std::uint64_t kFirstMomentCategory = 40;
inline constexpr std::uint64_t kFirstEdgeCategory = 60;

inline constexpr std::uint64_t kFirstStateName = 1;
inline constexpr std::uint64_t kFirstMomentName = 20;
inline constexpr std::uint64_t kFirstEdgeName = 40;
inline constexpr std::uint64_t kFirstName = 64; ///< names of the trace

inline constexpr std::uint64_t kLine = 1; ///< annotation names
inline constexpr std::uint64_t kObject = 2;
inline constexpr std::uint64_t kActor = 3;
inline constexpr std::uint64_t kValue = 4;

inline constexpr std::uint64_t kRootUuid = 1;
inline constexpr std::uint64_t kFactsUuid = 2;
inline constexpr std::uint64_t kFirstGroupUuid = 3;
inline constexpr std::uint64_t kFirstLaneUuid = 16; ///< then tracks, then lines of steps

inline constexpr std::uint32_t kStepsKind = 100; ///< where a TrackKind is said: the lines of steps
inline constexpr std::uint64_t kVersion = 1;

/// Objects and actors share the table of strings: the lowest bit says which it is.
[[nodiscard]] constexpr std::uint64_t stringOf(std::uint32_t id, bool isActor)
{
    return ((std::uint64_t{id} << 1U) | (isActor ? 1U : 0U)) + 2;
}
} // namespace own

inline constexpr int kActorKindCount = 6;
inline constexpr int kMomentKindCount = 20;
inline constexpr int kEdgeKindCount = 4;
static_assert(own::kFirstMomentCategory + kMomentKindCount <= own::kFirstEdgeCategory
    && own::kFirstMomentName + kMomentKindCount <= own::kFirstEdgeName);

[[nodiscard]] const char* wordOf(State state);
[[nodiscard]] const char* wordOf(Moment::Kind kind);
[[nodiscard]] const char* wordOf(Edge::Kind kind);

} // namespace heddle::perfetto
