// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/machine_processes.h"
#include "engine/explore/run_acceptance.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/compiler.h"
#include "engine/model/program/step_operands.h"

#include <QTest>

#include <map>
#include <memory>
#include <string>

using namespace heddle;

namespace {

constexpr std::int64_t kPace = 10'000; // nanoseconds between two steps
// And an actor: of the ways its step may come out, the last one, by which a signal that has come
// does there what it does.
constexpr int kSignal = 100;

/// A recording of what the machine does when the actors move in this order, a step each 10 us.
class Recording
{
public:
    explicit Recording(const std::string& text)
        : m_code(compileProgram("program \"test\"\n" + text).code)
    {
    }

    Recording& moves(const QList<int>& actors)
    {
        MachineOptions options;
        options.keepsHistory = true;
        options.spareActors = 2;
        Machine machine(m_code, options);
        Stepper stepper(machine);
        for (const int actor : actors)
            move(machine, stepper, actor);
        for (const auto& [number, index] : m_places) {
            if (machine.isGoing(stepper.state(), number))
                continue;
            finish(m_run.actors[index]);
            if (isProcess(machine, stepper.state(), number))
                m_run.actors[index].exitCode =
                    processRecord(machine, stepper.state(), number).exitCode;
        }
        for (const Machine::Event& event : machine.history(stepper.state()))
            m_run.lines.push_back(
                {0, event.actor, false, machine.values().value(event.value).asText()});
        return *this;
    }

    [[nodiscard]] RecordedStep& step(int actor, std::size_t number)
    {
        return m_run.actors[m_places.at(actor)].steps[number];
    }
    [[nodiscard]] RecordedRun& run() { return m_run; }

    [[nodiscard]] bool isPossible() const { return m_isPossible; }

    /// "accepted", or what the machine has against it.
    [[nodiscard]] QString judged() const
    {
        const Result<Schedule> accepted = acceptRun(m_code, m_run);
        return accepted ? QStringLiteral("accepted")
                        : QString::fromStdString(accepted.error().detail);
    }
    [[nodiscard]] QString order() const
    {
        QString actors;
        const Result<Schedule> accepted = acceptRun(m_code, m_run);
        for (const ScheduledStep& one : accepted ? accepted->steps : std::vector<ScheduledStep>())
            actors += QString::number(one.actor);
        return actors;
    }

private:
    RecordedActor& recordedActor(const Machine& machine, const Stepper& stepper, int actor)
    {
        const auto [place, isNew] = m_places.try_emplace(actor, m_run.actors.size());
        if (isNew) {
            m_run.actors.push_back({});
            m_run.actors.back().handle = actor;
            m_run.actors.back().name = machine.actorName(stepper.state(), actor);
            m_run.actors.back().kind = machine.identity(stepper.state(), actor).kind;
        }
        return m_run.actors[place->second];
    }

    /// Of the handler that runs, or of the actor itself.
    std::vector<RecordedStep>& stepsOf(RecordedActor& actor, int number)
    {
        const std::vector<std::int32_t>& open = m_open[number];
        return open.empty() ? actor.steps
                            : actor.handlers[static_cast<std::size_t>(open.back())].steps;
    }

    void move(Machine& machine, Stepper& stepper, int move)
    {
        const int actor = move % kSignal;
        RecordedActor& recorded = recordedActor(machine, stepper, actor);
        const LocalState& local = machine.local(stepper.state(), actor);
        m_time += kPace;
        ScheduledStep step;
        step.actor = actor;
        if (move >= kSignal)
            step.choice = lastChoice(machine, stepper, actor);
        else if (local.phase == Phase::Ready && recorded.kind != ActorKind::Command)
            beginStep(stepsOf(recorded, actor),
                {local.state.frames.back().next, operandDigest(machine.code(), local.state),
                    m_time});
        m_isPossible = m_isPossible && stepper.move(step).has_value();
        noteHandlers(recorded, actor, stepper.notes().delivered,
            machine.local(stepper.state(), actor).held.size());
    }

    static int lastChoice(Machine& machine, const Stepper& stepper, int actor)
    {
        StepList steps(machine.width());
        machine.expand(stepper.state(), actor, steps);
        return static_cast<int>(steps.size()) - 1;
    }

    static void beginStep(std::vector<RecordedStep>& steps, const RecordedStep& step)
    {
        if (!steps.empty())
            steps.back().end = step.begin;
        steps.push_back(step);
    }

    void noteHandlers(RecordedActor& actor, int number, std::int32_t signal, std::size_t depth)
    {
        std::vector<std::int32_t>& open = m_open[number];
        if (depth > open.size() && actor.kind != ActorKind::Command) {
            RecordedHandler handler;
            handler.interrupted = open.empty() ? RecordedHandler::kRoutine : open.back();
            handler.stepsBefore = static_cast<std::uint32_t>(stepsOf(actor, number).size());
            handler.signal = signal;
            handler.earliest = handler.begin = m_time;
            open.push_back(static_cast<std::int32_t>(actor.handlers.size()));
            actor.handlers.push_back(handler);
        }
        for (; depth < open.size(); open.pop_back()) {
            RecordedHandler& handler = actor.handlers[static_cast<std::size_t>(open.back())];
            handler.hasEnded = true;
            handler.steps.back().end = m_time + kPace / 2;
        }
    }

    void finish(RecordedActor& actor) const
    {
        actor.hasEnded = true;
        actor.end = m_time + kPace;
        if (!actor.steps.empty())
            actor.steps.back().end = actor.end;
    }

    std::shared_ptr<const Code> m_code;
    RecordedRun m_run;
    std::map<int, std::size_t> m_places;
    std::map<int, std::vector<std::int32_t>> m_open; ///< handlers that run, outermost first
    std::int64_t m_time = 0;
    bool m_isPossible = true;
};

const std::string kTwoAdders = "shared x = 0\nthread adder[i in 1..2]:\n    x = x + 1\n"
                               "expect final x == 2\n";
const std::string kTwoSections = "mutex m\nshared x = 0\nthread user[i in 1..2]:\n"
                                 "    lock m\n    x = i\n    unlock m\n";
const std::string kPausing = "on SIGUSR1:\n    say \"x\"\nmain:\n    spawn sender\n    pause\n"
                             "    yield\nthread sender:\n    send SIGUSR1 to program\n";
const std::string kKilled = "process child:\n    pause\nmain:\n    spawn child\n"
                            "    send SIGTERM to child\n    join child\n";
const std::string kCommand = "main:\n    start c = command \"x\" model exits {0, 3}\n"
                             "    join c\n    assert exit_of(c) == 3\n";

} // namespace

class TestRunAcceptance : public QObject
{
    Q_OBJECT

private slots:
    void whatTheMachineDidIsAccepted_data();
    void whatTheMachineDidIsAccepted();
    void theOrderFollowsFromTheTimes();
    void valuesTellTheOrderWhereTimesDoNot();
    void twoCannotBeInsideOfAMutex();
    void aWaitMayEndLate();
    void anotherWayThroughTheProgramIsNamed();
    void linesComeInTheRecordedOrder();
    void aRunThatWasCutShortIsAccepted();
    void aHandlerRunsOnlyWhereItsSignalHasCome();
    void aHandlerThatTheMachineRunsMustHaveRun();
    void aProcessEndsByTheSignalThatWasSent();
    void aCommandDoesWhatItsContractSays();
    void textsThatNoContractKnowsAreNotJudged();
    void onlyRecordedInstructionsCanBeRead();
};

void TestRunAcceptance::whatTheMachineDidIsAccepted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("moves");
    QTest::newRow("updates get lost")
        << QString::fromStdString(kTwoAdders) << QList<int>{0, 1, 0, 1};
    QTest::newRow("a mutex") << QString::fromStdString(kTwoSections)
                             << QList<int>{1, 1, 1, 0, 0, 0};
    QTest::newRow("a condition") << QStringLiteral(
        "mutex m\ncondition c on m\nthread waiter:\n    with m:\n        wait c\n"
        "thread notifier:\n    with m:\n        notify c\n")
                                 << QList<int>{0, 0, 1, 1, 1, 0, 0};
    QTest::newRow("a barrier") << QStringLiteral(
        "barrier b(2)\nthread guest[i in 1..2]:\n    arrive b\n    say \"{i}\"\n")
                               << QList<int>{0, 1, 1, 0, 0};
    QTest::newRow("one long step") << QStringLiteral(
        "shared x = 0\nthread t[i in 1..2]:\n    with atomic:\n        x = x + 1\n")
                                   << QList<int>{1, 0};
    QTest::newRow("a pipe between processes") << QStringLiteral(
        "pipe p\nprocess child:\n    write p <- \"a\"\n    write p <- \"b\"\nmain:\n"
        "    spawn child\n    read x <- p\n    join child\n    read y <- p\n    say \"{x}{y}\"\n")
                                              << QList<int>{0, 1, 0, 1, 0, 0, 0};
    QTest::newRow("a handler ends a pause")
        << QString::fromStdString(kPausing) << QList<int>{0, 0, 1, kSignal, 0, 0};
    QTest::newRow("a handler between two steps")
        << QString::fromStdString(kPausing) << QList<int>{0, 1, kSignal, 0, 0};
    QTest::newRow("a process is killed")
        << QString::fromStdString(kKilled) << QList<int>{0, 1, 0, kSignal + 1, 0};
    QTest::newRow("a process is killed between two steps") << QStringLiteral(
        "process child:\n    yield\n    pause\nmain:\n    spawn child\n"
        "    send SIGTERM to child\n    join child\n") << QList<int>{0, 1, 0, kSignal + 1, 0};
    QTest::newRow("a command ends")
        << QString::fromStdString(kCommand) << QList<int>{0, kSignal + 1, 1, 0, 0, 0};
}

void TestRunAcceptance::whatTheMachineDidIsAccepted()
{
    QFETCH(const QString, text);
    QFETCH(const QList<int>, moves);
    Recording recording(text.toStdString());

    recording.moves(moves);

    QVERIFY(recording.isPossible());
    QCOMPARE(recording.judged(), QStringLiteral("accepted"));
}

void TestRunAcceptance::theOrderFollowsFromTheTimes()
{
    Recording recording(kTwoSections);
    recording.moves({1, 1, 1, 0, 0, 0});

    QCOMPARE(recording.order(), QStringLiteral("111000"));
}

void TestRunAcceptance::valuesTellTheOrderWhereTimesDoNot()
{
    Recording recording(kTwoAdders);
    recording.moves({0, 1, 1, 0}); // both have read 0
    for (const int actor : {0, 1})
        for (const std::size_t number : {std::size_t{0}, std::size_t{1}})
            recording.step(actor, number).begin = 0;
    recording.step(0, 0).end = recording.step(0, 1).end;
    recording.step(1, 0).end = recording.step(1, 1).end;
    QCOMPARE(recording.judged(), QStringLiteral("accepted"));

    // Now one of them has written 2: it must have read behind the other one's write.
    Recording other(kTwoAdders);
    other.moves({1, 1, 0, 0});
    recording.step(0, 1).operands = other.step(0, 1).operands;

    QCOMPARE(recording.order(), QStringLiteral("1100"));
}

void TestRunAcceptance::twoCannotBeInsideOfAMutex()
{
    Recording recording(kTwoSections);
    recording.moves({0, 0, 0, 1, 1, 1});
    recording.step(1, 0).begin = recording.step(0, 0).begin + 1'000;
    recording.step(1, 0).end = recording.step(0, 1).begin + 1'000; // before the unlock begins
    recording.step(1, 1).begin = recording.step(1, 0).end;

    QCOMPARE(recording.judged(),
        QStringLiteral("After 2 steps, at 11 us, step 1 of user[2], lock m in line 5: "
                       "it cannot go on there."));
}

void TestRunAcceptance::aWaitMayEndLate()
{
    Recording recording(kTwoSections);
    recording.moves({0, 0, 0, 1, 1, 1});
    recording.step(1, 0).begin = 0; // it has waited from the start

    QCOMPARE(recording.order(), QStringLiteral("000111"));
}

void TestRunAcceptance::anotherWayThroughTheProgramIsNamed()
{
    Recording recording("shared x = 0\nmain:\n    if x == 0:\n        say \"zero\"\n"
                        "    else:\n        yield\n");
    recording.moves({0, 0});
    recording.step(0, 1).instruction += 2;

    QCOMPARE(recording.judged(),
        QStringLiteral("After 0 steps, at 10 us, step 1 of main, read x in line 4: behind it the "
                       "machine comes to say in line 5."));
}

void TestRunAcceptance::linesComeInTheRecordedOrder()
{
    Recording recording("thread a:\n    say \"a\"\nthread b:\n    say \"b\"\n");
    recording.moves({0, 1});
    recording.step(0, 0).end = 15'000; // before the other one begins
    std::swap(recording.run().lines[0], recording.run().lines[1]);
    QCOMPARE(recording.judged(),
        QStringLiteral("After 0 steps, at 10 us, step 1 of a, say a in "
                       "line 3: another line was said."));

    recording.step(0, 0).end = 25'000; // both at the same time

    QCOMPARE(recording.order(), QStringLiteral("10"));
}

void TestRunAcceptance::aRunThatWasCutShortIsAccepted()
{
    Recording recording("mutex a\nmutex b\nthread one:\n    lock a\n    lock b\n"
                        "thread two:\n    lock b\n    lock a\n");
    recording.moves({0, 1});
    RecordedActor& one = recording.run().actors[0];
    one.steps.push_back({one.steps[0].instruction + 1, one.steps[0].operands, 30'000});
    one.steps[0].end = 30'000; // it waits for b, and has never come to an end

    QCOMPARE(recording.judged(), QStringLiteral("accepted"));
}

void TestRunAcceptance::aHandlerRunsOnlyWhereItsSignalHasCome()
{
    Recording recording(kPausing);
    recording.moves({0, 0, 1, kSignal, 0, 0});
    RecordedHandler& handler = recording.run().actors[0].handlers[0];
    handler.begin = handler.steps[0].begin =
        recording.step(1, 0).begin - 1'000; // before it is sent

    QCOMPARE(recording.judged(),
        QStringLiteral(
            "After 2 steps, at 20 us, step 2 of main, pause in line 6: it cannot go on there."));
}

void TestRunAcceptance::aHandlerThatTheMachineRunsMustHaveRun()
{
    Recording recording(kPausing);
    recording.moves({0, 0, 1, kSignal, 0, 0});
    recording.run().actors[0].handlers.clear();
    recording.run().lines.clear();

    QCOMPARE(recording.judged(),
        QStringLiteral(
            "After 3 steps, at 20 us, step 2 of main, pause in line 6: no handler ran there."));
}

void TestRunAcceptance::aProcessEndsByTheSignalThatWasSent()
{
    Recording recording(kKilled);
    recording.moves({0, 1, 0, kSignal + 1, 0});
    recording.run().actors[1].exitCode = -9;

    QCOMPARE(recording.judged(),
        QStringLiteral("After 3 steps, at 50 us, step 3 of main, join child in line 7: it cannot "
                       "go on there."));
}

void TestRunAcceptance::aCommandDoesWhatItsContractSays()
{
    Recording recording(kCommand);
    recording.moves({0, kSignal + 1, 1, 0, 0, 0});
    recording.run().actors[1].exitCode = 1;

    QCOMPARE(recording.judged(),
        QStringLiteral(
            "After 2 steps, at 40 us, step 2 of main, join c in line 4: it cannot go on there."));
}

void TestRunAcceptance::textsThatNoContractKnowsAreNotJudged()
{
    const auto obstacle = [](const std::string& model) {
        const std::string text = "program \"p\"\nmain:\n    start c = command \"x\"" + model + "\n";
        return QString::fromStdString(
            acceptanceObstacle(*compileProgram(text).code).value_or("none"));
    };

    QCOMPARE(obstacle(" model exits {0}"), QStringLiteral("none"));
    QCOMPARE(obstacle(" model writes 3B"),
        QStringLiteral("Nothing says which text the command \"c\" writes."));
    QCOMPARE(obstacle(""),
        QStringLiteral("Nothing says what the command \"c\" does: it has no \"model\"."));
}

void TestRunAcceptance::onlyRecordedInstructionsCanBeRead()
{
    const std::shared_ptr<const Code> code =
        compileProgram("program \"p\"\nmain:\n    yield\n").code;
    const Trace empty;

    const Result<RecordedRun> run = readRecordedRun(*code, empty, {});

    QVERIFY(!run);
    QCOMPARE(run.error().kind, ErrorKind::NotSupported);
}

QTEST_APPLESS_MAIN(TestRunAcceptance)
#include "tst_run_acceptance.moc"
