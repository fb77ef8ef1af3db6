// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/trace.h"

#include "engine/model/trace/trace_store.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>

namespace heddle {

namespace {

/// Index of the first moment at `time` or later.
std::size_t firstFrom(const GrowingArray<Moment, 2, 12>& moments, std::int64_t time)
{
    std::size_t low = 0;
    std::size_t high = moments.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (moments[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// Groups from the top; processors by number, the rest as they were defined, `main` first.
auto orderOf(const Lane& lane)
{
    const bool isMain = lane.group == LaneGroup::Actors && lane.name == "main";
    const std::uint32_t number = lane.group == LaneGroup::Processors ? lane.number : 0;
    return std::tuple(lane.group, !isMain, number, lane.id);
}

} // namespace

Trace::Trace()
    : m_store(std::make_unique<Store>())
{
}

Trace::~Trace() = default;

std::int64_t Trace::end() const
{
    return m_store->end.load(std::memory_order_acquire);
}

bool Trace::isLive() const
{
    return m_store->isLive.load(std::memory_order_acquire);
}

std::uint64_t Trace::eventCount() const
{
    std::uint64_t events = m_store->edges.count();
    const std::size_t tracks = m_store->tracks.size();
    for (std::size_t i = 0; i < tracks; ++i)
        events += m_store->tracks[i]->sliceCount() + m_store->tracks[i]->sampleCount();
    const std::size_t lanes = m_store->laneStores.size();
    for (std::size_t i = 0; i < lanes; ++i)
        events += m_store->laneStores[i]->moments.size();
    return events;
}

std::uint64_t Trace::layoutGeneration() const
{
    return m_store->layoutGeneration.load(std::memory_order_acquire);
}

std::vector<Lane> Trace::lanes() const
{
    std::vector<Lane> lanes;
    {
        InternalLock lock(m_store->mutex);
        lanes = m_store->lanes;
    }
    std::sort(lanes.begin(), lanes.end(),
        [](const Lane& left, const Lane& right) { return orderOf(left) < orderOf(right); });
    return lanes;
}

std::optional<Lane> Trace::lane(LaneId id) const
{
    InternalLock lock(m_store->mutex);
    if (id.value == 0 || id.value > m_store->lanes.size())
        return std::nullopt;
    return m_store->lanes[id.value - 1];
}

LaneId Trace::laneOfActor(ActorId actor) const
{
    InternalLock lock(m_store->mutex);
    const auto found = m_store->laneOfActor.find(actor);
    return found == m_store->laneOfActor.end() ? LaneId{} : found->second;
}

LaneId Trace::laneOfObject(ObjectId object) const
{
    InternalLock lock(m_store->mutex);
    const auto found = m_store->laneOfObject.find(object);
    return found == m_store->laneOfObject.end() ? LaneId{} : found->second;
}

const Track* Trace::track(TrackId id) const
{
    if (id.value == 0 || id.value > m_store->tracks.size())
        return nullptr;
    return m_store->tracks[id.value - 1];
}

std::string Trace::name(NameId id) const
{
    InternalLock lock(m_store->mutex);
    const auto found = m_store->names.find(id);
    return found == m_store->names.end() ? std::string() : found->second;
}

std::string Trace::actorName(ActorId id) const
{
    const auto found = lane(laneOfActor(id));
    return found ? found->name : std::string();
}

std::string Trace::objectName(ObjectId id) const
{
    const auto found = lane(laneOfObject(id));
    return found ? found->name : std::string();
}

std::vector<Moment> Trace::moments(
    LaneId lane, std::int64_t from, std::int64_t to, std::size_t limit) const
{
    std::vector<Moment> found;
    if (lane.value == 0 || lane.value > m_store->laneStores.size())
        return found;
    const auto& moments = m_store->laneStores[lane.value - 1]->moments;
    const std::size_t count = moments.size();
    for (std::size_t i = firstFrom(moments, from); i < count && found.size() < limit; ++i) {
        if (moments[i].time > to)
            break;
        found.push_back(moments[i]);
    }
    return found;
}

std::size_t Trace::momentCount(LaneId lane, std::int64_t from, std::int64_t to) const
{
    if (lane.value == 0 || lane.value > m_store->laneStores.size() || to < from)
        return 0;
    const auto& moments = m_store->laneStores[lane.value - 1]->moments;
    const std::size_t first = firstFrom(moments, from);
    constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
    const std::size_t end = to == kLatest ? moments.size() : firstFrom(moments, to + 1);
    return std::max(first, end) - first;
}

std::vector<Edge> Trace::edges(std::int64_t from, std::int64_t to, std::size_t limit) const
{
    return m_store->edges.between(from, to, limit);
}

std::size_t Trace::momentCount(LaneId lane) const
{
    if (lane.value == 0 || lane.value > m_store->laneStores.size())
        return 0;
    return m_store->laneStores[lane.value - 1]->moments.size();
}

Moment Trace::moment(LaneId lane, std::size_t index) const
{
    return m_store->laneStores[lane.value - 1]->moments[index];
}

std::size_t Trace::edgeCount() const
{
    return m_store->edges.count();
}

Edge Trace::edge(std::size_t index) const
{
    return m_store->edges.edge(index);
}

std::size_t Trace::stepCount(LaneId lane) const
{
    if (lane.value == 0 || lane.value > m_store->laneStores.size())
        return 0;
    return m_store->laneStores[lane.value - 1]->steps.count();
}

Sample Trace::step(LaneId lane, std::size_t index) const
{
    return m_store->laneStores[lane.value - 1]->steps.sample(index);
}

std::uint16_t Trace::stepLineAt(LaneId lane, std::int64_t time) const
{
    if (lane.value == 0 || lane.value > m_store->laneStores.size())
        return 0;
    return static_cast<std::uint16_t>(m_store->laneStores[lane.value - 1]->steps.levelAt(time));
}

std::size_t Trace::operationCount(LaneId lane) const
{
    if (lane.value == 0 || lane.value > m_store->laneStores.size())
        return 0;
    return m_store->laneStores[lane.value - 1]->operations.size();
}

StepOperation Trace::operation(LaneId lane, std::size_t index) const
{
    return m_store->laneStores[lane.value - 1]->operations[index];
}

RecorderFigures Trace::recorder() const
{
    InternalLock lock(m_store->mutex);
    return m_store->recorder;
}

std::string Trace::property(const std::string& key) const
{
    InternalLock lock(m_store->mutex);
    const auto found = m_store->properties.find(key);
    return found == m_store->properties.end() ? std::string() : found->second;
}

std::vector<std::pair<std::string, std::string>> Trace::properties() const
{
    InternalLock lock(m_store->mutex);
    return {m_store->properties.begin(), m_store->properties.end()};
}

std::int64_t Trace::stepNanoseconds() const
{
    const std::string written = property(kStepProperty);
    std::int64_t step = 0;
    std::from_chars(written.data(), written.data() + written.size(), step);
    return std::max<std::int64_t>(0, step); // a file may say anything
}

} // namespace heddle
