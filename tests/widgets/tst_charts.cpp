// SPDX-License-Identifier: GPL-3.0-only
#include "tests/widgets/trace_samples.h"
#include "widgets/charts/chart_data.h"
#include "widgets/charts/charts_widget.h"
#include "widgets/charts/level_chart.h"
#include "widgets/charts/utilization_chart.h"
#include "widgets/charts/waits_chart.h"
#include "widgets/shared/state_colours.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocumentFragment>

using namespace heddle;
using namespace heddle::widgets;

namespace {

/// A chart over a trace.
struct ShownChart
{
    explicit ShownChart(QSize size = {600, 240})
    {
        range.attachTo(document);
        chart.resize(size);
        chart.show();
        document.setTrace(tests::philosophersTrace());
    }

    /// Waits until something is drawn.
    [[nodiscard]] bool isDrawn() const
    {
        return QTest::qWaitFor([this] { return !chart.isEmpty(); });
    }

    TraceDocument document;
    TimelineRange range;
    UtilizationChart chart{document, range};
};

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private slots:
    void utilizationIsSharedOutByState();
    void anUnknownLaneHasNoUtilization();
    void levelsBeginAndEndWithTheSpan();
    void waitsAreSortedByTheirTime();
    void emptyChartsSayWhatToDo();
    void chartsFillWhenATraceComes();
    void chartsFollowTheVisibleRange();
    void aClickMovesTheCursor();
    void aNarrowChartStillNamesItsColours();
    void theArrowKeysMoveTheCursor();
    void chartsAreSaved_data();
    void chartsAreSaved();
};

void TestCharts::utilizationIsSharedOutByState()
{
    const auto trace = tests::combTrace(10'000);
    const UtilizationCurves curves = utilizationCurves(*trace, {}, {0, trace->end(), 20}, {});
    QVERIFY(!curves.isEmpty);
    QCOMPARE(curves.times.size(), std::size_t{21});
    for (std::size_t column = 0; column < 20; ++column) {
        QVERIFY(std::abs(curves.shares[0][column] - 0.5) < 0.05);
        QVERIFY(std::abs(curves.shares[2][column] - 0.5) < 0.05);
    }
}

void TestCharts::anUnknownLaneHasNoUtilization()
{
    const auto trace = tests::combTrace(100);
    QVERIFY(utilizationCurves(*trace, LaneId{99}, {0, trace->end(), 20}, {}).isEmpty);
}

void TestCharts::levelsBeginAndEndWithTheSpan()
{
    const auto trace = tests::philosophersTrace();
    const ChartSpan span{trace->end() / 4, trace->end() / 2, 200};
    const auto curves = levelCurves(*trace, span, 3, {});
    QCOMPARE(curves.size(), std::size_t{3});
    for (const LevelCurve& curve : curves) {
        QCOMPARE(curve.samples.front().time, span.from);
        QCOMPARE(curve.samples.back().time, span.to);
        QCOMPARE(curve.highest, std::int64_t{1});
    }
}

void TestCharts::waitsAreSortedByTheirTime()
{
    const auto trace = tests::philosophersTrace();
    const auto bars = waitBars(*trace, {0, trace->end(), 1}, 3, {});
    QCOMPARE(bars.size(), std::size_t{3});
    QVERIFY(bars[0].totalNanoseconds >= bars[1].totalNanoseconds
        && bars[1].totalNanoseconds >= bars[2].totalNanoseconds);
    QVERIFY(bars[0].object.starts_with("fork["));
    QVERIFY(bars[0].count > 0);
}

void TestCharts::emptyChartsSayWhatToDo()
{
    TraceDocument document;
    TimelineRange range;
    ChartsWidget charts(document, range);
    charts.show();
    QVERIFY(charts.utilization().isEmpty());
    QVERIFY(charts.levels().isEmpty());
    QVERIFY(charts.waits().isEmpty());
}

void TestCharts::chartsFillWhenATraceComes()
{
    TraceDocument document;
    TimelineRange range;
    range.attachTo(document);
    ChartsWidget charts(document, range);
    charts.show();
    document.setTrace(tests::philosophersTrace());
    QTRY_COMPARE(charts.utilization().plot().curveCount(), std::size_t{5});
    QTRY_COMPARE(charts.levels().plot().curveCount(), std::size_t{5});
    QTRY_COMPARE(charts.waits().plot().curveCount(), std::size_t{1});
    QTRY_VERIFY(charts.waits().plot().csv().contains("fork["));
}

void TestCharts::chartsFollowTheVisibleRange()
{
    ShownChart shown;
    QVERIFY(shown.isDrawn());
    shown.range.setVisible(std::chrono::milliseconds{10}, std::chrono::milliseconds{11});
    QTRY_VERIFY(shown.chart.plot().csv().contains(",10000000,"));
}

void TestCharts::aClickMovesTheCursor()
{
    ShownChart shown;
    QVERIFY(shown.isDrawn());
    QWidget* canvas = shown.chart.plot().findChild<QWidget*>();
    QVERIFY(canvas);
    canvas->grab(); // lays out the axes
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->rect().center());
    QVERIFY(shown.range.hasCursor());
    const double share = static_cast<double>(shown.range.cursor().count())
        / static_cast<double>(shown.range.extent().count());
    QVERIFY(share > 0.4 && share < 0.6);
}

void TestCharts::aNarrowChartStillNamesItsColours()
{
    ShownChart shown({300, 170}); // what a third of the dock has in a window of 1280 × 720
    QVERIFY(shown.isDrawn());
    QCoreApplication::processEvents();

    QString legend;
    for (const QLabel* label : shown.chart.findChildren<QLabel*>()) {
        if (!label->isVisible() || !label->text().contains(QStringLiteral("■")))
            continue;
        legend += QTextDocumentFragment::fromHtml(label->text()).toPlainText();
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
    for (const StateGroup group : {StateGroup::Running, StateGroup::Contention, StateGroup::Idle}) {
        const QString word = stateGroupWord(group);
        QVERIFY2(legend.replace(QChar::Nbsp, u' ').contains(word), qPrintable(word + legend));
    }
    QVERIFY(shown.chart.plot().height() >= 60);
}

void TestCharts::theArrowKeysMoveTheCursor()
{
    ShownChart shown;
    QVERIFY(shown.isDrawn());

    QTest::keyClick(&shown.chart, Qt::Key_Right);
    QVERIFY(shown.range.hasCursor());
    const auto first = shown.range.cursor();
    QTest::keyClick(&shown.chart, Qt::Key_Right);
    QVERIFY(shown.range.cursor() > first);
    QTest::keyClick(&shown.chart, Qt::Key_Left);
    QCOMPARE(shown.range.cursor(), first);
}

void TestCharts::chartsAreSaved_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("png") << QStringLiteral("chart.png") << QByteArray("\x89PNG");
    QTest::newRow("svg") << QStringLiteral("chart.svg") << QByteArray("<?xml");
    QTest::newRow("csv") << QStringLiteral("chart.csv") << QByteArray("curve,time_ns,value");
}

void TestCharts::chartsAreSaved()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begin);
    const QTemporaryDir folder;
    ShownChart shown;
    QVERIFY(shown.isDrawn());
    QVERIFY(shown.chart.save(folder.filePath(name)));
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith(begin));
    QVERIFY(!shown.chart.save(folder.filePath(QStringLiteral("no/such/folder/") + name)));
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
