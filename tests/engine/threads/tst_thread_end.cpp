// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"
#include "tests/support/started_child.h"

#include <QtTest>

#include <optional>

using namespace heddle;
using heddle::tests::Leftovers;
using heddle::tests::raceRounds;
using heddle::tests::StartedChild;

namespace {

// All that a small program says, and "exit N".
QString outcome(const std::vector<std::string>& arguments)
{
    std::vector<std::string> command{HEDDLE_THREAD_END};
    command.insert(command.end(), arguments.begin(), arguments.end());
    StartedChild child(command);
    if (!child.isStarted())
        return QStringLiteral("not started");
    const Result<ExitStatus> status = child.finish();
    if (!status)
        return QString::fromStdString(child.text() + status.error().text());
    return QString::fromStdString(child.text() + "exit " + std::to_string(status->returnCode()));
}

} // namespace

class TestThreadEnd : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    void theEndOfMainWaitsForOrdinaryThreadsAndNotForDaemons_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("main returns") << QStringLiteral("return");
        QTest::newRow("main calls exit") << QStringLiteral("exit");
    }
    // rows: TH-04
    // cases: TH03
    void theEndOfMainWaitsForOrdinaryThreadsAndNotForDaemons()
    {
        QFETCH(QString, mode);
        QCOMPARE(outcome({mode.toStdString()}),
            QStringLiteral("a running thread becomes a daemon: AlreadyStarted\n"
                           "main ends\n"
                           "the ordinary thread has finished\n"
                           "exit 3"));
    }
    // rows: TH-08
    void hooksComeBeforeTheWaitAndNoThreadStartsAfterIt()
    {
        QCOMPARE(outcome({"hooks"}),
            QStringLiteral("first hook: done\n"
                           "second hook: done\n"
                           "second hook\n"
                           "first hook\n"
                           "a hook in a hook: Closed\n"
                           "the thread ends\n"
                           "shut down: done\n"
                           "and again: done\n"
                           "a late thread: Closed, it lives: no\n"
                           "a late hook: Closed\n"
                           "exit 0"));
    }
    // rows: TH-09
    void inAForkedChildOnlyTheThreadThatForkedGoesOn()
    {
        QCOMPARE(outcome({"fork"}),
            QStringLiteral("the other lives in the child: no\n"
                           "joining it: done\n"
                           "threads: 1\n"
                           "starting one: done, joining it: done\n"
                           "it has run: yes\n"
                           "shutting down: done\n"
                           "the child has ended well\n"
                           "the other lives in the parent: yes\n"
                           "exit 0"));
    }
    // rows: TH-09
    void aThreadThatForksIsTheMainOneOfTheChild()
    {
        QCOMPARE(outcome({"fork-in-thread"}),
            QStringLiteral("main is now: forker\n"
                           "I am main: yes, with this id: yes\n"
                           "the other lives: no\n"
                           "threads: 1\n"
                           "joining myself: WouldDeadlock\n"
                           "the lock is still mine: yes\n"
                           "giving it back: done\n"
                           "the child has ended well\n"
                           "exit 0"));
    }
    // rows: TH-03 TH-09
    void theNameOfTheMainThreadIsThatOfItsOwnForksOnly()
    {
        QCOMPARE(outcome({"fork-named"}),
            QStringLiteral("main is called head cook\n"
                           "the child has ended well\n"
                           "main is called main\n"
                           "the child has ended well\n"
                           "exit 0"));
    }
    // rows: TH-09
    void aForkFindsTheEnginesOwnLocksFree()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer's own allocator may be locked in a fork of a process with threads: its "
              "fork hooks take other locks only");
#endif
        QCOMPARE(outcome({"fork-under-fire", std::to_string(raceRounds(30))}),
            QStringLiteral("children that failed: 0\nexit 0"));
    }
    // rows: TH-07
    // cases: TH20
    void whatNobodyCatchesIsToldAndTheProcessGoesOn()
    {
        QCOMPARE(outcome({"fail"}),
            QStringLiteral("exception in thread baker: no flour\n"
                           "exception in thread cook: no pan\n"
                           "exception in thread cook (in the uncaught hook): unknown exception\n"
                           "a hook was told\n"
                           "exception in thread waiter: no plate\n"
                           "main goes on\n"
                           "exit 0"));
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestThreadEnd)
#include "tst_thread_end.moc"
