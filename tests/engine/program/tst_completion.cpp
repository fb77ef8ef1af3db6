// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/completion.h"
#include "engine/model/program/parser.h"
#include "tests/engine/program/program_texts.h"

#include <QTest>

using namespace heddle;

namespace {

/// The caret stands at the `|`.
QStringList wordsAt(std::string text)
{
    const std::size_t caret = text.find('|');
    text.erase(caret, 1);
    const ParsedProgram parsed = parseProgram(text);
    QStringList words;
    for (const Completion& each : completions(*parsed.tree, static_cast<std::uint32_t>(caret)))
        words.append(QString::fromStdString(each.text));
    return words;
}

const std::string kHead =
    "mutex door, desk\npipe wire\nsemaphore room = 1\nqueue jobs\nshared count = 0\n"
    "thread worker(part):\n    pass\ndef double(n):\n    return n\n"
    "main:\n    local total = 0\n    ";

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT

private slots:
    void whatFitsIsOffered_data();
    void whatFitsIsOffered();
    void aBlockOffersStatementsTheTopDeclarations();
    void insertingAFunctionOpensItsBracket();
    void anyPlaceOfAnyTextIsFine();
};

void TestCompletion::whatFitsIsOffered_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("words");
    QTest::newRow("lock takes locks") << QByteArray("lock |") << "door,desk";
    QTest::newRow("with a prefix") << QByteArray("lock de|") << "desk";
    QTest::newRow("acquire takes semaphores") << QByteArray("acquire |") << "room";
    QTest::newRow("put takes queues") << QByteArray("put |") << "jobs";
    QTest::newRow("spawn takes actors") << QByteArray("spawn |") << "worker";
    QTest::newRow("call takes defs") << QByteArray("call |") << "double";
    QTest::newRow("a statement") << QByteArray("ac|") << "acquire";
    QTest::newRow("a variable to store into") << QByteArray("cou|") << "count";
    QTest::newRow("a name in an expression") << QByteArray("total = co|") << "count";
    QTest::newRow("a function") << QByteArray("total = is_|") << "is_set";
    QTest::newRow("a word of the statement") << QByteArray("lock door withi|") << "within";
    QTest::newRow("write takes pipes and handles")
        << QByteArray("write |") << "wire,count,part,n,total";
    QTest::newRow("read delivers first") << QByteArray("read to|") << "total";
    QTest::newRow("an end of a pipe") << QByteArray("close wire.|") << "reader,writer,stderr";
    QTest::newRow("a signal to send") << QByteArray("send SIGUSR|") << "SIGUSR1,SIGUSR2";
    QTest::newRow("a signal to handle") << QByteArray("on SIGAL|") << "SIGALRM";
    QTest::newRow("a word of a wiring")
        << QByteArray("start c = command \"ls\" std|") << "stdin,stdout,stderr";
    QTest::newRow("an exception") << QByteArray("raise Time|") << "Timeout";
}

void TestCompletion::whatFitsIsOffered()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, words);

    QCOMPARE(wordsAt(kHead + line.toStdString()).join(u','), words);
}

void TestCompletion::aBlockOffersStatementsTheTopDeclarations()
{
    const QStringList inside = wordsAt(kHead + "|");
    const QStringList top = wordsAt("|");

    QVERIFY(inside.contains(QStringLiteral("lock")) && inside.contains(QStringLiteral("count")));
    QVERIFY(!inside.contains(QStringLiteral("mutex")));
    QVERIFY(top.contains(QStringLiteral("mutex")) && top.contains(QStringLiteral("expect")));
    QVERIFY(!top.contains(QStringLiteral("lock")));
    QVERIFY(top.contains(QStringLiteral("process")) && !inside.contains(QStringLiteral("process")));
    QVERIFY(top.contains(QStringLiteral("on")) && inside.contains(QStringLiteral("on")));
    QCOMPARE(wordsAt("option noti|"), QStringList(QStringLiteral("notify")));
}

void TestCompletion::insertingAFunctionOpensItsBracket()
{
    const std::string text = kHead + "total = le";
    const ParsedProgram parsed = parseProgram(text);

    const auto found = completions(*parsed.tree, static_cast<std::uint32_t>(text.size()));

    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].insert, std::string("len("));
    QVERIFY(!found[0].summary.empty());
}

void TestCompletion::anyPlaceOfAnyTextIsFine()
{
    std::mt19937 random(5); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
    for (int turn = 0; turn < 100; ++turn) {
        const std::string text = tests::randomBytes(80, random);
        const ParsedProgram parsed = parseProgram(text);
        for (std::uint32_t offset = 0; offset <= text.size() + 2; ++offset)
            QVERIFY(completions(*parsed.tree, offset).size() < 1000);
    }
}

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
