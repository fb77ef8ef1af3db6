// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/ruler_ticks.h"
#include "widgets/timeline/timeline_coordinates.h"

#include <QTest>

using namespace heddle::widgets;

class TestCoordinates : public QObject
{
    Q_OBJECT

private slots:
    void pixelsSurviveTheWayToTimeAndBack_data();
    void pixelsSurviveTheWayToTimeAndBack();
    void emptyScalesDoNotDivideByZero();
    void zoomingKeepsTheMomentUnderTheMouse_data();
    void zoomingKeepsTheMomentUnderTheMouse();
    void tileLevelsAreNeverFinerThanAPixel_data();
    void tileLevelsAreNeverFinerThanAPixel();
    void tilesCoverTimeWithoutGaps();
    void rulerStepsAreRound_data();
    void rulerStepsAreRound();
    void rulerTicksLieOnTheirSteps();
    void theRulerOfAScheduleCountsItsSteps();
};

void TestCoordinates::pixelsSurviveTheWayToTimeAndBack_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    QTest::newRow("the whole of a second") << qint64{0} << qint64{1'000'000'000};
    QTest::newRow("a hundred days in, a millisecond wide")
        << qint64{8'640'000'000'000'000} << qint64{8'640'000'001'000'000};
    QTest::newRow("the shortest range") << qint64{123'456'789} << qint64{123'457'289};
    QTest::newRow("before the trace") << qint64{-5'000'000} << qint64{5'000'000};
}

void TestCoordinates::pixelsSurviveTheWayToTimeAndBack()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    const TimeScale scale{begin, end, 1200.0};
    for (int pixel = 0; pixel <= 1200; pixel += 7) {
        // A pixel may be shorter than a nanosecond: then it comes back to within that nanosecond.
        const double tolerance = std::max(0.01, 0.51 / nanosecondsPerPixel(scale));
        const double back = pixelAt(scale, timeAt(scale, pixel));
        QVERIFY2(std::abs(back - pixel) <= tolerance,
            qPrintable(QStringLiteral("%1 became %2").arg(pixel).arg(back)));
    }
    QCOMPARE(timeAt(scale, 0.0), begin);
    QCOMPARE(timeAt(scale, 1200.0), end);
}

void TestCoordinates::emptyScalesDoNotDivideByZero()
{
    const TimeScale scale{10, 10, 0.0};
    QVERIFY(nanosecondsPerPixel(scale) > 0.0);
    QCOMPARE(timeAt(scale, 0.0), std::int64_t{10});
}

void TestCoordinates::zoomingKeepsTheMomentUnderTheMouse_data()
{
    QTest::addColumn<double>("pixel");
    QTest::addColumn<double>("factor");
    QTest::newRow("in at the left edge") << 0.0 << 0.5;
    QTest::newRow("in at the middle") << 500.0 << 0.7;
    QTest::newRow("out near the right edge") << 990.0 << 1.9;
}

void TestCoordinates::zoomingKeepsTheMomentUnderTheMouse()
{
    QFETCH(double, pixel);
    QFETCH(double, factor);
    const TimeScale before{1'000'000, 3'000'000, 1000.0};
    const TimeScale after = zoomed(before, pixel, factor);
    QVERIFY(std::abs(pixelAt(after, timeAt(before, pixel)) - pixel) < 0.01);
    QVERIFY(std::abs(static_cast<double>(after.end - after.begin) - 2'000'000 * factor) < 4);
}

void TestCoordinates::tileLevelsAreNeverFinerThanAPixel_data()
{
    QTest::addColumn<double>("perPixel");
    QTest::addColumn<int>("level");
    QTest::newRow("closer than a nanosecond") << 0.26 << 0;
    QTest::newRow("just a nanosecond") << 1.0 << 0;
    QTest::newRow("a little more") << 1.01 << 1;
    QTest::newRow("a power of two") << 1024.0 << 10;
    QTest::newRow("years") << 1e30 << kLargestTileLevel;
}

void TestCoordinates::tileLevelsAreNeverFinerThanAPixel()
{
    QFETCH(double, perPixel);
    QTEST(tileLevelFor(perPixel), "level");
}

void TestCoordinates::tilesCoverTimeWithoutGaps()
{
    QCOMPARE(tileDuration(3), std::int64_t{512 * 8});
    QCOMPARE(tileIndexAt(3, 0), std::int64_t{0});
    QCOMPARE(tileIndexAt(3, 4095), std::int64_t{0});
    QCOMPARE(tileIndexAt(3, 4096), std::int64_t{1});
    QCOMPARE(tileIndexAt(3, -1), std::int64_t{-1});
    QCOMPARE(tileIndexAt(3, -4096), std::int64_t{-1});
    QCOMPARE(tileIndexAt(3, -4097), std::int64_t{-2});
}

void TestCoordinates::rulerStepsAreRound_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<qint64>("step");
    QTest::newRow("500 ns") << qint64{500} << qint64{50};
    QTest::newRow("1 ms") << qint64{1'000'000} << qint64{100'000};
    QTest::newRow("37 ms") << qint64{37'000'000} << qint64{5'000'000};
    QTest::newRow("a minute") << qint64{60'000'000'000} << qint64{10'000'000'000};
}

void TestCoordinates::rulerStepsAreRound()
{
    QFETCH(qint64, duration);
    const TimeScale scale{0, duration, 1000.0};
    QTEST(static_cast<qint64>(rulerStep(scale, 100.0)), "step");
}

void TestCoordinates::rulerTicksLieOnTheirSteps()
{
    const TimeScale scale{1'234'567, 9'876'543, 900.0};
    const std::int64_t step = rulerStep(scale, 100.0);
    int labelled = 0;
    for (const RulerTick& tick : rulerTicks(scale, 100.0)) {
        QCOMPARE(tick.isMajor(), tick.time % step == 0);
        QVERIFY(std::abs(tick.pixel - pixelAt(scale, tick.time)) < 1e-6);
        labelled += tick.isMajor() ? 1 : 0;
    }
    QVERIFY(labelled >= 4 && labelled <= 10);
}

void TestCoordinates::theRulerOfAScheduleCountsItsSteps()
{
    const TraceTimes times(std::int64_t{1'000'000});
    const TimeScale wide{0, 40'000'000, 1000.0};
    QStringList labels;
    for (const RulerTick& tick : rulerTicks(wide, 100.0, times)) {
        QCOMPARE(tick.time % 1'000'000, std::int64_t{0});
        if (tick.isMajor())
            labels.append(tick.label);
    }
    QCOMPARE(labels.join(u' '), QStringLiteral("0 5 10 15 20 25 30 35 40"));

    const TimeScale close{0, 2'000'000, 1000.0}; // no mark between two steps
    QCOMPARE(rulerTicks(close, 100.0, times).size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestCoordinates)
#include "tst_coordinates.moc"
