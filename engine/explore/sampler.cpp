// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/sampler.h"

#include "engine/explore/found_words.h"
#include "engine/explore/state_findings.h"
#include "engine/explore/stepper.h"
#include "engine/model/run/expectation_judge.h"
#include "engine/model/run/spoken_of.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

Sentence chanceLeadsTo(const Sentence& what)
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "a schedule drawn by chance leads to %1"), {what});
}

constexpr std::size_t kMostSteps = 20'000; // of one schedule; endless ones are cut
constexpr int kMostChanges = 5;

} // namespace

Sampler::Sampler(std::shared_ptr<const Code> code, MachineOptions options, std::uint64_t seed)
    : m_machine(std::move(code),
        [&options] {
            options.mergesTwins = false;
            return options;
        }())
    , m_raceLook(m_machine)
    , m_random(seed)
    , m_list(m_machine.width())
    , m_violated(m_machine.code().invariants.size())
    , m_inside(m_machine.code().expectations.size())
    , m_outside(m_machine.code().expectations.size())
{
    m_figures.seed = seed;
}

void Sampler::draw(std::chrono::nanoseconds time, const std::stop_token& stop)
{
    const auto begin = std::chrono::steady_clock::now();
    while (!stop.stop_requested() && std::chrono::steady_clock::now() - begin < time)
        drawOne();
    m_figures.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void Sampler::drawOne()
{
    m_priorities.clear();
    if (m_figures.schedules % 2 == 1)
        beginPriorities();
    m_state = m_machine.initialState();
    m_steps.clear();
    look();
    while (m_steps.size() < kMostSteps && !m_machine.isEnd(m_state)) {
        for (const std::int32_t variable : m_raceLook.in(m_state))
            m_races.try_emplace(variable, m_steps);
        const std::optional<ScheduledStep> step = choose();
        if (!step) {
            if (!m_machine.hasNoRoom() && m_machine.takeCapped().empty())
                keep(m_deadlock);
            break;
        }
        m_steps.push_back(*step);
        const auto choice = static_cast<std::size_t>(step->choice);
        const std::span<const Cell> after = std::as_const(m_list).state(choice);
        m_state.assign(after.begin(), after.end());
        note(m_list.notes(choice), step->actor);
        look();
    }
    if (m_machine.isEnd(m_state))
        lookAtEnd();
    ++m_figures.schedules;
    m_figures.steps += m_steps.size();
    m_longest = std::max(m_longest, m_steps.size());
}

void Sampler::beginPriorities()
{
    const auto actors = static_cast<std::size_t>(m_machine.actorCount());
    m_priorities.resize(actors);
    for (std::size_t actor = 0; actor < actors; ++actor)
        m_priorities[actor] = kMostChanges + 1 + actor;
    std::shuffle(m_priorities.begin(), m_priorities.end(), m_random);
    m_changes.clear();
    const std::size_t changes = m_figures.schedules / 2 % kMostChanges;
    std::uniform_int_distribution<std::size_t> anyStep(0, m_longest - 1);
    for (std::size_t change = 0; change < changes; ++change)
        m_changes.push_back(anyStep(m_random));
}

std::int32_t Sampler::chosenActor(const std::vector<std::int32_t>& enabled)
{
    if (m_priorities.empty())
        return enabled[std::uniform_int_distribution<std::size_t>(0, enabled.size() - 1)(m_random)];
    const auto isLower = [this](std::int32_t left, std::int32_t right) {
        return m_priorities[static_cast<std::size_t>(left)]
            < m_priorities[static_cast<std::size_t>(right)];
    };
    auto best = std::max_element(enabled.begin(), enabled.end(), isLower);
    for (std::size_t change = 0; change < m_changes.size(); ++change) {
        if (m_changes[change] != m_steps.size())
            continue;
        m_priorities[static_cast<std::size_t>(*best)] = change;
        best = std::max_element(enabled.begin(), enabled.end(), isLower);
    }
    return *best;
}

/// The next step, with its states in the list; nothing if nobody can move.
std::optional<ScheduledStep> Sampler::choose()
{
    std::vector<std::int32_t> enabled;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        m_machine.expand(m_state, actor, m_list);
        if (!m_list.empty())
            enabled.push_back(actor);
    }
    if (enabled.empty())
        return std::nullopt;
    ScheduledStep step;
    step.actor = chosenActor(enabled);
    m_machine.expand(m_state, step.actor, m_list);
    step.choice = static_cast<std::int32_t>(
        std::uniform_int_distribution<std::size_t>(0, m_list.size() - 1)(m_random));
    return step;
}

void Sampler::keep(std::optional<Steps>& place) const
{
    if (!place || place->size() > m_steps.size())
        place = m_steps;
}

void Sampler::look()
{
    const std::vector<Invariant>& invariants = m_machine.code().invariants;
    for (std::size_t i = 0; i < invariants.size(); ++i)
        if (!m_violated[i] && isViolated(m_machine, m_state, invariants[i]))
            keep(m_violated[i]);
}

void Sampler::note(const StepNotes& notes, std::int32_t actor)
{
    if (notes.assertionFailed)
        m_assertions.try_emplace(notes.assertion, m_steps);
    if (const std::string* exception = endingException(m_machine, m_state, actor))
        m_exceptions.try_emplace(*exception, m_steps);
}

void Sampler::lookAtEnd()
{
    const std::vector<Expectation>& all = m_machine.code().expectations;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind != Expectation::Kind::Final)
            continue;
        const Evaluated value = m_machine.evaluate(m_state, *all[i].fragment);
        if (!value.isRaised())
            keep(isInRanges(all[i], value.value) ? m_inside[i] : m_outside[i]);
    }
}

Schedule Sampler::named(const Steps& steps)
{
    Schedule schedule{steps};
    Stepper stepper(m_machine);
    for (ScheduledStep& step : schedule.steps) {
        static_cast<void>(stepper.move(step)); // each has been taken
        step.actor = numberInSchedule(m_machine, stepper.state(), step.actor);
    }
    return schedule;
}

void Sampler::judge(ExplorationReport& report)
{
    using Status = ExploredExpectation::Status;
    const std::vector<Expectation>& all = m_machine.code().expectations;
    for (std::size_t i = 0; i < all.size() && i < report.expectations.size(); ++i)
        if (report.expectations[i].status == Status::Unchecked)
            judge(all[i], report.expectations[i]);
    addUnexpected(report);
    const bool hasFailed = std::any_of(report.expectations.begin(), report.expectations.end(),
        [](const ExploredExpectation& each) { return each.status == Status::Failed; });
    if (hasFailed)
        report.verdict = ExplorationVerdict::Violated;
    report.deadlockFound = report.deadlockFound || m_deadlock.has_value();
    report.sampled = m_figures;
}

// What no line speaks of is expected not to happen.
void Sampler::addUnexpected(ExplorationReport& report)
{
    const auto add = [&](std::string text, const Steps& steps, const Sentence& what) {
        ExploredExpectation unexpected;
        unexpected.text = std::move(text);
        unexpected.status = ExploredExpectation::Status::Failed;
        unexpected.why = chanceLeadsTo(what);
        unexpected.witness = named(steps);
        report.expectations.push_back(std::move(unexpected));
    };
    const Code& code = m_machine.code();
    if (m_deadlock && !report.deadlockFound && !speaksOfDeadlocks(code))
        add("deadlock free", *m_deadlock, aDeadlock());
    for (const auto& [name, steps] : m_exceptions) {
        const std::string text = exceptionFreeText(name);
        const bool isKnown = std::any_of(report.expectations.begin(), report.expectations.end(),
            [&text](const ExploredExpectation& each) { return each.text == text; });
        if (!isKnown && !speaksOfException(code, name))
            add(text, steps, anActorThatEndsWithIt());
    }
}

const Sampler::Steps* Sampler::violationOf(const std::string& invariant) const
{
    for (std::size_t i = 0; i < m_violated.size(); ++i)
        if (m_violated[i] && m_machine.code().invariants[i].text == invariant)
            return &*m_violated[i];
    return nullptr;
}

void Sampler::decide(
    ExploredExpectation& judged, const Steps* found, bool isWanted, const Sentence& what)
{
    if (found == nullptr)
        return;
    judged.status =
        isWanted ? ExploredExpectation::Status::Held : ExploredExpectation::Status::Failed;
    judged.why = chanceLeadsTo(what);
    judged.witness = named(*found);
}

void Sampler::judge(const Expectation& expectation, ExploredExpectation& judged)
{
    using Kind = Expectation::Kind;
    const auto matching = [](const auto& map, const auto& matches) -> const Steps* {
        const auto found = std::find_if(map.begin(), map.end(), matches);
        return found == map.end() ? nullptr : &found->second;
    };
    switch (expectation.kind) {
    case Kind::Terminates:
    case Kind::Deadlock:
        return decide(judged, m_deadlock ? &*m_deadlock : nullptr,
            expectation.kind == Kind::Deadlock && expectation.isReachable, aDeadlock());
    case Kind::AssertVerdict:
        return decide(judged,
            matching(m_assertions,
                [&](const auto& each) {
                    return expectation.texts.empty() || each.first == expectation.texts.front();
                }),
            !expectation.flag, aFailedAssertion());
    case Kind::Exception:
        return decide(judged,
            matching(
                m_exceptions, [&](const auto& each) { return each.first == expectation.name; }),
            expectation.isReachable, anActorThatEndsWithIt());
    case Kind::Race:
        return decide(judged,
            matching(m_races,
                [&](const auto& each) {
                    const auto variable = static_cast<std::size_t>(each.first);
                    return expectation.name.empty()
                        || m_machine.code().shared[variable].name == expectation.name;
                }),
            expectation.isReachable || !expectation.name.empty(),
            Sentence::of(HEDDLE_TEXT("Sentence", "a race")));
    case Kind::InvariantVerdict:
        return decide(judged, violationOf(expectation.texts.front()), !expectation.flag,
            aStateInWhichItIsFalse());
    case Kind::Final:
        return judgeFinal(expectation, judged);
    default:
        return;
    }
}

void Sampler::judgeFinal(const Expectation& expectation, ExploredExpectation& judged)
{
    using Relation = Expectation::Relation;
    const auto index =
        static_cast<std::size_t>(&expectation - m_machine.code().expectations.data());
    const bool isAboutInside =
        expectation.relation == Relation::CanBe || expectation.relation == Relation::Never;
    const std::optional<Steps>& place = isAboutInside ? m_inside[index] : m_outside[index];
    decide(judged, place ? &*place : nullptr, expectation.relation == Relation::CanBe,
        isAboutInside ? suchAValue() : Sentence::of(HEDDLE_TEXT("Sentence", "another value")));
}

} // namespace heddle
