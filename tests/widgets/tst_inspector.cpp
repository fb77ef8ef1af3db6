// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "widgets/inspector/explored_rows.h"
#include "widgets/inspector/inspected_moment.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/inspector/wait_graph_view.h"
#include "widgets/inspector/wait_picture.h"
#include "widgets/tables/table_panel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSet>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>

using namespace heddle;
using namespace heddle::widgets;

namespace {

/// Two actors that each hold one lock and want the other's from 20 µs on.
std::shared_ptr<const Trace> deadlockedTrace()
{
    TraceBuilder builder;
    builder.defineActor(ActorId{1}, ActorKind::Thread, "left");
    builder.defineActor(ActorId{2}, ActorKind::Thread, "right");
    builder.defineObject(ObjectId{1}, PrimitiveKind::Mutex, "a");
    builder.defineObject(ObjectId{2}, PrimitiveKind::Mutex, "b");
    const auto lane = [&](std::uint32_t actor, std::uint64_t has, std::uint64_t wants) {
        const std::vector<TraceEvent> events{
            {.time = 1000, .lane = actor, .kind = EventKind::ActorStarted},
            {.time = 10'000, .lane = actor, .kind = EventKind::Has, .line = 4, .object = has},
            {.time = 20'000,
                .lane = actor,
                .kind = EventKind::Wants,
                .line = 5,
                .object = wants,
                .value = static_cast<std::uint64_t>(State::WaitLock)},
        };
        builder.append(events);
    };
    lane(1, 1, 2);
    lane(2, 2, 1);
    builder.setEnd(50'000);
    return builder.trace();
}

QString cell(TablePanel& panel, int rowNumber, int column)
{
    return panel.rows().index(rowNumber, column).data().toString();
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT

private slots:
    void aSignalForACommandGoesToItsProcess()
    {
        TraceBuilder builder;
        builder.defineActor(ActorId{1}, ActorKind::Command, "sort");
        const std::vector<TraceEvent> events{
            {.time = 1000, .lane = 1, .kind = EventKind::ActorStarted, .value = 4711}};
        builder.append(events);
        builder.setEnd(2000);
        InspectorPanel panel;
        panel.resize(600, 600);
        panel.setMoment(inspect(*builder.trace(), 2000));
        panel.setSignalsPossible(true);
        panel.show();
        panel.selectActor(ActorId{1});
        const QSignalSpy wanted(&panel, &InspectorPanel::signalWanted);

        // The menu key opens it on the current row; K is the mark of "Kill".
        QTimer::singleShot(0, [] {
            QWidget* menu = QApplication::activePopupWidget();
            QVERIFY(menu != nullptr);
            QTest::keyClick(menu, Qt::Key_K);
        });
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(panel.actors().table().viewport(), &key);

        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.at(0).at(0).toLongLong(), qint64(4711));
        QCOMPARE(wanted.at(0).at(1).toInt(), SIGKILL);
    }

    void everySignalOfTheSystemIsInTheMenu()
    {
        InspectorPanel panel;
        panel.resize(600, 600);
        panel.setMoment(inspect(*deadlockedTrace(), 50'000));
        panel.setSignalsPossible(true);
        panel.show();
        panel.selectActor(ActorId{1});
        QSet<int> numbers;
        QTimer::singleShot(0, [&numbers] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            for (const QAction* action : menu->findChildren<QAction*>())
                numbers.insert(action->data().toInt());
            menu->close();
        });
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(panel.actors().table().viewport(), &key);

        for (int number = 1; number < 32; ++number)
            QVERIFY2(numbers.contains(number), qPrintable(QString::number(number)));
        QVERIFY(numbers.contains(SIGRTMIN) && numbers.contains(SIGRTMAX));
    }

    void aProcessSaysHowItEndedAndWhetherItIsAnOrphan()
    {
        TraceBuilder builder;
        builder.defineActor(ActorId{1}, ActorKind::Process, "child");
        builder.defineActor(ActorId{2}, ActorKind::Command, "sort");
        builder.defineActor(ActorId{3}, ActorKind::Process, "late");
        const std::vector<TraceEvent> events{
            {.time = 1000, .lane = 1, .kind = EventKind::ActorStarted, .value = 1},
            {.time = 2000, .lane = 1, .kind = EventKind::ActorExited, .value = 3},
            {.time = 3000, .lane = 1, .kind = EventKind::Reaped},
            {.time = 1000, .lane = 2, .kind = EventKind::ActorStarted, .value = 2},
            {.time = 2000, .lane = 2, .kind = EventKind::ActorKilled, .value = SIGTERM},
            {.time = 1000, .lane = 3, .kind = EventKind::ActorStarted, .value = 3},
            {.time = 2000, .lane = 3, .kind = EventKind::Orphaned, .value = 3},
            {.time = 2500, .lane = 3, .kind = EventKind::SleepBegan},
        };
        builder.append(events);
        builder.setEnd(4000);
        InspectorPanel panel;
        panel.setMoment(inspect(*builder.trace(), 2600));
        QCOMPARE(
            cell(panel.actors(), 0, 1), QStringLiteral("zombie: exited with code 3, not reaped"));
        QCOMPARE(
            cell(panel.actors(), 1, 1), QStringLiteral("zombie: killed by SIGTERM, not reaped"));
        QCOMPARE(cell(panel.actors(), 2, 1), QStringLiteral("sleeping, an orphan"));

        panel.setMoment(inspect(*builder.trace(), 3500));
        QCOMPARE(cell(panel.actors(), 0, 1), QStringLiteral("exited with code 3"));
        panel.setMoment(inspect(*builder.trace(), 1500));
        QCOMPARE(cell(panel.actors(), 0, 1), QStringLiteral("running"));
    }

    void withoutARunNoSignalCanBeSentAndTheMenuSaysWhy()
    {
        InspectorPanel panel;
        panel.resize(600, 600);
        panel.setMoment(inspect(*deadlockedTrace(), 50'000));
        panel.show();
        panel.selectActor(ActorId{1});
        bool wasEnabled = true;
        QString reason;
        QTimer::singleShot(0, [&wasEnabled, &reason] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            const QList<QAction*> actions = menu->actions();
            reason = actions.first()->text();
            wasEnabled = std::any_of(actions.begin(), actions.end(),
                [](const QAction* each) { return !each->isSeparator() && each->isEnabled(); });
            menu->close();
        });
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(panel.actors().table().viewport(), &key);
        QVERIFY(!wasEnabled);
        QCOMPARE(reason, QStringLiteral("No run goes on"));
    }

    void actorsSayWhatTheyWaitForAndWhoHoldsIt()
    {
        const auto trace = deadlockedTrace();
        InspectorPanel panel;
        panel.setMoment(inspect(*trace, 50'000));

        QCOMPARE(panel.actors().rows().rowCount(), 2);
        QCOMPARE(cell(panel.actors(), 0, 0), QStringLiteral("left"));
        QCOMPARE(cell(panel.actors(), 0, 1), QStringLiteral("waits for b held by right"));
        QCOMPARE(cell(panel.actors(), 0, 2), QStringLiteral("30 µs"));
        QCOMPARE(cell(panel.actors(), 0, 4), QStringLiteral("5"));
    }

    void objectsSayWhoHoldsThemAndWhoQueues()
    {
        InspectorPanel panel;
        panel.setMoment(inspect(*deadlockedTrace(), 50'000));
        QCOMPARE(cell(panel.objects(), 0, 0), QStringLiteral("a"));
        QCOMPARE(cell(panel.objects(), 0, 1), QStringLiteral("left"));
        QCOMPARE(cell(panel.objects(), 0, 2), QStringLiteral("right"));
    }

    void anEarlierMomentShowsItsOwnState()
    {
        InspectorPanel panel;
        panel.setMoment(inspect(*deadlockedTrace(), 15'000));
        QVERIFY2(!cell(panel.actors(), 0, 1).contains(QStringLiteral("waits")),
            qPrintable(cell(panel.actors(), 0, 1)));
        QCOMPARE(cell(panel.objects(), 0, 1), QStringLiteral("left"));
        QVERIFY(cell(panel.objects(), 0, 2).isEmpty());
    }

    void whoHasNotBegunIsSaidToBeSo()
    {
        InspectorPanel panel;
        panel.setMoment(inspect(*deadlockedTrace(), 10));
        QCOMPARE(cell(panel.actors(), 0, 1), QStringLiteral("not started"));
        QVERIFY(cell(panel.actors(), 0, 2).isEmpty());
    }

    void withoutATraceThereIsAHintInsteadOfRows()
    {
        InspectorPanel panel;
        panel.setMoment(inspect(*deadlockedTrace(), 50'000));
        panel.setMoment(std::nullopt);
        QCOMPARE(panel.actors().rows().rowCount(), 0);
        QVERIFY(!panel.waits().description().isEmpty());
    }

    void choosingAnActorTellsItsLine()
    {
        InspectorPanel panel;
        panel.resize(500, 600);
        panel.setMoment(inspect(*deadlockedTrace(), 50'000));
        panel.show();
        QSignalSpy actors(&panel, &InspectorPanel::actorChosen);
        QSignalSpy lines(&panel, &InspectorPanel::lineChosen);
        QTableView& table = panel.actors().table();

        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
            table.visualRect(table.model()->index(1, 0)).center());

        QCOMPARE(actors.count(), 1);
        QCOMPARE(actors[0][0].toUInt(), 2U);
        QCOMPARE(lines[0][0].toInt(), 5);
    }

    void theCycleIsDrawnWithItsArrows()
    {
        const WaitGraph graph = waitGraphAt(*deadlockedTrace(), 50'000);
        const WaitPicture picture = layOutWaits(graph, {400, 300});
        QCOMPARE(picture.nodes.size(), std::size_t{2});
        QCOMPARE(picture.arrows.size(), std::size_t{2});
        for (const WaitPicture::Arrow& arrow : picture.arrows)
            QVERIFY(arrow.isInCycle);
        for (const WaitPicture::Node& node : picture.nodes)
            QVERIFY(QRectF(0, 0, 400, 300).contains(node.centre));
    }

    void aStateOfAWalkShowsVariablesObjectsAndWhoWaits()
    {
        ExploredMoment moment;
        moment.step = 3;
        moment.actors.resize(2);
        for (std::int32_t i = 0; i < 2; ++i) {
            ExploredActor& actor = moment.actors[static_cast<std::size_t>(i)];
            actor.number = i;
            actor.name = i == 0 ? "left" : "right";
            actor.standing = ExploredActor::Standing::Waits;
            actor.waitsFor = {1 - i};
            actor.isForced = true;
        }
        moment.actors[0].locals = {{"seen", "7"}};
        moment.objects = {{"a", PrimitiveKind::Mutex, "held by left", {0}, {1}},
            {"b", PrimitiveKind::Mutex, "held by right", {1}, {0}}};
        moment.variables = {{"x", "4", 1, 2}};
        InspectorPanel panel;
        panel.setExplored(moment);

        const auto text = [](TablePanel& table, int row, int column) {
            return table.rows().index(row, column).data().toString();
        };
        QCOMPARE(text(panel.objects(), 1, 1), QStringLiteral("held by right"));
        QCOMPARE(text(panel.objects(), 1, 2), QStringLiteral("left"));
        QCOMPARE(text(panel.variables(), 0, 2), QStringLiteral("right, step 2"));
        QCOMPARE(text(panel.variables(), 1, 2), QStringLiteral("only left"));
        QVERIFY(panel.waits().description().contains(
            QStringLiteral("left waits for b, held by right.")));
        const WaitGraph graph = exploredWaits(moment);
        QCOMPARE(graph.cycles.size(), std::size_t{1});
        moment.actors[1].isForced = false; // somebody else could help
        QVERIFY(exploredWaits(moment).cycles.empty());

        panel.setExplored(std::nullopt);
        QVERIFY(panel.variables().isHidden() || !panel.variables().isVisibleTo(&panel));
    }

    void theDrawnGraphHasWordsAndTakesClicks()
    {
        WaitGraphView view;
        view.resize(400, 300);
        view.setGraph(waitGraphAt(*deadlockedTrace(), 50'000));
        view.show();
        QSignalSpy chosen(&view, &WaitGraphView::actorChosen);
        const WaitPicture picture =
            layOutWaits(waitGraphAt(*deadlockedTrace(), 50'000), view.size());

        QTest::mouseClick(&view, Qt::LeftButton, {}, picture.nodes[0].centre.toPoint());

        QCOMPARE(chosen.count(), 1);
        QVERIFY(view.description().contains(QStringLiteral("left waits for b, held by right.")));
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
