// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/program/single_actor.h"

#include <QtTest>

using namespace heddle;

namespace {

struct Outcome
{
    std::string log;
    std::string raised;
    ActorState::Status status = ActorState::Status::Going;
};

/// Runs the `main` of a program alone. `busy`: an object that is never free.
Outcome outcomeOf(const std::string& text, const std::string& busy = {})
{
    const CompiledProgram program = compileProgram(text);
    if (!program.code)
        return {"does not compile: " + diagnosticsOf(program), {}, {}};
    SingleActor actor(*program.code);
    actor.busy.push_back(busy);
    actor.run();
    return {actor.joined(), actor.raisedNames(), actor.state.status};
}

std::string logOf(const std::string& text, const std::string& busy = {})
{
    return outcomeOf(text, busy).log;
}

} // namespace

class TestInterpreter : public QObject
{
    Q_OBJECT
private slots:
    void visibleOperationsComeInTheOrderOfTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("log");
        QTest::newRow("x = x + 1 is a read and a write") << "shared x = 0\nmain:\n    x = x + 1\n"
                                                         << "read x; store x 1";
        QTest::newRow("x += 1 too") << "shared x = 0\nmain:\n    x += 1\n"
                                    << "read x; store x 1";
        QTest::newRow("atomic x += 1 is one") << "atomic shared x = 0\nmain:\n    x += 1\n"
                                              << "store x 1";
        QTest::newRow("reads from left to right")
            << "shared x = 0\nshared y = 1\nshared z = 2\nmain:\n    x = y + z\n"
            << "read y; read z; store x 3";
        QTest::newRow("local is nothing") << "main:\n    local t = 5\n"
                                          << "";
        QTest::newRow("a text reads too") << "shared x = 3\nmain:\n    say \"x {x}\", x\n"
                                          << "read x; read x; say x 3 3";
        QTest::newRow("and stops early")
            << "shared x = 0\nshared y = 0\nmain:\n    if x == 1 and y == 1:\n        say \"no\"\n"
            << "read x";
        QTest::newRow("an element of a list is one write")
            << "shared t: table[4] = {}\nmain:\n    t[\"a\"] = 1\n"
            << "store t {\"a\": 1}";
        QTest::newRow("private is invisible") << "private p = 1\nmain:\n    p += 1\n    say p\n"
                                              << "say 2";
        QTest::newRow("wait until looks first")
            << "shared x = 1\nmutex m\ncondition c on m\nmain:\n    with m:\n        wait c until "
               "x == 1\n"
            << "lock m; read x; unlock m";
        QTest::newRow("for counts both ends") << "main:\n    for i in 1..3:\n        say i\n"
                                              << "say 1; say 2; say 3";
        QTest::newRow("for of nothing") << "main:\n    for i in 3..1:\n        say i\n"
                                        << "";
        QTest::newRow("repeat") << "main:\n    repeat 2:\n        yield\n"
                                << "yield; yield";
        QTest::newRow("repeat nothing") << "shared n = -1\nmain:\n    repeat n:\n        yield\n"
                                        << "read n";
        QTest::newRow("for walks over lists") << "main:\n    for x in [4, \"b\"]:\n        say x\n"
                                              << "say 4; say b";
        QTest::newRow("for walks over keys")
            << "main:\n    local t = {\"a\": 1, \"b\": 2}\n    for x in t:\n        say x\n"
            << "say a; say b";
        QTest::newRow("await until is one step")
            << "shared x = 1\nmain:\n    local n = 1\n    await until x == n\n    say \"on\"\n"
            << "await true; say on";
        QTest::newRow("a set with ranges")
            << "main:\n    for i in 1..5:\n        if i in {1, 3..4}:\n            say i\n"
            << "say 1; say 3; say 4";
    }
    void visibleOperationsComeInTheOrderOfTheText()
    {
        QFETCH(QString, text);
        QFETCH(QString, log);
        QCOMPARE(QString::fromStdString(logOf(text.toStdString())), log);
    }
    void cleanUpIsDoneOnEveryWayOut_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("log");
        QTest::newRow("to the end") << "    with m:\n        yield\n"
                                    << "lock m; yield; unlock m";
        QTest::newRow("exception") << "    try:\n        with m:\n            raise Bad\n    "
                                      "except Bad:\n        say \"caught\"\n"
                                   << "lock m; unlock m; say caught";
        QTest::newRow("break")
            << "    forever:\n        with m:\n            break\n    say \"out\"\n"
            << "lock m; unlock m; say out";
        QTest::newRow("continue")
            << "    for i in 1..2:\n        with m:\n            continue\n        say \"never\"\n"
            << "lock m; unlock m; lock m; unlock m";
        QTest::newRow("return through two")
            << "    with m:\n        with s:\n            return\n    say \"never\"\n"
            << "lock m; acquire s; release s; unlock m";
        QTest::newRow("finally after return")
            << "    try:\n        return\n    finally:\n        say \"f\"\n    say \"never\"\n"
            << "say f";
        QTest::newRow("finally around with")
            << "    try:\n        with m:\n            return\n    finally:\n        say \"f\"\n"
            << "lock m; unlock m; say f";
        QTest::newRow("with around finally") << "    with m:\n        try:\n            return\n   "
                                                "     finally:\n            say \"f\"\n"
                                             << "lock m; say f; unlock m";
        QTest::newRow("nested finally, break")
            << "    forever:\n        try:\n            try:\n                break\n            "
               "finally:\n                say 1\n        finally:\n            say 2\n    say 3\n"
            << "say 1; say 2; say 3";
        QTest::newRow("break and return through one finally")
            << "    for i in 1..2:\n        try:\n            if i == 2:\n                return\n "
               "           continue\n        finally:\n            say i\n"
            << "say 1; say 2";
        QTest::newRow("section") << "    try:\n        section \"s\":\n            raise Bad\n    "
                                    "except:\n        say inside(\"s\")\n"
                                 << "enter s; leave s; say 0";
        QTest::newRow("a condition stands for its mutex") << "    with c:\n        wait c\n"
                                                          << "lock m; wait-condition c; unlock m";
        QTest::newRow("the local of an index may change")
            << "    local i = 0\n    with f[i]:\n        i = 1\n    say i\n"
            << "lock f[0]; unlock f[0]; say 1";
        QTest::newRow("assertion runs clean-up only")
            << "    try:\n        with m:\n            assert false\n    except:\n        say "
               "\"never\"\n    say \"never\"\n"
            << "lock m; unlock m";
    }
    void cleanUpIsDoneOnEveryWayOut()
    {
        QFETCH(QString, body);
        QFETCH(QString, log);
        const QString top = "mutex m, f[2]\nsemaphore s = 1\ncondition c on m\nmain:\n";
        QCOMPARE(QString::fromStdString(logOf((top + body).toStdString())), log);
    }
    void aTryThatIsNotDoneTakesTheOtherBranch()
    {
        const std::string text = "mutex m\nmain:\n    if try lock m:\n        say \"in\"\n        "
                                 "unlock m\n    else:\n        say \"else\"\n";
        QCOMPARE(logOf(text), std::string("lock m; say in; unlock m"));
        QCOMPARE(logOf(text, "m"), std::string("lock m; say else"));
        const std::string negated = "mutex m\nmain:\n    while not try lock m within 1ms:\n        "
                                    "say \"busy\"\n        break\n    say \"on\"\n";
        QCOMPARE(logOf(negated), std::string("lock m; say on"));
        QCOMPARE(logOf(negated, "m"), std::string("lock m; say busy; say on"));
    }
    void aTimeLimitRaisesTimeout()
    {
        const Outcome outcome = outcomeOf("mutex m\nmain:\n    try:\n        lock m within 5ms\n   "
                                          " except Timeout:\n        say \"late\"\n",
            "m");
        QCOMPARE(outcome.log, std::string("lock m; say late"));
        QCOMPARE(outcome.raised, std::string("Timeout"));
    }
    void closedEndsAWalkOverAQueue()
    {
        QCOMPARE(
            logOf(
                "queue q\nmain:\n    for x in q:\n        say x\n        break\n    say \"on\"\n"),
            std::string("get q; say 1; say on"));
        QCOMPARE(logOf("queue q\nmain:\n    for x in q:\n        say x\n    say \"on\"\n", "q"),
            std::string("get q; say on"));
    }
    void closedOfAnotherGetInTheBodyIsNotSwallowed()
    {
        const Outcome outcome =
            outcomeOf("queue q, r\nmain:\n    for x in q:\n        get y <- r\n", "r");
        QCOMPARE(outcome.log, std::string("get q; get r"));
        QVERIFY(outcome.status == ActorState::Status::Failed);
    }
    void anExceptionThatNobodyCatchesFailsTheActor()
    {
        const Outcome outcome = outcomeOf("main:\n    raise Bad \"why\"\n");
        QVERIFY(outcome.status == ActorState::Status::Failed);
        QCOMPARE(outcome.raised, std::string("Bad"));
    }
    void exceptWithoutANameDoesNotCatchCancelled()
    {
        const Outcome outcome = outcomeOf(
            "main:\n    try:\n        raise Cancelled\n    except:\n        say \"caught\"\n");
        QCOMPARE(outcome.log, std::string());
        QVERIFY(outcome.status == ActorState::Status::Failed);
    }
    void aBareRaisePassesOn()
    {
        const Outcome outcome =
            outcomeOf("main:\n    try:\n        try:\n            raise Bad\n        except Bad:\n "
                      "           raise\n    except Bad:\n        say \"outer\"\n");
        QCOMPARE(outcome.log, std::string("say outer"));
        QCOMPARE(outcome.raised, std::string("Bad"));
    }
    void defsReturnValuesAndKeepTheirOwnLocals()
    {
        const std::string text = "def twice(n):\n    local r = n * 2\n    return r\nmain:\n    "
                                 "local r = 1\n    call twice(4) into v\n    say \"{r} {v}\"\n";
        QCOMPARE(logOf(text), std::string("say 1 8"));
    }
    void endlessRecursionIsAnError()
    {
        const Outcome outcome = outcomeOf("def f():\n    call f()\nmain:\n    call f()\n");
        QVERIFY(outcome.status == ActorState::Status::Failed);
        QCOMPARE(outcome.raised, std::string("NoResources"));
    }
    void anInitializerRunsOnceBeforeTheFirstUse()
    {
        const std::string text = "def announce():\n    say \"init\"\nprivate v = 7 init "
                                 "announce\nmain:\n    say v\n    v = 8\n    say v\n";
        QCOMPARE(logOf(text), std::string("say init; say 7; say 8"));
    }
    void aLocalWithoutAValueIsMissing()
    {
        const Outcome outcome =
            outcomeOf("shared x = 0\nmain:\n    if x == 1:\n        local t = 1\n    say t\n");
        QCOMPARE(outcome.raised, std::string("Missing"));
    }
    void errorsOfValuesAreExceptions()
    {
        QCOMPARE(outcomeOf("shared x: int 0..1 = 1\nmain:\n    x += 1\n").raised,
            std::string("Overflow"));
        QCOMPARE(outcomeOf("shared x[2] = 0\nshared i = 5\nmain:\n    x[i] = 1\n").raised,
            std::string("Missing"));
        QCOMPARE(outcomeOf("shared x = 0\nmain:\n    say 1 / x\n").raised, std::string("BadValue"));
        QCOMPARE(outcomeOf("shared x = 9223372036854775807\nmain:\n    x += 1\n").raised,
            std::string("Overflow"));
    }
    void aSpinWithoutVisibleOperationsGivesBackControl()
    {
        const CompiledProgram program = compileProgram("main:\n    forever:\n        pass\n");
        QVERIFY(program.code != nullptr);
        SingleActor actor(*program.code);
        ActorState state = startRoutine(*program.code, 0, {});
        QVERIFY(runInvisible(*program.code, state, actor, 1000) == InvisibleStop::BudgetSpent);
        QVERIFY(runInvisible(*program.code, state, actor, 1000) == InvisibleStop::BudgetSpent);
    }
    void aCopiedStateGoesOnByItself()
    {
        const CompiledProgram program =
            compileProgram("main:\n    local n = 1\n    yield\n    n += 1\n    say n\n");
        SingleActor actor(*program.code);
        ActorState first = startRoutine(*program.code, 0, {});
        QVERIFY(runInvisible(*program.code, first, actor) == InvisibleStop::AtVisible);
        ActorState second = first;
        complete(*program.code, first);
        QVERIFY(runInvisible(*program.code, first, actor) == InvisibleStop::AtVisible);
        QVERIFY(currentInstruction(*program.code, first).operation == Operation::Say);
        QVERIFY(currentInstruction(*program.code, second).operation == Operation::Yield);
    }
};

QTEST_APPLESS_MAIN(TestInterpreter)
#include "tst_interpreter.moc"
