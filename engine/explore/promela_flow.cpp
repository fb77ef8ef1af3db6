// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_flow.h"

#include "engine/model/program/interpreter.h"

namespace heddle {

namespace {

constexpr std::size_t kMostPlaces = 20'000;

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

} // namespace

PromelaFlow::PromelaFlow(PromelaProgram& program, std::int32_t actor)
    : m_program(program)
    , m_actor(actor)
{
    for (const VariableDeclaration& variable : program.code().privates)
        m_slotNames.push_back(program.uniqueName(variable.name));
    m_calls.push_back({this->actor().routine, -1, -1, 0});
    addSlots(routineOf(0), 0);
}

const ActorDeclaration& PromelaFlow::actor() const
{
    return m_program.code().actors[asIndex(m_actor)];
}

const Routine& PromelaFlow::routineOf(std::int32_t context) const
{
    return m_program.code().routines[asIndex(m_calls[asIndex(context)].routine)];
}

void PromelaFlow::addSlots(const Routine& routine, std::int32_t context)
{
    m_calls[asIndex(context)].first = static_cast<PromelaSlot>(m_slotNames.size());
    for (std::int32_t number = 0; number < routine.registerCount; ++number) {
        const std::string& name = asIndex(number) < routine.registerNames.size()
            ? routine.registerNames[asIndex(number)]
            : std::string();
        m_slotNames.push_back(
            m_program.uniqueName(name.empty() ? "r" + std::to_string(number) : name));
    }
}

PromelaPoint PromelaFlow::entry() const
{
    return {0, routineOf(0).entry, false};
}

PromelaEnvironment PromelaFlow::entryEnvironment() const
{
    PromelaEnvironment environment;
    environment.known.resize(m_slotNames.size());
    const auto& privates = m_program.code().privates;
    for (std::size_t i = 0; i < privates.size(); ++i)
        environment.known[i] = KnownValue::of(privates[i].initial.front());
    PromelaSlot slot = m_calls.front().first;
    if (actor().isArray)
        environment.known[asIndex(slot++)] =
            KnownValue::number(ValueKind::Integer, actor().low, actor().low + actor().count - 1);
    for (std::int32_t i = 0; i < actor().parameterCount; ++i)
        environment.known[asIndex(slot++)] = m_program.parameter(m_actor, asIndex(i));
    return environment;
}

const Instruction& PromelaFlow::instruction(const PromelaPoint& point) const
{
    return m_program.code().instructions[asIndex(point.at)];
}

const PromelaEnvironment& PromelaFlow::environment(const PromelaPoint& point) const
{
    return m_places.at(point).environment;
}

const std::string& PromelaFlow::slotName(PromelaSlot slot) const
{
    return m_slotNames[asIndex(slot)];
}

PromelaSlot PromelaFlow::slotOf(std::int32_t context, Register number) const
{
    return m_calls[asIndex(context)].first + number;
}

bool PromelaFlow::isStop(const PromelaPoint& point, const PromelaEnvironment& now) const
{
    return isVisible(instruction(point).operation) && now.atomicDepth == 0;
}

bool PromelaFlow::isLive(const PromelaPoint& point, PromelaSlot slot) const
{
    const std::vector<bool>& live = m_places.at(point).live;
    return asIndex(slot) < live.size() && live[asIndex(slot)];
}

bool PromelaFlow::isKept(const PromelaPoint& point, PromelaSlot slot) const
{
    const auto& known = environment(point).known;
    return asIndex(slot) < known.size() && known[asIndex(slot)].isNumber() && isLive(point, slot);
}

bool PromelaFlow::isLoopHead(const PromelaPoint& point) const
{
    const auto found = m_places.find(point);
    return found != m_places.end() && found->second.isHead;
}

PromelaTerm PromelaFlow::term(
    const PromelaPoint& point, const PromelaEnvironment& now, Register number) const
{
    if (number == kNoRegister)
        return PromelaTerm::of(Value::none());
    const PromelaSlot slot = slotOf(point.context, number);
    const KnownValue& known = now.known[asIndex(slot)];
    if (known.isConstant())
        return PromelaTerm::of(known.constant);
    PromelaTerm term;
    term.known = known;
    const bool mayBeUnset =
        known.mayBeUnset && instruction(point).operation != Operation::Reraise; // a flag says so
    if (known.kind == KnownValue::Kind::Mixed || known.kind == KnownValue::Kind::Unset
        || mayBeUnset)
        m_program.refuse(
            instruction(point), "a value of more than one kind, or one that may not be set yet,");
    const auto pending = now.pending.find(slot);
    if (pending != now.pending.end())
        term.text = pending->second;
    else if (known.isNumber())
        term.text = slotName(slot);
    return term;
}

PromelaOutcomes PromelaFlow::outcomes(
    const PromelaPoint& point, const PromelaEnvironment& now) const
{
    const Instruction& next = instruction(point);
    const PromelaSite site{m_program, next, point.isWaiting,
        [&](Register number) { return term(point, now, number); }};
    const bool hasBadLimit = next.isTimed && next.limit != kNoRegister
        && term(point, now, next.limit).known.valueKind() != ValueKind::Duration;
    if (hasBadLimit)
        return {site.raised(kBadValue)};
    switch (next.operation) {
    case Operation::LoadPrivate: {
        PromelaOutcome outcome;
        const KnownValue& known = now.known[asIndex(next.target)];
        const auto pending = now.pending.find(next.target);
        outcome.result = known.isConstant() ? PromelaTerm::of(known.constant)
            : pending != now.pending.end()  ? PromelaTerm{known, pending->second}
                                            : PromelaTerm{known, slotName(next.target)};
        if (known.kind == KnownValue::Kind::Unset)
            return {site.raised("Missing")};
        if (known.kind == KnownValue::Kind::Mixed || known.mayBeUnset)
            site.refuse("a private variable of more than one kind");
        return {outcome};
    }
    case Operation::StorePrivate: {
        const VariableDeclaration& variable = m_program.code().privates[asIndex(next.target)];
        if (variable.minimum || variable.maximum)
            site.refuse("a private variable with a range");
        if (variable.kind != ValueKind::None
            && site.term(next.a).known.valueKind() != variable.kind)
            return {site.raised(kBadValue)};
        return PromelaOutcomes(1);
    }
    case Operation::CallRoutine:
    case Operation::Return:
        return PromelaOutcomes(1);
    case Operation::Reraise:
        return reraiseOutcomes(point, now);
    case Operation::Spawn:
        return spawnOutcomes(point, now);
    default:
        return promelaOutcomes(site);
    }
}

PromelaOutcomes PromelaFlow::reraiseOutcomes(
    const PromelaPoint& point, const PromelaEnvironment& now) const
{
    const PromelaTerm which = term(point, now, instruction(point).a);
    const bool isOnly = (which.known.exceptions & (which.known.exceptions - 1)) == 0;
    const auto count = static_cast<std::int64_t>(m_program.code().exceptions.size());
    PromelaOutcomes outcomes;
    for (std::int64_t number = kAssertionFailure; number < count; ++number) {
        if ((which.known.exceptions >> (number + 1) & 1) == 0)
            continue;
        outcomes.emplace_back();
        outcomes.back().kind = PromelaOutcome::Kind::Raised;
        outcomes.back().exception = number;
        if (!isOnly)
            outcomes.back().guard = "(" + which.text + " == " + std::to_string(number) + ")";
    }
    return outcomes;
}

// What it does is the writer's; here it counts what comes back and what the other one learns.
PromelaOutcomes PromelaFlow::spawnOutcomes(
    const PromelaPoint& point, const PromelaEnvironment& now) const
{
    const Instruction& spawn = instruction(point);
    const ActorDeclaration& declared = m_program.code().actors[asIndex(spawn.target)];
    m_program.noteStarted(spawn.target);
    for (std::int32_t i = 0; i < spawn.count; ++i)
        m_program.learnParameter(spawn.target, asIndex(i), term(point, now, spawn.a + i).known);
    const PromelaSite site{
        m_program, spawn, false, [&](Register number) { return term(point, now, number); }};
    PromelaOutcome outcome;
    if (declared.isArray && spawn.index == kNoRegister) {
        if (declared.parameterCount > 0)
            site.refuse("a whole array of actors with parameters");
        outcome.result.known.kind = KnownValue::Kind::Actors;
        outcome.result.known.actors = spawn.target;
        return {outcome};
    }
    const PromelaElement element = site.element(declared.low, declared.count, spawn.index);
    outcome.result = {KnownValue::number(ValueKind::Handle, 0, m_program.actorRoom() - 1), "h_"};
    return guarded(site, element, {outcome});
}

PromelaNext PromelaFlow::follow(const PromelaPoint& point, const PromelaOutcome& outcome,
    PromelaEnvironment& now, const Define& define)
{
    const Instruction& done = instruction(point);
    PromelaNext next;
    next.point = {point.context, point.at + 1, false};
    switch (outcome.kind) {
    case PromelaOutcome::Kind::Waits:
        next.point = {point.context, point.at, true};
        return next;
    case PromelaOutcome::Kind::Jumped:
        next.point.at = outcome.target;
        return next;
    case PromelaOutcome::Kind::Exited:
        next.kind = PromelaNext::Kind::Exited;
        return next;
    case PromelaOutcome::Kind::Raised:
        return unwind(point, outcome.exception, now, define);
    case PromelaOutcome::Kind::GaveUp:
        if (done.otherwise < 0)
            return unwind(point, findException(m_program.code(), "Timeout"), now, define);
        next.point.at = done.otherwise;
        return next;
    case PromelaOutcome::Kind::Done:
        break;
    }
    if (done.operation == Operation::CallRoutine)
        return enter(point, now, define);
    if (done.operation == Operation::Return)
        return leave(point, now, define);
    if (done.operation == Operation::BeginAtomic)
        ++now.atomicDepth;
    if (done.operation == Operation::EndAtomic)
        --now.atomicDepth;
    if (done.operation == Operation::StorePrivate)
        define(done.target, term(point, now, done.a));
    else if (done.result != kNoRegister)
        define(slotOf(point.context, done.result), outcome.result);
    return next;
}

PromelaNext PromelaFlow::enter(
    const PromelaPoint& point, PromelaEnvironment& now, const Define& define)
{
    const Instruction& calls = instruction(point);
    std::vector<PromelaTerm> arguments;
    arguments.reserve(static_cast<std::size_t>(calls.count));
    for (std::int32_t i = 0; i < calls.count; ++i)
        arguments.push_back(term(point, now, calls.a + i));
    const std::int32_t context = call(point, calls.target);
    PromelaNext next;
    if (context < 0) {
        next.kind = PromelaNext::Kind::Ended;
        return next;
    }
    now.known.resize(m_slotNames.size());
    for (std::int32_t i = 0; i < calls.count; ++i)
        define(slotOf(context, i), arguments[asIndex(i)]);
    next.point = {context, routineOf(context).entry, false};
    return next;
}

std::int32_t PromelaFlow::call(const PromelaPoint& point, std::int32_t routine)
{
    for (std::size_t i = 0; i < m_calls.size(); ++i)
        if (m_calls[i].parent == point.context && m_calls[i].at == point.at)
            return static_cast<std::int32_t>(i);
    for (std::int32_t up = point.context; up >= 0; up = m_calls[asIndex(up)].parent) {
        if (m_calls[asIndex(up)].routine != routine)
            continue;
        m_program.refuse(instruction(point), "a def that calls itself");
        return -1;
    }
    const auto context = static_cast<std::int32_t>(m_calls.size());
    m_calls.push_back({routine, point.context, point.at, 0});
    addSlots(routineOf(context), context);
    return context;
}

PromelaNext PromelaFlow::leave(
    const PromelaPoint& point, PromelaEnvironment& now, const Define& define) const
{
    const PromelaTerm returned = term(point, now, instruction(point).a);
    const Call& ended = m_calls[asIndex(point.context)];
    PromelaNext next;
    if (ended.parent < 0) {
        next.kind = PromelaNext::Kind::Ended;
        return next;
    }
    const PromelaPoint caller{ended.parent, ended.at, false};
    const Register result = instruction(caller).result;
    if (result != kNoRegister)
        define(slotOf(ended.parent, result), returned);
    forget(point.context, now);
    next.point = {ended.parent, ended.at + 1, false};
    return next;
}

void PromelaFlow::forget(std::int32_t context, PromelaEnvironment& now) const
{
    const std::int32_t count = routineOf(context).registerCount;
    for (Register number = 0; number < count; ++number) {
        const PromelaSlot slot = slotOf(context, number);
        now.known[asIndex(slot)] = {};
        now.pending.erase(slot);
    }
}

PromelaNext PromelaFlow::unwind(
    PromelaPoint point, std::int64_t exception, PromelaEnvironment& now, const Define& define) const
{
    using Catches = ExceptionHandler::Catches;
    const std::int64_t cancelled = findException(m_program.code(), "Cancelled");
    while (true) {
        for (const ExceptionHandler& handler : routineOf(point.context).handlers) {
            if (point.at < handler.from || point.at >= handler.to)
                continue;
            const bool isCaught = handler.catches == Catches::Everything
                || (exception != kAssertionFailure
                    && (handler.catches == Catches::Named ? exception == handler.exception
                                                          : exception != cancelled));
            if (!isCaught)
                continue;
            if (handler.store != kNoRegister)
                define(slotOf(point.context, handler.store),
                    PromelaTerm::of(Value::exception(exception, {})));
            return {PromelaNext::Kind::Goes, {point.context, handler.handler, false}, 0};
        }
        const Call& failed = m_calls[asIndex(point.context)];
        if (failed.parent < 0)
            return {PromelaNext::Kind::Failed, point, exception};
        forget(point.context, now);
        point = {failed.parent, failed.at, false};
    }
}

void PromelaFlow::analyse()
{
    m_places.clear();
    if (!merge(entry(), entryEnvironment()))
        return;
    std::vector<PromelaPoint> open{entry()};
    while (!open.empty() && !m_program.problem()) {
        const PromelaPoint point = open.back();
        open.pop_back();
        visit(point, open);
        if (m_places.size() > kMostPlaces)
            m_program.refuse(actor().line, "an actor as long as this");
    }
    if (m_program.problem())
        return;
    findLive();
    findLoopHeads();
}

} // namespace heddle
