// SPDX-License-Identifier: Apache-2.0
// The part of PerfettoReader that takes what Heddle's own files say about lanes, tracks and the recorder.
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/perfetto_reader.h"

#include <algorithm>

namespace heddle {

using namespace perfetto;

namespace {

constexpr std::size_t kMostTargets = 64UL * 1024;

std::uint64_t number(const PerfettoFact& fact, const char* key)
{
    return fact.get<std::uint64_t>(key);
}

/// The value if it is one of `count` known ones, else the first.
template <typename Enum> Enum known(std::uint64_t value, std::uint64_t count)
{
    return value < count ? static_cast<Enum>(value) : Enum{};
}

} // namespace

void PerfettoReader::takeFact(const PerfettoFact& fact)
{
    if (fact.name == "lane")
        takeLaneFact(fact);
    else if (fact.name == "track")
        takeTrackFact(fact);
    else if (fact.name == "recorder")
        takeRecorderFact(fact);
    else if (fact.name == "property")
        m_writer.setProperty(fact.get<std::string>("key"), fact.get<std::string>("value"));
    else if (fact.name == "trace")
        m_end = static_cast<std::int64_t>(
            std::min(number(fact, "end"), static_cast<std::uint64_t>(TraceWriter::kLatest)));
}

void PerfettoReader::takeRecorderFact(const PerfettoFact& fact)
{
    RecorderFigures figures;
    figures.events = number(fact, "events");
    figures.lost = number(fact, "lost");
    figures.nanosecondsPerEvent = fact.get<double>("ns_per_event");
    figures.shareOfRun = fact.get<double>("share_of_run");
    figures.schedulerData = fact.get<std::string>("scheduler_data");
    m_writer.setRecorder(figures);
}

void PerfettoReader::takeLaneFact(const PerfettoFact& fact)
{
    const std::uint64_t uuid = number(fact, "uuid");
    if (find(uuid) != nullptr || m_targets.size() >= kMostTargets)
        return;
    Lane lane;
    lane.group = known<LaneGroup>(number(fact, "group"), 4);
    lane.name = fact.get<std::string>("name");
    lane.actor.value = static_cast<std::uint32_t>(number(fact, "actor"));
    lane.actorKind = known<ActorKind>(number(fact, "actor_kind"), kActorKindCount);
    lane.object.value = static_cast<std::uint32_t>(number(fact, "object"));
    lane.objectKind = known<PrimitiveKind>(number(fact, "object_kind"), kPrimitiveKindCount);
    lane.number = static_cast<std::uint32_t>(number(fact, "number"));
    m_targets.push_back(std::make_unique<Target>());
    Target& target = *m_targets.back();
    target.isOwn = true;
    target.lane = m_writer.addLane(std::move(lane));
    m_targetOf.set(uuid, &target);
}

void PerfettoReader::takeTrackFact(const PerfettoFact& fact)
{
    const std::uint64_t uuid = number(fact, "uuid");
    const Target* lane = find(number(fact, "lane"));
    if (lane == nullptr || find(uuid) != nullptr || m_targets.size() >= kMostTargets)
        return;
    const LaneId laneId = lane->lane;
    const std::uint64_t kind = number(fact, "kind");
    m_targets.push_back(std::make_unique<Target>());
    Target& target = *m_targets.back();
    target.isOwn = true;
    target.lane = laneId;
    target.isSteps = kind == own::kStepsKind;
    if (!target.isSteps) {
        const auto own = known<TrackKind>(kind, 6);
        const auto depth = static_cast<std::uint8_t>(number(fact, "depth"));
        target.isLevel = own == TrackKind::Level;
        target.track = m_writer.addTrack(laneId, own, depth);
    }
    m_targetOf.set(uuid, &target);
}

} // namespace heddle
