// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "tests/widgets/trace_samples.h"
#include "widgets/shared/state_colours.h"
#include "widgets/timeline/frame_times.h"
#include "widgets/timeline/lane_layout.h"
#include "widgets/timeline/tile_geometry.h"
#include "widgets/timeline/tile_raster.h"
#include "widgets/timeline/timeline_query.h"
#include "widgets/timeline/trace_overview.h"

#include <QTest>

#include <numeric>

using namespace heddle;
using namespace heddle::widgets;

namespace {

TrackId firstTrack(const Trace& trace, TrackKind kind)
{
    for (const Lane& lane : trace.lanes()) {
        for (const TrackId id : lane.tracks) {
            if (trace.track(id)->kind() == kind)
                return id;
        }
    }
    return {};
}

StateShares shares(float running, float runnable, float contention, float idle, float error)
{
    StateShares result;
    result.share = {running, runnable, contention, idle, error};
    return result;
}

} // namespace

class TestTimelineGeometry : public QObject
{
    Q_OBJECT

private slots:
    void groupsAndLanesFollowEachOther();
    void aCollapsedGroupHidesItsLanes();
    void everyPlaceFindsItsLaneAgain();
    void aTileOfLongSlicesIsBoxes();
    void aTileOfShortSlicesIsStacks();
    void inBetweenSlicesAreSmallBoxes();
    void whatLiesOutsideATileIsNotInIt();
    void anUnfinishedSliceReachesTheEnd();
    void levelsCarryOverToLaterColumns();
    void stacksKeepContentionVisible_data();
    void stacksKeepContentionVisible();
    void tilesArePaintedInTheColoursOfTheStates();
    void levelsAreScaledToRoundTops_data();
    void levelsAreScaledToRoundTops();
    void deadlocksAreFoundWithTheBeginOfTheirWait();
    void theOverviewSharesAddUp();
    void selectionsAreSummedUpExactly();
    void neighboursAreFoundInBothDirections();
    void edgesLeadToTheOtherLane();
    void frameTimesKnowTheirPercentiles();
};

void TestTimelineGeometry::groupsAndLanesFollowEachOther()
{
    const auto trace = tests::philosophersTrace();
    const LaneLayout layout = layOut(*trace, {});
    QCOMPARE(layout.groups.size(), std::size_t{3});
    QCOMPARE(layout.lanes.size(), trace->lanes().size());
    int bottom = 0;
    for (const LanePlace& lane : layout.lanes) {
        QVERIFY(lane.y >= bottom);
        bottom = lane.y + lane.height;
        for (const StripPlace& strip : lane.strips)
            QVERIFY(strip.y >= lane.y && strip.y + strip.height <= bottom);
    }
    QCOMPARE(layout.height, bottom);
}

void TestTimelineGeometry::aCollapsedGroupHidesItsLanes()
{
    const auto trace = tests::philosophersTrace();
    const LaneLayout layout = layOut(*trace, {LaneGroup::Actors});
    QVERIFY(layout.groups.front().isCollapsed);
    QCOMPARE(layout.groups.front().laneCount, std::size_t{5});
    for (const LanePlace& lane : layout.lanes)
        QVERIFY(lane.lane.group != LaneGroup::Actors);
}

void TestTimelineGeometry::everyPlaceFindsItsLaneAgain()
{
    const auto trace = tests::philosophersTrace();
    const LaneLayout layout = layOut(*trace, {});
    for (const LanePlace& lane : layout.lanes) {
        QCOMPARE(layout.laneAt(lane.y), &lane);
        QCOMPARE(layout.laneAt(lane.y + lane.height - 1), &lane);
        for (const StripPlace& strip : lane.strips)
            QCOMPARE(layout.stripAt(strip.y + strip.height / 2), &strip);
    }
    QCOMPARE(layout.laneAt(layout.height), nullptr);
    QCOMPARE(layout.laneAt(-1), nullptr);
    QCOMPARE(
        lanesBetween(layout, layout.lanes[2].y + 1, layout.lanes[0].y + 1).size(), std::size_t{3});
}

void TestTimelineGeometry::aTileOfLongSlicesIsBoxes()
{
    const auto trace = tests::combTrace(1000); // 1 µs each
    const TileContent content =
        tileContent(*trace, {firstTrack(*trace, TrackKind::Activity), 5, 0}); // 32 ns a column
    QCOMPARE(content.boxes.size(), std::size_t{17}); // 512 × 32 ns reach into the 17th
    QVERIFY(content.columns.empty());
    QVERIFY(content.isComplete);
}

void TestTimelineGeometry::aTileOfShortSlicesIsStacks()
{
    const auto trace = tests::combTrace(10'000);
    const TileContent content =
        tileContent(*trace, {firstTrack(*trace, TrackKind::Activity), 13, 0}); // 8192 ns a column
    QVERIFY(content.boxes.empty());
    QCOMPARE(content.columns.size(), std::size_t{kTileColumns});
    QVERIFY(content.isStack[100]);
    const StateShares& column = content.columns[100];
    QVERIFY(std::abs(column.share[0] - 0.5F) < 0.1F);
    QVERIFY(std::abs(column.share[2] - 0.5F) < 0.1F);
}

void TestTimelineGeometry::inBetweenSlicesAreSmallBoxes()
{
    const auto trace = tests::combTrace(1000);
    const TileContent content =
        tileContent(*trace, {firstTrack(*trace, TrackKind::Activity), 8, 0}); // 256 ns a column
    QVERIFY(content.boxes.empty());
    QVERIFY(content.smallBoxes.size() > 100);
    QVERIFY(content.columns.empty());
}

void TestTimelineGeometry::whatLiesOutsideATileIsNotInIt()
{
    const auto trace = tests::combTrace(1000);
    const TileKey key{firstTrack(*trace, TrackKind::Activity), 5, 3};
    const TileContent content = tileContent(*trace, key);
    QVERIFY(!content.boxes.empty());
    for (const Slice& slice : content.boxes)
        QVERIFY(slice.end > key.begin() && slice.begin < key.end());
    QVERIFY(tileContent(*trace, {key.track, 5, 9999}).boxes.empty());
    QVERIFY(tileContent(*trace, {TrackId{4711}, 5, 0}).boxes.empty());
}

void TestTimelineGeometry::anUnfinishedSliceReachesTheEnd()
{
    TraceBuilder builder;
    builder.defineActor(ActorId{1}, ActorKind::Thread, "worker");
    TraceEvent started;
    started.lane = 1;
    started.time = 1000;
    started.kind = EventKind::ActorStarted;
    builder.append({&started, 1});
    builder.setEnd(400'000);
    const auto trace = builder.trace();
    const TileContent content =
        tileContent(*trace, {firstTrack(*trace, TrackKind::Activity), 10, 0});
    QCOMPARE(content.boxes.size(), std::size_t{1});
    QCOMPARE(content.boxes.front().end, std::int64_t{400'000});
    QVERIFY(!content.isComplete);
}

void TestTimelineGeometry::levelsCarryOverToLaterColumns()
{
    TraceBuilder builder;
    Lane lane;
    lane.group = LaneGroup::Counters;
    lane.name = "length";
    const TrackId track = builder.addTrack(builder.addLane(lane), TrackKind::Level, 0);
    builder.addSample(track, {1000, 3});
    builder.addSample(track, {300'000, 1});
    builder.setEnd(600'000);
    builder.finish();
    const TileContent content = tileContent(*builder.trace(), {track, 10, 0}); // 1024 ns a column
    QCOMPARE(content.levels[100].low, std::int64_t{3});
    QCOMPARE(content.levels[100].high, std::int64_t{3});
    QCOMPARE(content.levels[292].low, std::int64_t{1});
    QCOMPARE(content.levels[292].high, std::int64_t{3});
    QCOMPARE(content.levels[400].high, std::int64_t{1});
    QCOMPARE(highestLevel(content), std::int64_t{3});
}

void TestTimelineGeometry::stacksKeepContentionVisible_data()
{
    QTest::addColumn<QVector<float>>("parts");
    QTest::addColumn<int>("height");
    QTest::addColumn<QVector<int>>("pixels");
    QTest::newRow("nothing") << QVector<float>{0, 0, 0, 0, 0} << 20 << QVector<int>{0, 0, 0, 0, 0};
    QTest::newRow("all running") << QVector<float>{1, 0, 0, 0, 0} << 20
                                 << QVector<int>{20, 0, 0, 0, 0};
    QTest::newRow("halves") << QVector<float>{0.5F, 0, 0.5F, 0, 0} << 20
                            << QVector<int>{10, 0, 10, 0, 0};
    QTest::newRow("a trace of contention")
        << QVector<float>{0.999F, 0, 0.001F, 0, 0} << 20 << QVector<int>{19, 0, 1, 0, 0};
    QTest::newRow("contention and an error")
        << QVector<float>{0.99F, 0, 0.001F, 0, 0.001F} << 20 << QVector<int>{18, 0, 1, 0, 1};
    QTest::newRow("thin and half empty")
        << QVector<float>{0.4F, 0, 0.001F, 0, 0} << 5 << QVector<int>{2, 0, 1, 0, 0};
    QTest::newRow("no room at all")
        << QVector<float>{0.4F, 0, 0.1F, 0, 0} << 0 << QVector<int>{0, 0, 0, 0, 0};
}

void TestTimelineGeometry::stacksKeepContentionVisible()
{
    QFETCH(QVector<float>, parts);
    QFETCH(int, height);
    QFETCH(QVector<int>, pixels);
    const StackHeights stack =
        stackHeights(shares(parts[0], parts[1], parts[2], parts[3], parts[4]), height);
    QCOMPARE(QVector<int>(stack.pixels.begin(), stack.pixels.end()), pixels);
    QVERIFY(std::accumulate(stack.pixels.begin(), stack.pixels.end(), 0) <= height);
}

void TestTimelineGeometry::tilesArePaintedInTheColoursOfTheStates()
{
    const auto trace = tests::combTrace(10'000);
    const TileKey key{firstTrack(*trace, TrackKind::Activity), 13, 0};
    const QImage image = rasterise(tileContent(*trace, key), key, {ColourScheme::Light, 20, 1});
    QCOMPARE(image.size(), QSize(kTileColumns, 20));
    QCOMPARE(image.pixelColor(100, 19), stateLook(State::Running, ColourScheme::Light).fill);
    QCOMPARE(image.pixelColor(100, 0), stateLook(State::WaitLock, ColourScheme::Light).fill);
}

void TestTimelineGeometry::levelsAreScaledToRoundTops_data()
{
    QTest::addColumn<qint64>("highest");
    QTest::addColumn<qint64>("top");
    QTest::newRow("none") << qint64{0} << qint64{1};
    QTest::newRow("3") << qint64{3} << qint64{4};
    QTest::newRow("just") << qint64{8} << qint64{8};
    QTest::newRow("9") << qint64{9} << qint64{10};
    QTest::newRow("1001") << qint64{1001} << qint64{2000};
}

void TestTimelineGeometry::levelsAreScaledToRoundTops()
{
    QFETCH(qint64, highest);
    QTEST(static_cast<qint64>(niceLevelTop(highest)), "top");
}

void TestTimelineGeometry::deadlocksAreFoundWithTheBeginOfTheirWait()
{
    const auto trace = tests::philosophersTrace();
    const auto marks = deadlockMarks(*trace, 0, trace->end(), {});
    QCOMPARE(marks.size(), std::size_t{5});
    for (const DeadlockMark& mark : marks)
        QVERIFY(mark.since < mark.time);
    QVERIFY(deadlockMarks(*trace, 0, trace->end() / 2, {}).empty());
}

void TestTimelineGeometry::theOverviewSharesAddUp()
{
    const auto trace = tests::combTrace(10'000);
    const auto overview = overviewShares(*trace, trace->end(), 50, {});
    QCOMPARE(overview.size(), std::size_t{50});
    for (const StateShares& column : overview) {
        const float sum = std::accumulate(column.share.begin(), column.share.end(), 0.0F);
        QVERIFY(sum > 0.95F && sum < 1.05F);
    }
}

void TestTimelineGeometry::selectionsAreSummedUpExactly()
{
    const auto trace = tests::combTrace(1000);
    TimelineSelection selection{
        std::chrono::nanoseconds{500}, std::chrono::nanoseconds{10'250}, {}};
    const SelectionSums sums = selectionSums(*trace, selection, {});
    QCOMPARE(sums.actors, std::size_t{1});
    QCOMPARE(
        sums.nanoseconds[static_cast<std::size_t>(State::Running)], std::int64_t{500 + 4000 + 250});
    QCOMPARE(sums.nanoseconds[static_cast<std::size_t>(State::WaitLock)], std::int64_t{5000});
    selection.lanes = {LaneId{4711}};
    QCOMPARE(selectionSums(*trace, selection, {}).actors, std::size_t{0});
}

void TestTimelineGeometry::neighboursAreFoundInBothDirections()
{
    const auto trace = tests::combTrace(10);
    const auto third = sliceOfLane(*trace, trace->lanes().front().id, 2500);
    QVERIFY(third);
    const auto next = neighbourOf(*trace, *third, Direction::Next);
    QCOMPARE(next->slice.begin, std::int64_t{3000});
    const auto previous = neighbourOf(*trace, *third, Direction::Previous);
    QCOMPARE(previous->slice.begin, std::int64_t{1000});
    const auto first = neighbourOf(*trace, *previous, Direction::Previous);
    QVERIFY(!neighbourOf(*trace, *first, Direction::Previous));
    const auto last = sliceOfLane(*trace, trace->lanes().front().id, 9500);
    QVERIFY(!neighbourOf(*trace, *last, Direction::Next));
}

void TestTimelineGeometry::edgesLeadToTheOtherLane()
{
    const auto trace = tests::philosophersTrace();
    const auto edges = trace->edges(0, trace->end(), 1);
    QVERIFY(!edges.empty());
    const auto woken = sliceOfLane(*trace, edges.front().to, edges.front().toTime);
    QVERIFY(woken);
    QVERIFY(!edgesOf(*trace, *woken, 200).empty());
    const auto cause = acrossEdge(*trace, *woken, Direction::Previous);
    QVERIFY(cause);
    QVERIFY(cause->lane != woken->lane);
}

void TestTimelineGeometry::frameTimesKnowTheirPercentiles()
{
    FrameTimes times;
    QCOMPARE(times.percentile(99).count(), 0);
    for (int frame = 1; frame <= 100; ++frame)
        times.add(std::chrono::nanoseconds{frame});
    QCOMPARE(times.percentile(50).count(), 50);
    QCOMPARE(times.percentile(99).count(), 99);
    QCOMPARE(times.percentile(100).count(), 100);
}

QTEST_GUILESS_MAIN(TestTimelineGeometry)
#include "tst_timeline_geometry.moc"
