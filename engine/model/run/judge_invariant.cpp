// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/interpreter.h"
#include "engine/model/run/expectation_judge.h"
#include "engine/model/trace/track.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace heddle {

namespace {

/// How many actors are in each section at the moment that is looked at; it knows nothing else.
class SectionCounts : public EvaluationContext
{
public:
    explicit SectionCounts(std::size_t sections)
        : m_counts(sections, 0)
    {
    }

    void change(std::int32_t section, int by) { m_counts[static_cast<std::size_t>(section)] += by; }

    [[nodiscard]] std::int64_t me() const override { return 0; }
    [[nodiscard]] std::string handleName(std::int64_t) const override { return {}; }
    [[nodiscard]] std::int64_t now() override { return 0; }
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t) override { return low; }
    [[nodiscard]] std::int64_t inside(std::int32_t section) override
    {
        return m_counts[static_cast<std::size_t>(section)];
    }
    [[nodiscard]] PrivateStore& privates() override { return m_privates; }
    [[nodiscard]] Evaluated loadShared(std::int32_t, std::int32_t) override { return unknown(); }
    [[nodiscard]] Evaluated query(std::int32_t, std::int32_t, std::int32_t, const Value&) override
    {
        return unknown();
    }
    void enterSection(std::int32_t, std::uint32_t) override { }
    void leaveSection(std::int32_t, std::uint32_t) override { }
    void raised(const Value&, std::uint32_t) override { }

private:
    static Evaluated unknown()
    {
        return Evaluated::raise(kBadValue, "a trace does not hold this value");
    }

    std::vector<std::int64_t> m_counts;
    PrivateStore m_privates;
};

struct Change
{
    std::int64_t time = 0;
    /// -1 comes before +1 at the same moment: a section that ends makes room for the next.
    int by = 0;
    std::int32_t section = 0;
    friend bool operator<(const Change& left, const Change& right)
    {
        return std::tie(left.time, left.by) < std::tie(right.time, right.by);
    }
};

void addSlice(
    const Code& code, const Trace& trace, const Slice& slice, std::vector<Change>& changes)
{
    const auto section =
        std::find(code.sections.begin(), code.sections.end(), trace.name(slice.name));
    if (section == code.sections.end())
        return;
    const auto number = static_cast<std::int32_t>(section - code.sections.begin());
    changes.push_back({slice.begin, 1, number});
    changes.push_back({slice.end, -1, number});
}

void addTrack(
    const Code& code, const Trace& trace, const Track& track, std::vector<Change>& changes)
{
    for (std::size_t i = 0; i < track.sliceCount(); ++i)
        addSlice(code, trace, track.slice(i), changes);
    const std::optional<Slice> open = track.openSlice();
    if (open)
        addSlice(code, trace, *open, changes);
}

std::vector<Change> sectionChanges(const Code& code, const Trace& trace)
{
    std::vector<Change> changes;
    for (const Lane& lane : trace.lanes()) {
        if (lane.group != LaneGroup::Actors)
            continue;
        for (const TrackId id : lane.tracks) {
            const Track* track = trace.track(id);
            if (track != nullptr && track->kind() == TrackKind::Section)
                addTrack(code, trace, *track, changes);
        }
    }
    std::sort(changes.begin(), changes.end());
    return changes;
}

} // namespace

std::optional<Judgement> judgeInvariant(
    const Code& code, const Invariant& invariant, const Trace* trace)
{
    if (trace == nullptr || !invariant.usesInsideOnly || trace->recorder().lost > 0)
        return std::nullopt;
    SectionCounts counts(code.sections.size());
    const std::vector<Change> changes = sectionChanges(code, *trace);
    const auto isTrue = [&] {
        const Evaluated value = evaluateFragment(code, invariant.fragment, counts);
        return !value.isRaised() && value.value.isTrue();
    };
    if (!isTrue())
        return Judgement::failed("it is false from the start");
    for (std::size_t i = 0; i < changes.size(); ++i) {
        counts.change(changes[i].section, changes[i].by);
        const bool isLastOfMoment =
            i + 1 == changes.size() || changes[i + 1].time != changes[i].time;
        if (isLastOfMoment && !isTrue())
            return Judgement::failed(
                "it was false after " + durationText(std::chrono::nanoseconds(changes[i].time)));
    }
    return Judgement::held();
}

} // namespace heddle
