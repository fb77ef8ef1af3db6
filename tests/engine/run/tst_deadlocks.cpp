// SPDX-License-Identifier: GPL-3.0-only
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <initializer_list>

namespace {

QByteArray program(std::initializer_list<const char*> lines)
{
    QByteArray text;
    for (const char* line : lines)
        text += QByteArray(line) + '\n';
    return text;
}

const QByteArray kTwoCycles = program({"mutex a, b, c, d", "thread one:", "    lock a",
    "    sleep 20ms", "    lock b", "thread two:", "    lock b", "    sleep 20ms", "    lock a",
    "thread three:", "    lock c", "    sleep 20ms", "    lock d", "thread four:", "    lock d",
    "    sleep 20ms", "    lock c"});
const QByteArray kSelf = program({"mutex m", "main:", "    lock m", "    lock m"});
const QByteArray kSemaphoreAndJoin =
    program({"semaphore s = 1", "thread worker(x):", "    acquire s", "    release s",
        "main:", "    acquire s", "    spawn w = worker(1)", "    join w", "    release s"});
const QByteArray kEverybodyWaits = program({"mutex m", "condition c on m",
    "thread waiter[i in 0..1]:", "    lock m", "    wait c", "    unlock m"});
const QByteArray kSleeper = program({"event ready", "thread waiter[i in 0..2]:", "    wait ready",
    "main:", "    spawn waiter", "    sleep 400ms", "    set ready", "    join all"});
const QByteArray kComputer =
    program({"mutex m", "thread other:", "    lock m", "    unlock m", "main:", "    lock m",
        "    spawn other", "    compute 400ms", "    unlock m", "    join other"});
const QByteArray kTimer =
    program({"event ready", "main:", "    after 300ms:", "        set ready", "    wait ready"});
const QByteArray kLimit = program({"mutex m", "condition c on m", "main:", "    lock m", "    try:",
    "        wait c within 300ms", "    except Timeout:", "        pass", "    unlock m"});
const QByteArray kHelperOfAHelper = program({"semaphore s = 0", "def help():", "    sleep 150ms",
    "    release s", "thread second:", "    call help()", "thread first:", "    sleep 150ms",
    "    spawn second", "main:", "    spawn first", "    acquire s"});
const QByteArray kPingPong = program(
    {"queue there", "queue back", "thread other:", "    repeat 300:", "        get x <- there",
        "        put back <- x", "main:", "    spawn other",
        "    repeat 300:", "        put there <- 1", "        get y <- back", "    join other"});

const QByteArray kAlarmReleases = program({"semaphore s = 0", "on SIGALRM:", "    release s",
    "main:", "    alarm 400ms", "    acquire s"});
const QByteArray kAlarmRaises =
    program({"mutex m", "on SIGALRM:", "    raise Enough \"it is time\"", "main:", "    lock m",
        "    try:", "        alarm 400ms", "        lock m", "    except Enough:", "        pass",
        "    unlock m"});

QJsonObject run(const QByteArray& text)
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_RUN_PROGRAM),
        {QStringLiteral("0"), QStringLiteral("plain"), QStringLiteral("1"),
            QStringLiteral("30000")});
    process.write(text);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        return {};
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

} // namespace

class TestDeadlocks : public QObject
{
    Q_OBJECT

private slots:
    void aDeadlockIsNamed_data();
    void aDeadlockIsNamed();
    void aSlowProgramIsNoDeadlock_data();
    void aSlowProgramIsNoDeadlock();
};

void TestDeadlocks::aDeadlockIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("sentences");
    QTest::newRow("two cycles at once")
        << kTwoCycles
        << QStringList{QStringLiteral("one waits for b held by two; two waits for a held by one"),
               QStringLiteral("three waits for d held by four; four waits for c held by three")};
    QTest::newRow("a lock on oneself")
        << kSelf << QStringList{QStringLiteral("main waits for m, which it holds itself")};
    QTest::newRow("through a semaphore and a join")
        << kSemaphoreAndJoin
        << QStringList{QStringLiteral(
               "main waits for worker held by worker; worker waits for s held by main")};
    QTest::newRow("everybody waits on a condition")
        << kEverybodyWaits
        << QStringList{QStringLiteral(
               "waiter[0] waits for c; waiter[1] waits for c; nobody is left who could wake them")};
}

void TestDeadlocks::aDeadlockIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, sentences);

    const QJsonObject report = run(text);

    QStringList found;
    for (const auto& deadlock : report[QStringLiteral("deadlocks")].toArray())
        found.append(deadlock[QStringLiteral("sentence")].toString());
    found.sort();
    QCOMPARE(report[QStringLiteral("verdict")].toString(), QStringLiteral("deadlock"));
    QCOMPARE(found, sentences);
}

void TestDeadlocks::aSlowProgramIsNoDeadlock_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one sleeps while the others wait") << kSleeper;
    QTest::newRow("one computes while the others wait") << kComputer;
    QTest::newRow("only a timer will help") << kTimer;
    QTest::newRow("the wait has a limit") << kLimit;
    QTest::newRow("help comes from one who is not there yet") << kHelperOfAHelper;
    QTest::newRow("always one of two waits") << kPingPong;
    QTest::newRow("an alarm gives a unit back") << kAlarmReleases;
    QTest::newRow("an alarm comes out of the wait") << kAlarmRaises;
}

void TestDeadlocks::aSlowProgramIsNoDeadlock()
{
    QFETCH(QByteArray, text);

    const QJsonObject report = run(text);

    QCOMPARE(report[QStringLiteral("verdict")].toString(), QStringLiteral("ok"));
    QVERIFY(report[QStringLiteral("deadlocks")].toArray().isEmpty());
}

QTEST_APPLESS_MAIN(TestDeadlocks)
#include "tst_deadlocks.moc"
