// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/exploration_judge.h"
#include "engine/explore/explore.h"
#include "engine/explore/explorer.h"
#include "engine/explore/stepper.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <random>
#include <set>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

ExplorerLimits limits()
{
    ExplorerLimits limits;
    limits.time = std::chrono::seconds(60);
    return limits;
}

SearchOptions optionsFor(const Code& code, bool turnsRings)
{
    SearchOptions options;
    options.keepsGraph = false;
    options.machine.mergesTwins = turnsRings;
    options.machine.keepsHistory = needsHistory(code);
    return options;
}

std::string philosophers(int seats, const std::string& body)
{
    return "const N = " + std::to_string(seats)
        + "\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n" + body;
}

const char* const kMeal = "    lock fork[i]\n    lock fork[(i + 1) % N]\n"
                          "    unlock fork[(i + 1) % N]\n    unlock fork[i]\n";

/// What the variables are worth in a state.
std::string valuesIn(const Explorer& explorer, const std::vector<Cell>& state)
{
    const Machine& machine = explorer.machine();
    const std::vector<VariableDeclaration>& shared = machine.code().shared;
    std::string text;
    for (std::size_t i = 0; i < shared.size(); ++i)
        for (std::int32_t element = 0; element < shared[i].count; ++element) {
            const std::size_t cell = machine.variableCell(static_cast<std::int32_t>(i), element);
            text += machine.values().value(state[cell]).toText() + " ";
        }
    return text;
}

/// Everything that turning must not change, as a text that can be read.
QString found(Explorer& explorer)
{
    const Findings& findings = explorer.findings();
    QStringList words;
    if (findings.deadlock)
        words += QStringLiteral("deadlock");
    for (const auto& [text, where] : findings.assertions)
        words += QStringLiteral("assert ") + QString::fromStdString(text);
    for (const auto& [name, where] : findings.exceptions)
        words += QStringLiteral("exception ") + QString::fromStdString(name);
    for (const auto& [variable, where] : findings.races)
        words += QStringLiteral("race %1").arg(variable);
    for (std::size_t i = 0; i < findings.violated.size(); ++i)
        if (findings.violated[i])
            words += QStringLiteral("violated %1").arg(i);
    std::set<std::string> ends;
    for (const std::uint32_t end : findings.ends)
        for (const std::vector<Cell>& state : explorer.turns(end))
            ends.insert(valuesIn(explorer, state));
    for (const std::string& end : ends)
        words += QStringLiteral("end ") + QString::fromStdString(end);
    return words.join(QStringLiteral("; "));
}

/// How many states the turned ones stand for.
std::size_t statesMeant(Explorer& explorer)
{
    std::size_t count = 0;
    for (std::uint32_t state = 0; state < explorer.states().size(); ++state)
        count += explorer.turns(state).size();
    return count;
}

/// Actors of a ring that do things by chance, all the same things.
std::string programByChance(std::uint32_t seed)
{
    std::mt19937 random(seed);
    const auto chosen = [&random](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const auto place = [&] {
        const std::size_t distance = chosen(3);
        return distance == 0 ? std::string("i") : "(i + " + std::to_string(distance) + ") % N";
    };
    const auto line = [&](const std::string& indent) -> std::string {
        switch (chosen(11)) {
        case 0:
            return indent + "with fork[" + place() + "]:\n" + indent + "    count += 1\n";
        case 1:
            return indent + "lock fork[" + place() + "]\n";
        case 2:
            return indent + "unlock fork[" + place() + "]\n";
        case 3:
            return indent + "flag[" + place() + "] = " + std::to_string(chosen(3)) + "\n";
        case 4:
            return indent + "flag[" + place() + "] += 1\n";
        case 5:
            return indent + "put slot[" + place() + "] <- " + std::to_string(chosen(2)) + "\n";
        case 6:
            return indent + "get x <- slot[" + place() + "]\n";
        case 7:
            return indent + "acquire seat\n" + indent + "release pile[" + place() + "]\n";
        case 8:
            return indent + "acquire pile[" + place() + "]\n";
        case 9:
            return indent + "with m:\n" + indent + "    if flag[" + place() + "] == 0:\n" + indent
                + "        wait changed\n" + indent + "    notify changed\n";
        default:
            return indent + "say \"{i} of {x}\"\n";
        }
    };
    const auto body = [&](std::size_t lines) {
        std::string text = "    local x = 0\n";
        for (std::size_t i = 0; i < lines; ++i)
            text += line("    ");
        return text;
    };
    const bool areTwo = chosen(3) == 0;
    std::string text = "const N = 3\nshared count = 0\nshared flag[N] = 0\nmutex fork[N]\nmutex m\n"
                       "condition changed on m\nqueue slot[N] max 1\nsemaphore seat = 2\n"
                       "semaphore pile[N] = 0\nthread one[i in 0..N-1]:\n"
        + body(areTwo ? 2 : 2 + chosen(3));
    if (areTwo)
        text += "thread two[i in 0..N-1]:\n" + body(1 + chosen(2));
    return text;
}

} // namespace

class TestRingSymmetry : public QObject
{
    Q_OBJECT

private slots:
    void ringsAreTurnedOnlyWhereNobodyCanTell_data();
    void ringsAreTurnedOnlyWhereNobodyCanTell();
    void turningChangesNothingThatIsFound_data();
    void turningChangesNothingThatIsFound();
    void programsByChanceAreFoundTheSame();
    void nPhilosophersHaveNTimesFewerStates();
    void witnessesAreShortestSchedulesOfTheProgram_data();
    void witnessesAreShortestSchedulesOfTheProgram();
    void outcomesAreToldOfEveryTurn();
};

void TestRingSymmetry::ringsAreTurnedOnlyWhereNobodyCanTell_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("areTurned");
    const auto row = [](const char* name, const std::string& text, bool areTurned) {
        QTest::newRow(name) << QString::fromStdString(text) << areTurned;
    };
    const std::string meal = kMeal;
    row("forks beside each other", philosophers(3, meal), true);
    row("counted from one",
        "mutex fork[3]\nthread p[i in 1..3]:\n    lock fork[i - 1]\n    lock fork[i % 3]\n", true);
    row("both neighbours",
        philosophers(4,
            "    local left = (i + N - 1) % N\n    local right = (i + 1) % N\n"
            "    if left != (i + 3) % N:\n        lock fork[left]\n"
            "    lock fork[right]\n"),
        true);
    row("given to a def",
        "const N = 3\nmutex fork[N]\ndef next(k):\n    return (k + 1) % N\n"
        "thread p[i in 0..N-1]:\n    lock fork[i]\n    call next(i) into k\n    lock fork[k]\n",
        true);
    row("said where nobody listens", philosophers(3, meal + "    say \"{i} has eaten\"\n"), true);
    row("two arrays together",
        "queue q[3] max 1\nthread p[i in 0..2]:\n    put q[i] <- 1\n"
        "thread c[i in 0..2]:\n    get x <- q[(i + 1) % 3]\n",
        true);
    row("said where outcomes are asked for",
        philosophers(3, meal + "    say \"{i}\"\n") + "expect outcomes {\"0; 1; 2\"}\n", false);
    row("one is left-handed",
        philosophers(3, "    if i == 0:\n        lock fork[1]\n    lock fork[i]\n"), false);
    row("one is lazy", philosophers(3, "    if i == 0:\n        yield\n" + meal), false);
    row("a condition is on a certain fork",
        "condition c on fork[0]\n" + philosophers(3, meal + "    notify c\n"), false);
    row("in the order of the numbers",
        philosophers(3, "    lock fork[min(i, (i + 1) % N)]\n    lock fork[max(i, (i + 1) % N)]\n"),
        false);
    row("a leader is told", "shared leader = 0\n" + philosophers(3, meal + "    leader = i\n"),
        false);
    row("somebody else takes a certain fork",
        philosophers(3, meal) + "thread thief:\n    lock fork[0]\n", false);
    row("an expectation names one", philosophers(3, meal) + "expect stuck philosopher[1] free\n",
        false);
    row("an invariant names one",
        "shared flag[3] = 0\nthread p[i in 0..2]:\n    flag[i] = 1\ninvariant flag[0] <= 1\n",
        false);
    row("another number of forks",
        "mutex fork[4]\nthread p[i in 0..2]:\n    lock fork[i]\n    lock fork[i + 1]\n", false);
    row("another size of the ring",
        philosophers(3, "    lock fork[i]\n    lock fork[(i + 1) % 2]\n"), false);
    row("not alike in the beginning",
        "shared flag[3] = [0, 0, 1]\nthread p[i in 0..2]:\n    flag[i] = 1\n", false);
    row("the index is an amount", "shared x = 0\nthread p[i in 0..2]:\n    x += i\n", false);
    row("the index is an item", "queue q max 3\nthread p[i in 0..2]:\n    put q <- i\n", false);
    row("the index is a time", philosophers(3, meal + "    sleep i * 1ms\n"), false);
    row("an assertion tells it", philosophers(3, "    assert false, \"{i}\"\n"), false);
}

void TestRingSymmetry::ringsAreTurnedOnlyWhereNobodyCanTell()
{
    QFETCH(const QString, text);
    QFETCH(const bool, areTurned);
    const auto code = programOf(text.toStdString());
    QVERIFY(code != nullptr);

    const Explorer explorer(code, limits(), optionsFor(*code, true));

    QCOMPARE(explorer.mergesTwins(), areTurned);
}

void TestRingSymmetry::turningChangesNothingThatIsFound_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QString::fromStdString(text);
    };
    row("philosophers", philosophers(4, kMeal));
    row("who ask the neighbour",
        "shared flag[3] = 0\n"
            + philosophers(3,
                "    flag[i] = 1\n    if flag[(i + 1) % N] == 0:\n"
                "        lock fork[(i + 2) % N]\n    assert flag[(i + 2) % N] == 1\n"));
    row("with clean-up",
        philosophers(4,
            "    with fork[i]:\n        with fork[(i + 1) % N]:\n            yield\n"
            "    compute 1ms\n"));
    row("who give up",
        philosophers(3,
            "    lock fork[i]\n    if try lock fork[(i + 1) % N] within 1ms:\n"
            "        unlock fork[(i + 1) % N]\n    unlock fork[i]\n"));
    row("under one lock",
        "mutex m\nshared turn[3] = 0\ncondition c[3] on m\nthread p[i in 0..2]:\n    with m:\n"
        "        turn[(i + 1) % 3] = 1\n        notify c[(i + 1) % 3]\n"
        "        while turn[i] == 0:\n            wait c[i]\n");
    row("producers and consumers",
        "queue q[3] max 1\nshared got = 0\nthread p[i in 0..2]:\n    put q[i] <- 1\n"
        "    put q[(i + 1) % 3] <- 2\nthread c[i in 0..2]:\n    get x <- q[i]\n"
        "    got = got + x\nthread other[k in 1..2]:\n    got = got + 10\n");
    row("awaited",
        "shared lit[3] = false\nthread p[i in 0..2]:\n    await until lit[(i + 1) % 3]\n"
        "thread s[i in 0..2]:\n    lit[i] = true\n");
    row("with an exception", "mutex fork[3]\nthread p[i in 1..3]:\n    unlock fork[i % 3]\n");
}

void TestRingSymmetry::turningChangesNothingThatIsFound()
{
    QFETCH(const QString, text);
    const auto code = programOf(text.toStdString());
    QVERIFY(code != nullptr);
    Explorer plain(code, limits(), optionsFor(*code, false));
    plain.search();
    for (const bool isReducedMore : {false, true}) {
        SearchOptions options = optionsFor(*code, true);
        options.usesSleepSets = options.joinsLocalSteps = isReducedMore;
        Explorer turned(code, limits(), options);
        turned.search();

        QVERIFY(turned.mergesTwins());
        QCOMPARE(found(turned), found(plain));
        QVERIFY(turned.states().size() < plain.states().size());
    }
}

void TestRingSymmetry::programsByChanceAreFoundTheSame()
{
    int turnedOnes = 0;
    for (std::uint32_t seed = 1; seed <= 120; ++seed) {
        const std::string text = programByChance(seed);
        const auto code = programOf(text);
        QVERIFY2(code != nullptr, text.c_str());
        ExplorerLimits few = limits();
        few.states = 20'000;
        Explorer plain(code, few, optionsFor(*code, false));
        plain.search();
        SearchOptions options = optionsFor(*code, true);
        Explorer turned(code, few, options);
        turned.search();
        options.usesSleepSets = true;
        Explorer asleep(code, few, options);
        asleep.search();
        if (plain.limit() || !turned.mergesTwins())
            continue;
        ++turnedOnes;
        QVERIFY2(found(turned) == found(plain), text.c_str());
        QVERIFY2(found(asleep) == found(plain), text.c_str());
        QVERIFY2(statesMeant(turned) == plain.states().size(), text.c_str());
        QVERIFY2(asleep.states().size() == turned.states().size(), text.c_str());
        QVERIFY2(turned.depth() == plain.depth(), text.c_str());
    }
    QVERIFY2(turnedOnes > 60, qPrintable(QString::number(turnedOnes)));
}

void TestRingSymmetry::nPhilosophersHaveNTimesFewerStates()
{
    const auto code = programOf(philosophers(7,
        std::string("    forever:\n        lock fork[i]\n"
                    "        lock fork[(i + 1) % N]\n"
                    "        unlock fork[i]\n"
                    "        unlock fork[(i + 1) % N]\n")));
    QVERIFY(code != nullptr);
    Explorer explorer(code, limits(), optionsFor(*code, true));

    explorer.search();

    // Three places for each of seven, but not all of them at the last: 3^7 - 1 states; one necklace
    // of seven beads in three colours for every seven of them, and those of one colour by themselves.
    QCOMPARE(explorer.states().size(), std::size_t{(2187 - 3) / 7 + 2});
    QCOMPARE(statesMeant(explorer), std::size_t{2187 - 1});
}

void TestRingSymmetry::witnessesAreShortestSchedulesOfTheProgram_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("philosophers") << QString::fromStdString(philosophers(5, kMeal));
    QTest::newRow("who start late") << QString::fromStdString(philosophers(4,
        "    yield\n    sleep 1ms\n    lock fork[(i + 1) % N]\n    yield\n"
        "    lock fork[(i + 3) % N]\n"));
}

void TestRingSymmetry::witnessesAreShortestSchedulesOfTheProgram()
{
    QFETCH(const QString, text);
    const auto code = programOf(text.toStdString());
    QVERIFY(code != nullptr);
    Explorer plain(code, limits(), optionsFor(*code, false));
    Explorer turned(code, limits(), optionsFor(*code, true));
    plain.search();
    turned.search();
    QVERIFY(turned.mergesTwins() && turned.findings().deadlock && plain.findings().deadlock);

    const Schedule witness = turned.scheduleTo(*turned.findings().deadlock);

    Machine machine(code, {});
    Stepper stepper(machine);
    for (ScheduledStep step : witness.steps)
        QVERIFY(stepper.move(step).has_value());
    QVERIFY(stepper.movable().empty());
    QCOMPARE(witness.steps.size(), plain.scheduleTo(*plain.findings().deadlock).steps.size());
}

void TestRingSymmetry::outcomesAreToldOfEveryTurn()
{
    const auto code = programOf(
        "shared flag[8] = 0\nshared n = 0\nmutex m\nthread p[i in 0..7]:\n    with m:\n"
        "        n += 1\n        if n == 8:\n            flag[i] = 1\n    yield\n    yield\n");
    QVERIFY(code != nullptr);

    const ExplorationReport report = explore(code, limits());

    QVERIFY(!report.limit);
    QCOMPARE(report.histogram.size(), std::size_t{8});
    for (const ExploredOutcome& outcome : report.histogram)
        QVERIFY2(outcome.text.find("= 1") != std::string::npos, outcome.text.c_str());
}

QTEST_APPLESS_MAIN(TestRingSymmetry)
#include "tst_ring_symmetry.moc"
