// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/explore/spin_oracle.h"

#include "engine/explore/explorer.h"
#include "engine/explore/machine.h"
#include "engine/explore/promela_export.h"
#include "engine/model/program/compiler.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <deque>
#include <vector>

namespace heddle::tests {

namespace {

constexpr int kSecond = 1000;

struct Finished
{
    bool isDone = false;
    QString output;
};

Finished runProgram(
    const QString& folder, const QString& program, const QStringList& arguments, int seconds)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    Finished finished;
    finished.isDone = process.waitForFinished(seconds * kSecond)
        && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
    finished.output = QString::fromLocal8Bit(process.readAll());
    return finished;
}

bool tellsAProblem(const QString& line)
{
    const bool isOfPan = line.startsWith(QLatin1String("pan:"))
        && !line.contains(QLatin1String("elapsed")) && !line.contains(QLatin1String("rate"));
    return isOfPan || line.contains(QLatin1String("max search depth too small"));
}

/// Reads what pan has printed.
void readReport(const QString& output, Space& space)
{
    for (const QString& line : output.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("@end")) || line.startsWith(QLatin1String("@deadlock")))
            ++space.stops[line.mid(1).toStdString()];
        else if (line.startsWith(QLatin1Char('@')))
            space.failures.insert(line.mid(1).trimmed().toStdString());
        else if (line.contains(QLatin1String("states, stored")))
            space.states = line.trimmed().section(QLatin1Char(' '), 0, 0).toULongLong();
        else if (tellsAProblem(line))
            space.problem = line.toStdString();
    }
    const std::size_t beside = 1 + space.stopCount();
    if (space.states < beside && space.problem.empty())
        space.problem = "pan says nothing about its states:\n" + output.toStdString();
    else
        space.states -= std::min(space.states, beside);
}

bool spawns(const Code& code)
{
    return std::any_of(code.instructions.begin(), code.instructions.end(),
        [](const Instruction& each) { return each.operation == Operation::Spawn; });
}

/// Room for as many actors as the model has.
MachineOptions optionsFor(const Code& code)
{
    MachineOptions options;
    options.keepsFailureTexts = false; // as in a search, and in the model
    options.spareActors = spawns(code) ? 8 : 0;
    return options;
}

std::string statusOf(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    if (!machine.isStarted(state, actor))
        return "0";
    const ActorState& local = machine.local(state, actor).state;
    if (local.status == ActorState::Status::Going)
        return "1";
    return local.status == ActorState::Status::Ended ? "2"
                                                     : std::to_string(4 + local.outcome.number());
}

constexpr std::int64_t kUnset = -2147483647;

std::string stopText(Machine& machine, std::span<const Cell> state)
{
    const Code& code = machine.code();
    std::string text = machine.isEnd(state) ? "end" : "deadlock";
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
        text += " " + statusOf(machine, state, actor);
    text += " |";
    for (std::size_t variable = 0; variable < code.shared.size(); ++variable)
        for (std::int32_t element = 0; element < code.shared[variable].count; ++element) {
            const Value& value = machine.values().value(
                state[machine.variableCell(static_cast<std::int32_t>(variable), element)]);
            text += " " + std::to_string(value.is(ValueKind::Unset) ? kUnset : value.number());
        }
    return text;
}

/// Walks over all states once.
class Everywhere
{
public:
    explicit Everywhere(const std::shared_ptr<const Code>& code)
        : m_machine(code, optionsFor(*code))
        , m_steps(m_machine.width())
    {
    }

    Space walk(std::size_t mostStates)
    {
        reach(m_machine.initialState());
        while (!m_open.empty() && m_seen.size() <= mostStates) {
            const std::vector<Cell> state = m_open.front();
            m_open.pop_front();
            expand(state);
        }
        if (!m_open.empty())
            m_space.problem = "more than " + std::to_string(mostStates) + " states";
        if (m_machine.hasNoRoom())
            m_space.problem = "more actors than a state has room for";
        m_space.states = m_seen.size();
        return m_space;
    }

private:
    void reach(std::vector<Cell> state)
    {
        const auto [entry, isNew] = m_seen.insert(std::move(state));
        if (isNew)
            m_open.push_back(*entry);
    }

    void expand(const std::vector<Cell>& state)
    {
        bool hasMoved = false;
        for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
            if (m_machine.isEnd(state))
                break;
            m_machine.expand(state, actor, m_steps);
            for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
                hasMoved = true;
                note(m_steps.state(choice), actor, m_steps.notes(choice));
                const std::span<const Cell> next = m_steps.state(choice);
                reach({next.begin(), next.end()});
            }
        }
        if (!hasMoved)
            ++m_space.stops[stopText(m_machine, state)];
    }

    void note(std::span<const Cell> after, std::int32_t actor, const StepNotes& notes)
    {
        const Code& code = m_machine.code();
        if (notes.assertionFailed)
            m_space.failures.insert(
                notes.assertion.empty() ? "assert" : "assert " + notes.assertion);
        if (notes.spins)
            m_space.problem = "a loop that touches nothing shared";
        const ActorState& local = m_machine.local(after, actor).state;
        if (local.status == ActorState::Status::Failed
            && local.outcome.number() != kAssertionFailure)
            m_space.failures.insert(
                "uncaught " + code.exceptions[static_cast<std::size_t>(local.outcome.number())]);
    }

    Machine m_machine;
    StepList m_steps;
    std::set<std::vector<Cell>> m_seen;
    std::deque<std::vector<Cell>> m_open;
    Space m_space;
};

/// What an explorer has found, compared with what there is.
std::string findingsDifference(Explorer& explorer, const Space& space)
{
    if (explorer.limit())
        return explorer.limit()->text();
    const Findings& findings = explorer.findings();
    if (findings.deadlock.has_value() != space.hasDeadlock())
        return findings.deadlock ? "a deadlock that is none" : "no deadlock";
    std::set<std::string> failures;
    for (const auto& [text, found] : findings.assertions)
        failures.insert(text.empty() ? "assert" : "assert " + text);
    for (const auto& [name, found] : findings.exceptions)
        failures.insert("uncaught " + name);
    if (failures != space.failures)
        return "other failures";
    std::set<std::string> ends;
    for (const std::uint32_t end : findings.ends) {
        const std::string text = stopText(explorer.machine(), explorer.states().copy(end));
        ends.insert(text.substr(text.find('|')));
    }
    return ends == space.ends() ? std::string() : "other values at the end";
}

} // namespace

std::size_t Space::stopCount() const
{
    std::size_t count = 0;
    for (const auto& [stop, times] : stops)
        count += static_cast<std::size_t>(times);
    return count;
}

bool Space::hasDeadlock() const
{
    return std::any_of(stops.begin(), stops.end(),
        [](const auto& stop) { return stop.first.rfind("deadlock", 0) == 0; });
}

std::set<std::string> Space::ends() const
{
    std::set<std::string> values;
    for (const auto& [stop, times] : stops)
        if (stop.rfind("end", 0) == 0)
            values.insert(stop.substr(stop.find('|')));
    return values;
}

std::string Space::text() const
{
    if (!problem.empty())
        return problem;
    std::string text = std::to_string(states) + " states\n";
    for (const auto& [stop, times] : stops)
        text += std::to_string(times) + " x " + stop + "\n";
    for (const std::string& failure : failures)
        text += failure + "\n";
    return text;
}

bool isSpinInstalled()
{
    const auto isThere = [](const char* program) {
        return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
    };
    return isThere("spin") && isThere("gcc");
}

Space machineSpace(const std::shared_ptr<const Code>& code, std::size_t mostStates)
{
    return Everywhere(code).walk(mostStates);
}

Space spinSpace(const Code& code)
{
    Space space;
    const Result<std::string> model = toPromela(code, PromelaPurpose::Reporting);
    if (!model) {
        space.problem = model.error().detail;
        return space;
    }
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("model.pml")));
    if (!file.open(QIODevice::WriteOnly)
        || file.write(model->data(), static_cast<qint64>(model->size())) < 0) {
        space.problem = "the model cannot be written";
        return space;
    }
    file.close();
    const auto run = [&](const char* program, const QString& arguments, int seconds) {
        const Finished finished = runProgram(folder.path(), QString::fromLatin1(program),
            arguments.split(QLatin1Char(' ')), seconds);
        if (!finished.isDone)
            space.problem = program + (" failed:\n" + finished.output.toStdString());
        return finished.output;
    };
    run("spin", QStringLiteral("-a -o2 model.pml"), 20);
    if (space.problem.empty())
        run("gcc", QStringLiteral("-O0 -w -DSAFETY -DNOREDUCE -o pan pan.c"), 40);
    if (space.problem.empty())
        readReport(run(qPrintable(folder.filePath(QStringLiteral("pan"))),
                       QStringLiteral("-E -c0 -n -m2000000"), 60),
            space);
    return space;
}

std::string reducedDifference(const std::shared_ptr<const Code>& code, const Space& space)
{
    struct Variant
    {
        const char* name;
        bool mergesTwins;
        bool usesSleepSets;
        bool joinsLocalSteps;
    };
    for (const Variant& variant :
        {Variant{"no reduction", false, false, false}, Variant{"twins", true, false, false},
            Variant{"sleep sets", false, true, false}, Variant{"local steps", false, false, true},
            Variant{"all reductions", true, true, true}}) {
        SearchOptions options;
        options.machine = optionsFor(*code);
        options.machine.mergesTwins = variant.mergesTwins;
        options.usesSleepSets = variant.usesSleepSets;
        options.joinsLocalSteps = variant.joinsLocalSteps;
        options.keepsGraph = false;
        Explorer explorer(code, {}, options);
        explorer.search();
        const std::string difference = findingsDifference(explorer, space);
        if (!difference.empty())
            return std::string(variant.name) + ": " + difference;
        const bool isPlain =
            !variant.mergesTwins && !variant.usesSleepSets && !variant.joinsLocalSteps;
        if (isPlain && explorer.states().size() != space.states)
            return "explorer: " + std::to_string(explorer.states().size()) + " states";
    }
    return {};
}

std::shared_ptr<const Code> compiled(const std::string& text)
{
    return compileProgram("program \"test\"\n" + text).code;
}

} // namespace heddle::tests
