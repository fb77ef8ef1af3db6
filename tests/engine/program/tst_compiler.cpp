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
