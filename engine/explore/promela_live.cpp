// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_flow.h"

#include <algorithm>
#include <set>
#include <utility>

namespace heddle {

namespace {

constexpr int kPatience = 3; // visits of a place before growing bounds are given up

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

bool include(std::vector<bool>& target, const std::vector<bool>& source)
{
    target.resize(std::max(target.size(), source.size()));
    bool isChanged = false;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] && !target[i]) {
            target[i] = true;
            isChanged = true;
        }
    }
    return isChanged;
}

} // namespace

void PromelaFlow::findLive()
{
    for (bool isChanged = true; isChanged;) {
        isChanged = false;
        for (auto place = m_places.rbegin(); place != m_places.rend(); ++place)
            isChanged =
                include(place->second.live, liveBefore(place->first, place->second)) || isChanged;
    }
}

std::vector<bool> PromelaFlow::liveBefore(const PromelaPoint& point, const Place& place) const
{
    const Instruction& here = instruction(point);
    std::vector<bool> live(m_slotNames.size(), false);
    for (const PromelaPoint& next : place.next)
        include(live, liveAt(next));
    if (here.result != kNoRegister && here.otherwise < 0)
        live[asIndex(slotOf(point.context, here.result))] = false;
    // Whatever comes of the calls that led here, their handlers may go on.
    PromelaPoint at = point;
    while (true) {
        for (const ExceptionHandler& handler : routineOf(at.context).handlers) {
            const auto goesOn = m_places.find({at.context, handler.handler, false});
            if (at.at >= handler.from && at.at < handler.to && goesOn != m_places.end())
                include(live, liveAt(goesOn->first));
        }
        markReads(at, live);
        const Call& call = m_calls[asIndex(at.context)];
        if (call.parent < 0)
            break;
        at = {call.parent, call.at, false};
    }
    for (std::size_t i = 0; i < m_program.code().privates.size(); ++i)
        live[i] = true;
    return live;
}

/// What is live on the way to a point: not the register that receives the exception caught there.
std::vector<bool> PromelaFlow::liveAt(const PromelaPoint& point) const
{
    std::vector<bool> live = m_places.at(point).live;
    for (const ExceptionHandler& handler : routineOf(point.context).handlers) {
        const bool isReceived = handler.handler == point.at && handler.store != kNoRegister;
        if (isReceived && asIndex(slotOf(point.context, handler.store)) < live.size())
            live[asIndex(slotOf(point.context, handler.store))] = false;
    }
    return live;
}

void PromelaFlow::markReads(const PromelaPoint& point, std::vector<bool>& live) const
{
    const auto mark = [&](Register first, std::int32_t count) {
        for (std::int32_t i = 0; first != kNoRegister && i < count; ++i)
            if (first + i < routineOf(point.context).registerCount)
                live[asIndex(slotOf(point.context, first + i))] = true;
    };
    const auto markOne = [&](const Instruction& reads) {
        for (const Register one : {reads.a, reads.b, reads.c, reads.index, reads.limit})
            mark(one, 1);
        mark(reads.a, reads.count);
    };
    const Instruction& here = instruction(point);
    markOne(here);
    if (here.operation != Operation::AwaitUntil)
        return;
    // Its jumps lead forwards: what it computes itself comes before it is read.
    std::set<Register> computed;
    for (auto at = asIndex(here.target);; ++at) {
        const Instruction& inner = m_program.code().instructions[at];
        const auto markFree = [&](Register one) {
            if (computed.count(one) == 0)
                mark(one, 1);
        };
        for (const Register one : {inner.a, inner.b, inner.c, inner.index})
            markFree(one);
        for (std::int32_t i = 0; inner.a != kNoRegister && i < inner.count; ++i)
            markFree(inner.a + i);
        if (inner.operation == Operation::EndPredicate)
            return;
        computed.insert(inner.result);
    }
}

// A loop within one step needs a label in the model.
void PromelaFlow::findLoopHeads()
{
    std::map<PromelaPoint, bool> isOpen;
    for (const auto& [point, place] : m_places)
        if (isOpen.count(point) == 0)
            lookForHeads(point, isOpen);
}

void PromelaFlow::lookForHeads(const PromelaPoint& point, std::map<PromelaPoint, bool>& isOpen)
{
    struct Visit
    {
        PromelaPoint point;
        std::size_t next = 0;
    };
    std::vector<Visit> path{{point, 0}};
    isOpen[point] = true;
    while (!path.empty()) {
        Visit& visit = path.back();
        const std::vector<PromelaPoint>& next = m_places.at(visit.point).next;
        if (visit.next == next.size()) {
            isOpen[visit.point] = false;
            path.pop_back();
            continue;
        }
        const PromelaPoint successor = next[visit.next++];
        if (isStop(successor, m_places.at(successor).environment))
            continue;
        const auto known = isOpen.find(successor);
        if (known == isOpen.end()) {
            isOpen[successor] = true;
            path.push_back({successor, 0});
        } else if (known->second) {
            m_places.at(successor).isHead = true;
        }
    }
}

void PromelaFlow::visit(const PromelaPoint& point, std::vector<PromelaPoint>& open)
{
    const PromelaEnvironment before = m_places[point].environment;
    std::vector<PromelaPoint> all;
    for (const PromelaOutcome& outcome : outcomes(point, before)) {
        PromelaEnvironment now = before;
        const Define define = [&now](PromelaSlot slot, const PromelaTerm& term) {
            now.known[asIndex(slot)] = term.known;
        };
        const PromelaNext next = follow(point, outcome, now, define);
        if (next.kind != PromelaNext::Kind::Goes)
            continue;
        all.push_back(next.point);
        if (merge(next.point, now))
            open.push_back(next.point);
    }
    m_places[point].next = std::move(all);
}

bool PromelaFlow::merge(const PromelaPoint& point, const PromelaEnvironment& now)
{
    const bool isNew = m_places.count(point) == 0;
    Place& place = m_places[point];
    ++place.visits;
    PromelaEnvironment merged = now;
    if (!isNew) {
        PromelaEnvironment& before = place.environment;
        before.known.resize(std::max(before.known.size(), now.known.size()));
        merged.known.resize(before.known.size());
        for (std::size_t slot = 0; slot < merged.known.size(); ++slot)
            merged.known[slot] =
                joined(before.known[slot], merged.known[slot], place.visits > kPatience);
        if (merged.known == before.known)
            return false;
    }
    place.environment = std::move(merged);
    return true;
}

} // namespace heddle
