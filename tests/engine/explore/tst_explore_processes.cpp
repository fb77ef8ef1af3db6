// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/walk.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

class TestExploreProcesses : public QObject
{
    Q_OBJECT

private slots:
    void privateVariablesAreEachProcesssOwn();
    void anExitEndsOnlyItsProcess();
    void anUncaughtExceptionIsExitOne();
    void anExitCodeIsAByte();
    void theModelOfACommandMaySayWhichSignalEndsIt();
    void streamsThatDoNotLeadHereAreBadValues();
    void noArgumentHasAZeroByte();
    void aCheckedJoinRaisesForAFailure();
    void theThreadsOfAProcessEndWithIt();
    void aProcessWaitsForItsThreads();
    void aProcessWaitsForTheProcessesItHasMade();
    void anOrphanIsWaitedForByTheProgram();
    void aProcessEndsItsDaemonsAtItsEnd();
    void aProcessThatWaitsAtItsEndIsEndedByASignal();
    void everyProcessHasCopiesOfThePipes();
    void closingOneCopyLeavesTheOthers();
    void processesAreNamedByTheirHandles();
    void aWalkTellsHowAProcessEnded();
    void everyMomentOfAWalkHasWordsAndATrace_data();
    void everyMomentOfAWalkHasWordsAndATrace();
};

void TestExploreProcesses::privateVariablesAreEachProcesssOwn()
{
    const QString judged = judgedText("private mine = 0\n"
                                      "shared all = 0\n"
                                      "process worker[i in 1..2]:\n"
                                      "    mine += i\n"
                                      "    with atomic:\n"
                                      "        all += mine\n"
                                      "expect final all == 3\n"
                                      "expect exit worker in {0}\n");

    QCOMPARE(judged, QStringLiteral("held: final all == 3\nheld: exit worker in {0}"));
}

void TestExploreProcesses::anExitEndsOnlyItsProcess()
{
    const QString judged = judgedText("process p:\n"
                                      "    exit 3\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    join p\n"
                                      "    say \"code {exit_of(p)} {alive(p)}\"\n"
                                      "expect output \"code 3 false\"\n"
                                      "expect exit p in {3}\n"
                                      "expect exit program in {0}\n"
                                      "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: output \"code 3 false\"\nheld: exit p in {3}\n"
                       "held: exit program in {0}\nheld: terminates"));
}

void TestExploreProcesses::anUncaughtExceptionIsExitOne()
{
    const QString judged = judgedText("process p:\n"
                                      "    raise Bad\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    join p\n"
                                      "expect exit p in {1}\n"
                                      "expect exception Bad reachable\n"
                                      "expect exit program in {0}\n");

    QCOMPARE(judged,
        QStringLiteral("held: exit p in {1}\nheld: exception Bad reachable\n"
                       "held: exit program in {0}"));
}

void TestExploreProcesses::anExitCodeIsAByte()
{
    const QString judged = judgedText("main:\n"
                                      "    for code in [300, -1, 255]:\n"
                                      "        try:\n"
                                      "            exit code\n"
                                      "        except BadValue:\n"
                                      "            say \"no code\"\n"
                                      "expect raised BadValue 2 times\n"
                                      "expect exit program in {255}\n");

    QCOMPARE(judged, QStringLiteral("held: raised BadValue 2 times\nheld: exit program in {255}"));
}

void TestExploreProcesses::theModelOfACommandMaySayWhichSignalEndsIt()
{
    const QString judged = judgedText("main:\n"
                                      "    start c = command \"true\" model exits {0, -SIGKILL}\n"
                                      "    join c\n"
                                      "expect exit c in {0, -SIGKILL}\n"
                                      "expect exception BadValue free\n");

    QCOMPARE(
        judged, QStringLiteral("held: exit c in {0, -SIGKILL}\nheld: exception BadValue free"));
}

void TestExploreProcesses::streamsThatDoNotLeadHereAreBadValues()
{
    const QString judged = judgedText("def use(c, n):\n"
                                      "    try:\n"
                                      "        if n == 0:\n"
                                      "            read x <- c line\n"
                                      "        elif n == 1:\n"
                                      "            write c <- \"x\"\n"
                                      "        else:\n"
                                      "            communicate c <- \"x\"\n"
                                      "    except BadValue:\n"
                                      "        pass\n"
                                      "main:\n"
                                      "    start c = command \"true\" model exits {0}\n"
                                      "    for n in 0..2:\n"
                                      "        call use(c, n)\n"
                                      "    communicate c into out, err\n"
                                      "    say out, err\n"
                                      "expect raised BadValue 3 times\n"
                                      "expect outcomes {\"none none\"}\n");

    QCOMPARE(
        judged, QStringLiteral("held: raised BadValue 3 times\nheld: outcomes {\"none none\"}"));
}

void TestExploreProcesses::noArgumentHasAZeroByte()
{
    const QString judged = judgedText("main:\n"
                                      "    start c = command \"echo\", \"a\\0b\" model exits {0}\n"
                                      "expect exception BadValue reachable\n");

    QCOMPARE(judged, QStringLiteral("held: exception BadValue reachable"));
}

void TestExploreProcesses::aCheckedJoinRaisesForAFailure()
{
    const QString judged = judgedText("process p(code):\n"
                                      "    exit code\n"
                                      "main:\n"
                                      "    spawn good = p(0)\n"
                                      "    join good checked\n"
                                      "    spawn bad = p(2)\n"
                                      "    join bad checked\n"
                                      "expect exception ExitFailed reachable\n"
                                      "expect exit good in {0}\n"
                                      "expect exit bad in {2}\n"
                                      "expect exit program in {1}\n");

    QCOMPARE(judged,
        QStringLiteral("held: exception ExitFailed reachable\nheld: exit good in {0}\n"
                       "held: exit bad in {2}\nheld: exit program in {1}"));
}

void TestExploreProcesses::theThreadsOfAProcessEndWithIt()
{
    const QString judged = judgedText("event never\n"
                                      "thread waiter:\n"
                                      "    wait never\n"
                                      "process p:\n"
                                      "    spawn waiter\n"
                                      "    exit 4\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    join p\n"
                                      "expect terminates\n"
                                      "expect exit p in {4}\n");

    QCOMPARE(judged, QStringLiteral("held: terminates\nheld: exit p in {4}"));
}

void TestExploreProcesses::aProcessWaitsForItsThreads()
{
    const QString judged = judgedText("shared done = false\n"
                                      "thread late:\n"
                                      "    yield\n"
                                      "    done = true\n"
                                      "process p:\n"
                                      "    spawn late\n"
                                      "main:\n"
                                      "    spawn p\n"
                                      "    join p\n"
                                      "    assert done\n"
                                      "expect assert holds\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: assert holds\nheld: terminates"));
}

// The child waits for main, main for the parent, and that for its child.
void TestExploreProcesses::aProcessWaitsForTheProcessesItHasMade()
{
    const QString judged = judgedText("event go\n"
                                      "process child:\n"
                                      "    wait go\n"
                                      "process parent:\n"
                                      "    spawn child\n"
                                      "main:\n"
                                      "    spawn parent\n"
                                      "    join parent\n"
                                      "    set go\n"
                                      "expect deadlock reachable\n"
                                      "expect stuck child reachable\n");

    QCOMPARE(judged, QStringLiteral("held: deadlock reachable\nheld: stuck child reachable"));
}

void TestExploreProcesses::anOrphanIsWaitedForByTheProgram()
{
    const QString judged = judgedText("shared n = 0\n"
                                      "process child:\n"
                                      "    yield\n"
                                      "    n = 1\n"
                                      "process parent:\n"
                                      "    spawn child\n"
                                      "    exit 2\n"
                                      "main:\n"
                                      "    spawn parent\n"
                                      "    join parent\n"
                                      "expect final n == 1\n"
                                      "expect exit parent in {2}\n");

    QCOMPARE(judged, QStringLiteral("held: final n == 1\nheld: exit parent in {2}"));
}

void TestExploreProcesses::aProcessEndsItsDaemonsAtItsEnd()
{
    const QString judged = judgedText("daemon process servant:\n"
                                      "    forever:\n"
                                      "        pause\n"
                                      "process parent:\n"
                                      "    spawn servant\n"
                                      "main:\n"
                                      "    spawn parent\n"
                                      "    join parent\n"
                                      "    join servant\n"
                                      "expect terminates\n"
                                      "expect exit servant in {-SIGTERM}\n");

    QCOMPARE(judged, QStringLiteral("held: terminates\nheld: exit servant in {-SIGTERM}"));
}

void TestExploreProcesses::aProcessThatWaitsAtItsEndIsEndedByASignal()
{
    const QString judged = judgedText("event go\n"
                                      "process child:\n"
                                      "    wait go\n"
                                      "process parent:\n"
                                      "    spawn child\n"
                                      "main:\n"
                                      "    spawn parent\n"
                                      "    send SIGTERM to parent\n"
                                      "    join parent\n"
                                      "    set go\n"
                                      "expect terminates\n"
                                      "expect exit parent in {-SIGTERM}\n");

    QCOMPARE(judged, QStringLiteral("held: terminates\nheld: exit parent in {-SIGTERM}"));
}

namespace {

/// A parent and a child that speak through a pipe; `closes` are the parent's lines after the spawn.
std::string conversation(const std::string& closes)
{
    return "pipe a\n"
           "process child:\n"
           "    close a.writer\n"
           "    read text <- a all\n"
           "    say \"child got {text}\"\n"
           "main:\n"
           "    spawn child\n"
           "    write a <- \"hello\"\n"
        + closes
        + "    join child\n"
          "expect terminates\n";
}

} // namespace

void TestExploreProcesses::everyProcessHasCopiesOfThePipes()
{
    QCOMPARE(judgedText(conversation("    close a\n") + "expect output \"child got hello\"\n"),
        QStringLiteral("held: terminates\nheld: output \"child got hello\""));
}

void TestExploreProcesses::closingOneCopyLeavesTheOthers()
{
    const QString why = explanationOf(conversation("    close a.reader\n"));

    QVERIFY2(
        why.contains(QStringLiteral("still has a writer: main holds a.writer")), qPrintable(why));
}

void TestExploreProcesses::processesAreNamedByTheirHandles()
{
    const QString judged = judgedText("process p(n):\n"
                                      "    say n\n"
                                      "    exit n\n"
                                      "main:\n"
                                      "    spawn first = p(1)\n"
                                      "    join first\n"
                                      "    spawn second = p(2)\n"
                                      "    join second\n"
                                      "expect exit first in {1}\n"
                                      "expect exit second in {2}\n"
                                      "expect said \"1\" by first before \"2\" by second\n");

    QCOMPARE(judged,
        QStringLiteral("held: exit first in {1}\nheld: exit second in {2}\n"
                       "held: said \"1\" by first before \"2\" by second"));
}

void TestExploreProcesses::aWalkTellsHowAProcessEnded()
{
    Walk walk(programOf("process p:\n    exit 3\n"));
    QVERIFY(walk.move(0, 0).has_value());

    QCOMPARE(QString::fromStdString(walk.moment().actors.front().sentence.text()),
        QStringLiteral("p has ended, with 3."));
}

void TestExploreProcesses::everyMomentOfAWalkHasWordsAndATrace_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("pipes and a command") << QStringLiteral(
        "pipe a max 4B\nmain:\n"
        "    start c = command \"cat\" stdin from a stdout to own model reads all writes same\n"
        "    write a <- \"ab\"\n    close a\n    read x <- c all\n    join c\n    say x\n");
    QTest::newRow("signals") << QStringLiteral(
        "process p:\n    on SIGUSR1:\n        say \"one\"\n    on SIGUSR2 block\n    alarm 1s\n"
        "    pause\n    await SIGUSR2\nmain:\n    spawn p\n    send SIGUSR1 to p\n"
        "    send SIGUSR2 to p\n    join p\n");
    QTest::newRow("a process that waits for its own is ended") << QStringLiteral(
        "event go\nprocess child:\n    wait go\nprocess parent:\n    spawn child\nmain:\n"
        "    spawn parent\n    send SIGTERM to parent\n    join parent\n    set go\n");
    QTest::newRow("a handler inside of a wait") << QStringLiteral(
        "event e\nmutex m\non SIGUSR1:\n    say \"handled\"\nthread t:\n    with m:\n"
        "        send SIGUSR1 to program\n    set e\nmain:\n    spawn t\n    with m:\n"
        "        yield\n    wait e\n");
}

void TestExploreProcesses::everyMomentOfAWalkHasWordsAndATrace()
{
    QFETCH(const QString, text);
    const std::shared_ptr<const Code> code = programOf(text.toStdString());
    QVERIFY(code != nullptr);
    for (unsigned seed = 0; seed < 10; ++seed) {
        Walk walk(code);
        std::mt19937 lot(seed);
        for (int step = 0; step < 40; ++step) {
            std::vector<ExploredMove> moves;
            for (const ExploredActor& actor : walk.moment().actors) {
                QVERIFY2(!actor.sentence.isEmpty(), actor.name.c_str());
                moves.insert(moves.end(), actor.moves.begin(), actor.moves.end());
            }
            if (moves.empty())
                break;
            const ExploredMove& move = moves[lot() % moves.size()];
            QVERIFY(!move.text.empty());
            QVERIFY(walk.move(move.actor, move.choice).has_value());
        }
        QVERIFY(!walk.moment().headline.isEmpty());
        QVERIFY(walk.trace() != nullptr);
    }
}

QTEST_APPLESS_MAIN(TestExploreProcesses)
#include "tst_explore_processes.moc"
