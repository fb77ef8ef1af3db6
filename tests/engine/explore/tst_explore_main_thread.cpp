// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/walk.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <string>

using namespace heddle;
using namespace heddle::tests;

/// Handlers run in the main thread, also where no lines of the program do.
class TestExploreMainThread : public QObject
{
    Q_OBJECT

private slots:
    void withoutMainAHandlerRunsBesideTheThreads();
    void withoutMainAHandlerMayWaitForALockOfAThread();
    void behindTheEndOfMainAHandlerRunsBesideTheThreads();
    void theMaskOfMainOutlastsIt();
    void aProcessActorRunsHandlersBehindItsLastLine();
    void anExceptionOfAHandlerBehindMainIsToldAndEndsNobody();
    void aHandlerThatNeverEndsKeepsTheProgram();
    void theMainThreadWithoutLinesIsShown();
};

void TestExploreMainThread::withoutMainAHandlerRunsBesideTheThreads()
{
    const QString judged = judgedText("shared x = 0\nshared changed = 0\n"
                                      "on SIGUSR1:\n    local first = x\n    yield\n"
                                      "    if x != first:\n        changed = 1\n"
                                      "thread worker:\n    x = 1\n"
                                      "thread sender:\n    send SIGUSR1 to program\n"
                                      "expect final changed can be 1\n"
                                      "expect final changed can be 0\n");

    QCOMPARE(judged, QStringLiteral("held: final changed can be 1\nheld: final changed can be 0"));
}

void TestExploreMainThread::withoutMainAHandlerMayWaitForALockOfAThread()
{
    const QString judged = judgedText("mutex m\nshared n = 0\n"
                                      "on SIGUSR1:\n    with m:\n        n += 1\n"
                                      "thread worker:\n    with m:\n        n += 1\n"
                                      "thread sender:\n    send SIGUSR1 to program\n"
                                      "expect deadlock free\nexpect final n can be 2\n");

    QCOMPARE(judged, QStringLiteral("held: deadlock free\nheld: final n can be 2"));
}

void TestExploreMainThread::behindTheEndOfMainAHandlerRunsBesideTheThreads()
{
    const QString judged =
        judgedText("mutex m\nevent handled\n"
                   "on SIGUSR1:\n    with m:\n        set handled\n"
                   "    say \"in {name(me)}\"\n"
                   "thread worker:\n    with m:\n        yield\n    wait handled\n"
                   "    say \"woken\"\n"
                   "thread sender:\n    send SIGUSR1 to program\n"
                   "main:\n    spawn worker\n    spawn sender\n"
                   "expect deadlock free\n"
                   "expect said \"in program\" at most 1 times\n"
                   "expect said \"in main\" at most 1 times\n"
                   "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: deadlock free\nheld: said \"in program\" at most 1 times\n"
                       "held: said \"in main\" at most 1 times\nheld: terminates"));
}

void TestExploreMainThread::theMaskOfMainOutlastsIt()
{
    const QString judged =
        judgedText("shared handled = 0\nevent over\n"
                   "on SIGUSR1:\n    handled = 1\n"
                   "thread sender:\n    on SIGUSR1 block\n    wait over\n"
                   "    send SIGUSR1 to program\n"
                   "main:\n    on SIGUSR1 block\n    spawn sender\n    set over\n"
                   "expect final handled == 0\n");

    QCOMPARE(judged, QStringLiteral("held: final handled == 0"));
}

void TestExploreMainThread::aProcessActorRunsHandlersBehindItsLastLine()
{
    const QString judged =
        judgedText("event last, handled\n"
                   "process parent:\n    on SIGUSR1:\n        set handled\n"
                   "    spawn child\n    set last\n"
                   "process child:\n    wait handled\n"
                   "main:\n    spawn parent\n    wait last\n    send SIGUSR1 to parent\n"
                   "    join parent\nexpect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: terminates"));
}

void TestExploreMainThread::anExceptionOfAHandlerBehindMainIsToldAndEndsNobody()
{
    const QString judged = judgedText("event over\n"
                                      "on SIGUSR1:\n    raise Odd \"told\"\n"
                                      "thread sender:\n    wait over\n    send SIGUSR1 to program\n"
                                      "    say \"goes on\"\n"
                                      "main:\n    spawn sender\n    set over\n"
                                      "expect said \"goes on\"\n"
                                      "expect exit program in {0, 1}\n");

    QCOMPARE(judged, QStringLiteral("held: said \"goes on\"\nheld: exit program in {0, 1}"));
}

void TestExploreMainThread::aHandlerThatNeverEndsKeepsTheProgram()
{
    const QString judged = judgedText("event never\n"
                                      "on SIGUSR1:\n    wait never\n"
                                      "thread sender:\n    send SIGUSR1 to program\n"
                                      "expect deadlock reachable\n");

    QCOMPARE(judged, QStringLiteral("held: deadlock reachable"));
}

void TestExploreMainThread::theMainThreadWithoutLinesIsShown()
{
    Walk walk(programOf("on SIGUSR1:\n    say \"handled\"\n"
                        "thread sender:\n    send SIGUSR1 to program\n    yield\n"));
    const auto mainThread = [&walk] { return walk.moment().actors.back(); };
    QCOMPARE(QString::fromStdString(mainThread().name), QStringLiteral("program"));
    QCOMPARE(mainThread().standing, ExploredActor::Standing::Idle);

    QVERIFY(walk.move(0).has_value());

    QCOMPARE(mainThread().moves.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(mainThread().sentence.text())
                .contains(QLatin1String("main thread of program")));
    QVERIFY(walk.move(mainThread().number).has_value());
    QCOMPARE(mainThread().standing, ExploredActor::Standing::CanMove);
    QVERIFY(walk.move(mainThread().number).has_value());
    QCOMPARE(mainThread().standing, ExploredActor::Standing::Idle);
}

QTEST_APPLESS_MAIN(TestExploreMainThread)
#include "tst_explore_main_thread.moc"
