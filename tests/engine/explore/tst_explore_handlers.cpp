// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/explore/explored_text.h"

#include <QTest>

using namespace heddle;
using namespace heddle::tests;

class TestExploreHandlers : public QObject
{
    Q_OBJECT

private slots:
    void aHandlerRunsInsideOfAWaitWhichGoesOn();
    void handlersInterruptOneAnother();
    void handlersThatNeverEndAreNoResources();
    void onlyTheMainThreadSetsHandlers();
    void anExceptionOfAHandlerEndsTheWait();
    void anExitInAHandlerEndsTheProcess();
    void aHandlerThatWantsAHeldLockDeadlocks();
    void anInterruptRaisesInMainAndEndsOthers();
    void aCycleThatAHandlerLeavesIsNoDeadlock_data();
    void aCycleThatAHandlerLeavesIsNoDeadlock();
};

void TestExploreHandlers::aHandlerRunsInsideOfAWaitWhichGoesOn()
{
    const QString judged = judgedText("shared handled = false\n"
                                      "mutex m\n"
                                      "condition c on m\n"
                                      "shared go = false\n"
                                      "on SIGUSR1:\n"
                                      "    handled = true\n"
                                      "thread sender:\n"
                                      "    send SIGUSR1 to program\n"
                                      "    await until handled\n"
                                      "    with m:\n"
                                      "        go = true\n"
                                      "        notify c\n"
                                      "main:\n"
                                      "    spawn sender\n"
                                      "    with m:\n"
                                      "        wait c until go\n"
                                      "    say \"woken\"\n"
                                      "expect outcomes {\"woken\"}\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: outcomes {\"woken\"}\nheld: terminates"));
}

void TestExploreHandlers::handlersInterruptOneAnother()
{
    const QString judged = judgedText("on SIGUSR1:\n"
                                      "    say \"outer\"\n"
                                      "    send SIGUSR2 to program\n"
                                      "    say \"outer ends\"\n"
                                      "on SIGUSR2:\n"
                                      "    say \"inner\"\n"
                                      "main:\n"
                                      "    send SIGUSR1 to program\n"
                                      "    yield\n"
                                      "expect outcomes {\"outer; inner; outer ends\"}\n"
                                      "expect terminates\n");

    QCOMPARE(
        judged, QStringLiteral("held: outcomes {\"outer; inner; outer ends\"}\nheld: terminates"));
}

void TestExploreHandlers::handlersThatNeverEndAreNoResources()
{
    const QString judged = judgedText("on SIGUSR1:\n"
                                      "    send SIGUSR2 to program\n"
                                      "    yield\n"
                                      "on SIGUSR2:\n"
                                      "    send SIGUSR1 to program\n"
                                      "    yield\n"
                                      "main:\n"
                                      "    send SIGUSR1 to program\n"
                                      "    yield\n"
                                      "expect exception NoResources reachable\n"
                                      "expect exit program in {1}\n");

    QCOMPARE(
        judged, QStringLiteral("held: exception NoResources reachable\nheld: exit program in {1}"));
}

void TestExploreHandlers::onlyTheMainThreadSetsHandlers()
{
    const QString judged = judgedText("def listen():\n"
                                      "    on SIGUSR1 ignore\n"
                                      "thread other:\n"
                                      "    call listen()\n"
                                      "main:\n"
                                      "    call listen()\n"
                                      "    spawn other\n"
                                      "    join other\n"
                                      "expect raised BadValue in other 1 times\n"
                                      "expect never raised BadValue in main\n");

    QCOMPARE(judged,
        QStringLiteral("held: raised BadValue in other 1 times\nheld: never raised BadValue in "
                       "main"));
}

void TestExploreHandlers::anExceptionOfAHandlerEndsTheWait()
{
    const QString judged = judgedText("event never\n"
                                      "on SIGUSR1:\n"
                                      "    raise Enough\n"
                                      "thread sender:\n"
                                      "    send SIGUSR1 to program\n"
                                      "main:\n"
                                      "    try:\n"
                                      "        spawn sender\n"
                                      "        wait never\n"
                                      "    except Enough:\n"
                                      "        say \"out\"\n"
                                      "expect outcomes {\"out\"}\n"
                                      "expect raised Enough 1 times\n"
                                      "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: outcomes {\"out\"}\nheld: raised Enough 1 times\nheld: terminates"));
}

void TestExploreHandlers::anExitInAHandlerEndsTheProcess()
{
    const QString judged = judgedText("event ready\n"
                                      "process target:\n"
                                      "    on SIGINT ignore\n"
                                      "    on SIGUSR1:\n"
                                      "        say \"leaving\"\n"
                                      "        exit 1\n"
                                      "    set ready\n"
                                      "    forever:\n"
                                      "        pause\n"
                                      "        say \"never\"\n"
                                      "main:\n"
                                      "    spawn target\n"
                                      "    wait ready\n"
                                      "    send SIGINT to target\n"
                                      "    send SIGUSR1 to target\n"
                                      "    join target\n"
                                      "expect output \"leaving\"\n"
                                      "expect exit target in {1}\n"
                                      "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: output \"leaving\"\nheld: exit target in {1}\nheld: terminates"));
}

void TestExploreHandlers::aHandlerThatWantsAHeldLockDeadlocks()
{
    const QString judged = judgedText("mutex m\n"
                                      "on SIGUSR1:\n"
                                      "    with m:\n"
                                      "        pass\n"
                                      "thread sender:\n"
                                      "    send SIGUSR1 to program\n"
                                      "main:\n"
                                      "    spawn sender\n"
                                      "    with m:\n"
                                      "        yield\n"
                                      "expect deadlock reachable\n");

    QCOMPARE(judged, QStringLiteral("held: deadlock reachable"));
}

void TestExploreHandlers::anInterruptRaisesInMainAndEndsOthers()
{
    const std::string sender = "thread sender:\n    send SIGINT to program\n";
    const QString caught = judgedText("event never\n" + sender
        + "main:\n    try:\n        spawn sender\n        wait never\n    except Interrupted:\n"
          "        say \"interrupted\"\n"
          "expect outcomes {\"interrupted\"}\nexpect exit program in {0}\n");
    const QString uncaught = judgedText("event never\n" + sender
        + "main:\n    spawn sender\n    wait never\nexpect exit program in {-SIGINT}\n"
          "expect exception Interrupted reachable\n");
    const QString process = judgedText("event never\nprocess p:\n    wait never\n"
                                       "main:\n    spawn p\n    send SIGINT to p\n    join p\n"
                                       "expect exit p in {-SIGINT}\n");

    QCOMPARE(caught, QStringLiteral("held: outcomes {\"interrupted\"}\nheld: exit program in {0}"));
    QCOMPARE(uncaught,
        QStringLiteral("held: exit program in {-SIGINT}\nheld: exception Interrupted reachable"));
    QCOMPARE(process, QStringLiteral("held: exit p in {-SIGINT}"));
}

void TestExploreHandlers::aCycleThatAHandlerLeavesIsNoDeadlock_data()
{
    QTest::addColumn<QString>("handler");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("it raises") << "raise Broken"
                               << "held: deadlock free";
    QTest::newRow("it goes on") << "pass"
                                << "failed: deadlock free: a schedule leads to a deadlock";
}

void TestExploreHandlers::aCycleThatAHandlerLeavesIsNoDeadlock()
{
    QFETCH(const QString, handler);
    QFETCH(const QString, verdict);

    const QString judged = judgedText(
        "mutex a, b\nevent held\nthread other:\n    lock b\n    set held\n"
        "    lock a\n    unlock a\n    unlock b\nthread sender:\n"
        "    wait held\n    send SIGUSR1 to program\non SIGUSR1:\n    "
        + handler.toStdString()
        + "\nmain:\n    try:\n        with a:\n            spawn other\n            spawn sender\n"
          "            wait held\n            lock b\n    except:\n        pass\n    join all\n"
          "expect deadlock free\n");

    QCOMPARE(judged, verdict);
}

QTEST_APPLESS_MAIN(TestExploreHandlers)
#include "tst_explore_handlers.moc"
