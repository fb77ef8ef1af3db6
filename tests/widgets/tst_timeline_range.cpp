// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "tests/widgets/trace_samples.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/timeline_navigator.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace heddle;
using namespace heddle::widgets;
using namespace std::chrono_literals;

class TestTimelineRange : public QObject
{
    Q_OBJECT

private slots:
    void aRangeIsWidenedToTheShortest();
    void aRangeIsMovedIntoTheTrace();
    void anUnchangedRangeIsNotAnnounced();
    void theCursorIsClampedAndCleared();
    void anEmptySelectionIsNoSelection();
    void followingMovesWithTheEnd();
    void followingALongTraceKeepsItsWindow();
    void aReplacedTraceIsShownWhole();
    void growthFromAnyThreadIsAnnouncedOnce();
    void movesCanBeUndoneAndRedone();
    void panningByHandSwitchesFollowOff();
};

void TestTimelineRange::aRangeIsWidenedToTheShortest()
{
    TimelineRange range;
    range.setExtent(1ms);
    range.setVisible(500us, 500us + 20ns);
    QCOMPARE(range.duration(), TimelineRange::kShortest);
    QVERIFY(range.begin() < 500us && range.end() > 500us);
}

void TestTimelineRange::aRangeIsMovedIntoTheTrace()
{
    TimelineRange range;
    range.setExtent(10ms);
    range.setVisible(-5ms, -3ms);
    QCOMPARE(range.begin(), TimelineRange::nanoseconds{0});
    QCOMPARE(range.duration(), TimelineRange::nanoseconds{2ms});
    range.setVisible(50ms, 52ms);
    QVERIFY(range.begin() < 10ms);
    range.setVisible(0ms, 100s);
    QCOMPARE(range.duration(), TimelineRange::nanoseconds{12ms});
}

void TestTimelineRange::anUnchangedRangeIsNotAnnounced()
{
    TimelineRange range;
    range.setExtent(10ms);
    QSignalSpy visible(&range, &TimelineRange::visibleChanged);
    range.setVisible(1ms, 2ms);
    range.setVisible(1ms, 2ms);
    QCOMPARE(visible.count(), 1);
}

void TestTimelineRange::theCursorIsClampedAndCleared()
{
    TimelineRange range;
    range.setExtent(10ms);
    QSignalSpy moved(&range, &TimelineRange::cursorChanged);
    QVERIFY(!range.hasCursor());
    QCOMPARE(range.cursor(), TimelineRange::nanoseconds{10ms}); // none: the end
    range.setCursor(99ms);
    QCOMPARE(range.cursor(), TimelineRange::nanoseconds{10ms});
    range.clearCursor();
    range.clearCursor();
    QCOMPARE(moved.count(), 2);
}

void TestTimelineRange::anEmptySelectionIsNoSelection()
{
    TimelineRange range;
    range.setExtent(10ms);
    QSignalSpy changed(&range, &TimelineRange::selectionChanged);
    range.setSelection({3ms, 3ms, {LaneId{1}}});
    QCOMPARE(changed.count(), 0);
    range.setSelection({3ms, 40ms, {LaneId{1}}});
    QCOMPARE(range.selection().end, TimelineRange::nanoseconds{10ms});
    range.clearSelection();
    QCOMPARE(changed.count(), 2);
}

void TestTimelineRange::followingMovesWithTheEnd()
{
    TimelineRange range;
    range.setExtent(1ms);
    range.setFollow(Follow::On);
    range.setExtent(5ms);
    QCOMPARE(range.begin(), TimelineRange::nanoseconds{0});
    QCOMPARE(range.end(), TimelineRange::nanoseconds{5ms});
    range.setFollow(Follow::Off);
    range.setExtent(9ms);
    QCOMPARE(range.end(), TimelineRange::nanoseconds{5ms});
}

void TestTimelineRange::followingALongTraceKeepsItsWindow()
{
    TimelineRange range;
    range.setExtent(60s);
    range.setFollow(Follow::On);
    QCOMPARE(range.duration(), TimelineRange::nanoseconds{10s});
    range.setVisible(59s, 60s);
    range.setExtent(70s);
    QCOMPARE(range.duration(), TimelineRange::nanoseconds{1s});
    QCOMPARE(range.end(), TimelineRange::nanoseconds{70s});
}

void TestTimelineRange::aReplacedTraceIsShownWhole()
{
    TraceDocument document;
    TimelineRange range;
    range.attachTo(document);
    document.setTrace(tests::combTrace(1000));
    QCOMPARE(range.extent(), TimelineRange::nanoseconds{1ms});
    QCOMPARE(range.end(), TimelineRange::nanoseconds{1ms});
    QVERIFY(!range.isFollowing());
}

void TestTimelineRange::growthFromAnyThreadIsAnnouncedOnce()
{
    TraceBuilder builder;
    TraceDocument document;
    TimelineRange range;
    range.attachTo(document);
    document.setTrace(builder.trace());
    QVERIFY(range.isFollowing());
    QSignalSpy grown(&document, &TraceDocument::grown);
    builder.setEnd(2'000'000);
    std::thread([&document] {
        for (int poke = 0; poke < 1000; ++poke)
            document.notifyGrown();
    }).join();
    QVERIFY(grown.wait());
    QCOMPARE(grown.count(), 1);
    QCOMPARE(range.extent(), TimelineRange::nanoseconds{2ms});
    builder.finish();
    document.notifyGrown();
    QVERIFY(grown.wait());
    QVERIFY(!range.isFollowing());
}

void TestTimelineRange::movesCanBeUndoneAndRedone()
{
    TimelineRange range;
    range.setExtent(100ms);
    range.showAll();
    TimelineNavigator navigator(range);
    navigator.show(10'000'000, 20'000'000);
    navigator.show(12'000'000, 14'000'000);
    navigator.undo();
    QCOMPARE(range.begin(), TimelineRange::nanoseconds{10ms});
    navigator.undo();
    QCOMPARE(range.end(), TimelineRange::nanoseconds{100ms});
    navigator.redo();
    navigator.redo();
    QCOMPARE(range.begin(), TimelineRange::nanoseconds{12ms});
}

void TestTimelineRange::panningByHandSwitchesFollowOff()
{
    TimelineRange range;
    range.setExtent(100s);
    range.setFollow(Follow::On);
    TimelineNavigator navigator(range);
    navigator.pan(-0.1);
    QVERIFY(!range.isFollowing());
    QCOMPARE(range.end(), TimelineRange::nanoseconds{99s});
}

QTEST_GUILESS_MAIN(TestTimelineRange)
#include "tst_timeline_range.moc"
