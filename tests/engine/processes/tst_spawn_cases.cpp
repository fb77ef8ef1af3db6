// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

using namespace heddle;
using namespace heddle::tests;

// Cases that fork, or change what belongs to a whole process, run in a small program each.
class TestSpawnCases : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void streamsMayBeClosedOrPermuted_data();
    void streamsMayBeClosedOrPermuted();
    void limitsAndMissingRightsAreErrors_data();
    void limitsAndMissingRightsAreErrors();
    void theForkServerForksOnRequest_data();
    void theForkServerForksOnRequest();

private:
    static void addCases(const char* program, const std::vector<const char*>& names);
    static void runCase();
    std::optional<Leftovers> m_before;
};

void TestSpawnCases::addCases(const char* program, const std::vector<const char*>& names)
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("name");
    for (const char* name : names)
        QTest::newRow(name) << QString::fromUtf8(program) << QString::fromLatin1(name);
}

void TestSpawnCases::runCase()
{
    QFETCH(QString, program);
    QFETCH(QString, name);
    Command command;
    command.spawn.arguments = {program.toStdString(), name.toStdString()};
    command.capture = Command::Capture::OutputAndErrors;
    command.limit = std::chrono::seconds(20);

    ProcessResult result = runCommand(command);

    QVERIFY2(result, result ? "" : result.error().text().c_str());
    QCOMPARE(QString::fromStdString(*result->errors), QString());
    QCOMPARE(result->status.returnCode(), 0);
}

void TestSpawnCases::streamsMayBeClosedOrPermuted_data()
{
    addCases(SPAWN_CASES,
        {"closed-streams", "joined-to-a-closed-stream", "forked-with-closed-streams",
            "permuted-streams", "inherited-streams"});
}

// rows: SP-04 SP-05
// cases: SP11 SP12
void TestSpawnCases::streamsMayBeClosedOrPermuted()
{
    runCase();
}

void TestSpawnCases::limitsAndMissingRightsAreErrors_data()
{
    addCases(
        SPAWN_CASES, {"descriptor-limit", "process-limit", "missing-right", "unkillable-child"});
}

// rows: SP-14 SP-16 SP-26 SP-28
void TestSpawnCases::limitsAndMissingRightsAreErrors()
{
    runCase();
}

void TestSpawnCases::theForkServerForksOnRequest_data()
{
    addCases(FORK_SERVER_CASES,
        {"fork-on-request", "fork-from-many-threads", "fork-inherits-nothing", "fork-into-a-group",
            "fork-with-much", "fork-with-too-much", "forked-holder-is-killed", "fork-server-dies",
            "fork-server-needs-one-thread", "fork-server-at-the-limit"});
}

void TestSpawnCases::theForkServerForksOnRequest()
{
    runCase();
}

QTEST_APPLESS_MAIN(TestSpawnCases)
#include "tst_spawn_cases.moc"
