// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/started_child.h"

#include <QtTest>

#include <optional>

using namespace heddle;
using namespace heddle::tests;

namespace {

/// Runs the program to its end: its output and how it ended.
std::string outputOf(const char* mode)
{
    StartedChild child({SIGNAL_PROGRAM, mode});
    if (!child.isStarted())
        return "not started";
    const Result<ExitStatus> status = child.finish();
    return child.text() + (status ? status->text() : status.error().text());
}

} // namespace

class TestSignalPrograms : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    // rows: SG-02
    void aProgramStartsWithoutPipeSignalsAndWithTheInterrupt()
    {
        QCOMPARE(outputOf("initial"),
            std::string("SIGPIPE ignored\nSIGXFSZ ignored\nSIGINT interrupt\nSIGUSR1 default\n"
                        "exit code 0"));
    }
    // rows: SG-02
    void anInterruptThatIsIgnoredFromTheStartStaysSo()
    {
        QCOMPARE(outputOf("initial-ignored"),
            std::string("SIGPIPE ignored\nSIGXFSZ ignored\nSIGINT ignored\nSIGUSR1 default\n"
                        "exit code 0"));
    }
    // rows: SG-05
    // cases: SG19
    void anUncaughtInterruptEndsTheProgramBySigint()
    {
        StartedChild child({SIGNAL_PROGRAM, "interrupt"});
        QVERIFY(child.readUntil("ready\n"));
        QCOMPARE(::kill(child.process().pid(), SIGINT), 0);
        const Result<ExitStatus> status = child.finish();
        QVERIFY(status);
        QCOMPARE(status->returnCode(), -SIGINT);
        QCOMPARE(child.text(), std::string("ready\ncleaned up\ninterrupted by SIGINT\n"));
    }
    // rows: SG-20 SG-06
    void execResetsHandlersAndKeepsWhatIsIgnored()
    {
        QCOMPARE(outputOf("exec"), std::string("SIGUSR1 ignored\nSIGUSR2 default\nexit code 0"));
    }
    // rows: SG-20
    void aForkedChildKeepsHandlersButNothingThatWakesItsParent()
    {
        QCOMPARE(outputOf("fork"),
            std::string("child: handler kept, no mark, no wake-up fd, nothing pending, own signal "
                        "handled in a wait\n"
                        "parent: mark kept, no wake-up from the child\nexit code 0"));
    }
    // rows: SG-20
    void aForkFromAnotherThreadMakesItTheChildsMainThread()
    {
        QCOMPARE(outputOf("fork-in-thread"), std::string("child: handled in a wait\nexit code 0"));
    }
    // rows: SG-07
    void aSignalToAGroupReachesAllOfIt()
    {
        QCOMPARE(outputOf("group"), std::string("3 of 3 handled it\nexit code 0"));
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestSignalPrograms)
#include "tst_signal_programs.moc"
