// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explore.h"
#include "engine/explore/stepper.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

/// The judgements of a program's lines, in their order.
QString judged(const std::string& text, const ExplorerLimits& limits = {})
{
    const std::shared_ptr<const Code> code = programOf(text);
    if (code == nullptr)
        return QStringLiteral("not valid");
    return statusesOf(explore(code, limits));
}

const std::string kPhilosophers = "mutex fork[N]\n"
                                  "thread philosopher[i in 0..N-1]:\n"
                                  "    while true:\n"
                                  "        lock fork[i]\n"
                                  "        lock fork[(i + 1) % N]\n"
                                  "        unlock fork[i]\n"
                                  "        unlock fork[(i + 1) % N]\n"
                                  "expect deadlock reachable\n";

std::string adders(int actors, int times)
{
    std::string text = "shared x = 0\nthread adder[i in 1.." + std::to_string(actors) + "]:\n";
    for (int i = 0; i < times; ++i)
        text += "    x = x + 1\n";
    return text;
}

std::string buffer(int capacity, int producers, int consumers)
{
    return "shared count = 0\nmutex m\ncondition changed on m\nthread producer[i in 1.."
        + std::to_string(producers)
        + "]:\n    while true:\n        with m:\n            while count == "
        + std::to_string(capacity)
        + ":\n                wait changed\n            count = count + 1\n"
          "            notify changed\nthread consumer[i in 1.."
        + std::to_string(consumers)
        + "]:\n    while true:\n        with m:\n            while count == 0:\n"
          "                wait changed\n            count = count - 1\n"
          "            notify changed\n";
}

/// All values that `x` ends with, by taking every order of steps one after the other.
void enumerate(Machine& machine, const std::vector<Cell>& state, std::set<std::int64_t>& ends,
    std::uint64_t& orders)
{
    bool hasMoved = false;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        StepList steps(machine.width());
        machine.expand(state, actor, steps);
        for (std::size_t choice = 0; choice < steps.size(); ++choice) {
            hasMoved = true;
            const auto next = steps.state(choice);
            enumerate(machine, {next.begin(), next.end()}, ends, orders);
        }
    }
    if (hasMoved)
        return;
    ++orders;
    ends.insert(machine.values().value(state[machine.variableCell(0, 0)]).number());
}

} // namespace

class TestExplorer : public QObject
{
    Q_OBJECT

private slots:
    void ordersOfIndependentStepsAreTheBinomialCoefficient_data();
    void ordersOfIndependentStepsAreTheBinomialCoefficient();
    void aLostUpdateEndsWithEveryValueFromTwoOn();
    void aWrongSetOfFinalValuesFails();
    void aWarningIsGivenOrNotWhateverTheSchedule();
    void everyOrderTakenByItselfGivesTheSameEnds();
    void theShortestWitnessOfThePhilosophersIsOneLockEach();
    void aWitnessLeadsToTheSameStateEachTime();
    void aBufferWithOneConditionDeadlocksIffTooManyWait_data();
    void aBufferWithOneConditionDeadlocksIffTooManyWait();
    void aLimitNeverLetsALineHold();
    void verdicts_data();
    void verdicts();
    void anEmptyLoopIsCalledALivelock();
    void schedulesAreReadAsTheyWereWritten();
    void aDamagedScheduleIsRefused();
};

void TestExplorer::ordersOfIndependentStepsAreTheBinomialCoefficient_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<qulonglong>("orders");
    QTest::newRow("one") << 1 << 2ULL;
    QTest::newRow("four") << 4 << 70ULL;
    QTest::newRow("six") << 6 << 924ULL;
}

void TestExplorer::ordersOfIndependentStepsAreTheBinomialCoefficient()
{
    QFETCH(const int, steps);
    QFETCH(const qulonglong, orders);
    std::string text = "thread t[i in 1..2]:\n";
    for (int i = 0; i < steps; ++i)
        text += "    yield\n";

    const ExplorationReport report = explore(programOf(text), {});

    QVERIFY(report.schedules.has_value());
    QCOMPARE(qulonglong{*report.schedules}, orders);
    QCOMPARE(int(report.states), (steps + 1) * (steps + 1));
}

void TestExplorer::aLostUpdateEndsWithEveryValueFromTwoOn()
{
    QCOMPARE(judged(adders(3, 2) + "expect final x in {2..6}\nexpect terminates\n"
                 + "expect race on x\nexpect final x can be 2\nexpect final x never 1\n"),
        QStringLiteral("held, held, held, held, held"));
    QCOMPARE(judged(adders(2, 3) + "expect final x in {2..6}\n"), QStringLiteral("held"));
}

void TestExplorer::aWarningIsGivenOrNotWhateverTheSchedule()
{
    QCOMPARE(judged(adders(2, 1)
                 + "expect warning W322 reachable\nexpect warning W322 free\n"
                   "expect warning W310 free\nexpect warning W310 reachable\n"),
        QStringLiteral("held, failed, held, failed"));
}

void TestExplorer::aWrongSetOfFinalValuesFails()
{
    QCOMPARE(judged(adders(2, 2) + "expect final x in {2..5}\nexpect final x in {3..4}\n"
                 + "expect final x == 4\nexpect final x never 2\nexpect race free\n"),
        QStringLiteral("failed, failed, failed, failed, failed"));
}

void TestExplorer::everyOrderTakenByItselfGivesTheSameEnds()
{
    Machine machine(programOf(adders(3, 1) + "    yield\n"), {});
    std::set<std::int64_t> ends;
    std::uint64_t orders = 0;

    enumerate(machine, machine.initialState(), ends, orders);
    const ExplorationReport report =
        explore(programOf(adders(3, 1) + "    yield\nexpect final x in {1..3}\n"), {});

    QCOMPARE(ends, (std::set<std::int64_t>{1, 2, 3}));
    QCOMPARE(report.verdict, ExplorationVerdict::Holds);
    QCOMPARE(report.schedules.value_or(0), orders);
}

void TestExplorer::theShortestWitnessOfThePhilosophersIsOneLockEach()
{
    for (const int seats : {2, 3, 5, 8}) {
        const ExplorationReport report =
            explore(programOf("const N = " + std::to_string(seats) + "\n" + kPhilosophers), {});

        QCOMPARE(report.verdict, ExplorationVerdict::Holds);
        const auto& witness = report.expectations.front().witness;
        QVERIFY(witness.has_value());
        QCOMPARE(int(witness->steps.size()), seats);
        QCOMPARE(witness->steps.front().text.substr(0, 9), std::string("lock fork"));
    }
}

void TestExplorer::aWitnessLeadsToTheSameStateEachTime()
{
    const std::shared_ptr<const Code> code = programOf("const N = 5\n" + kPhilosophers);
    const ExplorationReport report = explore(code, {});

    for (int round = 0; round < 100; ++round) {
        Machine machine(code, {});
        Stepper stepper(machine);
        for (ScheduledStep step : report.expectations.front().witness->steps)
            QVERIFY(stepper.move(step).has_value());
        QVERIFY(stepper.movable().empty());
        QVERIFY(stepper.goBack());
        QVERIFY(!stepper.movable().empty());
    }
}

void TestExplorer::aBufferWithOneConditionDeadlocksIffTooManyWait_data()
{
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("producers");
    QTest::addColumn<int>("consumers");
    for (int capacity = 1; capacity <= 2; ++capacity)
        for (int producers = 1; producers <= 3; ++producers)
            for (int consumers = 1; producers + consumers <= 5; ++consumers)
                QTest::addRow("%d: %d + %d", capacity, producers, consumers)
                    << capacity << producers << consumers;
}

void TestExplorer::aBufferWithOneConditionDeadlocksIffTooManyWait()
{
    QFETCH(const int, capacity);
    QFETCH(const int, producers);
    QFETCH(const int, consumers);

    const ExplorationReport report = explore(programOf(buffer(capacity, producers, consumers)), {});

    QVERIFY(!report.limit.has_value());
    QCOMPARE(report.deadlockFound, producers + consumers > 2 * capacity);
}

void TestExplorer::aLimitNeverLetsALineHold()
{
    ExplorerLimits limits;
    limits.states = 50;
    const std::string text =
        adders(3, 3) + "expect final x never 1\nexpect terminates\nexpect race on x\n";

    QCOMPARE(judged(text, limits), QStringLiteral("unchecked, unchecked, held"));
    QCOMPARE(explore(programOf(text), limits).exitCode(), 5);
}

void TestExplorer::verdicts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char* name, const char* text, const char* verdicts) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(verdicts);
    };
    row("a loop that others end is fair",
        "shared go = false\nthread a:\n    while not go:\n        yield\nthread b:\n"
        "    go = true\nexpect terminates\n",
        "held");
    row("a loop that nobody ends",
        "shared go = false\nthread a:\n    while not go:\n        yield\nexpect terminates\n"
        "expect deadlock free\nexpect livelock reachable\n",
        "failed, held, held");
    row("an empty loop is no deadlock", "thread a:\n    forever:\n        pass\n",
        "failed"); // by itself: livelock free
    row("an empty loop is a livelock",
        "thread a:\n    forever:\n        pass\nexpect deadlock free\n"
        "expect livelock reachable\nexpect stuck a reachable\n",
        "held, held, failed");
    row("an empty loop does not terminate",
        "thread a:\n    forever:\n        pass\nexpect terminates\n", "failed");
    row("an empty loop of a daemon ends with the others",
        "daemon thread a:\n    forever:\n        pass\nthread b:\n    yield\n"
        "expect terminates\nexpect livelock free\n",
        "held, held");
    row("who waits for an empty loop is stuck",
        "mutex m\nthread a:\n    lock m\n    forever:\n        pass\nthread b:\n"
        "    lock m\n    unlock m\nexpect stuck b reachable\nexpect deadlock free\n"
        "expect livelock reachable\n",
        "held, held, held");
    row("locks in opposite order",
        "mutex a\nmutex b\nthread one:\n    with a:\n        with b:\n            yield\n"
        "thread two:\n    with b:\n        with a:\n            yield\n"
        "expect deadlock free\nexpect stuck one reachable\nexpect terminates\n",
        "failed, held, failed");
    row("a mutex excludes",
        "mutex m\nshared x = 0\nthread t[i in 1..3]:\n    with m:\n        x = x + 1\n"
        "expect final x == 3\nexpect race free\nexpect terminates\n",
        "held, held, held");
    row("an atomic block is one step",
        "shared x = 0\nthread t[i in 1..3]:\n    with atomic:\n        x = x + 1\n"
        "expect final x == 3\n",
        "held");
    row("atomic blocks keep out of each other's way",
        "shared x = 0\nthread t[i in 1..2]:\n    with atomic:\n        x = x + 1\n"
        "expect race free\n",
        "held");
    row("an atomic block does not keep others out",
        "shared x = 0\nshared y = 0\nthread a:\n    with atomic:\n        x = x + 1\n        y = "
        "1\n"
        "thread b:\n    x = 5\nthread c:\n    y = y + 0\n    x = x + 0\n"
        "expect race on x\nexpect race on y\n",
        "held, held");
    row("an atomic block may read with others",
        "shared x = 0\nthread a:\n    with atomic:\n        local k = x\n"
        "thread b:\n    local k = x\nexpect race free\n",
        "held");
    row("choose tries all",
        "shared x = 0\nthread t:\n    choose k in 1..3\n    x = k\nexpect final x in {1..3}\n",
        "held");
    row("a barrier lets all go at once",
        "shared x = 0\nbarrier b(3)\nthread t[i in 1..3]:\n    arrive b into place\n"
        "    if place == 2:\n        x = x + 1\nexpect final x == 1\nexpect terminates\n",
        "held, held");
    row("lines come in any order",
        "thread a:\n    say \"a\"\nthread b:\n    say \"b\"\n"
        "expect outcomes {\"a; b\", \"b; a\"}\nexpect said \"a\" before \"b\"\n",
        "held, failed");
}

void TestExplorer::verdicts()
{
    QFETCH(const QString, text);
    QFETCH(const QString, verdicts);

    QCOMPARE(judged(text.toStdString()), verdicts);
}

void TestExplorer::anEmptyLoopIsCalledALivelock()
{
    const ExplorationReport report =
        explore(programOf("mutex m\nthread a:\n    lock m\n    forever:\n        pass\n"
                          "thread b:\n    lock m\n    unlock m\n"),
            {});

    QCOMPARE(report.expectations.size(), std::size_t{1});
    const ExploredExpectation& judged = report.expectations.front();
    QCOMPARE(judged.text, std::string("livelock free"));
    QCOMPARE(judged.explanation.text(),
        std::string("Livelock: a loops for ever without touching anything that others share. "
                    "b waits for m, held by a."));
    QVERIFY(!report.deadlockFound);
    QCOMPARE(toText(report.verdict), "violated");
}

void TestExplorer::schedulesAreReadAsTheyWereWritten()
{
    const Schedule schedule{{{2, 0, "philosopher[2]", 7, "lock fork[2]"}, {0, 1, "a", 1, "b"}}};

    const Result<Schedule> read = readSchedule(toText(schedule));

    QVERIFY(read.has_value());
    QCOMPARE(read->steps.size(), std::size_t{2});
    QCOMPARE(read->steps[0].actor, 2);
    QCOMPARE(read->steps[1].choice, 1);
    QVERIFY(readSchedule("heddle schedule 1\r\n2 0 # edited elsewhere\r\n").has_value());
}

void TestExplorer::aDamagedScheduleIsRefused()
{
    for (const char* text : {"", "heddle schedule 2\n", "heddle schedule 1\n0\n",
             "heddle schedule 1\n0 x\n", "heddle schedule 1\n-1 0\n", "heddle schedule 1\n0 0 0\n"})
        QVERIFY2(!readSchedule(text).has_value(), text);
}

QTEST_APPLESS_MAIN(TestExplorer)
#include "tst_explorer.moc"
