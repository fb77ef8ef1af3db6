// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

class TestRunSignals : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
};

void TestRunSignals::everyProgramEndsAsItSays_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("said");

    QTest::newRow("a handler runs in main between two steps") << QByteArray(R"(on SIGUSR1:
    say "handler {signal} in {name(me)}"
main:
    send SIGUSR1 to program
    say "after"
)") << QStringList{QStringLiteral("handler SIGUSR1 in main"), QStringLiteral("after")};
    QTest::newRow("a handler does not shorten a sleep") << QByteArray(R"(on SIGALRM:
    say "alarm"
main:
    alarm 50ms
    sleep 200ms
    say "after"
expect said "after" after 200ms
)") << QStringList{QStringLiteral("alarm"), QStringLiteral("after")};
    QTest::newRow("what a handler raises comes out of the wait") << QByteArray(R"(event never
on SIGALRM:
    raise Enough "it is time"
main:
    try:
        alarm 300ms
        wait never
    except Enough:
        say "given up"
expect raised Enough 1 times
)") << QStringList{QStringLiteral("given up")};
    QTest::newRow("handlers interrupt one another")
        << QByteArray(R"(on SIGUSR1:
    say "outer"
    send SIGUSR2 to program
    say "outer ends"
on SIGUSR2:
    say "inner"
main:
    send SIGUSR1 to program
    say "after"
)")
        << QStringList{QStringLiteral("outer"), QStringLiteral("inner"),
               QStringLiteral("outer ends"), QStringLiteral("after")};
    QTest::newRow("handlers that never end are too deep") << QByteArray(R"(on SIGUSR1:
    send SIGUSR2 to program
    yield
on SIGUSR2:
    send SIGUSR1 to program
    yield
main:
    try:
        send SIGUSR1 to program
        yield
    except NoResources:
        say "too deep"
expect raised NoResources in main
)") << QStringList{QStringLiteral("too deep")};
    QTest::newRow("only the main thread sets handlers") << QByteArray(R"(def listen():
    on SIGUSR1 ignore
thread other:
    call listen()
main:
    call listen()
    spawn other
    join other
    say "{disposition(SIGUSR1)}"
expect raised BadValue in other 1 times
expect never raised BadValue in main
)") << QStringList{QStringLiteral("ignored")};
    QTest::newRow("what is not blocked cannot be awaited") << QByteArray(R"(on SIGUSR1 block
main:
    try:
        await SIGUSR1, SIGUSR2 into s
    except BadValue:
        say "not blocked"
)") << QStringList{QStringLiteral("not blocked")};
    QTest::newRow("SIGINT is the exception Interrupted in main") << QByteArray(R"(main:
    try:
        send SIGINT to program
        sleep 5s
    except Interrupted:
        say "interrupted"
)") << QStringList{QStringLiteral("interrupted")};
    QTest::newRow("pause returns after a handler") << QByteArray(R"(private n = 0
on SIGALRM:
    n += 1
main:
    alarm 300ms
    pause
    say "{n}"
)") << QStringList{QStringLiteral("1")};
    QTest::newRow("a blocked signal waits and is taken") << QByteArray(R"(on SIGUSR1, SIGUSR2 block
main:
    send SIGUSR1 to me
    await SIGUSR1, SIGUSR2 into s
    say "{s}"
    try:
        await SIGUSR1 within 20ms into s
    except Timeout:
        say "none"
)") << QStringList{QStringLiteral("SIGUSR1"), QStringLiteral("none")};
    QTest::newRow("real-time signals queue where others merge")
        << QByteArray(R"(on SIGUSR1, SIGRTMIN block
main:
    repeat 3:
        send SIGUSR1 to program
        send SIGRTMIN to program
    repeat 5:
        try:
            await SIGUSR1, SIGRTMIN within 1ms into s
            say s
        except Timeout:
            say "none"
)")
        << QStringList{QStringLiteral("SIGUSR1"), QStringLiteral("SIGRTMIN"),
               QStringLiteral("SIGRTMIN"), QStringLiteral("SIGRTMIN"), QStringLiteral("none")};
    QTest::newRow("dispositions are told") << QByteArray(R"(on SIGALRM:
    pass
on SIGUSR1 ignore
main:
    say "{disposition(SIGALRM)} {disposition(SIGUSR1)} {disposition(SIGINT)} {disposition(SIGTERM)} {disposition(SIGPIPE)}"
)") << QStringList{QStringLiteral("handler ignored interrupt default ignored")};
    QTest::newRow("an exit in a handler ends the program") << QByteArray(R"(on SIGALRM:
    say "leaving"
    exit 3
main:
    alarm 300ms
    pause
    say "never"
expect exit program in {3}
)") << QStringList{QStringLiteral("leaving")};
    QTest::newRow("the program dies by a signal that nobody handles") << QByteArray(R"(main:
    say "waiting"
    alarm 300ms
    pause
expect exit program in {-SIGALRM}
)") << QStringList{QStringLiteral("waiting")};
    QTest::newRow("an interrupt that nobody catches ends it by SIGINT") << QByteArray(R"(main:
    say "waiting"
    send SIGINT to program
    sleep 5s
expect exit program in {-SIGINT}
expect exception Interrupted reachable
)") << QStringList{QStringLiteral("waiting")};
}

void TestRunSignals::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    checkThatItEndsAsItSays(program, said);
}

QTEST_GUILESS_MAIN(TestRunSignals)
#include "tst_run_signals.moc"
