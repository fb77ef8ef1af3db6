// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explore.h"

#include "engine/explore/explanation.h"
#include "engine/explore/exploration_judge.h"
#include "engine/explore/explorer.h"
#include "engine/explore/order_counter.h"
#include "engine/explore/sampler.h"
#include "engine/explore/stepper.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

// How a program is explored: which searches, in which order.

namespace heddle {

namespace {

constexpr std::size_t kSmallSpace = 10'000;
constexpr std::size_t kStaleReadStates = 100'000; // a search of its own may take so many
constexpr auto kStaleReadTime = std::chrono::milliseconds(500);
constexpr auto kSamplingTime = std::chrono::seconds(1);

/// Whether some variable is both read and written in plain steps, so that an update can be lost.
bool updatesInSteps(const Code& code)
{
    const auto accesses = [&code](Operation operation, std::int32_t variable) {
        return std::any_of(code.instructions.begin(), code.instructions.end(),
            [=](const Instruction& instruction) {
                return instruction.operation == operation && instruction.target == variable;
            });
    };
    for (std::size_t i = 0; i < code.shared.size(); ++i) {
        const auto variable = static_cast<std::int32_t>(i);
        if (accesses(Operation::LoadShared, variable) && accesses(Operation::StoreShared, variable))
            return true;
    }
    return false;
}

ExplorationReport nothingSaid(const std::shared_ptr<const Code>& code)
{
    ExplorationReport report;
    report.program = code->title;
    report.hasExpectLines = !code->expectations.empty();
    report.limit = Machine::obstacle(*code);
    if (report.limit)
        for (const Expectation& each : code->expectations)
            report.expectations.push_back({each.text, each.line,
                ExploredExpectation::Status::Unchecked, *report.limit, std::nullopt, {}});
    return report;
}

/// Says which variable has very many values, as a reason why a space has no end in sight.
Sentence withWhatGrows(const Sentence& limit, const Explorer& explorer)
{
    constexpr std::size_t kMany = 1000;
    constexpr std::uint32_t kLook = 64; // at every so manieth state
    const Code& code = explorer.machine().code();
    for (std::size_t number = 0; number < code.shared.size(); ++number) {
        const std::size_t cell =
            explorer.machine().variableCell(static_cast<std::int32_t>(number), 0);
        std::set<Cell> values;
        for (std::uint32_t state = 0; state < explorer.states().size(); state += kLook)
            values.insert(explorer.states().copy(state)[cell]);
        if (values.size() >= kMany)
            return Sentence::of(HEDDLE_TEXT("Sentence", "%1; \"%2\" had more than %3 values"),
                {limit, code.shared[number].name, std::to_string(values.size())});
    }
    return limit;
}

/// One exploration after the other, until one has said all.
class Exploration
{
public:
    Exploration(const std::shared_ptr<const Code>& code, const ExplorerLimits& limits,
        const std::stop_token& stop, const TellProgress& tellProgress)
        : m_code(code)
        , m_limits(limits)
        , m_stop(stop)
        , m_tellProgress(tellProgress)
    {
    }

    ExplorationReport carryOut()
    {
        const auto begin = std::chrono::steady_clock::now();
        m_report = nothingSaid(m_code);
        if (m_report.limit)
            return std::move(m_report);
        search();
        if (m_limits.find == Find::All && !m_stop.stop_requested() && !m_isDone) {
            if (!m_report.limit) {
                findLostUpdates();
                countOrders();
            } else if (m_limits.drawsSamples && !m_limits.preemptions && !m_isGuess
                && m_report.verdict != ExplorationVerdict::Violated)
                sample();
        }
        explainWitnesses(m_report, m_code);
        m_report.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return std::move(m_report);
    }

private:
    // A small space is covered as it is, so that schedules can be counted. Beyond it, what nobody
    // asks for is left out.
    void search()
    {
        SearchOptions options;
        options.machine.keepsHistory = needsHistory(*m_code);
        options.machine.spareActors = startsActors(*m_code) ? 2 : 0;
        ExplorerLimits limits = m_limits;
        limits.states = std::min(limits.states, kSmallSpace);
        std::unique_ptr<Explorer> small;
        for (;;) {
            auto explorer = std::make_unique<Explorer>(m_code, limits, options);
            explorer->search(m_stop, m_tellProgress);
            if (explorer->machine().hasNoRoom() && options.machine.spareActors < kMostSpareActors) {
                options.machine.spareActors *= 4;
                continue;
            }
            if (limits.states < m_limits.states && explorer->states().size() >= limits.states) {
                if (isAllSaidBy(*explorer))
                    return;
                limits = m_limits;
                reduce(options);
                small = std::move(explorer);
                continue;
            }
            // Who is treated unfairly on a cycle can be told only where twins are told apart.
            const bool isUnclear = explorer->mergesTwins() && options.keepsGraph
                && !explorer->limit() && explorer->graph().hasCycle(explorer->states().size());
            if (isUnclear) {
                options.machine.mergesTwins = false;
                continue;
            }
            m_options = options;
            return judge(*explorer, std::move(small));
        }
    }

    // What a program expects to be possible is often found soon, and then the rest need not be seen.
    bool isAllSaidBy(Explorer& explorer)
    {
        ExplorationReport report = m_report;
        ExplorationJudge(explorer).judgeAll(report);
        if (report.verdict == ExplorationVerdict::Undecided)
            return false;
        m_report = std::move(report);
        tellFigures(explorer);
        m_report.limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "all that the program expects was decided after %1 states"),
            {std::to_string(explorer.states().size())});
        m_isDone = true;
        return true;
    }

    void tellFigures(const Explorer& explorer)
    {
        m_report.states = explorer.states().size();
        m_report.transitions = explorer.transitions();
        m_report.depth = explorer.depth();
        m_report.limit = explorer.limit();
    }

    void judge(Explorer& explorer, std::unique_ptr<Explorer> small)
    {
        std::unique_ptr<Explorer> shorter = std::move(small);
        if (m_options.joinsLocalSteps && shorter != nullptr
            && !shorter->findings().covers(explorer.findings()) && !m_stop.stop_requested()) {
            SearchOptions options = m_options;
            options.usesSleepSets = options.joinsLocalSteps = false;
            options.wanted = explorer.findings();
            shorter = std::make_unique<Explorer>(m_code, m_limits, options);
            shorter->search(m_stop, m_tellProgress);
        }
        m_isGuess = explorer.machine().locals().guesses();
        ExplorationJudge(explorer, shorter.get()).judgeAll(m_report);
        tellFigures(explorer);
        if (m_report.limit && m_report.verdict == ExplorationVerdict::Undecided)
            m_report.limit = withWhatGrows(*m_report.limit, explorer);
    }

    void reduce(SearchOptions& options) const
    {
        const GraphNeed need = graphNeed(*m_code);
        options.machine.mergesTwins = need != GraphNeed::Everything;
        options.keepsGraph = need != GraphNeed::Nothing;
        options.usesSleepSets = !options.keepsGraph;
        options.joinsLocalSteps = need != GraphNeed::Everything;
    }

    void findLostUpdates()
    {
        if (m_report.states > kStaleReadStates || !updatesInSteps(*m_code))
            return;
        SearchOptions options = m_options;
        options.keepsGraph = options.usesSleepSets = false;
        options.machine.watchesStaleReads = true;
        ExplorerLimits limits = m_limits;
        limits.states = std::min(limits.states, kStaleReadStates);
        limits.time = std::min<std::chrono::nanoseconds>(limits.time, kStaleReadTime);
        Explorer explorer(m_code, limits, options);
        explorer.search(m_stop);
        for (const auto& [variable, found] : explorer.findings().lostUpdates)
            m_report.lostUpdates.push_back({m_code->shared[static_cast<std::size_t>(variable)].name,
                explorer.scheduleTo(found)});
    }

    // Only where schedules have an end and are few enough to be taken one by one.
    void countOrders()
    {
        if (!m_report.schedules)
            return;
        MachineOptions options = m_options.machine;
        options.keepsHistory = false;
        Machine machine(m_code, options);
        m_report.orders = OrderCounter(machine, {}).count(m_stop);
    }

    void sample()
    {
        Sampler sampler(m_code, m_options.machine);
        sampler.draw(std::min<std::chrono::nanoseconds>(m_limits.time / 4, kSamplingTime), m_stop);
        sampler.judge(m_report);
    }

    const std::shared_ptr<const Code>& m_code;
    const ExplorerLimits& m_limits;
    const std::stop_token& m_stop;
    const TellProgress& m_tellProgress;
    SearchOptions m_options;
    bool m_isDone = false; ///< nothing is left to decide
    bool m_isGuess = false; ///< samples would be as well
    ExplorationReport m_report;
};

} // namespace

GraphNeed graphNeed(const Code& code)
{
    using Kind = Expectation::Kind;
    GraphNeed need = GraphNeed::Nothing;
    for (const Expectation& each : code.expectations) {
        switch (each.kind) {
        case Kind::Livelock:
        case Kind::Starvation:
        case Kind::Stuck:
        case Kind::Schedules:
            return GraphNeed::Everything;
        case Kind::Terminates:
            need = GraphNeed::Cycles;
            break;
        default:
            break;
        }
    }
    return need;
}

ExplorationReport explore(const std::shared_ptr<const Code>& code, const ExplorerLimits& limits,
    const std::stop_token& stop, const TellProgress& tellProgress)
{
    return Exploration(code, limits, stop, tellProgress).carryOut();
}

} // namespace heddle
