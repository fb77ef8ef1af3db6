// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explore.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <memory>
#include <string>

using namespace heddle;
using namespace heddle::tests;

namespace {

const std::string kStoreBuffers = "shared x = 0\nshared y = 0\nshared seen[2] = [7, 7]\n"
                                  "thread a:\n    x = 1\n    seen[0] = y\n"
                                  "thread b:\n    y = 1\n    seen[1] = x\n";

const std::string kPeterson = "shared flag[2]: bool = [false, false]\nshared turn = 0\n"
                              "thread worker[i in 0..1]:\n    flag[i] = true\n    turn = 1 - i\n"
                              "    await until not flag[1 - i] or turn == i\n"
                              "    section \"critical\":\n        compute 1ms\n"
                              "    flag[i] = false\n"
                              "invariant \"alone\" inside(\"critical\") <= 1\n";

const std::string kReadersAndWriter =
    "shared readers = 0\nmutex door\nsemaphore room = 1\nthread reader[r in 1..2]:\n    forever:\n"
    "        with door:\n            readers += 1\n            if readers == 1:\n"
    "                acquire room\n        with door:\n            readers -= 1\n"
    "            if readers == 0:\n                release room\n        progress\n"
    "thread writer:\n    forever:\n        acquire room\n        release room\n        progress\n";

const std::string kTwoAtALock = "mutex m\nthread t[i in 1..2]:\n    forever:\n        lock m\n"
                                "        unlock m\n        progress\n";

} // namespace

class TestExplorationOptions : public QObject
{
    Q_OBJECT

private slots:
    void optionsDecide_data();
    void optionsDecide();
    void whoHasDoneItsLastWorkMayStillLive_data();
    void whoHasDoneItsLastWorkMayStillLive();
    void aQueueWithoutBoundIsCutAndNeverCalledADeadlock();
    void anUpdateIsLostWithoutARace();
    void aLockAroundBothStepsLosesNothing();
    void theWitnessOfALostUpdateEndsWithTheOverwritingStep();
    void aSearchForADeadlockEndsWithTheFirst();
    void schedulesWithMorePreemptionsAreLeftOutAndSaidSo();
    void whatAnEndlessScheduleDoesIsNotDecided();
    void aLoopBeyondTheLimitMayBeALivelock_data();
    void aLoopBeyondTheLimitMayBeALivelock();
    void theSearchEndsWhenTheExpectationsAreDecided();
    void askingToStopEndsASearch();
};

void TestExplorationOptions::optionsDecide_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char* name, const std::string& text, const char* verdicts) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(verdicts);
    };
    const std::string bothOld = "expect final seen[0] + seen[1] never 0\nexpect terminates\n";
    row("writes are seen at once", kStoreBuffers + bothOld, "held, held");
    row("writes wait in a buffer", "option memory tso\n" + kStoreBuffers + bothOld, "failed, held");
    row("an atomic write leaves the buffer first",
        "option memory tso\natomic shared x = 0\natomic shared y = 0\n"
        "shared seen[2] = [7, 7]\nthread a:\n    x = 1\n    seen[0] = y\n"
        "thread b:\n    y = 1\n    seen[1] = x\n"
            + bothOld,
        "held, held");
    row("Peterson", kPeterson + "expect invariant \"alone\" holds\nexpect terminates\n",
        "held, held");
    row("Peterson with store buffers",
        "option memory tso\n" + kPeterson + "expect invariant \"alone\" violated\n", "held");
    const std::string sleepers = "shared x = 0\nthread early:\n    sleep 10ms\n    x = 1\n"
                                 "thread late:\n    sleep 20ms\n    x = 2\n";
    row("sleeping orders nothing", sleepers + "expect final x in {1, 2}\n", "held");
    row("with a clock it does", "option time ideal\n" + sleepers + "expect final x == 2\n", "held");
    const std::string limit = "event e\nshared late = false\nthread waiter:\n    try:\n"
                              "        wait e within 10ms\n    except Timeout:\n"
                              "        late = true\nthread setter:\n    sleep 20ms\n    set e\n";
    row("a time limit may or may not be over", limit + "expect final late in {true, false}\n",
        "held");
    row("with a clock it is over", "option time ideal\n" + limit + "expect final late == true\n",
        "held");
    row("what has the same length may end in any order",
        "option time ideal\nshared x = 0\nthread a:\n    compute 5ms\n    x = 1\n"
        "thread b:\n    compute 5ms\n    x = 2\nexpect final x in {1, 2}\n",
        "held");
    row("a timer fires when its time has come",
        "option time ideal\nshared x = 0\nmain:\n    after 10ms as t:\n        x = 1\n"
        "    sleep 5ms\n    cancel t\nexpect final x == 0\n",
        "held");
    row("readers keep a writer out",
        kReadersAndWriter
            + "expect starvation of writer reachable\nexpect starvation of reader free\n"
              "expect deadlock free\n",
        "held, failed, held");
    row("an unfair lock lets one starve", kTwoAtALock + "expect starvation reachable\n", "held");
    row("a fair lock does not", "option lock fair\n" + kTwoAtALock + "expect starvation free\n",
        "held");
    row("a block in one step waits for no buffer of its own",
        "option memory tso\nshared x = 0\nthread a:\n    with atomic:\n        x = 1\n"
        "expect final x == 1\nexpect deadlock free\n",
        "held, held");
    row("who joins an actor sees what it wrote",
        "option memory tso\nshared x = 0\nshared y = 7\nthread a:\n    x = 1\nmain:\n"
        "    spawn t = a\n    join t\n    y = x\nexpect final y == 1\n",
        "held");
    row("a timer may begin with a delay",
        "option time ideal\nshared x = 0\nmain:\n    after 5ms:\n        sleep 5ms\n"
        "        x = 1\nexpect deadlock free\nexpect final x can be 1\n",
        "held, held");
    row("a timer's first access can race",
        "shared x = 0\nmain:\n    after 5ms:\n        x = 1\n    x = 2\nexpect race on x\n",
        "held");
    row("who was spawned can starve",
        "mutex m\nthread w(i):\n    forever:\n        lock m\n        progress\n"
        "        unlock m\nmain:\n    spawn a = w(1)\n    spawn b = w(2)\n"
        "expect starvation of w reachable\nexpect starvation of w free\n",
        "held, failed");
    row("an assertion that no line speaks of is a finding",
        "thread a:\n    assert false, \"one\"\nthread b:\n    assert false, \"two\"\n"
        "expect assert fails \"one\"\n",
        "held, failed");
    row("more actors than there is room for",
        "main:\n    repeat 600:\n        spawn t = w(1)\n        join t\n"
        "    assert false, \"after all\"\nthread w(i):\n    yield\nexpect assert holds\n",
        "unchecked");
    row("a choice among too many",
        "shared x = 0\nmain:\n    choose k in 1..9000000000000000000\n    x = 1\n"
        "expect final x == 1\n",
        "unchecked");
    row("a wake-up without a notify breaks an if",
        "option spurious on\nshared ready = false\nmutex m\ncondition c on m\nthread waiter:\n"
        "    with m:\n        if not ready:\n            wait c\n        assert ready, \"early\"\n"
        "thread setter:\n    with m:\n        ready = true\n        notify c\n"
        "expect assert fails\n",
        "held");
}

void TestExplorationOptions::optionsDecide()
{
    QFETCH(const QString, text);
    QFETCH(const QString, verdicts);
    const std::shared_ptr<const Code> code = programOf(text.toStdString());
    QVERIFY(code != nullptr);

    QCOMPARE(statusesOf(explore(code, {})), verdicts);
}

void TestExplorationOptions::whoHasDoneItsLastWorkMayStillLive_data()
{
    QTest::addColumn<QString>("worker");
    QTest::addColumn<QString>("question");
    const auto row = [](const char* name, const char* worker, const char* question) {
        QTest::newRow(name) << QString::fromLatin1(worker) << QString::fromLatin1(question);
    };
    const char* said = "thread w:\n    say \"the last word\"\n    set done\n";
    row("asked for", said, "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("among the living", said, "    spawn h = w\n    wait done\n    if len(live()) == 2:\n");
    row("tried to be joined", said, "    spawn h = w\n    wait done\n    if not try join h:\n");
    row("joined for a while only", said,
        "    spawn h = w\n    wait done\n    if not try join h within 1ms:\n");
    row("returned early", "thread w:\n    while true:\n        set done\n        return\n",
        "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("returned out of a clean-up",
        "thread w:\n    try:\n        set done\n        return\n    finally:\n        pass\n",
        "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("failed", "thread w:\n    set done\n    raise Bad\n",
        "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("failed in a def", "thread w:\n    call d()\ndef d():\n    set done\n    raise Bad\n",
        "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("a process", "process w:\n    set done\n",
        "    spawn h = w\n    wait done\n    if alive(h):\n");
    row("a process by its exit code", "process w:\n    set done\n",
        "    spawn h = w\n    wait done\n    if exit_of(h) == none:\n");
    row("a timer", "", "    after 1ms as h:\n        set done\n    wait done\n    if alive(h):\n");
}

void TestExplorationOptions::whoHasDoneItsLastWorkMayStillLive()
{
    QFETCH(const QString, worker);
    QFETCH(const QString, question);
    const QString text = "shared x = 0\nevent done\n" + worker + "main:\n" + question
        + "        x = 1\n    else:\n        x = 2\n"
          "expect final x in {1, 2}\nexpect terminates\n";
    const std::shared_ptr<const Code> code = programOf(text.toStdString());
    QVERIFY(code != nullptr);

    const QStringList verdicts = statusesOf(explore(code, {})).split(QStringLiteral(", "));

    QCOMPARE(verdicts.mid(0, 2), (QStringList{"held", "held"}));
}

void TestExplorationOptions::aQueueWithoutBoundIsCutAndNeverCalledADeadlock()
{
    const auto code = programOf("option cap 3\nqueue q\nthread producer:\n    forever:\n"
                                "        put q <- 1\nthread consumer:\n    forever:\n"
                                "        get x <- q\nexpect unbounded q reachable\n"
                                "expect deadlock free\n");

    const ExplorationReport report = explore(code, {});

    QCOMPARE(statusesOf(report), QStringLiteral("held, unchecked"));
    QVERIFY(!report.deadlockFound);
    QVERIFY(report.limit && report.limit->text().find("cap") != std::string::npos);
    QCOMPARE(report.exitCode(), 5);
}

void TestExplorationOptions::anUpdateIsLostWithoutARace()
{
    const auto code = programOf("shared x = 0\nmutex m\nthread t[i in 1..2]:\n    lock m\n"
                                "    local seen = x\n    unlock m\n    lock m\n    x = seen + 1\n"
                                "    unlock m\nexpect race free\nexpect final x can be 1\n");

    const ExplorationReport report = explore(code, {});

    QCOMPARE(statusesOf(report), QStringLiteral("held, held"));
    QCOMPARE(report.lostUpdates.size(), std::size_t{1});
    QCOMPARE(report.lostUpdates.front().variable, std::string("x"));
}

void TestExplorationOptions::aLockAroundBothStepsLosesNothing()
{
    const auto code = programOf("shared x = 0\nmutex m\nthread t[i in 1..3]:\n    with m:\n"
                                "        x = x + 1\nexpect final x == 3\n");

    QVERIFY(explore(code, {}).lostUpdates.empty());
}

void TestExplorationOptions::theWitnessOfALostUpdateEndsWithTheOverwritingStep()
{
    const auto code = programOf("shared x = 0\nthread t[i in 1..2]:\n    x = x + 1\n");

    const ExplorationReport report = explore(code, {});

    QCOMPARE(report.lostUpdates.size(), std::size_t{1});
    const Schedule& witness = report.lostUpdates.front().witness;
    QCOMPARE(witness.steps.size(), std::size_t{4});
    QCOMPARE(witness.steps.back().text.substr(0, 7), std::string("write x"));
}

void TestExplorationOptions::aSearchForADeadlockEndsWithTheFirst()
{
    ExplorerLimits limits;
    limits.find = Find::Deadlock;
    const auto code = programOf(philosophers(6) + "expect deadlock reachable\n");

    const ExplorationReport first = explore(code, limits);

    QCOMPARE(statusesOf(first), QStringLiteral("held"));
    QVERIFY(first.limit && first.limit->text().find("first thing") != std::string::npos);
}

void TestExplorationOptions::schedulesWithMorePreemptionsAreLeftOutAndSaidSo()
{
    ExplorerLimits limits;
    limits.preemptions = 0;
    const auto code = programOf("shared x = 0\nthread t[i in 1..2]:\n    x = x + 1\n"
                                "expect final x == 2\n");

    const ExplorationReport bounded = explore(code, limits);
    limits.preemptions = 1;
    const ExplorationReport enough = explore(code, limits);

    QCOMPARE(statusesOf(bounded), QStringLiteral("unchecked"));
    QVERIFY(bounded.limit->text().find("preemptions") != std::string::npos);
    QCOMPARE(statusesOf(enough), QStringLiteral("failed"));
}

void TestExplorationOptions::whatAnEndlessScheduleDoesIsNotDecided()
{
    const auto code = programOf("option steps 50\natomic shared x = 0\nthread t:\n    forever:\n"
                                "        x += 1\nexpect final x never 1\nexpect deadlock free\n");

    const ExplorationReport report = explore(code, {});

    QCOMPARE(statusesOf(report), QStringLiteral("unchecked, unchecked"));
    QVERIFY(report.limit->text().find("option steps") != std::string::npos);
}

void TestExplorationOptions::aLoopBeyondTheLimitMayBeALivelock_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<ExplorationVerdict>("verdict");
    const QString deadlock = QStringLiteral("expect deadlock reachable\n");
    QTest::newRow("one that nobody sees")
        << QStringLiteral("        pass\n") << deadlock << ExplorationVerdict::Undecided;
    QTest::newRow("one that others see")
        << QStringLiteral("        yield\n") << deadlock << ExplorationVerdict::Holds;
    QTest::newRow("one that a line speaks of")
        << QStringLiteral("        pass\n") << deadlock + "expect livelock free\n"
        << ExplorationVerdict::Undecided;
    QTest::newRow("a starvation") << QStringLiteral("        yield\n")
                                  << deadlock + "expect starvation of counter free\n"
                                  << ExplorationVerdict::Undecided;
}

void TestExplorationOptions::aLoopBeyondTheLimitMayBeALivelock()
{
    QFETCH(const QString, end);
    QFETCH(const QString, expected);
    QFETCH(const ExplorationVerdict, verdict);
    const QString text = "shared x = 0\nsemaphore s = 0\nthread counter:\n    choose k in {0, 1}\n"
                         "    if k == 0:\n        acquire s\n    repeat 5000:\n"
                         "        x += 1\n    while true:\n"
        + end + expected;
    const auto code = programOf(text.toStdString());
    QVERIFY(code != nullptr);
    ExplorerLimits limits;
    limits.states = 1000;
    limits.drawsSamples = false;

    const ExplorationReport report = explore(code, limits);

    QCOMPARE(report.expectations.front().status, ExploredExpectation::Status::Held);
    QCOMPARE(report.verdict, verdict);
    QCOMPARE(report.exitCode(), verdict == ExplorationVerdict::Holds ? 0 : 5);
}

void TestExplorationOptions::theSearchEndsWhenTheExpectationsAreDecided()
{
    const std::string adders = "shared x = 0\nthread t[i in 1..4]:\n    repeat 30:\n"
                               "        x = x + 1\nexpect race on x\n";
    ExplorerLimits limits;
    limits.states = 20'000;

    const ExplorationReport open = explore(programOf(adders + "expect deadlock free\n"), limits);
    const ExplorationReport decided = explore(programOf(adders
                                                  + "mutex a\nthread u:\n    lock a\n    lock a\n"
                                                    "expect deadlock reachable\n"),
        limits);

    QCOMPARE(open.verdict, ExplorationVerdict::Undecided);
    QCOMPARE(statusesOf(open), QStringLiteral("held, unchecked"));
    QCOMPARE(statusesOf(decided), QStringLiteral("held, held"));
    QCOMPARE(decided.verdict, ExplorationVerdict::Holds);
    QVERIFY(decided.states < open.states);
    QVERIFY(decided.limit && decided.limit->text().find("was decided") != std::string::npos);
}

void TestExplorationOptions::askingToStopEndsASearch()
{
    std::stop_source stop;
    stop.request_stop();
    const auto code = programOf(philosophers(9) + "expect deadlock free\n");

    const ExplorationReport report = explore(code, {}, stop.get_token());

    QCOMPARE(report.verdict, ExplorationVerdict::Undecided);
    QCOMPARE(report.limit.value_or("").text(), std::string("the search was stopped"));
}

QTEST_APPLESS_MAIN(TestExplorationOptions)
#include "tst_exploration_options.moc"
