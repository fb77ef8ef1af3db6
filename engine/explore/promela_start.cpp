// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_region.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr int kMostPrefixSteps = 2'000;

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

} // namespace

void PromelaRegion::spawn(const PromelaPoint& point, Path& path)
{
    const Instruction& spawns = flow().instruction(point);
    const ActorDeclaration& declared = m_program.code().actors[asIndex(spawns.target)];
    std::vector<PromelaTerm> arguments;
    const bool isWholeArray = declared.isArray && spawns.index == kNoRegister;
    if (declared.isArray)
        arguments.emplace_back();
    for (std::int32_t i = 0; i < spawns.count; ++i)
        arguments.push_back(flow().term(point, path.now, spawns.a + i));
    const PromelaTerm name = flow().term(point, path.now, spawns.b);
    const bool isNamed = !name.known.isConstant() || !name.known.constant.is(ValueKind::None);
    const auto start = [&](const std::string& element) {
        const std::string handle = isNamed || declared.parameterCount > 0
            ? std::string()
            : "(" + std::to_string(declared.first) + " + " + element + ")";
        spawnOne(declared, spawns.target, handle, arguments);
    };
    if (!isWholeArray) {
        std::string element = "0";
        if (declared.isArray) {
            arguments.front() = flow().term(point, path.now, spawns.index);
            const PromelaSite site{m_program, spawns, false,
                [&](Register number) { return flow().term(point, path.now, number); }};
            element = site.element(declared.low, declared.count, spawns.index).text;
        }
        return start(element);
    }
    for (std::int32_t element = 0; element < declared.count; ++element) {
        arguments.front() = PromelaTerm::integer(declared.low + element);
        line("assert(status[" + std::to_string(declared.first + element) + "] == 0);");
        start(std::to_string(element));
    }
}

/// The actor of the handle, or one of the spare ones if it has been started before.
void PromelaRegion::spawnOne(const ActorDeclaration& declared, std::int32_t actor,
    const std::string& declaredHandle, const std::vector<PromelaTerm>& arguments)
{
    const std::string spare = std::to_string(m_program.code().declaredInstanceCount());
    const std::string takeSpare = "h_ = " + spare + " + extras; extras++; assert(h_ < "
        + std::to_string(m_program.actorRoom()) + ")";
    if (declaredHandle.empty())
        line(takeSpare + ";");
    else
        line("if :: status[" + declaredHandle + "] == 0 -> h_ = " + declaredHandle + " :: else -> "
            + takeSpare + " fi;");
    line("status[h_] = " + std::to_string(kPromelaGoing) + ";");
    if (!declared.isDaemon)
        line("running++;");
    if (m_program.uses(Operation::JoinAll))
        line("spawned[h_] = me + 1;");
    writeStart(actor, "h_", arguments);
}

void PromelaRegion::writeStart(
    std::int32_t actor, const std::string& handle, const std::vector<PromelaTerm>& arguments)
{
    PromelaFlow& started = m_flows[asIndex(actor)];
    if (!started.isReached(started.entry()))
        return m_program.refuse(started.actor().line, "an actor that is not understood");
    Path path;
    path.now = started.entryEnvironment();
    path.now.known.resize(started.slotCount());
    path.sections.assign(m_program.code().sections.size(), 0);
    auto slot = static_cast<PromelaSlot>(m_program.code().privates.size());
    for (const PromelaTerm& argument : arguments) {
        path.now.known[asIndex(slot)] = argument.known;
        if (argument.known.isNumber())
            path.now.pending[slot] = argument.text;
        ++slot;
    }
    const PromelaEnvironment entry = path.now;
    goPrefix({started, actor, handle, entry}, started.entry(), std::move(path), 0);
}

void PromelaRegion::branchPrefix(const Prefix& prefix, PromelaPoint point, const Path& path,
    const PromelaOutcomes& outcomes, int steps)
{
    line("if");
    for (const PromelaOutcome& outcome : outcomes) {
        line(":: " + outcome.guard + " ->");
        ++m_depth;
        Path taken = path;
        PromelaPoint next = point;
        if (stepPrefix(prefix, next, taken, outcome))
            goPrefix(prefix, next, std::move(taken), steps + 1);
        --m_depth;
    }
    line("fi;");
}

void PromelaRegion::goPrefix(const Prefix& prefix, PromelaPoint point, Path path, int steps)
{
    const PromelaLanding fresh{prefix.actor, prefix.flow.entry(), true};
    for (; steps < kMostPrefixSteps && !m_program.problem(); ++steps) {
        if (prefix.flow.isStop(point, path.now)) {
            const bool isInside = std::any_of(path.sections.begin(), path.sections.end(),
                [](std::int32_t count) { return count != 0; });
            return run(prefix, isInside ? fresh : PromelaLanding{prefix.actor, point, false},
                isInside ? prefix.entry : path.now);
        }
        const PromelaOutcomes outcomes = prefix.flow.outcomes(point, path.now);
        const bool isDrawn = outcomes.size() > 1 && outcomes.front().guard.empty();
        if (isDrawn)
            return run(prefix, fresh, prefix.entry);
        if (outcomes.size() == 1) {
            if (!stepPrefix(prefix, point, path, outcomes.front()))
                return;
            continue;
        }
        return branchPrefix(prefix, point, path, outcomes, steps);
    }
    m_program.refuse(prefix.flow.actor().line, "so long a beginning of an actor");
}

/// False if others can tell what the actor does: then it begins fresh.
bool PromelaRegion::stepPrefix(
    const Prefix& prefix, PromelaPoint& point, Path& path, const PromelaOutcome& outcome)
{
    const Instruction& done = prefix.flow.instruction(point);
    if (done.operation == Operation::EnterSection)
        ++path.sections[asIndex(done.target)];
    if (done.operation == Operation::LeaveSection)
        --path.sections[asIndex(done.target)];
    PromelaOutcome taken = outcome;
    if (done.operation == Operation::MyHandle)
        taken.result.text = prefix.handle;
    const PromelaNext next = prefix.flow.follow(
        point, taken, path.now, [&path, &prefix](PromelaSlot slot, const PromelaTerm& term) {
            path.now.known.resize(std::max(path.now.known.size(), prefix.flow.slotCount()));
            path.now.known[asIndex(slot)] = term.known;
            path.now.pending.erase(slot);
            if (term.known.isNumber())
                path.now.pending[slot] = term.text;
        });
    const bool isQuiet =
        next.kind == PromelaNext::Kind::Goes && taken.kind != PromelaOutcome::Kind::Raised;
    if (isQuiet) {
        point = next.point;
        return true;
    }
    run(prefix, {prefix.actor, prefix.flow.entry(), true}, prefix.entry);
    return false;
}

void PromelaRegion::run(
    const Prefix& prefix, const PromelaLanding& landing, const PromelaEnvironment& now)
{
    std::string text = "run " + m_landings.name(landing) + "(" + prefix.handle;
    for (PromelaSlot slot = 0; asIndex(slot) < prefix.flow.slotCount(); ++slot) {
        if (!prefix.flow.isKept(landing.point, slot))
            continue;
        const KnownValue& known = now.known[asIndex(slot)];
        const auto pending = now.pending.find(slot);
        std::string value = "0"; // of one that is not set yet
        if (known.isConstant())
            value = PromelaTerm::of(known.constant).text;
        else if (pending != now.pending.end())
            value = pending->second;
        text += ", " + value;
    }
    line(text + ");");
}

} // namespace heddle
