// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/eventually.h"
#include "tests/support/started_child.h"

#include <QTest>

#include <signal.h>

using heddle::tests::eventually;
using heddle::tests::processesWith;
using heddle::tests::StartedChild;

namespace {

StartedChild startRun(const std::string& behaviour, const std::string& limit = {})
{
    std::vector<std::string> arguments{HEDDLE_SUPERVISED_RUN, behaviour};
    if (!limit.empty())
        arguments.push_back(limit);
    return StartedChild(arguments);
}

// What a run leaves behind that nobody has to wait for any more.
bool nothingIsLeft(const StartedChild& child)
{
    return processesWith(child.mark()).empty();
}

} // namespace

class TestSupervisor : public QObject
{
    Q_OBJECT

private slots:
    void reportsHowTheProgramEnded_data();
    void reportsHowTheProgramEnded();
    void aSignalEndsTheRunAndThenTheSupervisor_data();
    void aSignalEndsTheRunAndThenTheSupervisor();
    void aKilledSupervisorLeavesNothing_data();
    void aKilledSupervisorLeavesNothing();
    void aKilledGuardianLeavesNothing();
    void aSupervisorWhoseReaderHasStoppedReadingStillEnds();
};

void TestSupervisor::reportsHowTheProgramEnded_data()
{
    QTest::addColumn<QString>("behaviour");
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("report");
    QTest::newRow("it ends by itself")
        << "ends"
        << ""
        << "ended, exit code 7, 3 lines, 1 actors, 1 finals, no problem";
    QTest::newRow("it spins")
        << "spins"
        << "500"
        << "timed out, exit code -15, 1 lines, 0 actors, 0 finals, no problem";
    QTest::newRow("it crashes") << "crashes"
                                << ""
                                << "crashed, exit code -11, 1 lines, 0 actors, 0 finals, The "
                                   "program process was ended by signal 11 (SIGSEGV).";
    QTest::newRow("it is killed") << "kills itself"
                                  << ""
                                  << "crashed, exit code -9, 1 lines, 0 actors, 0 finals, The "
                                     "program process was ended by signal 9 (SIGKILL).";
    QTest::newRow("it ignores SIGTERM")
        << "ignores SIGTERM"
        << "500"
        << "timed out, exit code -9, 1 lines, 0 actors, 0 finals, no problem";
    QTest::newRow("a child left its session, and it spins")
        << "leaves and spins"
        << "500"
        << "timed out, exit code -15, 1 lines, 0 actors, 0 finals, no problem";
    QTest::newRow("a child left its session, and it ends")
        << "leaves and ends"
        << ""
        << "ended, exit code 7, 4 lines, 1 actors, 1 finals, no problem";
}

void TestSupervisor::reportsHowTheProgramEnded()
{
    QFETCH(QString, behaviour);
    QFETCH(QString, limit);
    QFETCH(QString, report);
    StartedChild child = startRun(behaviour.toStdString(), limit.toStdString());
    QVERIFY(child.isStarted());

    const auto status = child.finish();

    QVERIFY(status);
    QCOMPARE(status->returnCode(), 0);
    QCOMPARE(QString::fromStdString(child.text()),
        QStringLiteral("output\n") + report + QLatin1Char('\n'));
    QVERIFY(nothingIsLeft(child));
}

void TestSupervisor::aSignalEndsTheRunAndThenTheSupervisor_data()
{
    QTest::addColumn<QString>("behaviour");
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C while it spins") << "spins" << SIGINT;
    QTest::newRow("SIGTERM while it spins") << "spins" << SIGTERM;
    QTest::newRow("SIGHUP while a child has left the session") << "leaves and spins" << SIGHUP;
    QTest::newRow("Ctrl+C while it prints without end") << "prints" << SIGINT;
    QTest::newRow("Ctrl+C while it ignores SIGTERM") << "ignores SIGTERM" << SIGINT;
    QTest::newRow("SIGTERM when it has stopped its guardian") << "stops its guardian" << SIGTERM;
}

void TestSupervisor::aSignalEndsTheRunAndThenTheSupervisor()
{
    QFETCH(QString, behaviour);
    QFETCH(int, signal);
    StartedChild child = startRun(behaviour.toStdString());
    QVERIFY(child.isStarted() && child.readUntil("output"));

    QVERIFY(child.process().sendSignal(signal));
    const auto status = child.finish();

    QVERIFY(status);
    QCOMPARE(status->signal, signal);
    QVERIFY(QString::fromStdString(child.text()).contains(QStringLiteral("stopped")));
    QVERIFY(nothingIsLeft(child));
}

void TestSupervisor::aKilledSupervisorLeavesNothing_data()
{
    QTest::addColumn<QString>("behaviour");
    QTest::newRow("it spins") << "spins";
    QTest::newRow("a child has left the session") << "leaves and spins";
    QTest::newRow("it ignores SIGTERM") << "ignores SIGTERM";
}

void TestSupervisor::aKilledSupervisorLeavesNothing()
{
    QFETCH(QString, behaviour);
    StartedChild child = startRun(behaviour.toStdString());
    QVERIFY(child.isStarted() && child.readUntil("output"));
    QVERIFY(eventually([&child] { return processesWith(child.mark()).size() >= 3; }));

    QVERIFY(child.process().sendSignal(SIGKILL));
    const auto status = child.finish();

    QVERIFY(status);
    QCOMPARE(status->signal, SIGKILL);
    QVERIFY(eventually([&child] { return nothingIsLeft(child); }));
}

void TestSupervisor::aKilledGuardianLeavesNothing()
{
    StartedChild child = startRun("leaves and spins");
    QVERIFY(child.isStarted() && child.readUntil("output"));
    pid_t guardian = 0;
    for (const pid_t process : processesWith(child.mark())) {
        std::ifstream file("/proc/" + std::to_string(process) + "/comm");
        std::string name;
        std::getline(file, name);
        guardian = name == "heddle-guardian" ? process : guardian;
    }
    QVERIFY(guardian > 0);

    QCOMPARE(::kill(guardian, SIGKILL), 0);
    const auto status = child.finish();

    QVERIFY(status);
    QCOMPARE(status->returnCode(), 0);
    QVERIFY(QString::fromStdString(child.text()).contains(QStringLiteral("crashed")));
    QVERIFY(nothingIsLeft(child));
}

void TestSupervisor::aSupervisorWhoseReaderHasStoppedReadingStillEnds()
{
    // Once the pipe is full the supervisor hangs in a write of its caller's, with its signals blocked.
    StartedChild child({HEDDLE_SUPERVISED_RUN, "prints", "0", "every line"});
    QVERIFY(child.isStarted() && child.readUntil("xxx"));

    QVERIFY(child.process().sendSignal(SIGTERM));
    const auto status = child.process().wait(heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(status);
    QCOMPARE(status->signal, SIGTERM);
    QVERIFY(eventually([&child] { return nothingIsLeft(child); }));
}

QTEST_APPLESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"
