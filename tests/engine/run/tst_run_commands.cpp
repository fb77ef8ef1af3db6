// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

class TestRunCommands : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
    void nothingIsLeftBehind_data();
    void nothingIsLeftBehind();
};

void TestRunCommands::everyProgramEndsAsItSays_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("said");

    QTest::newRow("the lines of an inherited stream are said by the handle") << QByteArray(R"(main:
    start c = command "echo", "one"
    join c
    say "two"
expect said "one" by c before "two" by main
)") << QStringList{QStringLiteral("one"), QStringLiteral("two")};
    QTest::newRow("a checked join of a command that fails raises ExitFailed") << QByteArray(R"(main:
    start c = command "false"
    try:
        join c checked
    except ExitFailed:
        say "code {exit_of(c)}"
expect exit c in {1}
)") << QStringList{QStringLiteral("code 1")};
    QTest::newRow("a program that is not there raises NotFound") << QByteArray(R"(main:
    try:
        start c = command "there-is-no-such-program"
    except NotFound:
        say "not found"
)") << QStringList{QStringLiteral("not found")};
    QTest::newRow("communicate feeds and drains both outputs") << QByteArray(R"(main:
    start c = shell "cat; printf 'aside' >&2" stdin from own stdout to own stderr to own
    communicate c <- "a note" into out, err
    say "{out} {err} {exit_of(c)}"
)") << QStringList{QStringLiteral("a note aside 0")};
    QTest::newRow("communicate loses nothing when its time is over") << QByteArray(R"(main:
    start c = shell "printf one; sleep 0.4; printf two" stdout to own
    try:
        communicate c within 100ms into out, err
    except Timeout:
        say "late"
    communicate c into out, err
    say "{out}"
)") << QStringList{QStringLiteral("late"), QStringLiteral("onetwo")};
    QTest::newRow("lines and the end of an own stream") << QByteArray(R"(main:
    start c = command "printf", "a\\nb" stdout to own
    read first <- c line
    read second <- c line
    read third <- c line
    say "{first} {second} {third}"
    close c
    try:
        read x <- c
    except Closed:
        say "closed"
)") << QStringList{QStringLiteral("a b none"), QStringLiteral("closed")};
    QTest::newRow("a read that has a limit raises Timeout") << QByteArray(R"(main:
    start c = command "sleep", "5" stdout to own
    try:
        read x <- c within 50ms
    except Timeout:
        say "late"
    send SIGKILL to c
    join c
    say "{exit_of(c)} {alive(c)}"
)") << QStringList{QStringLiteral("late"), QStringLiteral("-9 false")};
    QTest::newRow("writing to who has gone raises BrokenPipe") << QByteArray(R"(main:
    start c = command "true" stdin from own
    join c
    try:
        write c <- "x"
    except BrokenPipe:
        say "broken"
)") << QStringList{QStringLiteral("broken")};
    QTest::newRow("commands are wired through pipes") << QByteArray(R"(pipe left, right
main:
    start a = command "printf", "x1\\ny2\\nx3\\n" stdout to left
    start b = command "grep", "x" stdin from left stdout to right
    start c = command "wc", "-l" stdin from right
    close left
    close right
    join a
    join b
    join c
    say "{exit_of(a)} {exit_of(b)} {exit_of(c)}"
)") << QStringList{QStringLiteral("2"), QStringLiteral("0 0 0")};
    QTest::newRow("a pipe of this process hands bytes over") << QByteArray(R"(pipe p
main:
    write p <- "one"
    read x <- p
    close p.writer
    read y <- p all
    say "{x}|{y}|"
    try:
        write p <- "two"
    except Closed:
        say "closed"
    close p.reader
)") << QStringList{QStringLiteral("one||"), QStringLiteral("closed")};
    QTest::newRow("a writer without readers gets BrokenPipe") << QByteArray(R"(pipe p
main:
    close p.reader
    try:
        write p <- "x"
    except BrokenPipe:
        say "broken"
)") << QStringList{QStringLiteral("broken")};
    QTest::newRow("hooks, groups and the environment, from left to right")
        << QByteArray(R"(def hook():
    say "hook {group_of(me) == pid(me)}"
main:
    start c = shell "echo $WORD" env "WORD" = "word" new group before hook
    join c
    say "{group_of(c) == pid(c)} {group_of(me) == pid(c)}"
)")
        << QStringList{
               QStringLiteral("hook true"), QStringLiteral("word"), QStringLiteral("true false")};
    QTest::newRow("streams that do not lead here are bad values") << QByteArray(R"(def use(c, n):
    try:
        if n == 0:
            read x <- c line
        elif n == 1:
            write c <- "x"
        else:
            communicate c <- "x"
    except BadValue:
        pass
main:
    start c = command "true"
    for n in 0..2:
        call use(c, n)
    communicate c into out, err
    say out, err
expect raised BadValue 3 times
)") << QStringList{QStringLiteral("none none")};
    QTest::newRow("an exit code is a byte") << QByteArray(R"(main:
    for code in [300, -1, 255]:
        try:
            exit code
        except BadValue:
            say "no code"
expect exit program in {255}
)") << QStringList{QStringLiteral("no code"), QStringLiteral("no code")};
    QTest::newRow("a hook finds what is wired before it, and nothing of what comes after it")
        << QByteArray(R"(def early():
    say "early {group_of(me) == pid(me)} {env('WORD')}"
def late():
    say "late {group_of(me) == pid(me)} {env('WORD')}"
main:
    start c = shell "echo $WORD" before early new group env "WORD" = "word" before late
    join c
)")
        << QStringList{QStringLiteral("early false none"), QStringLiteral("late true word"),
               QStringLiteral("word")};
    QTest::newRow("what is shared is shared with a hook") << QByteArray(R"(shared n = 1
shared word = "none"
def hook():
    n = n + 1
    word = "some"
main:
    n = 4
    start c = command "true" before hook
    join c
    say "{n} {word}"
)") << QStringList{QStringLiteral("5 some")};
    QTest::newRow("a hook that fails keeps the program from being loaded")
        << QByteArray(R"(def hook():
    raise Bad "no"
main:
    start c = command "echo", "never" before hook
    join c
    say "{exit_of(c)}"
expect never said "never"
)") << QStringList{QStringLiteral("1")};
    QTest::newRow("with a hook, a program that is not there raises NotFound too")
        << QByteArray(R"(def hook():
    say "hook"
main:
    try:
        start c = command "there-is-no-such-program" before hook
    except NotFound:
        say "not found"
)") << QStringList{QStringLiteral("hook"), QStringLiteral("not found")};
    QTest::newRow("files that are not there, and folders, are not found") << QByteArray(R"(main:
    try:
        start c = command "cat" stdin from "/no/such/file"
    except NotFound:
        say "no file"
    try:
        start d = command "/usr"
    except NotFound:
        say "no program"
)") << QStringList{QStringLiteral("no file"), QStringLiteral("no program")};
    QTest::newRow("the errors go where the output led when they were wired") << QByteArray(R"(pipe p
main:
    start c = shell "echo out; echo err >&2" stdout to p stderr to stdout
    join c
    close p.writer
    read x <- p all
    start d = shell "echo out; echo err >&2" stderr to stdout
    join d
    say "{len(x)}"
)") << QStringList{QStringLiteral("out"), QStringLiteral("err"), QStringLiteral("8")};
    QTest::newRow("streams that lead nowhere say nothing") << QByteArray(R"(main:
    start c = shell "echo out; echo err >&2" stdout to null stderr to null
    join c
    start d = shell "echo out; echo err >&2" stdout to own stderr to stdout
    read all_of_it <- d all
    join d
    say "{len(all_of_it)}"
)") << QStringList{QStringLiteral("8")};
    QTest::newRow("the program waits for a command that is left running") << QByteArray(R"(main:
    start c = shell "sleep 0.2; echo late"
    say "early"
)") << QStringList{QStringLiteral("early"), QStringLiteral("late")};
    QTest::newRow("a command has the default dispositions") << QByteArray(R"(pipe p
main:
    start c = command "yes" stdout to p
    close p.writer
    read x <- p line
    close p
    join c
    say "{x} {exit_of(c)}"
)") << QStringList{QStringLiteral("y -13")};
}

void TestRunCommands::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    checkThatItEndsAsItSays(program, said);
}

void TestRunCommands::nothingIsLeftBehind_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QByteArray>("word");

    QTest::newRow("by a run that ends well") << QByteArray(
        "main:\n    start c = shell \"sleep 86.21 & true\" stdout to null stderr to null\n    join "
        "c\n") << QByteArray("86.21");
    QTest::newRow("by a run that fails") << QByteArray(
        "main:\n    start c = shell \"sleep 86.22 & sleep 86.22\" new group\n    exit 1\n")
                                         << QByteArray("86.22");
    QTest::newRow("by a run that its time limit ends") << QByteArray(
        "main:\n    start c = shell \"sleep 86.23 & sleep 86.23\" new group\n    join c\n")
                                                       << QByteArray("86.23");
}

void TestRunCommands::nothingIsLeftBehind()
{
    QFETCH(QByteArray, program);
    QFETCH(QByteArray, word);

    checkThatNothingIsLeftBehind(program, word);
}

QTEST_GUILESS_MAIN(TestRunCommands)
#include "tst_run_commands.moc"
