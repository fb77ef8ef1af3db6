// SPDX-License-Identifier: GPL-3.0-only
#include "tests/app/heddle_command.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace heddle::tests;

namespace {

const QByteArray kEnds = "program \"Ends\"\nmain:\n    say \"hello\"\nexpect terminates\n";
const QByteArray kBroken = "program \"Broken\"\nmutex m\nmain:\n    lok m\n";
const QByteArray kTab = "program \"Tab\"\nmain:\n\tsay \"x\"\n";
const QByteArray kUnknown = "program \"Unknown\"\nmain:\n    totl = 1\n";

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void badInputIsOneClearMessage_data();
    void badInputIsOneClearMessage();
    void badUsageIsTwo_data();
    void badUsageIsTwo();
    void aBrokenProgramIsNamedWithItsPlace();
    void aFullOutputIsRefused();
    void aTraceIsWrittenReadAndConverted();
    void aCutTraceIsReadAsFarAsItGoes();
    void formatWritesTheCanonicalForm();
    void formatLeavesBrokenProgramsAlone();
    void listNamesEveryProgram();
    void everyListedProgramIsShown();
    void withoutADisplayTheWindowNamesTheCommand();
    void versionAndHelpAreResults();
};

void TestCommandLine::badInputIsOneClearMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");

    QTest::newRow("broken program") << kBroken << QStringLiteral("lok");
    QTest::newRow("tab") << kTab << QStringLiteral("tab");
    QTest::newRow("unknown name") << kUnknown << QStringLiteral("totl");
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\0\1\2",
        7) << QStringLiteral("not a text");
    QTest::newRow("not UTF-8") << QByteArray("program \"\xff\xfe\"\n") << QStringLiteral("UTF-8");
    QTest::newRow("10 MB line") << QByteArray(10'000'000, 'x') << QStringLiteral("larger than");
}

void TestCommandLine::badInputIsOneClearMessage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    const QString file = writeFile(folder, QStringLiteral("bad.hed"), bytes);

    for (const QString& command : {QStringLiteral("run"), QStringLiteral("check")}) {
        const Ended ended = runHeddle({command, file});
        QCOMPARE(ended.exitCode, 2);
        QCOMPARE(ended.output, QString());
        QVERIFY2(ended.messages.contains(says), qPrintable(ended.messages));
        QVERIFY2(ended.errors().size() == 1, qPrintable(ended.messages));
    }
}

void TestCommandLine::badUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");

    QTest::newRow("missing file") << words("run no/such/file.hed");
    QTest::newRow("directory") << words("run /tmp");
    QTest::newRow("no file named") << words("run");
    QTest::newRow("unknown option") << words("run - --nonsense");
    QTest::newRow("bad duration") << words("run - --timeout soon");
    QTest::newRow("negative duration") << words("run - --timeout -5s");
    QTest::newRow("bad constant") << words("run - --set N");
    QTest::newRow("repeat nothing") << words("run - --repeat 0");
    QTest::newRow("time stands still") << words("run - --time-scale 0");
    QTest::newRow("trace of another kind") << words("run locks/lost_update --trace out.txt");
    QTest::newRow("unknown gallery program") << words("show locks/nothing");
    QTest::newRow("unknown list") << words("list lessons_and_more");
    QTest::newRow("missing trace") << words("stats none.pftrace");
    QTest::newRow("directory as trace") << words("stats /tmp");
    QTest::newRow("program as trace") << words("convert none.hed out.json");
    QTest::newRow("standard input for the window") << words("-");
    QTest::newRow("mistyped command") << words("rum");
    QTest::newRow("missing file for the window") << words("no/such/file.hed");
}

void TestCommandLine::badUsageIsTwo()
{
    QFETCH(QStringList, arguments);

    const Ended ended = runHeddle(arguments, kEnds);

    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.output, QString());
    QVERIFY(!ended.messages.isEmpty());
}

void TestCommandLine::aBrokenProgramIsNamedWithItsPlace()
{
    const QTemporaryDir folder;
    const QString file = writeFile(folder, QStringLiteral("broken.hed"), kBroken);

    const Ended ended = runHeddle({QStringLiteral("check"), file});

    const QRegularExpression form(
        QStringLiteral("^%1:4:5: error E\\d+: .*lock").arg(QRegularExpression::escape(file)));
    QVERIFY2(form.match(ended.messages).hasMatch(), qPrintable(ended.messages));
}

void TestCommandLine::aFullOutputIsRefused()
{
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(HEDDLE_EXECUTABLE),
        {QStringLiteral("show"), QStringLiteral("locks/lost_update")});

    QCOMPARE(endOf(process).exitCode, 6);
}

void TestCommandLine::aTraceIsWrittenReadAndConverted()
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("dinner.pftrace"));
    const QString chrome = folder.filePath(QStringLiteral("dinner.json"));

    const Ended ran = runHeddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers"),
        QStringLiteral("--trace"), trace});
    const Ended table = runHeddle({QStringLiteral("stats"), trace});
    const Ended stats = runHeddle({QStringLiteral("stats"), trace, QStringLiteral("--json")});
    const Ended converted = runHeddle({QStringLiteral("convert"), trace, chrome});

    QCOMPARE(ran.exitCode, 3);
    QVERIFY2(table.exitCode == 0, qPrintable(table.messages));
    QVERIFY(table.output.contains(QStringLiteral("philosopher[0]")));
    QCOMPARE(stats.exitCode, 0);
    const QJsonArray lanes = stats.json()[QStringLiteral("lanes")].toArray();
    QVERIFY(lanes.size() >= 10); // five philosophers and five forks
    for (const char* key : {"name", "kind", "running_ns", "runnable_ns", "blocked_ns", "waits"})
        QVERIFY2(lanes.first().toObject().contains(QLatin1String(key)), key);
    QCOMPARE(converted.exitCode, 0);
    QVERIFY(
        QJsonDocument::fromJson(readFile(chrome)).object().contains(QStringLiteral("traceEvents")));
}

void TestCommandLine::aCutTraceIsReadAsFarAsItGoes()
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("whole.pftrace"));
    const Ended ran = runHeddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers"),
        QStringLiteral("--trace"), trace});
    QCOMPARE(ran.exitCode, 3);
    const QByteArray whole = readFile(trace);
    const QString cut =
        writeFile(folder, QStringLiteral("cut.pftrace"), whole.left(whole.size() / 2));

    const Ended stats = runHeddle({QStringLiteral("stats"), cut, QStringLiteral("--json")});

    QCOMPARE(stats.exitCode, 2);
    QVERIFY2(stats.messages.contains(QStringLiteral("damaged")), qPrintable(stats.messages));
    QVERIFY(!stats.json()[QStringLiteral("lanes")].toArray().isEmpty());
}

void TestCommandLine::formatWritesTheCanonicalForm()
{
    const QTemporaryDir folder;
    const QString file = writeFile(
        folder, QStringLiteral("a.hed"), "program   \"A\"\nmain:\n  say   \"x\"   # why\n");

    const Ended before = runHeddle({QStringLiteral("format"), QStringLiteral("--check"), file});
    const Ended format = runHeddle({QStringLiteral("format"), file});
    const Ended after = runHeddle({QStringLiteral("format"), QStringLiteral("--check"), file});
    const Ended stream =
        runHeddle({QStringLiteral("format"), QStringLiteral("-")}, "main:\n  say   \"x\"\n");

    QCOMPARE(before.exitCode, 1);
    QCOMPARE(format.exitCode, 0);
    QCOMPARE(after.exitCode, 0);
    QVERIFY(readFile(file).contains("    say \"x\""));
    QVERIFY(readFile(file).contains("# why"));
    QVERIFY(stream.output.contains(QStringLiteral("    say \"x\"\n")));
}

void TestCommandLine::formatLeavesBrokenProgramsAlone()
{
    const QTemporaryDir folder;
    const QString file = writeFile(folder, QStringLiteral("b.hed"), kBroken);

    const Ended format = runHeddle({QStringLiteral("format"), file});

    QCOMPARE(format.exitCode, 2);
    QCOMPARE(readFile(file), kBroken);
}

void TestCommandLine::listNamesEveryProgram()
{
    const Ended list =
        runHeddle({QStringLiteral("list"), QStringLiteral("programs"), QStringLiteral("--json")});

    QCOMPARE(list.exitCode, 0);
    const QJsonArray programs = list.json()[QStringLiteral("programs")].toArray();
    QVERIFY(programs.size() >= 2);
    for (const QJsonValue& program : programs) {
        const QString id = program[QStringLiteral("id")].toString();
        for (const char* key : {"title", "chapter", "demonstrates"})
            QVERIFY2(!program[QLatin1String(key)].toString().isEmpty(), qPrintable(id));
        QVERIFY2(!program[QStringLiteral("expects")].toArray().isEmpty(), qPrintable(id));
    }
    for (const char* what : {"kinds", "primitives"}) {
        const Ended other =
            runHeddle({QStringLiteral("list"), QLatin1String(what), QStringLiteral("--json")});
        QVERIFY(!other.json()[QLatin1String(what)].toArray().isEmpty());
    }
}

void TestCommandLine::everyListedProgramIsShown()
{
    const Ended list = runHeddle({QStringLiteral("list"), QStringLiteral("--json")});

    for (const QJsonValue& program : list.json()[QStringLiteral("programs")].toArray()) {
        const QString id = program[QStringLiteral("id")].toString();
        const Ended shown = runHeddle({QStringLiteral("show"), id});
        QCOMPARE(shown.exitCode, 0);
        QVERIFY2(shown.output.contains(QStringLiteral("program \"")), qPrintable(id));
    }
}

void TestCommandLine::withoutADisplayTheWindowNamesTheCommand()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), {QStringLiteral("locks/lost_update")});

    const Ended ended = endOf(process);

    QCOMPARE(ended.exitCode, 6);
    QVERIFY2(ended.messages.contains(QStringLiteral("heddle run locks/lost_update")),
        qPrintable(ended.messages));
}

void TestCommandLine::versionAndHelpAreResults()
{
    const Ended version = runHeddle({QStringLiteral("--version")});
    const Ended help = runHeddle({QStringLiteral("--help")});

    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.output.startsWith(QStringLiteral("Heddle ")));
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.output.contains(QStringLiteral("heddle run locks/dining_philosophers")));
    QCOMPARE(help.messages, QString());
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
