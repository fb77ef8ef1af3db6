// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/catalogue.h"
#include "engine/model/program/compiler.h"

#include <QtTest>

#include <algorithm>

using namespace heddle;

namespace {

QString listed(const QString& text)
{
    const CompiledProgram program = compileProgram(text.toStdString());
    if (program.code)
        return QString::fromStdString(listing(*program.code));
    QString problems;
    for (const Diagnostic& each : program.diagnostics)
        problems += QString::fromStdString(toLine(each, "program") + "\n");
    return problems;
}

Expectation expectationOf(const char* line)
{
    const std::string top =
        "shared x = 0\nmutex m\nqueue q\nmain:\n    raise Bad\nthread w[i in 1..2]:\n    pass\n"
        "thread helper(n):\n    assert n == 1, \"one\"\ninvariant \"zero\" x == 0\n";
    const CompiledProgram program = compileProgram(top + "expect " + line + "\n");
    if (!program.code || program.code->expectations.empty())
        return {};
    return program.code->expectations.front();
}

} // namespace

class TestCompiler : public QObject
{
    Q_OBJECT
private slots:
    void aPhilosopherIsCompiled()
    {
        QCOMPARE(
            listed(
                "const N = 3\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n    lock fork[i]\n"
                "    lock fork[(i + 1) % N]\n    unlock fork[i]\n"),
            QString("philosopher:\n"
                    "   0 * lock fork[r0] 'w'\n"
                    "   1   constant 1 => r2\n"
                    "   2   add r0, r2 => r3\n"
                    "   3   constant 3 => r4\n"
                    "   4   remainder r3, r4 => r5\n"
                    "   5 * lock fork[r5] 'w'\n"
                    "   6 * unlock fork[r0] 'w'\n"
                    "   7   return\n"));
    }
    void atomicReadsOfAPredicateStandBehindTheirInstruction()
    {
        QCOMPARE(listed("shared x = 0\nmain:\n    await until x == 1 within 5ms\n"),
            QString("main:\n"
                    "   0   constant 5ms => r1\n"
                    "   1 * await-until -> 3 within r1\n"
                    "   2   jump -> 7\n"
                    "   3 * load-shared x => r2\n"
                    "   4   constant 1 => r3\n"
                    "   5   equal r2, r3 => r4\n"
                    "   6   end-predicate r4\n"
                    "   7   return\n"));
    }
    void anEndIsAStepWhereItIsAskedFor()
    {
        QCOMPARE(listed("thread w:\n    yield\nmain:\n    if alive(w):\n        return\n"
                        "    yield\n"),
            QString("w:\n"
                    "  0..1 everything -> 3 => r1\n"
                    "   0 * yield\n"
                    "   1 * end\n"
                    "   2   return\n"
                    "   3 * end 'f'\n"
                    "   4   reraise r1\n"
                    "main:\n"
                    "  5..8 everything -> 14 => r1\n"
                    "  10..12 everything -> 14 => r1\n"
                    "   5   actor-handle w => r1\n"
                    "   6 * query alive r1 => r2\n"
                    "   7   jump-if-false -> 11 r2\n"
                    "   8 * end\n"
                    "   9   return\n"
                    "  10   jump -> 11\n"
                    "  11 * yield\n"
                    "  12 * end\n"
                    "  13   return\n"
                    "  14 * end 'f'\n"
                    "  15   reraise r1\n"));
    }
    void whatAsksWhoLives_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("isStep");
        QTest::newRow("nothing") << "    join w\n" << false;
        QTest::newRow("alive") << "    say \"{alive(w)}\"\n" << true;
        QTest::newRow("live") << "    local all = live()\n" << true;
        QTest::newRow("live without brackets") << "    local all = live\n" << true;
        QTest::newRow("a join with a limit") << "    join w within 1ms\n" << true;
        QTest::newRow("an attempt") << "    if try join w:\n        pass\n" << true;
        QTest::newRow("a queue is no actor") << "    join q within 1ms\n" << false;
        QTest::newRow("of commands only") << "    local code = exit_of(w)\n" << false;
        QTest::newRow("a condition") << "    await until not alive(w)\n" << true;
        QTest::newRow("an invariant") << "    pass\ninvariant \"on\" alive(w) or true\n" << true;
    }
    void whatAsksWhoLives()
    {
        QFETCH(QString, line);
        QFETCH(bool, isStep);
        const QString text =
            listed("queue q\nthread w:\n    yield\nmain:\n    spawn w\n    get x <- q\n" + line);
        QVERIFY2(text.contains("yield\n"), qPrintable(text));
        QCOMPARE(text.contains("* end\n"), isStep);
    }
    void theEndStandsWhereTheLastStatementStands()
    {
        const CompiledProgram program =
            compileProgram("thread w:\n    yield\n    say \"{alive(me)}\"\n");
        QVERIFY(program.code != nullptr);
        std::vector<std::uint32_t> lines;
        for (const Instruction& each : program.code->instructions)
            if (each.operation == Operation::End)
                lines.push_back(each.line);
        QCOMPARE(lines, (std::vector<std::uint32_t>{3, 1})); // left by an exception: at its head
    }
    void withGivesBackOnExceptionsToo()
    {
        QCOMPARE(listed("mutex m\nmain:\n    with m:\n        yield\n"),
            QString("main:\n"
                    "  1..2 everything -> 4 => r1\n"
                    "   0 * lock m 'w'\n"
                    "   1 * yield\n"
                    "   2 * unlock m 'w'\n"
                    "   3   jump -> 6\n"
                    "   4 * unlock m 'w'\n"
                    "   5   reraise r1\n"
                    "   6   return\n"));
    }
    void declarationsAreRead()
    {
        const CompiledProgram program = compileProgram(
            "program \"T\"\nmutex a, b[3]\nsemaphore s = 2 max 4\ncondition c on b[1]\nqueue q max "
            "5 priority\n"
            "option lock fair\ndaemon thread w[i in 2..4](p):\n    pass\nmain:\n    pass\n");
        QVERIFY(program.code != nullptr);
        const Code& code = *program.code;
        QCOMPARE(code.title, std::string("T"));
        QCOMPARE(code.objectCount(), 7);
        QCOMPARE(code.objectName(1, 2), std::string("b[2]"));
        QCOMPARE(code.objects[2].maximum.value_or(0), 4);
        QCOMPARE(code.objects[3].mutex, 1);
        QCOMPARE(code.objects[3].mutexElement, 1);
        QCOMPARE(code.objects[4].order, 'p');
        QVERIFY(code.options.fairLocks);
        QVERIFY(code.main() == &code.actors.front());
        QCOMPARE(code.actors[1].first, 1);
        QCOMPARE(code.actors[1].count, 3);
        QCOMPARE(code.instanceName(1, 0), std::string("w[2]"));
        QVERIFY(code.actors[1].isDaemon && !code.actors[1].startsByItself);
    }
    void withoutMainTheActorsStartByThemselves()
    {
        const CompiledProgram program =
            compileProgram("thread a:\n    pass\nthread b(n):\n    pass\n");
        QVERIFY(program.code != nullptr);
        QVERIFY(program.code->main() == nullptr);
        QVERIFY(program.code->actors[0].startsByItself);
        QVERIFY(!program.code->actors[1].startsByItself);
    }
    void aTimerGetsCopiesOfTheLocalsItMentions()
    {
        const CompiledProgram program =
            compileProgram("main:\n    local a = 1\n    local b = 2\n    after 5ms as t:\n        "
                           "say b\n    cancel t\n");
        QVERIFY(program.code != nullptr);
        const Routine& timer = program.code->routines.back();
        QCOMPARE(timer.parameterCount, 1);
        QCOMPARE(timer.registerNames.front(), std::string("b"));
    }
    void streamsAreReadAndWritten()
    {
        QCOMPARE(
            listed("pipe p[2]\nmain:\n    read x <- p[1].reader line within 1s\n    write p[0] "
                   "<- x\n    close p[0].writer\n"),
            QString("main:\n"
                    "   0   constant 1 => r2\n"
                    "   1   constant 1s => r3\n"
                    "   2 * read p[r2] .reader 'l' within r3 => r0\n"
                    "   3   constant 0 => r2\n"
                    "   4 * write p[r2], r0\n"
                    "   5   constant 0 => r2\n"
                    "   6 * close p[r2] .writer\n"
                    "   7   return\n"));
    }
    void linesOfAPipeAreReadUpToItsEnd()
    {
        QCOMPARE(listed("pipe p\nmain:\n    for line in p:\n        say line\n"),
            QString("main:\n"
                    "   0   constant none => r3\n"
                    "   1 * read p 'l' => r2\n"
                    "   2   equal r2, r3 => r4\n"
                    "   3   jump-if-true -> 9 r4\n"
                    "   4   copy r2 => r0\n"
                    "   5   copy r0 => r5\n"
                    "   6   format-text r5 *1 => r6\n"
                    "   7 * say r6\n"
                    "   8   jump -> 1\n"
                    "   9   return\n"));
    }
    void aCommandHasItsWiringsAndAContract()
    {
        const CompiledProgram program = compileProgram(
            "pipe p[2]\ndef hook():\n    pass\nmain:\n    start c = command \"sort\", \"-r\" stdin "
            "from own stdout to p[1] stderr to stdout new group before hook env \"A\" = 3 model "
            "reads line writes same exits {0, 3, -SIGPIPE}\n");
        QVERIFY(program.code != nullptr);
        const CommandDeclaration& command = program.code->commands.front();
        QCOMPARE(command.name, std::string("c"));
        QVERIFY(command.hasContract && !command.isShell && !command.writesUnknownText);
        QCOMPARE(command.wirings.size(), std::size_t{6});
        QVERIFY(command.wirings[0].end == Wiring::End::Own);
        QVERIFY(command.wirings[1].end == Wiring::End::Pipe && command.wirings[1].object == 0);
        QVERIFY(command.wirings[1].element != kNoRegister);
        QVERIFY(command.wirings[2].end == Wiring::End::StandardOutput);
        QVERIFY(command.wirings[3].kind == Wiring::Kind::NewGroup);
        QVERIFY(command.wirings[4].routine == 1);
        QCOMPARE(command.wirings[5].text, std::string("A"));
        const QString code = QString::fromStdString(listing(*program.code));
        QVERIFY2(code.contains(" * start-command c r"), qPrintable(code));
        QCOMPARE(code.mid(code.indexOf("command c:")),
            QString("command c:\n"
                    "  7..16 BrokenPipe -> 19\n"
                    "   7   constant \"\" => r0\n"
                    "   8 * read .reader 'l' => r0\n"
                    "   9   constant none => r1\n"
                    "  10   equal r0, r1 => r2\n"
                    "  11   jump-if-true -> 16 r2\n"
                    "  12   constant \"\\n\" => r1\n"
                    "  13   add r0, r1 => r0\n"
                    "  14 * write .writer, r0\n"
                    "  15   jump -> 8\n"
                    "  16   constant [0, 3] => r1\n"
                    "  17 * choose r1 => r2\n"
                    "  18 * exit r2\n"
                    "  19   constant -13 => r1\n"
                    "  20 * exit r1\n"));
    }
    void contractsAreCompiled_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("operations");
        QTest::addColumn<bool>("isUnknown");
        const auto row = [](const char* name, const char* line, const char* operations,
                             bool isUnknown) {
            QTest::newRow(name) << QString(line) << QString(operations) << isUnknown;
        };
        row("without a model", "stdin from own stdout to own",
            "read 'a', choose, write, choose, exit, exit", true);
        row("all and the same", "stdin from own stdout to own model reads all writes same",
            "read 'a', write, exit, exit", false);
        row("nothing to read", "stdout to own model reads all writes same", "exit, exit", false);
        row("an amount", "stdout to own model writes 3B exits {2}", "write, exit, exit", true);
        row("nobody sees it", "stdout to null model writes 3B", "exit, exit", false);
        row("in the order of the text", "stdin from own model lasts 1s reads 4",
            "sleep, read 'n', exit, exit", false);
        row("one of several codes", "model exits {0..2}", "choose, exit, exit", false);
    }
    void contractsAreCompiled()
    {
        QFETCH(QString, line);
        QFETCH(bool, isUnknown);
        const CompiledProgram program =
            compileProgram(("main:\n    start c = command \"x\" " + line + "\n").toStdString());
        QVERIFY(program.code != nullptr);
        const CommandDeclaration& command = program.code->commands.front();
        const Routine& contract =
            program.code->routines[static_cast<std::size_t>(command.contract)];
        QStringList operations;
        for (std::int32_t i = contract.entry; i < contract.end; ++i) {
            const Instruction& each = program.code->instructions[static_cast<std::size_t>(i)];
            if (isVisible(each.operation))
                operations << QString(toText(each.operation))
                        + (each.mode != 0 ? QString(" '%1'").arg(each.mode) : QString());
        }
        QTEST(operations.join(", "), "operations");
        QCOMPARE(command.writesUnknownText, isUnknown);
    }
    void signalsAreSentHandledAndAwaited()
    {
        QCOMPARE(
            listed("main:\n    on SIGHUP ignore\n    alarm 1s\n    on SIGUSR1, SIGALRM:\n        "
                   "say signal\n    pause\n    pause unblocking SIGHUP\n    await SIGUSR2 "
                   "within 1s into s\n    send SIGTERM to group program\n"),
            QString("main:\n"
                    "  on {SIGHUP} 'i'\n"
                    "   0   constant 1s => r2\n"
                    "   1 * alarm r2\n"
                    "   2 * set-handler on line 4 'h' {SIGUSR1, SIGALRM}\n"
                    "   3 * pause\n"
                    "   4 * pause 'u' {SIGHUP}\n"
                    "   5   constant 1s => r2\n"
                    "   6 * await-signal {SIGUSR2} within r2 => r0\n"
                    "   7   constant SIGTERM => r2\n"
                    "   8   constant actor -1 => r3\n"
                    "   9 * send r3, r2 'g'\n"
                    "  10   return\n"
                    "on line 4:\n"
                    "  11   copy r0 => r2\n"
                    "  12   format-text r2 *1 => r3\n"
                    "  13 * say r3\n"
                    "  14   return\n"));
    }
    void handlersAtTheHeadHoldBeforeTheFirstStep()
    {
        const CompiledProgram program = compileProgram(
            "on SIGHUP:\n    pass\non SIGTERM in a ignore\nprocess a:\n    on SIGUSR1 block\n    "
            "on "
            "SIGUSR2:\n        say signal\n    yield\n    on SIGHUP default\nmain:\n    pass\n");
        QVERIFY(program.code != nullptr);
        const Code& code = *program.code;
        QVERIFY(code.hasProcesses());
        QCOMPARE(code.handlers.size(), std::size_t{1});
        QCOMPARE(code.handlers[0].mode, 'h');
        const std::vector<HandlerDeclaration>& heads = code.actors[1].handlers;
        QCOMPARE(heads.size(), std::size_t{3});
        QCOMPARE(std::string({heads[0].mode, heads[1].mode, heads[2].mode}), std::string("ibh"));
        QCOMPARE(heads[0].signalSet, SignalBits{1} << 14U);
        const Routine& handler = code.routines[static_cast<std::size_t>(heads[2].routine)];
        QCOMPARE(handler.parameterCount, 1);
        QCOMPARE(handler.registerNames.front(), std::string("signal"));
    }
    void communicateGivesBothOutputs()
    {
        const QString code =
            listed("main:\n    start c = command \"cat\"\n    communicate c <- \"a\" "
                   "within 1s into out, err\n");
        QVERIFY2(code.contains("   4 * communicate r0, r4 within r6 => r5\n"
                               "   5   constant 0 => r7\n"
                               "   6   element r5, r7 => r1\n"
                               "   7   constant 1 => r8\n"
                               "   8   element r5, r8 => r2\n"),
            qPrintable(code));
    }
    void handlesOfMainKnowTheirSpawn()
    {
        const CompiledProgram program = compileProgram(
            "process w(n):\n    spawn inner = w(1)\nmain:\n    spawn first = w(1)\n    spawn w(2)\n"
            "expect exit first in {0}\n");
        QVERIFY(program.code != nullptr);
        QCOMPARE(program.code->handleNames.size(), std::size_t{1});
        const std::int32_t place = program.code->handleNames.front().instruction;
        QCOMPARE(program.code->handleNameOf(place), std::string_view("first"));
        QVERIFY(program.code->instructions[static_cast<std::size_t>(place)].operation
            == Operation::Spawn);
        QVERIFY(program.code->handleNameOf(place + 1).empty());
    }
    void invariantsKnowWhetherTheyReadSectionsOnly()
    {
        const CompiledProgram program =
            compileProgram("shared x = 0\nmain:\n    section \"a\":\n        x = 1\ninvariant "
                           "\"s\" inside(\"a\") <= 1\ninvariant x < 2\n");
        QVERIFY(program.code != nullptr);
        QVERIFY(program.code->invariants[0].usesInsideOnly);
        QVERIFY(!program.code->invariants[1].usesInsideOnly);
        QCOMPARE(program.code->invariants[1].text, std::string("x < 2"));
    }
    void expectationsAreRead()
    {
        using Kind = Expectation::Kind;
        QVERIFY(expectationOf("terminates").kind == Kind::Terminates);
        QVERIFY(expectationOf("deadlock reachable").isReachable);
        QVERIFY(!expectationOf("deadlock free").isReachable);
        QCOMPARE(expectationOf("starvation of w[2] reachable").name, std::string("w[2]"));
        QVERIFY(expectationOf("race free").kind == Kind::Race);
        QVERIFY(expectationOf("race on x").isReachable);
        QVERIFY(expectationOf("invariant \"zero\" violated").kind == Kind::InvariantVerdict);
        QCOMPARE(expectationOf("assert fails \"one\"").texts.front(), std::string("one"));
        QVERIFY(expectationOf("final x can be 2").relation == Expectation::Relation::CanBe);
        QVERIFY(expectationOf("final x never 2").relation == Expectation::Relation::Never);
        QCOMPARE(expectationOf("final x in {1, 3..5}").ranges.size(), std::size_t{2});
        QVERIFY(expectationOf("final x == 1").fragment.has_value());
        QCOMPARE(expectationOf("outcomes {\"a; b\"}").texts.front(), std::string("a; b"));
        QCOMPARE(expectationOf("schedules == 924").low, 924);
        QVERIFY(expectationOf("exit program in {0, -SIGTERM}").ranges.back().first
            == Value::integer(-15));
        QCOMPARE(expectationOf("lasts at most 2s").durationNanoseconds, 2'000'000'000);
        QCOMPARE(expectationOf("output in any order \"a\", \"b\"").texts.size(), std::size_t{2});
        QCOMPARE(expectationOf("never said \"a*\" by w").lines.front().by, std::string("w"));
        QCOMPARE(expectationOf("raised Bad in main 2 times").high, 2);
    }
    void countsOfSaidLinesAreRead_data()
    {
        QTest::addColumn<QString>("times");
        QTest::addColumn<qlonglong>("low");
        QTest::addColumn<qlonglong>("high");
        QTest::newRow("nothing") << "" << 1LL << qlonglong(INT64_MAX);
        QTest::newRow("exactly") << "3 times" << 3LL << 3LL;
        QTest::newRow("from to") << "1..2 times" << 1LL << 2LL;
        QTest::newRow("at least") << "at least 2 times" << 2LL << qlonglong(INT64_MAX);
        QTest::newRow("at most") << "at most 2 times" << 0LL << 2LL;
    }
    void countsOfSaidLinesAreRead()
    {
        QFETCH(QString, times);
        QFETCH(qlonglong, low);
        QFETCH(qlonglong, high);
        const Expectation expectation = expectationOf(("said \"a\" " + times).toUtf8().constData());
        QCOMPARE(qlonglong(expectation.low), low);
        QCOMPARE(qlonglong(expectation.high), high);
    }
    void everyInstructionKnowsItsLine()
    {
        const CompiledProgram program =
            compileProgram("shared x = 0\nmain:\n    x = 1\n    if x == 2:\n        x = 3\n");
        QVERIFY(program.code != nullptr);
        const auto& instructions = program.code->instructions;
        QVERIFY(std::all_of(instructions.begin(), instructions.end(),
            [](const Instruction& each) { return each.line >= 3; }));
    }
    void everyStatementOfTheCatalogueIsCompiled()
    {
        // What a line begins with, without what only goes inside of another statement.
        for (const StatementRow& row : statementRows()) {
            const CompiledProgram program =
                compileProgram("main:\n    " + std::string(row.word) + "\n");
            for (const Diagnostic& each : program.diagnostics)
                QVERIFY2(each.code != "E200", each.message.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestCompiler)
#include "tst_compiler.moc"
