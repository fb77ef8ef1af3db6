// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_region.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kMostLines = 40'000;
constexpr std::size_t kLongExpression = 160;
constexpr int kOutermost = 2;

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

/// Numbers and truths of one slot share a variable.
KnownValue asNumber(KnownValue known)
{
    if (known.isConstant())
        known = KnownValue::number(known.type, known.constant.number(), known.constant.number());
    known.type = ValueKind::Integer;
    known.mayBeUnset = false;
    return known;
}

} // namespace

const std::string& PromelaLandings::name(const PromelaLanding& landing)
{
    const auto found = m_names.find(landing);
    if (found != m_names.end())
        return found->second;
    m_open.push_back(landing);
    const std::string& actor =
        m_program.code().actors[static_cast<std::size_t>(landing.actor)].name;
    return m_names.emplace(landing, m_program.uniqueName(actor)).first->second;
}

const PromelaLanding* PromelaLandings::next()
{
    if (m_open.empty())
        return nullptr;
    m_current = m_open.back();
    m_open.pop_back();
    return &m_current;
}

PromelaRegion::PromelaRegion(PromelaProgram& program, std::vector<PromelaFlow>& flows,
    PromelaLandings& landings, std::int32_t actor)
    : m_program(program)
    , m_flows(flows)
    , m_landings(landings)
    , m_actor(actor)
    , m_depth(kOutermost)
{
}

void PromelaRegion::line(const std::string& text)
{
    if (++m_written > kMostLines)
        m_program.refuse(flow().actor().line, "an actor as long as this");
    else
        m_lines.push_back(std::string(static_cast<std::size_t>(m_depth) * 4, ' ') + text);
}

std::vector<std::string> PromelaRegion::takeLines()
{
    return std::exchange(m_lines, {});
}

std::vector<PromelaPoint> PromelaRegion::takeTargets()
{
    return std::exchange(m_targets, {});
}

std::string PromelaRegion::label(const PromelaPoint& point)
{
    std::string name = "L" + std::to_string(point.at);
    if (point.context > 0)
        name += "_" + std::to_string(point.context);
    return point.isWaiting ? name + "_w" : name;
}

void PromelaRegion::emitEffects(const PromelaOutcome& outcome)
{
    for (const std::string& effect : outcome.effects)
        line(effect + ";");
}

PromelaFlow::Define PromelaRegion::definer(Path& path)
{
    return [this, &path](PromelaSlot slot, const PromelaTerm& term) { define(path, slot, term); };
}

void PromelaRegion::define(Path& path, PromelaSlot slot, const PromelaTerm& term)
{
    const std::string& name = flow().slotName(slot);
    const std::map<PromelaSlot, std::string> before = path.now.pending;
    for (const auto& [other, text] : before)
        if (other != slot && mentions(text, name) && path.now.pending.count(other) > 0)
            assign(path, other);
    path.now.known.resize(std::max(path.now.known.size(), flow().slotCount()));
    path.now.known[asIndex(slot)] = term.known;
    path.now.pending.erase(slot);
    if (!term.known.isNumber() || term.text == name)
        return;
    path.now.pending[slot] = term.text;
    if (term.text.size() > kLongExpression)
        assign(path, slot);
}

void PromelaRegion::assign(Path& path, PromelaSlot slot)
{
    const std::string text = path.now.pending.at(slot);
    path.now.pending.erase(slot);
    const std::string& name = flow().slotName(slot);
    const std::map<PromelaSlot, std::string> others = path.now.pending;
    for (const auto& [other, expression] : others)
        if (mentions(expression, name) && path.now.pending.count(other) > 0)
            assign(path, other);
    line(name + " = " + text + ";");
    path.dirty.insert(slot);
    const KnownValue known = asNumber(path.now.known[asIndex(slot)]);
    const auto [entry, isNew] = m_variables.emplace(slot, known);
    if (!isNew)
        entry->second = joined(entry->second, known, false);
}

/// What is to come may change what the expressions are about.
void PromelaRegion::assignAll(Path& path, const PromelaPoint& point)
{
    const std::map<PromelaSlot, std::string> all = path.now.pending;
    for (const auto& [slot, text] : all)
        if (flow().isLive(point, slot) && path.now.pending.count(slot) > 0)
            assign(path, slot);
    path.now.pending.clear();
}

/// Gives every variable the value that it has to have at the target.
void PromelaRegion::settle(Path& path, const PromelaPoint& target)
{
    const PromelaEnvironment& wanted = flow().environment(target);
    const auto count = static_cast<PromelaSlot>(wanted.known.size());
    for (PromelaSlot slot = 0; slot < count; ++slot)
        if (flow().isKept(target, slot) && path.now.pending.count(slot) > 0)
            assign(path, slot);
    for (PromelaSlot slot = 0; slot < count; ++slot) {
        if (!flow().isKept(target, slot))
            continue;
        const KnownValue wantedValue = asNumber(wanted.known[asIndex(slot)]);
        const auto [entry, isNew] = m_variables.emplace(slot, wantedValue);
        if (!isNew)
            entry->second = joined(entry->second, wantedValue, false);
        const KnownValue& known = path.now.known[asIndex(slot)];
        if (known.kind == KnownValue::Kind::Unset && path.dirty.count(slot) > 0)
            line(flow().slotName(slot) + " = 0;");
        if (!known.isConstant())
            continue;
        const std::string literal = PromelaTerm::of(known.constant).text;
        const bool isZero = known.constant.number() == 0;
        if (!isZero || path.dirty.count(slot) > 0)
            line(flow().slotName(slot) + " = " + literal + ";");
        path.dirty.insert(slot);
    }
    for (auto slot = path.dirty.begin(); slot != path.dirty.end();) {
        if (flow().isKept(target, *slot)) {
            ++slot;
            continue;
        }
        line(flow().slotName(*slot) + " = 0;");
        slot = path.dirty.erase(slot);
    }
    path.now.known = wanted.known;
    path.now.known.resize(flow().slotCount());
    path.now.pending.clear();
}

void PromelaRegion::clear(Path& path)
{
    for (const PromelaSlot slot : path.dirty)
        line(flow().slotName(slot) + " = 0;");
    path.dirty.clear();
}

/// When a step can begin: not after the end of the program.
std::string PromelaRegion::stepGuard(const std::string& guard) const
{
    if (m_program.endsEarly())
        return bothOf("GOING", guard);
    return guard.empty() ? "true" : guard;
}

/// The beginning of a path at a place where all that is kept may have been changed.
PromelaRegion::Path PromelaRegion::pathFrom(const PromelaPoint& point)
{
    Path path;
    path.now = flow().environment(point);
    path.now.known.resize(flow().slotCount());
    for (PromelaSlot slot = 0; asIndex(slot) < flow().slotCount(); ++slot)
        if (flow().isKept(point, slot))
            path.dirty.insert(slot);
    return path;
}

void PromelaRegion::writeStop(const PromelaPoint& point)
{
    const Path path = pathFrom(point);
    for (const PromelaOutcome& outcome : flow().outcomes(point, path.now)) {
        line(":: atomic { " + stepGuard(outcome.guard) + " ->");
        follow(point, outcome, path);
        line("}");
    }
}

void PromelaRegion::writeFresh()
{
    line(":: atomic { " + stepGuard({}) + " ->");
    ++m_depth;
    go(flow().entry(), pathFrom(flow().entry()));
    --m_depth;
    line("}");
}

/// What comes behind the guard of one outcome.
void PromelaRegion::follow(const PromelaPoint& point, const PromelaOutcome& outcome, Path path)
{
    ++m_depth;
    PromelaPoint next = point;
    if (carryOut(next, outcome, path))
        go(next, path);
    --m_depth;
}

/// Effects and result; false if the actor has come to its end with it.
bool PromelaRegion::carryOut(PromelaPoint& point, const PromelaOutcome& outcome, Path& path)
{
    emitEffects(outcome);
    const bool isSpawn = flow().instruction(point).operation == Operation::Spawn
        && outcome.kind == PromelaOutcome::Kind::Done;
    if (isSpawn)
        spawn(point, path);
    const PromelaNext next = flow().follow(point, outcome, path.now, definer(path));
    if (next.kind == PromelaNext::Kind::Goes) {
        point = next.point;
        return true;
    }
    end(next, point, path);
    return false;
}

void PromelaRegion::go(PromelaPoint point, Path path)
{
    while (!m_program.problem()) {
        if (flow().isStop(point, path.now)) {
            settle(path, point);
            if (m_seen.insert(point).second)
                m_targets.push_back(point);
            line("goto " + label(point));
            return;
        }
        if (flow().isLoopHead(point) && !enterLoop(point, path))
            return;
        const Operation operation = flow().instruction(point).operation;
        if (isVisible(operation) || operation == Operation::EnterSection
            || operation == Operation::LeaveSection)
            assignAll(path, point);
        const PromelaOutcomes outcomes = flow().outcomes(point, path.now);
        if (outcomes.empty())
            return m_program.refuse(flow().instruction(point), "this statement");
        if (outcomes.size() > 1 || !outcomes.front().guard.empty())
            return branch(point, outcomes, path);
        if (!carryOut(point, outcomes.front(), path))
            return;
    }
}

/// Puts a label to a loop within the step, or goes back to it: then nothing is left to write.
bool PromelaRegion::enterLoop(const PromelaPoint& point, Path& path)
{
    const auto known = path.labels.find(point);
    settle(path, point);
    if (known != path.labels.end()) {
        line("goto " + known->second);
        return false;
    }
    const std::string name = "again_" + std::to_string(++m_labels);
    path.labels[point] = name;
    line(name + ": skip;");
    return true;
}

void PromelaRegion::branch(
    const PromelaPoint& point, const PromelaOutcomes& outcomes, const Path& path)
{
    line("if");
    for (const PromelaOutcome& outcome : outcomes) {
        line(":: " + (outcome.guard.empty() ? std::string("true") : outcome.guard) + " ->");
        follow(point, outcome, path);
    }
    line("fi");
}

void PromelaRegion::end(const PromelaNext& next, const PromelaPoint& point, Path& path)
{
    if (next.kind == PromelaNext::Kind::Exited) {
        line("goto " + label(point));
        return;
    }
    const bool hasFailed = next.kind == PromelaNext::Kind::Failed;
    const std::int64_t how = hasFailed ? kPromelaFailed + next.exception : kPromelaEnded;
    clear(path);
    line("status[me] = " + std::to_string(how) + ";");
    if (!flow().actor().isDaemon)
        line("running--;");
    if (how >= kPromelaFailed && m_program.reports())
        line("c_code { printf(\"@uncaught " + m_program.code().exceptions[asIndex(next.exception)]
            + "\\n\"); };");
    line("goto end_stop");
}

} // namespace heddle
