// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/promela_export.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <array>
#include <set>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

const std::string kPipeline = "pipe a, b\n"
                              "main:\n"
                              "    start g = command \"grep\", \"-i\", \"error\" stdout to a\n"
                              "    start s = command \"sort\" stdin from a stdout to b\n"
                              "    start h = command \"head\", \"-3\" stdin from b\n";
const std::string kPipelineEnd = "    close b\n"
                                 "    join h\n"
                                 "    join s\n"
                                 "    join g\n"
                                 "    say \"grep {exit_of(g)} sort {exit_of(s)}\"\n";

/// A tiny explorer of its own: two writers of single letters, a pipe with few places, and a reader
/// that takes all that is there, three times at most.
class TinyPipe
{
public:
    explicit TinyPipe(std::size_t places)
        : m_places(places)
    {
        go({}, {0, 0}, {});
    }
    [[nodiscard]] const std::set<std::string>& outcomes() const { return m_outcomes; }

private:
    static constexpr std::size_t kReads = 3;

    void go(const std::string& inside, const std::array<std::size_t, 2>& written,
        const std::vector<std::string>& read)
    {
        bool hasMoved = false;
        static const std::array<std::string, 2> kLetters{"ab", "xy"};
        for (std::size_t writer = 0; writer < 2; ++writer) {
            const bool canWrite = written[writer] < 2 && inside.size() < m_places;
            if (!canWrite)
                continue;
            hasMoved = true;
            std::array<std::size_t, 2> after = written;
            ++after[writer];
            go(inside + kLetters[writer][written[writer]], after, read);
        }
        if (!inside.empty() && read.size() < kReads) {
            hasMoved = true;
            std::vector<std::string> after = read;
            after.push_back(inside);
            go({}, written, after);
        }
        const bool isOver = written[0] == 2 && written[1] == 2 && read.size() == kReads;
        if (hasMoved || !isOver)
            return;
        std::string outcome;
        for (const std::string& one : read)
            outcome += (outcome.empty() ? "" : "; ") + one;
        m_outcomes.insert(outcome);
    }

    std::size_t m_places;
    std::set<std::string> m_outcomes;
};

} // namespace

class TestExplorePipes : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead();
    void everyOrderOfATinyPipeIsFound_data();
    void everyOrderOfATinyPipeIsFound();
    void aForgottenCopyOfAWriterKeepsTheEndOfInputAway();
    void aPipelineEndsOnceEveryCopyIsClosed();
    void aFullPipeBlocksAndSaysWhoHoldsTheReader();
    void aLongTextGoesThroughInParts();
    void withoutAReaderTheProgramIsToldAndACommandDies();
    void aClosedEndIsToldFromABrokenPipe();
    void linesAreCutOutOfWhatHasCome();
    void communicateFeedsAndDrainsAtOnce();
    void whatAnUnknownCommandWritesIsNotJudged();
    void whatNoModelSaysOfTheErrorsIsNotJudged();
    void whereAnUnknownTextDecidesNothingIsJudged();
    void whetherThereIsATextIsKnown();
    void aPipeIsNoPartOfAModelForSpin();
};

void TestExplorePipes::whatIsWrittenIsRead()
{
    const QString judged = judgedText("pipe a\n"
                                      "main:\n"
                                      "    write a <- \"one\\ntwo\\n\"\n"
                                      "    close a.writer\n"
                                      "    read x <- a line\n"
                                      "    read y <- a line\n"
                                      "    read z <- a line\n"
                                      "    say \"{x} {y} {z}\"\n"
                                      "expect output \"one two none\"\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: output \"one two none\"\nheld: terminates"));
}

void TestExplorePipes::everyOrderOfATinyPipeIsFound_data()
{
    QTest::addColumn<int>("places");
    QTest::newRow("one place") << 1;
    QTest::newRow("two places") << 2;
    QTest::newRow("room for all") << 4;
}

void TestExplorePipes::everyOrderOfATinyPipeIsFound()
{
    QFETCH(const int, places);
    const std::shared_ptr<const Code> code = programOf("pipe a max " + std::to_string(places)
        + "B\n"
          "thread one:\n    write a <- \"a\"\n    write a <- \"b\"\n"
          "thread two:\n    write a <- \"x\"\n    write a <- \"y\"\n"
          "thread reader:\n    repeat 3:\n        read x <- a\n        say x\n"
          "expect outcomes {\"?\"}\n");
    QVERIFY(code != nullptr);

    const ExplorationReport report = explore(code, {});

    const std::set<std::string> found(report.outcomes.begin(), report.outcomes.end());
    QVERIFY(found == TinyPipe(static_cast<std::size_t>(places)).outcomes());
}

void TestExplorePipes::aForgottenCopyOfAWriterKeepsTheEndOfInputAway()
{
    const std::string text = kPipeline + kPipelineEnd + "expect terminates\n";

    QCOMPARE(
        judgedText(text), QStringLiteral("failed: terminates: a schedule leads to a deadlock"));
    QVERIFY2(explanationOf(text).contains(QStringLiteral(
                 "s reads from pipe a, of which more is to come, for it still has a writer: "
                 "main holds a.writer"))
            || explanationOf(text).contains(QStringLiteral(
                "s reads from pipe a, which is empty and still has a writer: main holds a.writer")),
        qPrintable(explanationOf(text)));
}

void TestExplorePipes::aPipelineEndsOnceEveryCopyIsClosed()
{
    const QString judged = judgedText(kPipeline + "    close a\n" + kPipelineEnd
        + "expect terminates\nexpect exit s in {0, 1, -SIGPIPE}\nexpect exit s in {0, -SIGPIPE}\n");

    QVERIFY2(judged.contains(QStringLiteral("held: terminates")), qPrintable(judged));
    QVERIFY2(
        judged.contains(QStringLiteral("held: exit s in {0, 1, -SIGPIPE}")), qPrintable(judged));
    QVERIFY2(judged.contains(QStringLiteral(
                 "not checked: exit s in {0, -SIGPIPE}: depends on what the command \"s\" does")),
        qPrintable(judged));
}

void TestExplorePipes::aFullPipeBlocksAndSaysWhoHoldsTheReader()
{
    const std::string text = "pipe a max 4B\n"
                             "main:\n"
                             "    write a <- \"abc\"\n"
                             "    write a <- \"de\"\n"
                             "expect terminates\n";

    QVERIFY2(explanationOf(text).contains(QStringLiteral(
                 "main writes into pipe a, which is full and still has a reader: main holds "
                 "a.reader")),
        qPrintable(explanationOf(text)));
}

void TestExplorePipes::aLongTextGoesThroughInParts()
{
    const QString judged = judgedText("pipe a max 2B\n"
                                      "thread writer:\n"
                                      "    write a <- \"abcde\"\n"
                                      "    close a.writer\n"
                                      "thread reader:\n"
                                      "    local all = \"\"\n"
                                      "    for line in a:\n"
                                      "        all = all + line\n"
                                      "    assert all == \"abcde\"\n"
                                      "expect assert holds\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: assert holds\nheld: terminates"));
}

void TestExplorePipes::withoutAReaderTheProgramIsToldAndACommandDies()
{
    const QString judged =
        judgedText("pipe a\n"
                   "main:\n"
                   "    start c = command \"yes\" stdout to a model writes 3B exits {0}\n"
                   "    close a.reader\n"
                   "    try:\n"
                   "        write a <- \"x\"\n"
                   "    except BrokenPipe:\n"
                   "        say \"broken\"\n"
                   "    join c\n"
                   "expect raised BrokenPipe 1 times\n"
                   "expect exit c in {0, -SIGPIPE}\n"
                   "expect exit c in {0}\n"
                   "expect terminates\n");

    QCOMPARE(judged,
        QStringLiteral("held: raised BrokenPipe 1 times\n"
                       "held: exit c in {0, -SIGPIPE}\n"
                       "failed: exit c in {0}: c can end with -13\n"
                       "held: terminates"));
}

void TestExplorePipes::aClosedEndIsToldFromABrokenPipe()
{
    const QString judged = judgedText("pipe a\n"
                                      "main:\n"
                                      "    close a.reader\n"
                                      "    try:\n"
                                      "        read x <- a\n"
                                      "    except Closed:\n"
                                      "        say \"closed here\"\n"
                                      "expect output \"closed here\"\n");

    QCOMPARE(judged, QStringLiteral("held: output \"closed here\""));
}

void TestExplorePipes::linesAreCutOutOfWhatHasCome()
{
    const QString judged = judgedText("pipe a\n"
                                      "thread writer:\n"
                                      "    write a <- \"o\"\n"
                                      "    write a <- \"ne\\ntw\"\n"
                                      "    write a <- \"o\"\n"
                                      "    close a.writer\n"
                                      "thread reader:\n"
                                      "    for line in a:\n"
                                      "        say line\n"
                                      "expect outcomes {\"one; two\"}\n");

    QCOMPARE(judged, QStringLiteral("held: outcomes {\"one; two\"}"));
}

void TestExplorePipes::communicateFeedsAndDrainsAtOnce()
{
    const QString judged = judgedText(
        "main:\n"
        "    start c = command \"cat\" stdin from own stdout to own model reads line writes same "
        "exits {0}\n"
        "    communicate c <- \"a\\nb\\n\" into out\n"
        "    say out\n"
        "    say exit_of(c)\n"
        "expect said \"0\" 1 times\n"
        "expect exit c in {0}\n"
        "expect terminates\n");

    QCOMPARE(
        judged, QStringLiteral("held: said \"0\" 1 times\nheld: exit c in {0}\nheld: terminates"));
}

void TestExplorePipes::whatAnUnknownCommandWritesIsNotJudged()
{
    const QString judged = judgedText("main:\n"
                                      "    start c = command \"date\"\n"
                                      "    join c\n"
                                      "    say \"done\"\n"
                                      "expect said \"done\" 1 times\n"
                                      "expect terminates\n"
                                      "expect exit c in {0, 1}\n");

    QCOMPARE(judged,
        QStringLiteral(
            "not checked: said \"done\" 1 times: depends on what the command \"c\" writes\n"
            "held: terminates\n"
            "held: exit c in {0, 1}"));
}

void TestExplorePipes::whatNoModelSaysOfTheErrorsIsNotJudged()
{
    const QString judged = judgedText(
        "main:\n"
        "    start c = shell \"cat; echo x >&2\" stdin from own stdout to own stderr to own "
        "model reads all writes same exits {0}\n"
        "    communicate c <- \"a\" into out, err\n"
        "    assert len(err) == 2\n"
        "    say out\n"
        "expect output \"a\"\n"
        "expect assert holds\n"
        "expect exit c in {0}\n"
        "expect exit program in {0}\n");

    QCOMPARE(judged,
        QStringLiteral("not checked: output \"a\": depends on what the command \"c\" writes\n"
                       "not checked: assert holds: depends on what the command \"c\" writes\n"
                       "held: exit c in {0}\n"
                       "not checked: exit program in {0}: depends on what the command \"c\" "
                       "writes"));
}

void TestExplorePipes::whereAnUnknownTextDecidesNothingIsJudged()
{
    const std::string program = "mutex m\n"
                                "main:\n"
                                "    start c = command \"echo\", \"hello\" stdout to own\n"
                                "    read x <- c line\n"
                                "    if upper(x) == \"HELLO\":\n"
                                "        lock m\n"
                                "        lock m\n"
                                "    join c\n";

    const ExplorationReport silent = explore(programOf(program), ExplorerLimits());
    const QString judged = judgedText(program
        + "expect deadlock free\n"
          "expect terminates\n"
          "expect deadlock reachable\n"
          "expect exit program in {0}\n");

    QCOMPARE(silent.verdict, ExplorationVerdict::Undecided);
    QVERIFY(
        silent.limit && silent.limit->text().find("what the command \"c\"") != std::string::npos);
    for (const QString& line : judged.split(QLatin1Char('\n'))) {
        QVERIFY2(line.startsWith(QStringLiteral("not checked: ")), qPrintable(line));
        QVERIFY2(line.endsWith(QStringLiteral("depends on what the command \"c\" writes")),
            qPrintable(line));
    }
}

void TestExplorePipes::whetherThereIsATextIsKnown()
{
    const QString judged = judgedText("main:\n"
                                      "    start c = command \"date\"\n"
                                      "    communicate c into out\n"
                                      "    assert out == none\n"
                                      "    join c\n"
                                      "expect assert holds\n"
                                      "expect terminates\n");

    QCOMPARE(judged, QStringLiteral("held: assert holds\nheld: terminates"));
}

void TestExplorePipes::aPipeIsNoPartOfAModelForSpin()
{
    const std::shared_ptr<const Code> code = programOf("pipe a\nmain:\n    write a <- \"x\"\n");
    QVERIFY(code != nullptr);

    const Result<std::string> model = toPromela(*code);

    QVERIFY(!model);
    QVERIFY(model.error().detail.find("a pipe") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestExplorePipes)
#include "tst_explore_pipes.moc"
