// SPDX-License-Identifier: GPL-3.0-only
// A second, tiny explorer that knows nothing of the engine: it takes every order of a few reads,
// writes and locks one after the other, and the machine must come to the same ends by as many ways.
#include "engine/explore/explore.h"
#include "tests/engine/explore/spin_oracle.h"

#include <QTest>

#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

constexpr std::size_t kVariables = 2;

/// One visible operation of the tiny language.
struct Step
{
    enum class Kind
    {
        Read, ///< into the actor's own place
        WriteOneMore, ///< what it has read, and one
        Lock,
        Unlock,
    };
    Kind kind = Kind::Read;
    std::size_t object = 0;
};
using Actors = std::vector<std::vector<Step>>;

struct World
{
    std::array<int, kVariables> variables{};
    std::array<int, kVariables> owners{}; ///< 0: free
    std::vector<int> read;
    std::vector<std::size_t> at;
};

struct Orders
{
    std::uint64_t count = 0;
    std::map<std::string, std::uint64_t> ends; ///< "end | 2 0", "deadlock | 1 0": orders
};

bool take(World& world, const Step& step, std::size_t actor)
{
    const int me = static_cast<int>(actor) + 1;
    switch (step.kind) {
    case Step::Kind::Read:
        world.read[actor] = world.variables[step.object];
        break;
    case Step::Kind::WriteOneMore:
        world.variables[step.object] = world.read[actor] + 1;
        break;
    case Step::Kind::Lock:
        if (world.owners[step.object] != 0)
            return false;
        world.owners[step.object] = me;
        break;
    case Step::Kind::Unlock:
        world.owners[step.object] = 0;
        break;
    }
    ++world.at[actor];
    return true;
}

void takeAllOrders(const Actors& actors, const World& world, Orders& orders)
{
    bool hasMoved = false;
    bool isOver = true;
    for (std::size_t actor = 0; actor < actors.size(); ++actor) {
        if (world.at[actor] == actors[actor].size())
            continue;
        isOver = false;
        World next = world;
        if (!take(next, actors[actor][world.at[actor]], actor))
            continue;
        hasMoved = true;
        takeAllOrders(actors, next, orders);
    }
    if (hasMoved)
        return;
    ++orders.count;
    ++orders.ends[std::string(isOver ? "end |" : "deadlock |") + " "
        + std::to_string(world.variables[0]) + " " + std::to_string(world.variables[1])];
}

Orders ordersOf(const Actors& actors)
{
    World world;
    world.read.resize(actors.size());
    world.at.resize(actors.size());
    Orders orders;
    takeAllOrders(actors, world, orders);
    return orders;
}

/// Each actor adds to one of the variables, with or without a lock around it.
Actors randomActors(std::mt19937& random)
{
    Actors actors(2 + random() % 2);
    for (std::vector<Step>& steps : actors) {
        const std::size_t variable = random() % kVariables;
        const std::size_t first = random() % kVariables;
        const std::vector<Step> add{
            {Step::Kind::Read, variable}, {Step::Kind::WriteOneMore, variable}};
        if (random() % 2 == 0)
            steps = {{Step::Kind::Lock, first}, {Step::Kind::Lock, 1 - first}, add[0], add[1],
                {Step::Kind::Unlock, 1 - first}};
        else
            steps = add;
        if (actors.size() == 2)
            steps.insert(steps.end(), add.begin(), add.end());
    }
    return actors;
}

std::string programOf(const Actors& actors)
{
    const std::array<std::string, kVariables> variables{"x", "y"};
    const std::array<std::string, kVariables> locks{"m", "n"};
    std::string text = "shared x = 0\nshared y = 0\nmutex m, n\n";
    for (std::size_t actor = 0; actor < actors.size(); ++actor) {
        text += "thread t" + std::to_string(actor) + ":\n    local v = 0\n";
        for (const Step& step : actors[actor]) {
            if (step.kind == Step::Kind::Read)
                text += "    v = " + variables[step.object] + "\n";
            else if (step.kind == Step::Kind::WriteOneMore)
                text += "    " + variables[step.object] + " = v + 1\n";
            else
                text += std::string("    ") + (step.kind == Step::Kind::Lock ? "lock " : "unlock ")
                    + locks[step.object] + "\n";
        }
    }
    return text;
}

/// "end | 2 0" out of "end 2 2 | 2 0".
std::set<std::string> withoutActors(const Space& space)
{
    std::set<std::string> ends;
    for (const auto& [stop, times] : space.stops)
        ends.insert(stop.substr(0, stop.find(' ')) + " " + stop.substr(stop.find('|')));
    return ends;
}

std::set<std::string> endsOf(const Orders& orders)
{
    std::set<std::string> ends;
    for (const auto& [end, count] : orders.ends)
        ends.insert(end);
    return ends;
}

} // namespace

class TestEveryOrder : public QObject
{
    Q_OBJECT

private slots:
    void twoActorsHaveBinomiallyManyOrders_data();
    void twoActorsHaveBinomiallyManyOrders();
    void tinyProgramsHaveTheOrdersOfATinyExplorer();
    void aLostUpdateLeavesTwoAtLeast();
    void whatNobodyReadsAgainMakesNoStates();
    void aQueueThatNobodyCountsHasAnEndOfStates();
    void sleepSetsKeepTheEndsThatDropADaemon();
    void pipesProcessesAndSignalsAreTheSameWithEveryReduction_data();
    void pipesProcessesAndSignalsAreTheSameWithEveryReduction();
};

void TestEveryOrder::twoActorsHaveBinomiallyManyOrders_data()
{
    QTest::addColumn<int>("turns");
    QTest::addColumn<qulonglong>("orders");
    QTest::newRow("4 steps each") << 2 << 70ULL;
    QTest::newRow("6 steps each") << 3 << 924ULL;
}

void TestEveryOrder::twoActorsHaveBinomiallyManyOrders()
{
    QFETCH(const int, turns);
    QFETCH(const qulonglong, orders);
    std::vector<Step> steps;
    for (int turn = 0; turn < turns; ++turn) {
        steps.push_back({Step::Kind::Read, 0});
        steps.push_back({Step::Kind::WriteOneMore, 0});
    }

    const Orders all = ordersOf({steps, steps});
    const ExplorationReport report = explore(compiled(programOf({steps, steps})), {});

    QCOMPARE(qulonglong{all.count}, orders);
    QCOMPARE(qulonglong{report.schedules.value_or(0)}, orders);
}

void TestEveryOrder::tinyProgramsHaveTheOrdersOfATinyExplorer()
{
    std::mt19937 random(20);
    for (int program = 0; program < 60; ++program) {
        const Actors actors = randomActors(random);
        const std::string text = programOf(actors);
        const std::shared_ptr<const Code> code = compiled(text);
        QVERIFY(code != nullptr);

        const Orders all = ordersOf(actors);
        const Space space = machineSpace(code, 100'000);
        const ExplorationReport report = explore(code, {});

        QVERIFY2(withoutActors(space) == endsOf(all), text.c_str());
        QVERIFY2(report.schedules.value_or(0) == all.count, text.c_str());
        QCOMPARE(report.deadlockFound, space.hasDeadlock());
    }
}

void TestEveryOrder::aLostUpdateLeavesTwoAtLeast()
{
    for (const int turns : {2, 3, 4}) {
        const std::string text = "shared x = 0\nthread adder[i in 1..2]:\n    repeat "
            + std::to_string(turns) + ":\n        x = x + 1\n";
        std::set<std::string> expected;
        for (int value = 2; value <= 2 * turns; ++value)
            expected.insert("| " + std::to_string(value));

        QCOMPARE(machineSpace(compiled(text), 100'000).ends(), expected);
    }
}

void TestEveryOrder::whatNobodyReadsAgainMakesNoStates()
{
    // x is 0 or 1, and the actor stands before the read, the write or the wait.
    const std::string waits = "shared x = 0\nthread t:\n    forever:\n        x = 1 - x\n"
                              "        await until x == 0 or x == 1\n";
    // The same with a lock around it: five places, and two values.
    const std::string locks = "shared x = 0\nmutex m\nthread t:\n    forever:\n        with m:\n"
                              "            x = 1 - x\n            yield\n";

    QCOMPARE(machineSpace(compiled(waits), 1000).states, std::size_t{6});
    QCOMPARE(machineSpace(compiled(locks), 1000).states, std::size_t{10});
}

void TestEveryOrder::aQueueThatNobodyCountsHasAnEndOfStates()
{
    const std::string text = "queue q max 1\nthread one:\n    forever:\n        put q <- 1\n"
                             "thread two:\n    forever:\n        get v <- q\n";

    QCOMPARE(machineSpace(compiled(text), 1000).states, std::size_t{2});
}

void TestEveryOrder::sleepSetsKeepTheEndsThatDropADaemon()
{
    // The daemon may be dropped before its write or after it.
    const std::shared_ptr<const Code> code =
        compiled("shared x = 0\nthread t:\n    yield\ndaemon thread d:\n    yield\n    x = 1\n");

    QCOMPARE(reducedDifference(code, machineSpace(code, 1000)), std::string());
}

void TestEveryOrder::pipesProcessesAndSignalsAreTheSameWithEveryReduction_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a pipe") << QStringLiteral(
        "pipe a max 1B\nshared x = 0\nthread w[i in 1..2]:\n    sleep 1ms\n    write a <- \"a\"\n"
        "thread r:\n    repeat 2:\n        read t <- a\n        x = x + 1\n");
    QTest::newRow("a signal that kills") << QStringLiteral(
        "shared x = 0\nprocess p:\n    x = 1\n    yield\n    x = 2\nprocess q:\n    sleep 1ms\n"
        "    send SIGTERM to p\n    x = 3\n");
    QTest::newRow("a handler") << QStringLiteral(
        "shared x = 0\nprocess p:\n    on SIGUSR1:\n        x += 1\n    x += 1\n    yield\n"
        "process q[i in 1..2]:\n    yield\n    send SIGUSR1 to p\n");
    QTest::newRow("a lost signal") << QStringLiteral(
        "shared x = 0\nprocess p:\n    on SIGUSR1:\n        x = 1\n    pause\n    assert x == 2\n"
        "process q:\n    send SIGUSR1 to p\n");
}

void TestEveryOrder::pipesProcessesAndSignalsAreTheSameWithEveryReduction()
{
    QFETCH(const QString, text);
    const std::shared_ptr<const Code> code = compiled(text.toStdString());
    QVERIFY(code != nullptr);

    const Space space = machineSpace(code, 100'000);

    QCOMPARE(QString::fromStdString(space.problem), QString());
    QCOMPARE(QString::fromStdString(reducedDifference(code, space)), QString());
}

QTEST_APPLESS_MAIN(TestEveryOrder)
#include "tst_every_order.moc"
