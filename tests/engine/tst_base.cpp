// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/result.h"
#include "engine/base/sentence.h"
#include "engine/base/text.h"

#include <QtTest>

#include <cerrno>

using namespace heddle;
using namespace std::chrono_literals;

class TestBase : public QObject
{
    Q_OBJECT
private slots:
    void durationsAreReadWithTheirUnit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("nanoseconds");
        QTest::newRow("seconds") << "10s" << 10'000'000'000LL;
        QTest::newRow("milliseconds") << "250ms" << 250'000'000LL;
        QTest::newRow("bare number is seconds") << "1.5" << 1'500'000'000LL;
        QTest::newRow("unknown unit") << "3h" << -1LL;
        QTest::newRow("empty") << "" << -1LL;
        QTest::newRow("too large") << "1e30s" << -1LL;
    }
    void durationsAreReadWithTheirUnit()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, nanoseconds);
        const auto duration = parseDuration(text.toStdString());
        QCOMPARE(duration ? duration->count() : -1LL, nanoseconds);
    }
    void durationsArePrintedWithAFittingUnit()
    {
        QCOMPARE(durationText(320ns), "320 ns");
        QCOMPARE(durationText(1500us), "1.5 ms");
        QCOMPARE(durationText(0ns), "0 ns");
        QCOMPARE(durationLiteral(1500us), "1500us");
    }
    void aSentenceIsItsPatternFilled()
    {
        const Sentence wait =
            Sentence::of("%1 waits for %2", {"a", Sentence::of("room in %1", {"q"})});
        QCOMPARE(wait.text(), std::string("a waits for room in q"));
        QCOMPARE(Sentence::joined({wait, {}, "Done."}).text(),
            std::string("a waits for room in q Done."));
        QCOMPARE(Sentence::list({"a", "b", "c"}).text(), std::string("a, b and c"));
        QCOMPARE(Sentence::list({"a"}).text(), std::string("a"));
        QVERIFY(Sentence::list({}).isEmpty());
    }
    void whatFillsASentenceIsNotLookedInto()
    {
        QCOMPARE(
            Sentence::of("%2 says %1; 100 %", {"%2", "b"}).text(), std::string("b says %2; 100 %"));
        QCOMPARE(Sentence("50 %1").text(), std::string("50 %1"));
        QCOMPARE(Sentence::of("%1 and %2", {"a"}).text(), std::string("a and "));
    }
    void aPatternMatchesAWholeLine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("matches");
        QTest::newRow("star") << "grep 0 sort -13"
                              << "grep * sort *" << true;
        QTest::newRow("question mark") << "worker 3: done"
                                       << "worker ?: done" << true;
        QTest::newRow("brackets are themselves") << "active [1, 2]"
                                                 << "active [*]" << true;
        QTest::newRow("escaped star") << "2 * 3"
                                      << "2 \\* 3" << true;
        QTest::newRow("escaped star is no star") << "2 x 3"
                                                 << "2 \\* 3" << false;
        QTest::newRow("no part of a line") << "xalarm"
                                           << "alarm" << false;
        QTest::newRow("empty") << ""
                               << "*" << true;
    }
    void aPatternMatchesAWholeLine()
    {
        QFETCH(QString, line);
        QFETCH(QString, pattern);
        QFETCH(bool, matches);
        QCOMPARE(matchesPattern(line.toStdString(), pattern.toStdString()), matches);
    }
    void anErrorHasATextWhateverItsNumber()
    {
        QCOMPARE(systemError(ENOENT, "open", "a").text(),
            std::string("open: No such file or directory (a)"));
        QCOMPARE(systemError(-1, "beforeExec").text(), std::string("beforeExec: error -1"));
        QCOMPARE(systemError(99999, "").text(), std::string("error 99999"));
    }
    void theNearestWordIsOffered()
    {
        QCOMPARE(nearestWord("lok", {"unlock", "lock", "local"}).value_or(""), "lock");
        QVERIFY(!nearestWord("zzzz", {"lock"}));
    }
};

QTEST_APPLESS_MAIN(TestBase)
#include "tst_base.moc"
