// SPDX-License-Identifier: GPL-3.0-only
// The drawn graphs by keys: from node to node, and into one.
#include "engine/model/trace/trace_builder.h"
#include "widgets/explorer/state_graph_view.h"
#include "widgets/inspector/wait_graph_view.h"
#include "widgets/shared/arrow_walk.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace heddle;
using namespace heddle::widgets;

namespace {

/// The start above, two states below it, and the end below the right one.
StatePicture picture()
{
    StatePicture picture;
    for (std::uint32_t number = 0; number < 4; ++number)
        picture.nodes.push_back({.number = number,
            .isStart = number == 0,
            .isEnd = number == 3,
            .label = "x = " + std::to_string(number)});
    return picture;
}

StateGraphLayout layout()
{
    return {
        .size = {200, 300}, .nodes = {{100, 20}, {40, 150}, {160, 150}, {160, 280}}, .edges = {}};
}

WaitGraph waits()
{
    TraceBuilder builder;
    builder.defineActor(ActorId{1}, ActorKind::Thread, "left");
    builder.defineActor(ActorId{2}, ActorKind::Thread, "right");
    builder.defineObject(ObjectId{1}, PrimitiveKind::Mutex, "a");
    for (const std::uint32_t actor : {1U, 2U})
        builder.append(
            std::vector<TraceEvent>{{.time = 1000, .lane = actor, .kind = EventKind::ActorStarted},
                {.time = 10'000 * actor,
                    .lane = actor,
                    .kind = actor == 1 ? EventKind::Has : EventKind::Wants,
                    .line = 4,
                    .object = 1,
                    .value = static_cast<std::uint64_t>(State::WaitLock)}});
    builder.setEnd(50'000);
    return waitGraphAt(*builder.trace(), 50'000);
}

} // namespace

class TestGraphKeys : public QObject
{
    Q_OBJECT

private slots:
    void anArrowLeadsToWhatLiesThatWay_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<Qt::Key>("arrow");
        QTest::addColumn<int>("to");
        QTest::newRow("from nowhere") << -1 << Qt::Key_Down << 0;
        QTest::newRow("down, as near one as the other") << 0 << Qt::Key_Down << 1;
        QTest::newRow("right") << 1 << Qt::Key_Right << 2;
        QTest::newRow("straight down") << 2 << Qt::Key_Down << 3;
        QTest::newRow("up") << 3 << Qt::Key_Up << 2;
        QTest::newRow("nothing there") << 3 << Qt::Key_Down << 3;
        QTest::newRow("left, a little aside") << 0 << Qt::Key_Left << 1;
    }
    void anArrowLeadsToWhatLiesThatWay()
    {
        QFETCH(int, from);
        QFETCH(Qt::Key, arrow);
        QFETCH(int, to);
        QCOMPARE(placeTowards(layout().nodes, from, arrow), to);
    }

    void nothingLeadsNowhere() { QCOMPARE(placeTowards({}, -1, Qt::Key_Up), -1); }

    void aStateIsGoneToWithEnter()
    {
        StateGraphView view;
        view.resize(300, 360);
        view.setPicture(picture(), layout());
        view.setWalk({0});
        view.show();
        QSignalSpy chosen(&view, &StateGraphView::stateChosen);
        QTest::keyClick(&view, Qt::Key_Return); // nothing is marked yet
        QCOMPARE(chosen.count(), 0);
        QTest::keyClick(&view, Qt::Key_Down); // begins where the walk stands
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.current(), std::optional<std::uint32_t>(3));
        QVERIFY(QToolTip::text().contains(QStringLiteral("x = 3")));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("end")));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toUInt(), 3U);
        QToolTip::hideText();
    }

    void whatTheArrowsComeToIsMovedIntoView()
    {
        StateGraphView view;
        view.resize(300, 360);
        view.setPicture(picture(), layout());
        view.show();
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(&view, Qt::Key_Plus);
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Right, Qt::Key_Down}) {
            QTest::keyClick(&view, key);
            QVERIFY(QRectF(view.rect()).contains(view.placeOf(*view.current())));
        }
        QToolTip::hideText();
    }

    void controlAndArrowsMoveTheGraph()
    {
        StateGraphView view;
        view.resize(300, 360);
        view.setPicture(picture(), layout());
        const QPointF before = view.placeOf(0);
        QTest::keyClick(&view, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(view.placeOf(0).x() > before.x());
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.placeOf(0), before);
    }

    void anActorThatWaitsIsChosenWithEnter()
    {
        WaitGraphView view;
        view.resize(400, 300);
        view.setGraph(waits());
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
        QSignalSpy chosen(&view, &WaitGraphView::actorChosen);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
            QTest::keyClick(&view, key);
            QTest::keyClick(&view, Qt::Key_Space);
        }
        QSet<uint> actors;
        for (const auto& arguments : chosen)
            actors.insert(arguments[0].toUInt());
        QCOMPARE(actors, (QSet<uint>{1, 2}));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("is marked")));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("waits for a")));
    }
};

QTEST_MAIN(TestGraphKeys)
#include "tst_graph_keys.moc"
