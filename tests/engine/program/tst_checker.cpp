// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/compiler.h"

#include <QtTest>

using namespace heddle;

namespace {

/// "line:column code" of each diagnostic, in the order of the text.
QString found(const QString& text)
{
    const CompiledProgram program = compileProgram(text.toStdString());
    QStringList lines;
    for (const Diagnostic& each : program.diagnostics)
        lines << QString("%1:%2 %3")
                     .arg(each.line)
                     .arg(each.column)
                     .arg(QString::fromStdString(each.code));
    return lines.join(", ");
}

std::string firstMessage(const std::string& text)
{
    const CompiledProgram program = compileProgram(text);
    return program.diagnostics.empty() ? std::string() : program.diagnostics.front().message;
}

/// The text with the first fix of the first diagnostic done.
std::string fixedText(const std::string& text)
{
    const CompiledProgram program = compileProgram(text);
    if (program.diagnostics.empty() || program.diagnostics.front().fixes.empty())
        return "no fix";
    const Fix& fix = program.diagnostics.front().fixes.front();
    std::string fixed = text;
    return fixed.replace(fix.offset, fix.length, fix.replacement);
}

} // namespace

class TestChecker : public QObject
{
    Q_OBJECT
private slots:
    void declarationsAreChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString(text) + "main:\n    pass\n" << expected;
        };
        row("right", "const N = 3\nmutex m[N]\n", "");
        row("twice", "mutex m\nshared m = 1\n", "2:8 E202");
        row("not constant", "const A = random(1, 2)\n", "1:11 E204");
        row("unknown in a constant", "const A = B\n", "1:11 E204");
        row("no value", "const A = 1 / 0\n", "1:11 E206");
        row("too large for 64 bits", "const A = 99999999999999999999\n", "1:11 E206");
        row("huge array", "mutex m[1000000000]\n", "1:9 E208");
        row("empty array", "mutex m[0]\n", "1:9 E208");
        row("negative units", "semaphore s = -1\n", "1:15 E208");
        row("units beyond the bound", "semaphore s = 3 max 2\n", "1:21 E208");
        row("empty barrier", "barrier b(0)\n", "1:11 E208");
        row("too many values", "shared y[2] = [1, 2, 3]\n", "1:15 E209");
        row("outside of its range", "shared x: int 0..3 = 7\n", "1:22 E210");
        row("of another type", "shared x: bool = 7\n", "1:18 E210");
        row("condition on an event", "event e\ncondition c on e\n", "2:16 E211");
        row("condition on an array", "mutex m[2]\ncondition c on m\n", "2:16 E212");
        row("condition on an element", "mutex m[2]\ncondition c on m[1]\n", "");
        row("initializer", "private p = 1 init nothing\n", "1:20 E214");
        row("no option", "option blah on\n", "1:1 E240");
        row("no value of the option", "option notify sometimes\n", "1:1 E241");
        row("backwards array of threads", "thread t[i in 5..1]:\n    pass\n", "1:18 E208");
        row("parameter twice", "thread t(a, a):\n    pass\n", "1:13 E202");
        row("parameter hides a variable", "shared x = 0\nthread t(x):\n    pass\n", "2:10 E229");
        row("several at once", "mutex m[0]\nsemaphore s = -1\nmutex m\n",
            "1:9 E208, 2:15 E208, 3:7 E202");
    }
    void declarationsAreChecked()
    {
        QFETCH(QString, text);
        QTEST(found(text), "expected");
    }
    void statementsAreChecked_data()
    {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* lines, const char* expected) {
            QTest::newRow(name) << QString(lines) << QString(expected);
        };
        row("right", "lock m\n    unlock m", "");
        row("unknown object", "lock mm", "14:10 E216");
        row("unknown value", "say totl", "14:9 E216");
        row("unknown target", "totl = 3", "14:5 E216");
        row("mutex acquired", "acquire m", "14:5 E207");
        row("semaphore locked", "lock s", "14:5 E207");
        row("barrier waited for", "wait b", "14:5 E207");
        row("latch arrived at", "arrive l", "14:5 E207");
        row("event notified", "notify e", "14:5 E207");
        row("thread called", "call w(1)", "14:5 E207");
        row("def spawned", "spawn d", "14:5 E207");
        row("for over an event", "for i in e:\n        pass", "14:5 E207");
        row("until of an event", "wait e until x == 1", "14:5 E219");
        row("rwlock without a mode", "lock rw", "14:5 E218");
        row("mutex with a mode", "lock m read", "14:5 E218");
        row("array without an index", "lock f", "14:10 E212");
        row("index without an array", "lock m[0]", "14:10 E212");
        row("beyond the array", "lock f[3]", "14:10 E213");
        row("spawn with too much", "spawn w(1, 2)", "14:5 E222");
        row("call with too little", "call d()", "14:5 E222");
        row("function without an argument", "say len()", "14:9 E222");
        row("def in an expression", "local y = d(1)", "14:15 E223");
        row("question to the wrong object", "say value(m)", "14:15 E224");
        row("question to a value", "say owner(3)", "14:15 E224");
        row("swap of a plain variable", "local y = swap(x, 1)", "14:20 E225");
        row("swap in an expression", "say swap(x, 1)", "14:9 E225");
        row("object as a value", "say m", "14:9 E226");
        row("thread with parameters as a value", "join w", "14:10 E227");
        row("constant changed", "N = 4", "14:5 E228");
        row("local like a variable", "local x = 1", "14:11 E229");
        row("running thread cancelled", "spawn h = w(1)\n    cancel h", "15:5 E230");
        row("timer cancelled", "after 1s as t:\n        pass\n    cancel t", "");
        row("break", "break", "14:5 E231");
        row("break in a timer", "forever:\n        after 1s:\n            break", "16:13 E231");
        row("value returned", "return 1", "14:5 E232");
        row("bare raise", "raise", "14:5 E233");
        row("inside of nothing", "say inside(\"eat\")", "14:16 E236");
        row("sleep a number", "sleep 5", "14:11 E238");
        row("sleep less than nothing", "sleep -5ms", "14:11 E208");
        row("wait for a number", "lock m within 5", "14:19 E238");
        row("repeat less than nothing", "repeat -1:\n        pass", "14:12 E208");
        row("acquire nothing", "acquire s 0", "14:15 E208");
        row("wait without the mutex", "wait c", "14:5 E205");
        row("wait with it only sometimes", "if x == 1:\n        lock m\n    wait c", "16:5 W309");
        row("wait in a with", "with m:\n        wait c", "");
        row("wait in a with of the condition", "with c:\n        wait c", "");
        row("wait after try", "if try lock m:\n        wait c\n        unlock m", "");
        row("wait after a failed try", "if not try lock m:\n        wait c", "15:9 E205");
        row("wait after with", "with m:\n        pass\n    wait c", "16:5 E205");
        row("notify without the mutex", "notify c", "14:5 W310");
        row("unlock without lock", "unlock m", "14:5 W311");
        row("unlock twice", "lock m\n    unlock m\n    unlock m", "16:5 W311");
        row("except of nothing", "try:\n        pass\n    except Timout:\n        pass",
            "16:5 W312");
        row("lock in atomic", "with atomic:\n        lock m", "15:9 E221");
        row("try in atomic", "with atomic:\n        if try lock m:\n            unlock m", "");
        row("long try in atomic",
            "with atomic:\n        if try lock m within 1s:\n            unlock m", "15:9 E221");
        row("call that waits in atomic", "with atomic:\n        call waits()", "15:9 E221");
        row("two causes", "lock mm\n    say totl", "14:10 E216, 15:9 E216");
    }
    void statementsAreChecked()
    {
        QFETCH(QString, lines);
        const QString top =
            "const N = 3\nmutex m, f[N]\nsemaphore s = 1\ncondition c on m\nevent e\nbarrier b(2)\n"
            "latch l = 1\nrwlock rw\nshared x = 0\ndef d(a):\n    return a\n";
        const QString program = top + "# a line\nmain:\n    " + lines
            + "\nthread w(i):\n    pass\ndef waits():\n    with m:\n        pass\n";
        QTEST(found(program), "expected");
    }
    void processesAndSignalsAreChecked_data()
    {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* lines, const char* expected) {
            QTest::newRow(name) << QString(lines) << QString(expected);
        };
        row("right", "read x <- p.reader line\n    write p <- x\n    close p.writer", "");
        row("a stream word of a queue", "close q.writer", "7:13 E252");
        row("the error output of a pipe", "read x <- p.stderr", "7:17 E252");
        row("read from a writer", "read x <- p.writer", "7:17 E252");
        row("written to a reader", "write p.reader <- \"x\"", "7:13 E252");
        row("written to an output", "start c = command \"ls\"\n    write c.stderr <- \"x\"",
            "8:13 E252");
        row("read from a queue", "read x <- q", "7:5 E207");
        row("read from a mutex", "read x <- m", "7:5 E207");
        row("communicate with a pipe", "communicate p", "7:5 E207");
        row("read from nothing", "read x <- pp", "7:15 E216");
        row("output to a queue", "start c = command \"ls\" stdout to q", "7:38 E253");
        row("output to itself", "start c = command \"ls\" stdout to stdout", "7:28 E253");
        row("before something else", "start c = command \"ls\" before m", "7:28 E253");
        row("before a def", "start c = command \"ls\" before d", "");
        row("a model that depends",
            "local n = random(1, 2)\n    start c = command \"ls\" model "
            "writes n",
            "8:41 E204");
        row("no signal sent", "send 9 to w", "7:10 E254");
        row("a signal without SIG", "send TERM to w", "7:10 E216");
        row("an unknown signal", "send SIGFOO to w", "7:10 E206");
        row("a signal to a pipe", "send SIGTERM to p", "7:5 E207");
        row("a signal to what never starts", "send SIGTERM to idle", "7:5 W314");
        row("what never starts joined", "join idle", "7:5 W314");
        row("an exit code of more than a byte", "exit 256", "7:10 E208");
        row("an exit code below nothing", "exit -1", "7:10 E208");
        row("an exit code that is a text", "exit \"1\"", "7:10 E238");
        row("a signal to the program", "send SIGTERM to program", "");
        row("SIGKILL handled", "on SIGKILL:\n        pass", "7:8 E255");
        row("SIGSTOP ignored", "on SIGSTOP ignore", "7:8 E255");
        row("SIGKILL left alone", "on SIGKILL default", "");
        row("a local in a handler", "local n = 1\n    on SIGTERM:\n        say n", "9:13 E256");
        row("a local of the handler", "on SIGTERM:\n        local n = signal\n        say n", "");
        row("signal outside of a handler", "say signal", "7:9 E257");
        row("pause without a block", "pause unblocking SIGHUP", "7:22 W313");
        row("pause with a block", "on SIGHUP block\n    pause unblocking SIGHUP", "");
        row("alarm of a number", "alarm 5", "7:11 E238");
        row("process cancelled", "cancel w", "7:5 E230");
        row("command cancelled", "start c = command \"ls\"\n    cancel c", "8:5 E230");
        row("question about a process", "say exit_of(w), pid(me), group_of(w), disposition(SIGHUP)",
            "");
        row("question about a pipe", "say pid(p)", "7:13 E224");
        row("pause in atomic", "with atomic:\n        pause", "8:9 E221");
        row("lines of a command in atomic",
            "start c = command \"ls\" stdout to own\n    with "
            "atomic:\n        read x <- c",
            "9:9 E221");
    }
    void processesAndSignalsAreChecked()
    {
        QFETCH(QString, lines);
        QTEST(found("mutex m\npipe p\nqueue q\ndef d():\n    pass\nmain:\n    " + lines
                  + "\n    spawn w\nprocess w:\n    pass\nprocess idle:\n    pass\n"),
            "expected");
    }
    void whatProcessesShareIsChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString(text) << QString(expected);
        };
        row("what lies in shared memory",
            "mutex m\nevent e\nsemaphore s = 1\npipe p\nshared x = 0\nprocess w:\n    lock m\n    "
            "set e\n    release s\n    write p <- \"a\"\n    x = 1\nmain:\n    lock m\n    wait e\n"
            "    acquire s\n    read t <- p\n    say x\n",
            "");
        row("a queue", "queue q\nprocess w:\n    put q <- 1\nmain:\n    get x <- q\n", "3:9 E250");
        row("a queue of one process", "queue q\nprocess w:\n    put q <- 1\nmain:\n    pass\n", "");
        row("a queue of two processes",
            "queue q\nprocess w[i in 1..2]:\n    put q <- 1\nmain:\n    pass\n", "3:9 E250");
        row("a queue of threads", "queue q\nthread w:\n    put q <- 1\nmain:\n    get x <- q\n",
            "");
        row("a list", "shared x = [1]\nprocess w:\n    x[0] = 1\nmain:\n    say x\n", "3:5 E250");
        row("a list that is looked at",
            "shared x = [1]\nprocess w:\n    x[0] = 1\nmain:\n    pass\nexpect final x == 1\n",
            "3:5 E250");
        row("any kind of value", "shared x = unset\nprocess w:\n    x = 1\nmain:\n    say x\n",
            "3:5 E250");
        row("through a def",
            "queue q\ndef d():\n    put q <- 1\nprocess w:\n    call d()\nmain:\n"
            "    call d()\n",
            "3:9 E250");
        row("a handler in a thread", "on SIGHUP in t:\n    pass\nthread t:\n    pass\n",
            "1:14 E251");
        row("a handler in nobody", "on SIGHUP in t ignore\nmain:\n    pass\n", "1:14 E251");
        row("a handler set by a thread", "thread t:\n    on SIGHUP:\n        pass\n", "2:5 E259");
        row("a handler set by a timer",
            "main:\n    after 1s:\n        on SIGHUP ignore\n    pass\n", "3:9 E259");
        row("a mask of a thread", "thread t:\n    on SIGHUP block\n", "");
        row("a handler set by a process", "process t:\n    on SIGHUP default\n", "");
        row("a handler set by main", "main:\n    on SIGHUP ignore\n", "");
        row("a handler takes the lock that main holds",
            "mutex m\nmain:\n    on SIGHUP:\n        lock m\n        unlock m\n    with m:\n       "
            " pass\n",
            "4:9 W315");
        row("a handler at the top takes the lock through a def",
            "mutex m\ndef d():\n    with m:\n        pass\non SIGHUP:\n    call d()\nmain:\n    "
            "lock m\n"
            "    unlock m\n",
            "3:5 W315");
        row("a handler of another process takes the lock",
            "mutex m\non SIGHUP in p:\n    with m:\n        pass\nprocess p:\n    pass\nmain:\n    "
            "with m:\n"
            "        pass\n",
            "");
        row("a handler only tries",
            "mutex m\nmain:\n    on SIGHUP:\n        if try lock m:\n            unlock m\n    "
            "with m:\n"
            "        pass\n",
            "");
        row("a handler whose signal is blocked meanwhile",
            "mutex m\nmain:\n    on SIGHUP:\n        with m:\n            pass\n    on SIGHUP "
            "block\n"
            "    with m:\n        pass\n    on SIGHUP unblock\n",
            "");
        row("a handler in a process", "on SIGHUP in t ignore\nprocess t:\n    pass\n", "");
        row("the room of a pipe", "pipe p max 2MiB\nmain:\n    pass\n", "1:12 E208");
        row("the exit code of a thread", "thread t:\n    pass\nexpect exit t in {0}\n",
            "3:13 E258");
        row("the exit code of a spawned thread",
            "thread t(n):\n    pass\nmain:\n    spawn h = t(1)\nexpect exit h in {0}\n",
            "5:13 E258");
        row("the exit codes of processes and commands",
            "process t(n):\n    pass\nmain:\n    spawn h = t(1)\n    start c = command \"ls\"\n"
            "expect exit h in {0}\nexpect exit c in {0}\nexpect exit program in {0}\n",
            "");
    }
    void whatProcessesShareIsChecked()
    {
        QFETCH(QString, text);
        QTEST(found(text), "expected");
    }
    void expectationsAreChecked_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* line, const char* expected) {
            QTest::newRow(name) << QString(line) << QString(expected);
        };
        row("right", "expect final x in {1, 3..5}", "");
        row("unknown actor", "expect stuck v reachable", "5:14 E243");
        row("unknown variable", "expect race on y", "5:16 E216");
        row("unknown value", "expect final y == 2", "5:14 E216");
        row("not constant", "expect final x == x", "5:19 E204");
        row("unknown invariant", "expect invariant \"zer\" holds", "5:18 E244");
        row("unknown assertion", "expect assert fails \"fin\"", "5:21 E244");
        row("known assertion", "expect assert fails \"fine\"", "");
        row("unknown exception", "expect raised Bda", "5:15 E242");
        row("never raised may be unknown", "expect never raised Bda", "");
        row("unknown speaker", "expect said \"a\" by u", "5:20 E243");
        row("number for a duration", "expect lasts at least 3", "5:23 E238");
        row("unknown process", "expect exit foo in {0}", "5:13 E243");
        row("unbounded variable", "expect unbounded x reachable", "5:18 E216");
        row("private value", "private p = 1\nexpect final p == 1", "6:14 E239");
    }
    void expectationsAreChecked()
    {
        QFETCH(QString, line);
        QTEST(found("shared x = 0\ninvariant \"zero\" x == 0\nmain:\n    assert x == 0, \"fine\"\n"
                  + line + "\n"),
            "expected");
    }
    void messagesSayWhatWhyAndWhatToTry()
    {
        QCOMPARE(firstMessage("mutex m\nmain:\n    acquire m\n"),
            std::string("\"m\" is a mutex, so it goes with \"lock\" and \"unlock\"; \"acquire\" is "
                        "for a semaphore."));
        QCOMPARE(firstMessage("mutex m\ncondition c on m\nmain:\n    wait c\n"),
            std::string("\"wait c\" needs the mutex \"m\", because c is declared \"on m\", but "
                        "nothing on the way here "
                        "locks m. Try \"with m:\" around it."));
        QCOMPARE(firstMessage("main:\n    local total = 1\n    say totl\n"),
            std::string("\"totl\" is not known here. Did you mean \"total\"?"));
        QCOMPARE(firstMessage("main:\n    send SIGUSR3 to program\n"),
            std::string("\"SIGUSR3\" is no signal. Did you mean \"SIGUSR1\"?"));
        QCOMPARE(firstMessage("main:\n    send TERM to program\n"),
            std::string("\"TERM\" is not known here. Did you mean \"SIGTERM\"?"));
    }
    void fixesMendTheText()
    {
        QCOMPARE(fixedText("mutex m\nmain:\n    acquire m\n"),
            std::string("mutex m\nmain:\n    lock m\n"));
        QCOMPARE(fixedText("shared total = 1\nmain:\n    say totl\n"),
            std::string("shared total = 1\nmain:\n    say total\n"));
        QCOMPARE(fixedText("main:\n    count = 1\n"), std::string("main:\n    local count = 1\n"));
    }
    void aLostUpdateIsAHint()
    {
        const QString text = "shared x = 0\nmutex m\nthread adder[i in 1..2]:\n    %1\n";
        QCOMPARE(found(text.arg("x = x + 1")), QString("4:5 W322"));
        QCOMPARE(found(text.arg("with m:\n        x += 1")), QString());
        QCOMPARE(found(text.arg("x = i")), QString());
        QCOMPARE(found(text.arg("x = x + y")), QString("4:13 E216")); // first things first
        const CompiledProgram program = compileProgram(text.arg("x += 1").toStdString());
        QVERIFY(program.code != nullptr);
        QVERIFY(program.diagnostics.front().severity == Severity::Hint);
    }
    void aProgramInWhichNothingRunsIsAnError()
    {
        QCOMPARE(found(""), QString("1:1 E245"));
        QCOMPARE(found("thread w(i):\n    pass\n"), QString("1:1 E245"));
    }
    void setChangesConstantsOnly()
    {
        CompileOptions options;
        options.constants = {{"N", "7"}};
        QVERIFY(compileProgram("const N = 5\nmutex m[N]\nmain:\n    pass\n", options)
                    .code->objects.front()
                    .count
            == 7);
        QVERIFY(compileProgram("main:\n    pass\n", options).code == nullptr);
        options.constants = {{"N", "7\nconst M = 8"}};
        QVERIFY(compileProgram("const N = 5\nmain:\n    pass\n", options).code == nullptr);
        options.constants = {{"N", "lock"}};
        QVERIFY(compileProgram("const N = 5\nmain:\n    pass\n", options).code == nullptr);
    }
    void hostileTextsEndInDiagnostics_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("deep brackets")
            << QByteArray("main:\n    say ") + QByteArray(20'000, '(') + "1\n";
        QTest::newRow("long sum") << QByteArray("main:\n    say 1")
                + QByteArray("+1").repeated(20'000) + "\n";
        QTest::newRow("deep blocks") << [] {
            QByteArray text = "main:\n";
            for (int i = 1; i < 300; ++i)
                text += QByteArray(i, ' ') + "forever:\n";
            return text + QByteArray(300, ' ') + "pass\n";
        }();
        QTest::newRow("zero bytes") << QByteArray(1000, '\0');
        QTest::newRow("no UTF-8") << QByteArray(1000, '\xFF');
    }
    void hostileTextsEndInDiagnostics()
    {
        QFETCH(QByteArray, text);
        const CompiledProgram program = compileProgram(text.toStdString());
        QVERIFY(program.code != nullptr || hasErrors(program.diagnostics));
    }
};

QTEST_APPLESS_MAIN(TestChecker)
#include "tst_checker.moc"
