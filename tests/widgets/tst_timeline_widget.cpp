// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "tests/widgets/trace_samples.h"
#include "widgets/shared/state_colours.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/statistics_strip.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_picture.h"
#include "widgets/timeline/timeline_widget.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace heddle;
using namespace heddle::widgets;

namespace {

/// A timeline on show, with the hands of a user.
class ShownTimeline
{
public:
    explicit ShownTimeline(const std::shared_ptr<const Trace>& trace)
        : widget(document, range)
        , canvas(widget.canvas())
    {
        range.attachTo(document);
        document.setTrace(trace);
        widget.resize(1000, 600);
        widget.show();
        canvas.setFocus();
        if (!QTest::qWaitForWindowExposed(&widget))
            qFatal("the timeline is not shown");
    }

    [[nodiscard]] const TimelineScene& scene() const { return canvas.view().scene(); }

    /// The middle of the first strip of a lane, at a share of the canvas.
    [[nodiscard]] QPoint pointIn(std::size_t lane, double share) const
    {
        const StripPlace& strip = scene().layout.lanes.at(lane).strips.front();
        const TimelineFrame& frame = scene().frame;
        return {frame.headerWidth + static_cast<int>(frame.canvasWidth() * share),
            frame.toWidget(strip.y + strip.height / 2)};
    }

    void drag(const QPoint& from, const QPoint& to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&canvas, button, {}, from);
        for (int step = 1; step <= 4; ++step) {
            const QPoint place = from + (to - from) * step / 4;
            QMouseEvent move(QEvent::MouseMove, place, canvas.mapToGlobal(place), Qt::NoButton,
                button, Qt::NoModifier);
            QApplication::sendEvent(&canvas, &move);
        }
        QTest::mouseRelease(&canvas, button, {}, to);
    }

    void wheel(const QPoint& at, int steps, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps),
            Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&canvas, &event);
    }

    bool waitForTiles()
    {
        return QTest::qWaitFor([this] {
            canvas.grab();
            return canvas.view().tiles().isIdle();
        });
    }

    TraceDocument document;
    TimelineRange range;
    TimelineWidget widget;
    TimelineCanvas& canvas;
};

} // namespace

class TestTimelineWidget : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyTimelineSaysWhatToDo();
    void zoomKeysChangeTheRange();
    void theWheelZoomsAtTheMouse();
    void shiftAndWheelPan();
    void theWheelAloneScrollsLanes();
    void panKeysAndMiddleDragMoveTheRange();
    void aDragSelectsTimeAndLanes();
    void theStatisticsFollowTheSelection();
    void aDragOnTheRulerZooms();
    void aClickSelectsASlice();
    void aDoubleClickZoomsToTheSlice();
    void stepKeysWalkAlongTheLane();
    void fitWholeAndUndoKeys();
    void theMinimapMovesTheRange();
    void aClickOnAGroupFoldsIt();
    void escapeClearsEverything();
    void theSharpTileComesAfterAWhile();
    void theCanvasFollowsTheTheme();
    void aLiveTraceIsFollowedUntilPanned();
    void whatAFollowedRunGrewByIsPaintedInFewFrames();
    void anIdleTimelineMakesNothing();
    void deadlocksAreMarked();
    void thePictureIsThatOfTheWindow();
};

void TestTimelineWidget::anEmptyTimelineSaysWhatToDo()
{
    TraceDocument document;
    TimelineRange range;
    TimelineWidget timeline(document, range);
    timeline.resize(600, 300);
    timeline.show();
    const QImage picture = timeline.grab().toImage();
    bool hasWords = false;
    for (int x = 100; x < 500 && !hasWords; ++x) {
        for (int y = 60; y < 240 && !hasWords; ++y)
            hasWords = picture.pixelColor(x, y) != picture.pixelColor(30, 30);
    }
    QVERIFY(hasWords);
}

void TestTimelineWidget::zoomKeysChangeTheRange()
{
    ShownTimeline shown(tests::philosophersTrace());
    const auto whole = shown.range.duration();
    QTest::keyClick(&shown.canvas, Qt::Key_W);
    const auto closer = shown.range.duration();
    QVERIFY(closer < whole);
    QTest::keyClick(&shown.canvas, Qt::Key_Plus);
    QVERIFY(shown.range.duration() < closer);
    QTest::keyClick(&shown.canvas, Qt::Key_S);
    QTest::keyClick(&shown.canvas, Qt::Key_Minus);
    QVERIFY(shown.range.duration() > closer);
}

void TestTimelineWidget::theWheelZoomsAtTheMouse()
{
    ShownTimeline shown(tests::philosophersTrace());
    const QPoint mouse = shown.pointIn(0, 0.7);
    const TimelineScene& scene = shown.scene();
    const std::int64_t before = timeAt(scene.scale, mouse.x() - scene.frame.headerWidth);
    shown.wheel(mouse, 3, Qt::ControlModifier);
    const std::int64_t after = timeAt(scene.scale, mouse.x() - scene.frame.headerWidth);
    QVERIFY(shown.range.duration().count() < shown.range.extent().count() * 6 / 10);
    QVERIFY(std::abs(static_cast<double>(after - before)) < 2 * nanosecondsPerPixel(scene.scale));
}

void TestTimelineWidget::shiftAndWheelPan()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.range.setVisible(std::chrono::milliseconds{10}, std::chrono::milliseconds{12});
    shown.wheel(shown.pointIn(0, 0.5), -1, Qt::ShiftModifier);
    QVERIFY(shown.range.begin() > std::chrono::milliseconds{10});
    QCOMPARE(shown.range.duration(), TimelineRange::nanoseconds{std::chrono::milliseconds{2}});
}

void TestTimelineWidget::theWheelAloneScrollsLanes()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.widget.resize(1000, 300);
    QVERIFY(shown.canvas.view().largestScroll() > 0);
    shown.wheel(shown.pointIn(0, 0.5), -1, Qt::NoModifier);
    QVERIFY(shown.scene().frame.scrollY > 0);
    shown.wheel(shown.pointIn(2, 0.5), 50, Qt::NoModifier);
    QCOMPARE(shown.scene().frame.scrollY, 0);
}

void TestTimelineWidget::panKeysAndMiddleDragMoveTheRange()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.range.setVisible(std::chrono::milliseconds{10}, std::chrono::milliseconds{12});
    QTest::keyClick(&shown.canvas, Qt::Key_D);
    QVERIFY(shown.range.begin() > std::chrono::milliseconds{10});
    QTest::keyClick(&shown.canvas, Qt::Key_A);
    QCOMPARE(shown.range.begin(), TimelineRange::nanoseconds{std::chrono::milliseconds{10}});
    QTest::keyClick(&shown.canvas, Qt::Key_Left);
    QVERIFY(shown.range.begin() < std::chrono::milliseconds{10});
    const auto before = shown.range.begin();
    shown.drag(shown.pointIn(0, 0.6), shown.pointIn(0, 0.4), Qt::MiddleButton);
    QVERIFY(shown.range.begin() > before);
}

void TestTimelineWidget::aDragSelectsTimeAndLanes()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.drag(shown.pointIn(1, 0.25), shown.pointIn(3, 0.5));
    const TimelineSelection& selection = shown.range.selection();
    QCOMPARE(selection.lanes.size(), std::size_t{3});
    QCOMPARE(selection.lanes.front(), shown.scene().layout.lanes[1].lane.id);
    const double share = static_cast<double>(selection.begin.count())
        / static_cast<double>(shown.range.extent().count());
    QVERIFY(std::abs(share - 0.25) < 0.01);
}

void TestTimelineWidget::theStatisticsFollowTheSelection()
{
    ShownTimeline shown(tests::philosophersTrace());
    auto* strip = shown.widget.findChild<StatisticsStrip*>();
    QSignalSpy changed(strip, &StatisticsStrip::sumsChanged);
    shown.drag(shown.pointIn(0, 0.1), shown.pointIn(4, 0.9));
    QTRY_VERIFY(strip->text().contains(stateWord(State::WaitLock)));
    QVERIFY(changed.count() >= 1);
}

void TestTimelineWidget::aDragOnTheRulerZooms()
{
    ShownTimeline shown(tests::philosophersTrace());
    const QRect ruler = shown.scene().frame.ruler();
    const QPoint middle = ruler.center();
    shown.drag(middle, middle + QPoint(ruler.width() / 4, 0));
    QVERIFY(shown.range.selection().isEmpty());
    const double share = static_cast<double>(shown.range.duration().count())
        / static_cast<double>(shown.range.extent().count());
    QVERIFY(std::abs(share - 0.25) < 0.02);
}

void TestTimelineWidget::aClickSelectsASlice()
{
    ShownTimeline shown(tests::philosophersTrace());
    QSignalSpy activated(&shown.widget, &TimelineWidget::sliceActivated);
    QSignalSpy lanes(&shown.widget, &TimelineWidget::laneActivated);
    QSignalSpy cursor(&shown.widget, &TimelineWidget::cursorMoved);
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.pointIn(2, 0.9));
    QVERIFY(shown.scene().selected);
    QCOMPARE(shown.scene().selected->slice.state, State::WaitLock);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(
        activated.front().front().toInt(), static_cast<int>(shown.scene().selected->slice.line));
    QCOMPARE(lanes.count(), 1);
    QCOMPARE(cursor.count(), 1);
    QVERIFY(shown.canvas.accessibleDescription().contains(QStringLiteral("fork[3]")));
}

void TestTimelineWidget::aDoubleClickZoomsToTheSlice()
{
    ShownTimeline shown(tests::philosophersTrace());
    QTest::mouseDClick(&shown.canvas, Qt::LeftButton, {}, shown.pointIn(2, 0.9));
    const auto wait = sliceOfLane(*shown.document.trace(), shown.scene().layout.lanes[2].lane.id,
        shown.range.begin().count() + shown.range.duration().count() / 2);
    QVERIFY(wait);
    QVERIFY(shown.range.begin().count() < wait->slice.begin);
    QVERIFY(shown.range.duration().count() < (wait->slice.end - wait->slice.begin) * 13 / 10);
}

void TestTimelineWidget::stepKeysWalkAlongTheLane()
{
    ShownTimeline shown(tests::philosophersTrace());
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.pointIn(0, 0.5));
    const std::int64_t here = shown.scene().selected->slice.begin;
    QTest::keyClick(&shown.canvas, Qt::Key_Period);
    QVERIFY(shown.scene().selected->slice.begin > here);
    QTest::keyClick(&shown.canvas, Qt::Key_Comma);
    QCOMPARE(shown.scene().selected->slice.begin, here);
    QCOMPARE(shown.range.cursor().count(), here);
}

void TestTimelineWidget::fitWholeAndUndoKeys()
{
    ShownTimeline shown(tests::philosophersTrace());
    const auto whole = shown.range.duration();
    shown.drag(shown.pointIn(0, 0.4), shown.pointIn(1, 0.5));
    QTest::keyClick(&shown.canvas, Qt::Key_F);
    const auto fitted = shown.range.duration();
    QVERIFY(fitted < whole / 4);
    QTest::keyClick(&shown.canvas, Qt::Key_Home);
    QCOMPARE(shown.range.duration(), whole);
    QTest::keyClick(&shown.canvas, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(shown.range.duration(), fitted);
    QTest::keyClick(&shown.canvas, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(shown.range.duration(), whole);
}

void TestTimelineWidget::theMinimapMovesTheRange()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.range.setVisible(std::chrono::milliseconds{1}, std::chrono::milliseconds{3});
    const QRect minimap = shown.scene().frame.minimap();
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, minimap.center());
    const auto centre = shown.range.begin() + shown.range.duration() / 2;
    const double share =
        static_cast<double>(centre.count()) / static_cast<double>(shown.range.extent().count());
    QVERIFY(std::abs(share - 0.5) < 0.01);
}

void TestTimelineWidget::aClickOnAGroupFoldsIt()
{
    ShownTimeline shown(tests::philosophersTrace());
    const std::size_t before = shown.scene().layout.lanes.size();
    const QPoint heading(20, shown.scene().frame.toWidget(shown.scene().layout.groups[0].y + 5));
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, heading);
    QCOMPARE(shown.scene().layout.lanes.size(), before - 5);
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, heading);
    QCOMPARE(shown.scene().layout.lanes.size(), before);
}

void TestTimelineWidget::escapeClearsEverything()
{
    ShownTimeline shown(tests::philosophersTrace());
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.pointIn(0, 0.5));
    shown.drag(shown.pointIn(0, 0.4), shown.pointIn(1, 0.5));
    QTest::keyClick(&shown.canvas, Qt::Key_Escape);
    QVERIFY(shown.range.selection().isEmpty());
    QVERIFY(!shown.range.hasCursor());
    QVERIFY(!shown.scene().selected);
}

void TestTimelineWidget::theSharpTileComesAfterAWhile()
{
    ShownTimeline shown(tests::combTrace(200'000));
    QVERIFY(shown.waitForTiles());
    const QImage picture = shown.canvas.grab().toImage();
    const QPoint low = shown.pointIn(0, 0.5) + QPoint(0, 7);
    const QPoint high = shown.pointIn(0, 0.5) - QPoint(0, 7);
    const ColourScheme scheme = shown.scene().scheme;
    QCOMPARE(picture.pixelColor(low), stateLook(State::Running, scheme).fill);
    QCOMPARE(picture.pixelColor(high), stateLook(State::WaitLock, scheme).fill);
}

void TestTimelineWidget::theCanvasFollowsTheTheme()
{
    ShownTimeline shown(tests::philosophersTrace());
    shown.widget.setPalette(themePalette(ColourScheme::Dark));
    QCOMPARE(shown.scene().scheme, ColourScheme::Dark);
    QVERIFY(shown.waitForTiles());
    // Between two strips there is nothing but the surface.
    const QPoint gap(shown.pointIn(0, 0.02).x(),
        shown.scene().frame.toWidget(shown.scene().layout.lanes[0].y + 1));
    const QColor corner = shown.canvas.grab().toImage().pixelColor(gap);
    QVERIFY(corner.lightness() < 80);
}

void TestTimelineWidget::aLiveTraceIsFollowedUntilPanned()
{
    TraceBuilder builder;
    builder.defineActor(ActorId{1}, ActorKind::Thread, "worker");
    builder.setEnd(1'000'000);
    ShownTimeline shown(builder.trace());
    QSignalSpy follow(&shown.widget, &TimelineWidget::followChanged);
    QVERIFY(shown.range.isFollowing());
    builder.setEnd(50'000'000'000);
    shown.document.notifyGrown();
    QTRY_COMPARE(shown.range.end().count(), 50'000'000'000);
    QTest::keyClick(&shown.canvas, Qt::Key_A);
    QVERIFY(!shown.range.isFollowing());
    QTest::keyClick(&shown.canvas, Qt::Key_End);
    QVERIFY(shown.range.isFollowing());
    QCOMPARE(follow.count(), 2);
    QTest::keyClick(&shown.canvas, Qt::Key_Space);
    QVERIFY(!shown.range.isFollowing());
}

void TestTimelineWidget::whatAFollowedRunGrewByIsPaintedInFewFrames()
{
    TraceBuilder builder;
    Lane lane;
    lane.actor = ActorId{1};
    const TrackId track = builder.addTrack(builder.addLane(lane), TrackKind::Activity, 0);
    builder.addSlice(track, {0, 1'000'000, State::Running, 1, {}, 0, false});
    builder.setEnd(1'000'000);
    ShownTimeline shown(builder.trace());
    TimelineView& view = shown.canvas.view();
    QTRY_VERIFY(view.tiles().isIdle() && shown.scene().overviewEnd == 1'000'000);
    QApplication::processEvents();
    const std::size_t framesBefore = view.frameTimes().count();
    const std::uint64_t tilesBefore = view.tiles().tilesMade();

    // So short that they are painted into the tile, not as boxes.
    for (std::int64_t begin = 1'000'000; begin < 2'000'000; begin += 1000)
        builder.addSlice(track, {begin, begin + 1000, State::WaitLock, 1, {}, 0, false});
    builder.setEnd(2'000'000);
    shown.document.notifyGrown();

    QTRY_COMPARE(shown.scene().overviewEnd, 2'000'000);
    QTRY_VERIFY(view.tiles().tilesMade() > tilesBefore && view.tiles().isIdle());
    QTRY_VERIFY(view.frameTimes().count() > framesBefore);
    // One for the growth; at worst one more for late tiles and one for the minimap.
    QVERIFY(view.frameTimes().count() <= framesBefore + 3);
    const QColor wait = stateLook(State::WaitLock, shown.scene().scheme).fill;
    QCOMPARE(shown.canvas.grab().toImage().pixelColor(shown.pointIn(0, 0.75)), wait);
}

void TestTimelineWidget::anIdleTimelineMakesNothing()
{
    ShownTimeline shown(tests::philosophersTrace());
    QVERIFY(shown.waitForTiles());
    const std::uint64_t made = shown.canvas.view().tiles().tilesMade();
    for (int frame = 0; frame < 5; ++frame)
        shown.canvas.grab();
    QVERIFY(shown.canvas.view().tiles().isIdle());
    QCOMPARE(shown.canvas.view().tiles().tilesMade(), made);
}

void TestTimelineWidget::deadlocksAreMarked()
{
    ShownTimeline shown(tests::philosophersTrace());
    QTRY_COMPARE(shown.scene().deadlocks.size(), std::size_t{5});
}

void TestTimelineWidget::thePictureIsThatOfTheWindow()
{
    const auto trace = tests::philosophersTrace();
    ShownTimeline shown(trace);
    TimelinePicture picture(trace, {{1000, 700}, std::nullopt, std::nullopt, shown.scene().scheme});
    QImage image(picture.size(), QImage::Format_RGB32);
    QPainter painter(&image);
    picture.paint(painter);
    painter.end();
    QVERIFY(shown.waitForTiles());
    const QImage window = shown.canvas.grab().toImage();
    const QPoint inWindow = shown.pointIn(1, 0.9) + QPoint(0, 7);
    const QPoint inPicture = inWindow + QPoint(0, 44); // under the title
    const QColor wait = stateLook(State::WaitLock, shown.scene().scheme).fill;
    int alike = 0;
    for (int x = 0; x < 40; ++x) {
        const QPoint step(x, 0);
        alike +=
            window.pixelColor(inWindow + step) == wait && image.pixelColor(inPicture + step) == wait
            ? 1
            : 0;
    }
    QVERIFY(alike >= 10);
}

QTEST_MAIN(TestTimelineWidget)
#include "tst_timeline_widget.moc"
