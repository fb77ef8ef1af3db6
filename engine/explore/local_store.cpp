// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/local_store.h"

#include "engine/explore/state_layout.h"
#include "engine/explore/unknown_text.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kMostDraws = 1024; // outcomes of one step by `random`

/// Answers an actor's computations, and plays one sequence of draws after the other.
class LocalContext final : public EvaluationContext
{
public:
    LocalContext(LocalState& local, ValueStore& values, const LocalSurroundings& surroundings,
        std::vector<bool> draws)
        : m_local(local)
        , m_values(values)
        , m_surroundings(surroundings)
        , m_draws(std::move(draws))
    {
    }

    [[nodiscard]] std::int64_t me() const override { return m_surroundings.handle(); }
    [[nodiscard]] std::string handleName(std::int64_t handle) const override
    {
        m_asked = true;
        return m_surroundings.handleName(handle);
    }
    [[nodiscard]] std::int64_t now() override
    {
        m_asksClock = true;
        return 0;
    }
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t high) override
    {
        if (low == high)
            return low;
        if (m_drawn == m_draws.size())
            m_draws.push_back(false);
        return m_draws[m_drawn++] ? high : low;
    }
    [[nodiscard]] std::int64_t inside(std::int32_t section) override
    {
        m_asked = true;
        return m_surroundings.insideOthers(section)
            + m_local.sections[static_cast<std::size_t>(section)];
    }
    [[nodiscard]] PrivateStore& privates() override { return m_local.privates; }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) override
    {
        m_asked = true;
        return m_surroundings.loadShared(variable, element);
    }
    [[nodiscard]] Evaluated query(std::int32_t function, std::int32_t object, std::int32_t element,
        const Value& handle) override
    {
        m_asked = true;
        return m_surroundings.query(function, object, element, handle);
    }
    void enterSection(std::int32_t section, std::uint32_t) override
    {
        ++m_local.sections[static_cast<std::size_t>(section)];
    }
    void leaveSection(std::int32_t section, std::uint32_t) override
    {
        --m_local.sections[static_cast<std::size_t>(section)];
    }
    void compares(const Value& one, const Value& other) override
    {
        m_guesses = m_guesses || mayDependOnUnknownText(one, other);
    }
    void raised(const Value& exception, std::uint32_t) override
    {
        m_raised.push_back(m_values.intern(exception));
    }

    [[nodiscard]] bool asked() const { return m_asked; }
    [[nodiscard]] bool asksClock() const { return m_asksClock; }
    [[nodiscard]] bool guesses() const { return m_guesses; }
    [[nodiscard]] std::vector<Cell>& raisedValues() { return m_raised; }
    [[nodiscard]] const std::vector<bool>& draws() const { return m_draws; }

    /// The draws to play next: the last low one becomes high. Empty after all have been played.
    [[nodiscard]] std::vector<bool> nextDraws() const
    {
        std::vector<bool> draws = m_draws;
        while (!draws.empty() && draws.back())
            draws.pop_back();
        if (!draws.empty())
            draws.back() = true;
        return draws;
    }

private:
    LocalState& m_local;
    ValueStore& m_values;
    const LocalSurroundings& m_surroundings;
    std::vector<bool> m_draws;
    std::size_t m_drawn = 0;
    std::vector<Cell> m_raised;
    mutable bool m_asked = false;
    bool m_asksClock = false;
    bool m_guesses = false;
};

void apply(const Code& code, LocalState& local, const StepResult& result, const ValueStore& values,
    EvaluationContext& context)
{
    switch (result.kind) {
    case StepResult::Kind::Done:
        return complete(code, local.state, values.value(result.value));
    case StepResult::Kind::GaveUp:
        return giveUp(code, local.state, context);
    case StepResult::Kind::Raised:
        return raise(code, local.state, context, result.exception, result.text);
    case StepResult::Kind::AssertionFailed:
        return failAssertion(code, local.state, context, result.text);
    case StepResult::Kind::Start:
        return;
    }
}

std::size_t bytesOf(const LocalState& local)
{
    std::size_t bytes = sizeof(LocalState) + sizeof(LocalFacts)
        + local.state.frames.size() * sizeof(Frame) + local.sections.size() * sizeof(std::int32_t)
        + local.children.size() * sizeof(std::int64_t);
    for (const Value& value : local.state.registers)
        bytes += heddle::bytesOf(value);
    for (const std::vector<Value>& elements : local.privates.values)
        for (const Value& value : elements)
            bytes += heddle::bytesOf(value);
    return bytes;
}

SaidTexts saidTexts(const MachineOptions& options)
{
    return options.keepsFailureTexts || options.keepsHistory ? SaidTexts::Kept : SaidTexts::Dropped;
}

} // namespace

bool isAboutObject(const Instruction& instruction)
{
    const bool isAbout =
        (instruction.operation >= Operation::Lock && instruction.operation <= Operation::Close
            && instruction.operation != Operation::AwaitUntil)
        || instruction.operation == Operation::Join || instruction.operation == Operation::Query
        || instruction.operation == Operation::Read || instruction.operation == Operation::Write;
    return isAbout && instruction.target >= 0;
}

std::size_t LocalStore::KeyHash::operator()(const Key& key) const
{
    std::uint64_t hash = key.size();
    for (const std::uint64_t word : key)
        hash = mixHash(hash, word);
    return hash;
}

LocalStore::LocalStore(const Code& code, ValueStore& values, const MachineOptions& options)
    : m_code(code)
    , m_values(values)
    , m_live(code, saidTexts(options))
    , m_keepsFailureTexts(options.keepsFailureTexts)
    , m_hasSignals(usesProcesses(code))
    , m_hasUnknownTexts(writerOfUnknownText(code) != nullptr)
{
    m_locals.emplace_back(); // number 0: not started
    m_facts.emplace_back();
}

const ActorIdentity& LocalStore::identity(Cell number) const
{
    return m_identities[static_cast<std::size_t>(local(number).identity)];
}

std::int32_t LocalStore::internIdentity(const ActorIdentity& identity)
{
    const auto found = std::find(m_identities.begin(), m_identities.end(), identity);
    if (found != m_identities.end())
        return static_cast<std::int32_t>(found - m_identities.begin());
    m_identities.push_back(identity);
    return static_cast<std::int32_t>(m_identities.size()) - 1;
}

LocalStore::Key LocalStore::keyOf(const LocalState& local)
{
    const auto word = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
    Key key{word(local.identity), word(local.atomicDepth), word(local.extra),
        static_cast<std::uint64_t>(local.phase) | (local.spins ? 256U : 0U),
        static_cast<std::uint64_t>(local.state.status)};
    addState(key, local.state);
    for (const std::vector<Value>& elements : local.privates.values)
        for (const Value& value : elements)
            key.push_back(m_values.intern(value));
    for (const bool isReady : local.privates.isReady)
        key.push_back(isReady ? 1 : 0);
    for (const std::int32_t count : local.sections)
        key.push_back(word(count));
    for (const std::int64_t child : local.children)
        key.push_back(word(child));
    if (m_hasSignals)
        addSignals(key, local);
    return key;
}

void LocalStore::addState(Key& key, const ActorState& state)
{
    const auto word = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
    key.push_back(state.frames.size());
    for (const Frame& frame : state.frames) {
        key.push_back(word(frame.routine) << 32U | static_cast<std::uint32_t>(frame.next));
        key.push_back(word(frame.base) << 32U | static_cast<std::uint32_t>(frame.result));
    }
    for (const Value& value : state.registers)
        key.push_back(m_values.intern(value));
    key.push_back(m_values.intern(state.outcome));
}

Cell LocalStore::intern(LocalState local)
{
    Key key = keyOf(local);
    const auto [entry, isNew] =
        m_numbers.try_emplace(std::move(key), static_cast<Cell>(m_locals.size()));
    if (isNew) {
        m_bytes += bytesOf(local) + entry->first.size() * sizeof(Key::value_type) + kEntryBytes;
        m_facts.push_back(factsOf(local));
        m_locals.push_back(std::move(local));
    }
    return entry->second;
}

LocalFacts LocalStore::factsOf(const LocalState& local)
{
    LocalFacts facts;
    facts.status = local.state.status;
    facts.phase = local.phase;
    facts.spins = local.spins;
    facts.isInAtomic = local.atomicDepth > 0;
    facts.isDaemon = m_identities[static_cast<std::size_t>(local.identity)].isDaemon;
    if (local.state.status != ActorState::Status::Going)
        return facts;
    for (const HeldState& held : local.held)
        if (const std::int32_t object = heldObject(held); object != LocalFacts::kNothing)
            facts.heldWaits.push_back({held.phase, object});
    const Instruction& next = currentInstruction(m_code, local.state);
    facts.next = &next;
    if (isAboutObject(next)) {
        const ObjectDeclaration& declared = m_code.objects[static_cast<std::size_t>(next.target)];
        const ElementIndex found =
            currentElement(m_code, local.state, declared.count, 0, declared.name);
        facts.object =
            found.problem.isRaised() ? LocalFacts::kNoSuchElement : declared.first + found.element;
    } else if (isSharedAccess(next.operation)) {
        const VariableDeclaration& declared = m_code.shared[static_cast<std::size_t>(next.target)];
        const ElementIndex found =
            currentElement(m_code, local.state, declared.count, 0, declared.name);
        facts.variable = found.problem.isRaised() ? LocalFacts::kNoSuchElement : next.target;
        facts.element = found.element;
        if (next.operation == Operation::StoreShared) {
            const Value& value = registerValue(local.state, next.a);
            facts.stored = m_values.intern(value);
            facts.isStorable = !checkStore(declared, value).isRaised();
        }
    }
    return facts;
}

Cell LocalStore::start(
    std::int32_t identity, std::int32_t routine, std::vector<Value> arguments, Phase phase)
{
    LocalState local;
    local.state = startRoutine(m_code, routine, std::move(arguments));
    local.privates = makePrivateStore(m_code);
    local.sections.assign(m_code.sections.size(), 0);
    local.identity = identity;
    local.phase = phase;
    return intern(std::move(local));
}

Cell LocalStore::withPhase(Cell number, Phase phase, std::int32_t extra)
{
    constexpr std::int32_t kMostExtra = 1 << 24;
    const bool isSmall = extra >= 0 && extra < kMostExtra;
    const auto key = static_cast<std::uint32_t>(phase) << 24U | static_cast<std::uint32_t>(extra);
    const Cell known = isSmall ? m_withPhase.find(number, key) : kUnknown;
    if (known != kUnknown)
        return known;
    LocalState local = m_locals[number];
    local.phase = phase;
    local.extra = extra;
    const Cell changed = intern(std::move(local));
    if (isSmall)
        m_withPhase.insert(number, key, changed);
    return changed;
}

Cell LocalStore::withAtomicDepth(Cell number, std::int32_t depth)
{
    LocalState local = m_locals[number];
    local.atomicDepth = depth;
    return intern(std::move(local));
}

Resumed LocalStore::finish(LocalState local, InvisibleStop stop, std::vector<Cell> raised)
{
    Resumed resumed;
    resumed.raised = std::move(raised);
    resumed.spins = stop == InvisibleStop::BudgetSpent;
    local.spins = resumed.spins;
    if (local.state.status == ActorState::Status::Going) {
        m_live.clearDead(local.state);
    } else { // nobody can ask for anything of it any more but whether and how it ended
        if (local.state.status == ActorState::Status::Ended)
            local.state.outcome = Value::none();
        else if (!m_keepsFailureTexts)
            local.state.outcome = Value::exception(local.state.outcome.number(), {});
        local.privates = {};
        local.children.clear();
        local.atomicDepth = 0;
        if (!m_identities[static_cast<std::size_t>(local.identity)].leads())
            local.blocked = local.pending = 0; // of a main thread they outlast its lines
    }
    resumed.local = intern(std::move(local));
    return resumed;
}

LocalStore::Key LocalStore::resumeKey(Cell number, const StepResult& result)
{
    Key key{number, static_cast<std::uint64_t>(result.kind), result.value};
    if (result.kind == StepResult::Kind::Raised
        || result.kind == StepResult::Kind::AssertionFailed) {
        key.push_back(static_cast<std::uint64_t>(findException(m_code, result.exception)));
        key.push_back(m_values.intern(Value::text(result.text)));
    }
    return key;
}

std::vector<Resumed> LocalStore::resume(
    Cell number, const StepResult& result, const LocalSurroundings& surroundings)
{
    const Cell after = knownAfter(number, result.kind, result.value);
    if (after != kUnknown) {
        std::vector<Resumed> one(1);
        one.front().local = after;
        return one;
    }
    Key key = resumeKey(number, result);
    const auto known = m_resumed.find(key);
    if (known != m_resumed.end())
        return known->second;
    std::vector<Resumed> all;
    bool dependsOnOthers = false;
    std::vector<bool> draws;
    do {
        LocalState local = m_locals[number];
        LocalContext context(local, m_values, surroundings, draws);
        apply(m_code, local, result, m_values, context);
        InvisibleStop stop = runInvisible(m_code, local.state, context, kSpinBudget);
        stop = leaveHandlers(local, stop, context);
        all.push_back(finish(std::move(local), stop, std::move(context.raisedValues())));
        all.back().draws = context.draws();
        dependsOnOthers = dependsOnOthers || context.asked();
        m_asksClock = m_asksClock || context.asksClock();
        m_guesses = m_guesses || (m_hasUnknownTexts && context.guesses());
        draws = context.nextDraws();
    } while (!draws.empty() && all.size() < kMostDraws);
    m_leftDrawsOut = m_leftDrawsOut || !draws.empty();
    if (!dependsOnOthers && !remember(number, result, all)) {
        m_bytes += kEntryBytes + all.size() * sizeof(Resumed);
        m_resumed.emplace(std::move(key), all);
    }
    return all;
}

bool LocalStore::remember(Cell number, const StepResult& result, const std::vector<Resumed>& all)
{
    const bool isPlain = all.size() == 1 && all.front().raised.empty() && !all.front().spins;
    const bool isDone = result.kind == StepResult::Kind::Done;
    if (!isPlain || (!isDone && result.kind != StepResult::Kind::GaveUp))
        return false;
    m_afterDone.insert(number, isDone ? result.value : kGaveUp, all.front().local);
    return true;
}

} // namespace heddle
