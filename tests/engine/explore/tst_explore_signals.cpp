// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <string>

using namespace heddle;
using namespace heddle::tests;

namespace {

/// The alarm clock of the language's description: `head` is its mask, `pause` how it sleeps.
std::string alarmClock(const std::string& head, const std::string& pause)
{
    return "shared rings = 0\n"
           "process clock:\n"
           "    on SIGALRM:\n"
           "        rings += 1\n"
        + head + "    alarm 1s\n" + pause
        + "    assert rings == 1\n"
          "process killer:\n"
          "    sleep 200ms\n"
          "    send SIGALRM to clock\n";
}

} // namespace

class TestExploreSignals : public QObject
{
    Q_OBJECT

private slots:
    void anAlarmClockCanBeWokenTooEarlyAndTwice();
    void aPauseThatUnblocksLosesNothing();
    void aLostSignalIsExplained();
    void aSignalEndsAProcessAtAnyPoint();
    void whatIsIgnoredIsGone();
    void twoOfAKindMerge();
    void aBlockedSignalWaits();
    void anAwaitedSignalIsTaken();
    void awaitingWhatIsNotBlockedIsABadValue();
    void realTimeSignalsQueueWhereOthersMerge();
    void aStoppedProcessGoesOnWhenContinued();
    void aContinueUndoesAStopThatWasOnItsWay();
    void aSignalToAGroupReachesAllOfIt();
    void whoIsGoneCannotBeSentTo();
    void anAlarmKeepsToTheClockOfIdealTime();
};

void TestExploreSignals::anAlarmClockCanBeWokenTooEarlyAndTwice()
{
    const QString judged = judgedText(
        alarmClock({}, "    pause\n") + "expect assert fails\nexpect stuck clock reachable\n");

    QCOMPARE(judged, QStringLiteral("held: assert fails\nheld: stuck clock reachable"));
}

void TestExploreSignals::aPauseThatUnblocksLosesNothing()
{
    const QString judged =
        judgedText(alarmClock("    on SIGALRM block\n", "    pause unblocking SIGALRM\n")
            + "expect stuck clock free\nexpect assert holds\nexpect deadlock free\n");

    QCOMPARE(
        judged, QStringLiteral("held: stuck clock free\nheld: assert holds\nheld: deadlock free"));
}

void TestExploreSignals::aLostSignalIsExplained()
{
    const QString why = explanationOf("process p:\n"
                                      "    on SIGUSR1:\n"
                                      "        pass\n"
                                      "    pause\n"
                                      "process q:\n"
                                      "    send SIGUSR1 to p\n"
                                      "expect terminates\n");

    QVERIFY2(
        why.contains(QStringLiteral("p pauses for ever: the handler of SIGUSR1 began at step")),
        qPrintable(why));
}

void TestExploreSignals::aSignalEndsAProcessAtAnyPoint()
{
    const QString judged = judgedText("shared x = 0\n"
                                      "process victim:\n"
                                      "    x = 1\n"
                                      "    x = 2\n"
                                      "main:\n"
                                      "    spawn victim\n"
                                      "    send SIGTERM to victim\n"
                                      "    join victim\n"
                                      "expect final x in {0, 1, 2}\n"
                                      "expect exit victim in {0, -SIGTERM}\n"
                                      "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: final x in {0, 1, 2}\nheld: exit victim in {0, -SIGTERM}\n"
                       "held: terminates"));
}

void TestExploreSignals::whatIsIgnoredIsGone()
{
    const QString judged = judgedText("process p:\n"
                                      "    on SIGTERM ignore\n"
                                      "    yield\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    send SIGTERM to p\n"
                                      "    join p\n"
                                      "expect exit p in {0}\n");

    QCOMPARE(judged, QStringLiteral("held: exit p in {0}"));
}

void TestExploreSignals::twoOfAKindMerge()
{
    const QString judged = judgedText("shared count = 0\n"
                                      "event ready\n"
                                      "process p:\n"
                                      "    on SIGUSR1:\n"
                                      "        count += 1\n"
                                      "    wait ready\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    send SIGUSR1 to p\n"
                                      "    send SIGUSR1 to p\n"
                                      "    set ready\n"
                                      "    join p\n"
                                      "expect final count in {0, 1, 2}\n");

    QCOMPARE(judged, QStringLiteral("held: final count in {0, 1, 2}"));
}

void TestExploreSignals::aBlockedSignalWaits()
{
    const QString judged = judgedText("shared during = 0\n"
                                      "on SIGUSR1:\n"
                                      "    during += 1\n"
                                      "main:\n"
                                      "    on SIGUSR1 block\n"
                                      "    send SIGUSR1 to program\n"
                                      "    assert during == 0\n"
                                      "    on SIGUSR1 unblock\n"
                                      "    assert during == 1\n"
                                      "expect assert holds\n"
                                      "expect exit program in {0}\n");

    QCOMPARE(judged, QStringLiteral("held: assert holds\nheld: exit program in {0}"));
}

void TestExploreSignals::anAwaitedSignalIsTaken()
{
    const QString judged = judgedText("process p:\n"
                                      "    on SIGUSR1, SIGUSR2 block\n"
                                      "    await SIGUSR1, SIGUSR2 into s\n"
                                      "    say s\n"
                                      "process q:\n"
                                      "    send SIGUSR2 to p\n"
                                      "expect output \"SIGUSR2\"\n"
                                      "expect exit p in {0}\n"
                                      "expect terminates\n");

    QCOMPARE(
        judged, QStringLiteral("held: output \"SIGUSR2\"\nheld: exit p in {0}\nheld: terminates"));
}

void TestExploreSignals::awaitingWhatIsNotBlockedIsABadValue()
{
    const QString judged = judgedText("on SIGUSR1 block\n"
                                      "main:\n"
                                      "    await SIGUSR1, SIGUSR2 into s\n"
                                      "expect exception BadValue reachable\n"
                                      "expect exit program in {1}\n");

    QCOMPARE(
        judged, QStringLiteral("held: exception BadValue reachable\nheld: exit program in {1}"));
}

void TestExploreSignals::realTimeSignalsQueueWhereOthersMerge()
{
    const QString judged =
        judgedText("on SIGUSR1, SIGRTMIN block\n"
                   "option time ideal\n"
                   "main:\n"
                   "    repeat 3:\n"
                   "        send SIGUSR1 to program\n"
                   "        send SIGRTMIN to program\n"
                   "    repeat 5:\n"
                   "        try:\n"
                   "            await SIGUSR1, SIGRTMIN within 1ms into s\n"
                   "            say s\n"
                   "        except Timeout:\n"
                   "            say \"none\"\n"
                   "expect outcomes {\"SIGUSR1; SIGRTMIN; SIGRTMIN; SIGRTMIN; none\"}\n");

    QCOMPARE(
        judged, QStringLiteral("held: outcomes {\"SIGUSR1; SIGRTMIN; SIGRTMIN; SIGRTMIN; none\"}"));
}

void TestExploreSignals::aStoppedProcessGoesOnWhenContinued()
{
    const std::string text = "process p:\n"
                             "    yield\n"
                             "main:\n"
                             "    spawn p\n"
                             "    send SIGSTOP to p\n";

    QCOMPARE(judgedText(text + "    join p\nexpect deadlock reachable\n"),
        QStringLiteral("held: deadlock reachable"));
    QCOMPARE(judgedText(text
                 + "    send SIGKILL to p\n    join p\nexpect terminates\n"
                   "expect exit p in {0, -SIGKILL}\n"),
        QStringLiteral("held: terminates\nheld: exit p in {0, -SIGKILL}"));
}

void TestExploreSignals::aContinueUndoesAStopThatWasOnItsWay()
{
    const QString judged = judgedText("process p:\n"
                                      "    yield\n"
                                      "    yield\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    send SIGSTOP to p\n"
                                      "    send SIGCONT to p\n"
                                      "    join p\n"
                                      "expect deadlock free\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: deadlock free\nheld: terminates"));
}

void TestExploreSignals::aSignalToAGroupReachesAllOfIt()
{
    const QString judged =
        judgedText("main:\n"
                   "    start c = command \"sleep\" new group model lasts 1s exits {0}\n"
                   "    send SIGTERM to group c\n"
                   "    join c\n"
                   "    assert group_of(c) == pid(c)\n"
                   "    assert group_of(c) != group_of(me)\n"
                   "expect exit c in {0, -SIGTERM}\n"
                   "expect exit program in {0}\n"
                   "expect assert holds\n"
                   "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: exit c in {0, -SIGTERM}\nheld: exit program in {0}\n"
                       "held: assert holds\nheld: terminates"));
}

void TestExploreSignals::whoIsGoneCannotBeSentTo()
{
    const QString judged = judgedText("process p:\n"
                                      "    pass\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    join p\n"
                                      "    send SIGTERM to p\n"
                                      "expect exception NotFound reachable\n"
                                      "expect exit program in {1}\n");

    QCOMPARE(
        judged, QStringLiteral("held: exception NotFound reachable\nheld: exit program in {1}"));
}

void TestExploreSignals::anAlarmKeepsToTheClockOfIdealTime()
{
    const std::string text = "option time ideal\n"
                             "shared order = 0\n"
                             "on SIGALRM:\n"
                             "    order = order * 10 + 1\n"
                             "thread other:\n"
                             "    sleep 3s\n"
                             "    order = order * 10 + 2\n"
                             "main:\n"
                             "    spawn other\n"
                             "    alarm 2s\n"
                             "    sleep 4s\n"
                             "    order = order * 10 + 3\n"
                             "expect final order == 123\n"
                             "expect terminates\n";

    QCOMPARE(judgedText(text), QStringLiteral("held: final order == 123\nheld: terminates"));
}

QTEST_APPLESS_MAIN(TestExploreSignals)
#include "tst_explore_signals.moc"
