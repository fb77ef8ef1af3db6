// SPDX-License-Identifier: GPL-3.0-only
// The timeline as a table, and that both select the same.
#include "engine/model/trace/track.h"
#include "tests/widgets/trace_samples.h"
#include "widgets/events/events_panel.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace heddle;
using namespace heddle::widgets;

namespace {

constexpr int kPatience = 10'000; // milliseconds; a loaded machine is slow
constexpr int kTime = static_cast<int>(EventColumn::Time);
constexpr int kLane = static_cast<int>(EventColumn::Lane);
constexpr int kEvent = static_cast<int>(EventColumn::Event);
constexpr int kDuration = static_cast<int>(EventColumn::Duration);

/// A timeline with its table below, wired as in the window.
class TimelineAndTable
{
public:
    explicit TimelineAndTable(std::shared_ptr<const Trace> trace = tests::philosophersTrace())
        : timeline(document, range)
        , events(document, range)
    {
        QObject::connect(
            &timeline, &TimelineWidget::sliceSelected, &events, &EventsPanel::selectSlice);
        QObject::connect(
            &timeline, &TimelineWidget::laneActivated, &events, &EventsPanel::setChosenLane);
        QObject::connect(&events, &EventsPanel::chosen, &timeline, &TimelineWidget::choose);
        QObject::connect(&events, &EventsPanel::activated, &timeline, &TimelineWidget::zoomTo);
        range.attachTo(document);
        timeline.resize(900, 360);
        timeline.show();
        events.resize(900, 300);
        events.show();
        events.activateWindow();
        if (!QTest::qWaitForWindowActive(&events))
            qWarning("the table is not active");
        if (trace)
            document.setTrace(std::move(trace));
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(events.windowHandle(), key, modifiers);
    }
    [[nodiscard]] int rows() { return events.model().rowCount(); }
    [[nodiscard]] QString cell(int row, int column)
    {
        return events.model().index(row, column).data().toString();
    }
    [[nodiscard]] int current() { return events.table().currentIndex().row(); }
    [[nodiscard]] std::optional<PlacedSlice> selected()
    {
        return timeline.canvas().view().scene().selected;
    }

    TraceDocument document;
    TimelineRange range;
    TimelineWidget timeline;
    EventsPanel events;
};

} // namespace

class TestEvents : public QObject
{
    Q_OBJECT

private slots:
    void beforeTheFirstTraceItSaysWhatFillsIt()
    {
        TimelineAndTable both(nullptr);
        QCOMPARE(both.rows(), 0);
        QVERIFY2(both.events.hint().contains(QStringLiteral("F5")), qPrintable(both.events.hint()));
    }

    void whatIsVisibleIsListedInOrderOfTime()
    {
        TimelineAndTable both;
        const QAbstractItemModelTester tester(
            &both.events.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        for (int row = 1; row < both.rows(); ++row)
            QVERIFY(both.events.model().eventAt(row - 1).begin()
                <= both.events.model().eventAt(row).begin());
        QVERIFY(both.cell(0, kLane).startsWith(QStringLiteral("philosopher[0]")));
        QVERIFY(both.events.note().contains(QString::number(both.rows())));
        QVERIFY(both.events.hint().isEmpty());
    }

    void zoomingLeavesWhatIsSeen()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        const int all = both.rows();
        both.range.setVisible(std::chrono::milliseconds{2}, std::chrono::milliseconds{3});
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() < all / 2, kPatience);
        for (int row = 0; row < both.rows(); ++row) {
            const ListedEvent event = both.events.model().eventAt(row);
            QVERIFY(event.begin() <= 3'000'000);
            QVERIFY(event.begin() + event.duration() >= 2'000'000);
        }
    }

    void theArrowsChooseEventsAndTheTimelineSelectsThem()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        both.range.setFollow(Follow::On);
        both.events.table().setFocus();
        for (int i = 0; i < 4; ++i)
            both.press(Qt::Key_Down);
        QVERIFY(!both.range.isFollowing()); // what is read does not move away
        const ListedEvent event = both.events.model().eventAt(both.current());
        QVERIFY(both.current() > 0);
        QVERIFY(both.selected().has_value());
        QVERIFY(both.selected()->track == event.place.track);
        QCOMPARE(both.selected()->slice.begin, event.begin());
        QCOMPARE(both.range.cursor().count(), event.begin());
    }

    void whatTheTimelineSelectsIsTheCurrentRow()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        QSignalSpy told(&both.events, &EventsPanel::chosen);
        both.timeline.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&both.timeline));
        both.timeline.setFocus();
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Period})
            QTest::keyClick(both.timeline.windowHandle(), key);
        QVERIFY(both.selected().has_value());
        QCOMPARE(both.cell(both.current(), kLane), QStringLiteral("philosopher[1]"));
        QCOMPARE(both.events.model().eventAt(both.current()).begin(), both.selected()->slice.begin);
        QCOMPARE(told.count(), 0); // nobody has chosen it here
        QTest::keyClick(both.timeline.windowHandle(), Qt::Key_Escape);
        QVERIFY(!both.events.table().selectionModel()->hasSelection());
    }

    void aClickOnABoxOfTheTimelineIsTheCurrentRow()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        const TimelineScene& scene = both.timeline.canvas().view().scene();
        const StripPlace& strip = scene.layout.lanes[2].strips.front();
        const QPoint point(scene.frame.headerWidth + scene.frame.canvasWidth() - 40,
            scene.frame.toWidget(strip.y + strip.height / 2));
        QTest::mouseClick(&both.timeline.canvas(), Qt::LeftButton, {}, point);
        QVERIFY(both.selected().has_value());
        QCOMPARE(both.cell(both.current(), kLane), QStringLiteral("philosopher[2]"));
        QCOMPARE(both.cell(both.current(), kEvent), QStringLiteral("waits fork[3]"));
    }

    void aMomentMovesTheCursorThere()
    {
        TimelineAndTable both;
        both.events.search().setText(QStringLiteral("philosopher[3] deadlock"));
        QTRY_COMPARE_WITH_TIMEOUT(both.rows(), 1, kPatience);
        both.events.table().setFocus();
        both.press(Qt::Key_Space);
        QCOMPARE(both.range.cursor().count(), both.events.model().eventAt(0).begin());
        QVERIFY(!both.selected().has_value());
        QCOMPARE(both.current(), 0);
    }

    void enterZoomsToTheEvent()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        both.events.table().setFocus();
        both.press(Qt::Key_Down);
        const ListedEvent event = both.events.model().eventAt(both.current());
        both.press(Qt::Key_Return);
        QVERIFY(both.range.duration().count() < event.duration() * 3);
        QVERIFY(both.range.begin().count() <= event.begin());
    }

    void typingSearchesAndSaysWhenThereIsNothing()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        both.events.search().setFocus();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("waits fork[1]"));
        QTRY_VERIFY_WITH_TIMEOUT(
            both.rows() > 0 && both.cell(0, kEvent) == QStringLiteral("waits fork[1]"), kPatience);
        for (int row = 0; row < both.rows(); ++row)
            QCOMPARE(both.cell(row, kEvent), QStringLiteral("waits fork[1]"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("7"));
        QTRY_COMPARE_WITH_TIMEOUT(both.rows(), 0, kPatience);
        QVERIFY(both.events.hint().contains(QStringLiteral("waits fork[1]7")));
    }

    void aHeadSortsAndASecondClickTurnsItRound()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        const int all = both.rows();
        QHeaderView& header = *both.events.table().horizontalHeader();
        const QPoint head(header.sectionViewportPosition(kDuration) + 20, 8);
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, head);
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, head);
        QTRY_VERIFY_WITH_TIMEOUT(both.events.model().eventAt(0).duration() > 8'000'000, kPatience);
        QCOMPARE(both.rows(), all);
        for (int row = 1; row < both.rows(); ++row)
            QVERIFY(both.events.model().eventAt(row - 1).duration()
                >= both.events.model().eventAt(row).duration());
    }

    void newestFirstIsTheOppositeOrder()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        const QString last = both.cell(both.rows() - 1, kTime);
        both.events.table().horizontalHeader()->setSortIndicator(kTime, Qt::DescendingOrder);
        QTRY_COMPARE_WITH_TIMEOUT(both.cell(0, kTime), last, kPatience);
    }

    void oneLaneOrTheOneOfTheTimelineIsListed()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        QComboBox& lanes = both.events.lanes();
        lanes.setCurrentIndex(lanes.findText(QStringLiteral("fork[2]")));
        QTRY_COMPARE_WITH_TIMEOUT(both.cell(0, kLane), QStringLiteral("fork[2]"), kPatience);
        QCOMPARE(both.cell(both.rows() - 1, kLane), QStringLiteral("fork[2]"));
        lanes.setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(both.rows(), 0, kPatience);
        QVERIFY(both.events.hint().contains(QStringLiteral("No lane is chosen")));
        QTest::keyClick(&both.timeline.canvas(), Qt::Key_Down);
        QTest::keyClick(&both.timeline.canvas(), Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 10, kPatience);
        QCOMPARE(both.cell(both.rows() - 1, kLane), QStringLiteral("philosopher[0]"));
    }

    void theSelectionIsListedAndWhatToDoWithoutOne()
    {
        TimelineAndTable both;
        both.events.parts().setCurrentIndex(1);
        QTRY_VERIFY_WITH_TIMEOUT(
            both.events.hint().contains(QStringLiteral("Nothing is selected")), kPatience);
        const auto lane = both.document.trace()->laneOfActor(ActorId{2});
        both.range.setSelection(
            {std::chrono::milliseconds{1}, std::chrono::milliseconds{4}, {lane}});
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 3, kPatience);
        for (int row = 0; row < both.rows(); ++row)
            QCOMPARE(both.cell(row, kLane), QStringLiteral("philosopher[1]"));
    }

    void manyMillionsOfEventsAreAWindowThatGoesAlong()
    {
        TimelineAndTable both(tests::largeTrace(20, 20'000));
        both.events.parts().setCurrentIndex(2);
        QTRY_COMPARE_WITH_TIMEOUT(both.rows(), static_cast<int>(EventModel::kMostRows), kPatience);
        QCOMPARE(both.events.model().total(), std::size_t{400'000});
        QVERIFY(both.events.note().contains(QStringLiteral("zoom in")));
        const Track& track = *both.document.trace()->track(TrackId{1});
        const Slice late = track.slice(track.sliceCount() - 1);
        both.events.selectSlice(track.id(), std::chrono::nanoseconds{late.begin});
        QCOMPARE(both.events.model().eventAt(both.current()).begin(), late.begin);
        QVERIFY(both.events.model().firstRow() > 0);
    }

    void hiddenItDoesNothing()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        both.events.hide();
        const auto list = both.events.model().list();
        both.range.setVisible(std::chrono::milliseconds{2}, std::chrono::milliseconds{3});
        QTest::keyClick(&both.timeline.canvas(), Qt::Key_Period);
        QVERIFY(both.events.model().list() == list);
        both.events.show();
        QVERIFY(both.events.model().list() != list);
        QCOMPARE(both.events.model().eventAt(both.current()).begin(), both.selected()->slice.begin);
    }

    void aScreenReaderFindsATableWithHeadsAndCells()
    {
        TimelineAndTable both;
        QTRY_VERIFY_WITH_TIMEOUT(both.rows() > 100, kPatience);
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&both.events.table());
        QVERIFY(face != nullptr && face->tableInterface() != nullptr);
        QCOMPARE(face->text(QAccessible::Name), QStringLiteral("Events"));
        QCOMPARE(face->tableInterface()->rowCount(), both.rows());
        QCOMPARE(face->tableInterface()->columnDescription(kLane), QStringLiteral("Lane"));
        QCOMPARE(face->tableInterface()->cellAt(0, kEvent)->text(QAccessible::Name),
            both.cell(0, kEvent));
    }
};

QTEST_MAIN(TestEvents)
#include "tst_events.moc"
