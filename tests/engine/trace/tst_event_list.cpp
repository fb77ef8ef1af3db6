// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/event_list.h"
#include "engine/model/trace/track.h"
#include "tests/engine/trace/event_script.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace heddle;

namespace {

constexpr std::int64_t kForEver = 1'000'000;

/// A trace of slices, moments and samples that the test puts in where it wants them.
class Tape
{
public:
    LaneId lane(const char* name)
    {
        Lane lane;
        lane.name = name;
        return m_builder.addLane(lane);
    }
    TrackId track(LaneId lane, TrackKind kind = TrackKind::Activity)
    {
        return m_builder.addTrack(lane, kind, 0);
    }
    void slice(TrackId track, std::int64_t begin, std::int64_t end)
    {
        m_builder.addSlice(track, {begin, end, State::Running, 7, {}, 0, false});
    }
    void moment(LaneId lane, std::int64_t time)
    {
        m_builder.addMoment(lane, {time, Moment::Kind::Said, 9, {}, 1});
    }
    void sample(TrackId track, std::int64_t time) { m_builder.addSample(track, {time, 3}); }
    std::shared_ptr<const Trace> finish(std::int64_t end = kForEver)
    {
        m_builder.setEnd(end);
        m_builder.finish();
        return m_builder.trace();
    }

private:
    TraceBuilder m_builder;
};

/// "a 10+5" for a slice, "a @10" for a moment, "a =3@10" for a sample.
QString wordsOf(const EventList& list, const EventPlace& place)
{
    const ListedEvent event = list.event(place);
    const QString lane = QString::fromStdString(list.trace()->lane(place.lane)->name);
    switch (event.kind) {
    case ListedEvent::Kind::Slice:
        return QStringLiteral("%1 %2+%3").arg(lane).arg(event.begin()).arg(event.duration());
    case ListedEvent::Kind::Moment:
        return QStringLiteral("%1 @%2").arg(lane).arg(event.begin());
    case ListedEvent::Kind::Sample:
        break;
    }
    return QStringLiteral("%1 =%2@%3").arg(lane).arg(event.sample.value).arg(event.begin());
}

QString textOf(const EventList& list)
{
    QStringList words;
    for (const EventPlace& place : list.places(0, list.size()))
        words.append(wordsOf(list, place));
    return words.join(QStringLiteral(", "));
}

/// Three lanes of two tracks with many events that begin at the same times.
std::shared_ptr<const Trace> crowd()
{
    std::mt19937 random{5};
    Tape tape;
    for (const char* name : {"a", "b", "c"}) {
        const LaneId lane = tape.lane(name);
        const TrackId tracks[] = {tape.track(lane), tape.track(lane, TrackKind::Scheduler)};
        for (const TrackId track : tracks)
            for (std::int64_t now = 0; now < 300; now += static_cast<std::int64_t>(random() % 4))
                tape.slice(track, now, now + 1), ++now;
        for (std::int64_t now = 0; now < 300; now += static_cast<std::int64_t>(random() % 3))
            tape.moment(lane, now);
    }
    return tape.finish();
}

} // namespace

class TestEventList : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyTraceHasNoEvents()
    {
        Tape tape;
        const EventList list(tape.finish(), {0, kForEver, {}});
        QCOMPARE(list.size(), std::size_t{0});
        QVERIFY(list.places(0, 10).empty());
    }

    void eventsOfAllLanesComeInOrderOfTimeAndThoseAboveFirst()
    {
        Tape tape;
        const LaneId a = tape.lane("a");
        const LaneId b = tape.lane("b");
        const TrackId ofA = tape.track(a);
        const TrackId ofB = tape.track(b);
        tape.slice(ofB, 0, 10);
        tape.slice(ofA, 5, 20);
        tape.slice(ofA, 20, 30);
        tape.slice(ofB, 20, 25);
        tape.moment(a, 7);
        tape.sample(tape.track(b, TrackKind::Level), 6);

        const EventList list(tape.finish(), {0, kForEver, {}});

        QCOMPARE(textOf(list), QStringLiteral("b 0+10, a 5+15, b =3@6, a @7, a 20+10, b 20+5"));
    }

    void onlyWhatHasAPartInTheStretchIsListed()
    {
        Tape tape;
        const LaneId a = tape.lane("a");
        const TrackId track = tape.track(a);
        for (std::int64_t begin = 0; begin < 100; begin += 10)
            tape.slice(track, begin, begin + 10);
        for (std::int64_t time = 15; time <= 45; time += 5)
            tape.moment(a, time);

        const EventList list(tape.finish(), {20, 40, {}});

        QCOMPARE(textOf(list), QStringLiteral("a 20+10, a @20, a @25, a 30+10, a @30, a @35"));
    }

    void onlyTheWantedLanesAreListed()
    {
        Tape tape;
        const LaneId a = tape.lane("a");
        const LaneId b = tape.lane("b");
        tape.slice(tape.track(a), 0, 10);
        tape.slice(tape.track(b), 0, 10);

        const EventList list(tape.finish(), {0, kForEver, {b}});

        QCOMPARE(textOf(list), QStringLiteral("b 0+10"));
        QVERIFY(!list.rowOf({.lane = a, .track = TrackId{1}, .index = 0}));
    }

    void everyRowIsTheSameWhereverOneBegins()
    {
        const auto trace = crowd();
        const EventList list(trace, {0, kForEver, {}});
        QVERIFY(list.size() > 1000);
        const std::vector<EventPlace> all = list.places(0, list.size());
        QCOMPARE(all.size(), list.size());
        for (std::size_t row = 0; row < all.size(); ++row) {
            QVERIFY(list.places(row, 1).front() == all[row]);
            QCOMPARE(list.rowOf(all[row]).value_or(all.size()), row);
            if (row > 0)
                QVERIFY(list.event(all[row - 1]).begin() <= list.event(all[row]).begin());
        }
    }

    void visitingIsStoppedByTheVisitorOrFromOutside()
    {
        const EventList list(crowd(), {0, kForEver, {}});
        std::size_t seen = 0;
        list.visit({}, [&seen](const ListedEvent&) { return ++seen < 7; });
        QCOMPARE(seen, std::size_t{7});
        std::stop_source stop;
        stop.request_stop();
        list.visit(stop.get_token(), [&seen](const ListedEvent&) { return ++seen > 0; });
        QCOMPARE(seen, std::size_t{7});
    }

    void aSliceIsFoundByItsBegin()
    {
        Tape tape;
        const TrackId track = tape.track(tape.lane("a"));
        tape.slice(track, 0, 10);
        tape.slice(track, 20, 30);
        const EventList list(tape.finish(), {0, kForEver, {}});
        QCOMPARE(list.rowOf(*list.sliceBeginningAt(track, 20)).value_or(9), std::size_t{1});
        QVERIFY(!list.sliceBeginningAt(track, 15));
        QVERIFY(!list.sliceBeginningAt(track, 30));
    }

    void whatGoesOnLastsUntilTheEndAndKeepsItsPlace()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(0).add(main, EventKind::ActorStarted).at(10).wants(main, lock);
        script.builder.setEnd(50);
        const LaneId lane = script.builder.trace()->laneOfActor(main);
        const EventList before(script.builder.trace(), {0, kForEver, {lane}});
        const EventPlace wait = before.places(before.size() - 1, 1).front();
        QCOMPARE(before.event(wait).begin(), std::int64_t{10});
        QCOMPARE(before.event(wait).duration(), std::int64_t{40});

        script.at(70).has(main, lock).at(90).add(main, EventKind::ActorFinished);
        const EventList after(script.finish(), {0, kForEver, {lane}});

        QCOMPARE(before.event(wait).duration(), std::int64_t{60});
        QCOMPARE(after.event(wait).duration(), std::int64_t{60});
        QVERIFY(after.rowOf(wait).has_value());
        QVERIFY(!after.isSameAs(before));
        QVERIFY(after.isSameAs(EventList(after.trace(), {0, kForEver, {lane}})));
    }
};

QTEST_APPLESS_MAIN(TestEventList)
#include "tst_event_list.moc"
