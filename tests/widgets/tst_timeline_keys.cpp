// SPDX-License-Identifier: GPL-3.0-only
// What the mouse can do in the timeline, the keys can.
#include "tests/widgets/trace_samples.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/slice_text.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace heddle;
using namespace heddle::widgets;

namespace {

class TimelineOfKeys
{
public:
    TimelineOfKeys()
        : widget(document, range)
        , canvas(widget.canvas())
    {
        range.attachTo(document);
        document.setTrace(tests::philosophersTrace());
        widget.resize(900, 360); // lower than its lanes are
        widget.show();
        widget.activateWindow();
        if (!QTest::qWaitForWindowActive(&widget))
            qWarning("the timeline is not active");
        widget.setFocus();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(widget.windowHandle(), key, modifiers);
    }
    [[nodiscard]] const TimelineScene& scene() const { return canvas.view().scene(); }
    [[nodiscard]] QString description() const { return canvas.accessibleDescription(); }

    TraceDocument document;
    TimelineRange range;
    TimelineWidget widget;
    TimelineCanvas& canvas;
};

} // namespace

class TestTimelineKeys : public QObject
{
    Q_OBJECT

private slots:
    void arrowsGoOverHeadingsAndLanes();
    void whatTheArrowsComeToIsScrolledIntoView();
    void stepsBeginInTheLaneOfTheArrows();
    void enterFoldsTheGroupAndUnfoldsIt();
    void controlAndArrowsMoveTheCursor();
    void theCursorTakesTheViewAlong();
    void shiftAndArrowsSelectTime();
    void shiftAndArrowsSelectLanes();
    void iTellsAllAboutTheEvent();
    void pagesScrollTheLanes();
    void escapeIsLeftToTheWindowWhenNothingIsMarked();
    void anEmptyTimelineTakesNoKeys();
    void theRowIsPainted();
};

void TestTimelineKeys::arrowsGoOverHeadingsAndLanes()
{
    TimelineOfKeys keys;
    QSignalSpy activated(&keys.canvas, &TimelineCanvas::laneActivated);
    QSignalSpy slices(&keys.canvas, &TimelineCanvas::sliceActivated);
    keys.press(Qt::Key_Down);
    QVERIFY2(keys.description().contains(QStringLiteral("group: Actors")),
        qPrintable(keys.description()));
    QCOMPARE(activated.count(), 0);
    keys.press(Qt::Key_Down);
    keys.press(Qt::Key_Down);
    QVERIFY2(keys.description().contains(QStringLiteral("lane: philosopher[1]")),
        qPrintable(keys.description()));
    QCOMPARE(activated.count(), 2);
    QCOMPARE(slices.count(), 2);
    QVERIFY(keys.scene().selected.has_value());
    keys.press(Qt::Key_Up);
    QVERIFY(keys.description().contains(QStringLiteral("lane: philosopher[0]")));
}

void TestTimelineKeys::whatTheArrowsComeToIsScrolledIntoView()
{
    TimelineOfKeys keys;
    const std::size_t rows = keys.scene().layout.rows().size();
    for (std::size_t i = 0; i < rows; ++i)
        keys.press(Qt::Key_Down);
    QCOMPARE(keys.scene().frame.scrollY, keys.canvas.view().largestScroll());
    QVERIFY(keys.scene().frame.scrollY > 0);
    for (std::size_t i = 0; i < rows; ++i)
        keys.press(Qt::Key_Up);
    QCOMPARE(keys.scene().frame.scrollY, 0);
}

void TestTimelineKeys::stepsBeginInTheLaneOfTheArrows()
{
    TimelineOfKeys keys;
    for (int i = 0; i < 4; ++i)
        keys.press(Qt::Key_Down);
    const auto selected = keys.scene().selected;
    QVERIFY(selected.has_value());
    keys.press(Qt::Key_Period);
    QCOMPARE(keys.scene().selected->lane.value, selected->lane.value);
    QVERIFY(keys.scene().selected->slice.begin > selected->slice.begin);
}

void TestTimelineKeys::enterFoldsTheGroupAndUnfoldsIt()
{
    TimelineOfKeys keys;
    const std::size_t lanes = keys.scene().layout.lanes.size();
    keys.press(Qt::Key_Down);
    keys.press(Qt::Key_Return);
    QVERIFY(keys.scene().layout.lanes.size() < lanes);
    keys.press(Qt::Key_Return);
    QCOMPARE(keys.scene().layout.lanes.size(), lanes);
}

void TestTimelineKeys::controlAndArrowsMoveTheCursor()
{
    TimelineOfKeys keys;
    QVERIFY(!keys.range.hasCursor());
    keys.press(Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(keys.range.hasCursor());
    const auto first = keys.range.cursor();
    keys.press(Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(keys.range.cursor() > first);
    keys.press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(keys.range.cursor(), first);
}

void TestTimelineKeys::theCursorTakesTheViewAlong()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_W);
    keys.press(Qt::Key_W);
    const auto begin = keys.range.begin();
    for (int i = 0; i < 40; ++i)
        keys.press(Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(keys.range.begin() > begin);
    QVERIFY(keys.range.cursor() >= keys.range.begin() && keys.range.cursor() <= keys.range.end());
    for (int i = 0; i < 400; ++i) // no farther than there is something
        keys.press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(keys.range.cursor().count(), 0);
}

void TestTimelineKeys::shiftAndArrowsSelectTime()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_Right, Qt::ControlModifier);
    const auto anchor = keys.range.cursor();
    keys.press(Qt::Key_Right, Qt::ShiftModifier);
    keys.press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(keys.range.selection().begin, anchor);
    const auto end = keys.range.selection().end;
    QVERIFY(end > anchor);
    keys.press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(keys.range.selection().end < end);
    keys.press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(keys.range.selection().isEmpty());
    keys.press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(keys.range.selection().end, anchor);
}

void TestTimelineKeys::shiftAndArrowsSelectLanes()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_Down);
    keys.press(Qt::Key_Down); // the first actor
    keys.press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(keys.range.selection().lanes.size(), std::size_t{1});
    keys.press(Qt::Key_Down, Qt::ShiftModifier);
    keys.press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(keys.range.selection().lanes.size(), std::size_t{3});
    keys.press(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(keys.range.selection().lanes.size(), std::size_t{2});
    const auto& layout = keys.scene().layout.lanes;
    QVERIFY(keys.range.selection().lanes[0] == layout[0].lane.id);
    QVERIFY(keys.range.selection().lanes[1] == layout[1].lane.id);
}

void TestTimelineKeys::iTellsAllAboutTheEvent()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_I);
    QVERIFY(QToolTip::text().isEmpty()); // about nothing
    keys.press(Qt::Key_Period);
    keys.press(Qt::Key_I);
    const auto& selected = *keys.scene().selected;
    QCOMPARE(
        QToolTip::text(), keys.canvas.view().words().description(selected.slice, selected.kind));
    QToolTip::hideText();
}

void TestTimelineKeys::pagesScrollTheLanes()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_PageDown);
    const int scrolled = keys.scene().frame.scrollY;
    QVERIFY(scrolled > 0);
    keys.press(Qt::Key_Up, Qt::ControlModifier);
    QVERIFY(keys.scene().frame.scrollY < scrolled);
    keys.press(Qt::Key_PageUp);
    QCOMPARE(keys.scene().frame.scrollY, 0);
}

void TestTimelineKeys::escapeIsLeftToTheWindowWhenNothingIsMarked()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_Period);
    QKeyEvent first(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(&keys.canvas, &first);
    QVERIFY(first.isAccepted());
    QVERIFY(!keys.scene().selected.has_value());
    QKeyEvent second(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(&keys.canvas, &second);
    QVERIFY(!second.isAccepted());
}

void TestTimelineKeys::anEmptyTimelineTakesNoKeys()
{
    TraceDocument document;
    TimelineRange range;
    TimelineWidget timeline(document, range);
    timeline.show();
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Period, Qt::Key_Return, Qt::Key_I, Qt::Key_W})
        QTest::keyClick(&timeline.canvas(), key);
    QTest::keyClick(&timeline.canvas(), Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(&timeline.canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(!range.hasCursor());
    QVERIFY(range.selection().isEmpty());
}

void TestTimelineKeys::theRowIsPainted()
{
    TimelineOfKeys keys;
    keys.press(Qt::Key_Down);
    const QImage heading = keys.canvas.grab().toImage();
    keys.press(Qt::Key_Down);
    const QRect headers = keys.scene().frame.headers();
    QVERIFY(keys.canvas.grab().toImage().copy(headers) != heading.copy(headers));
}

QTEST_MAIN(TestTimelineKeys)
#include "tst_timeline_keys.moc"
