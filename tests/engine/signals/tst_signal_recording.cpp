// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/track.h"
#include "engine/record/collector.h"
#include "engine/record/recorder.h"
#include "engine/threads/event.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

/// What a lane's track of the kind shows, without times and without running: "lock outer | on SIGUSR1".
QString shownIn(const Trace& trace, ActorId actor, TrackKind kind)
{
    QStringList text;
    const std::vector<TrackId> tracks = trace.lane(trace.laneOfActor(actor))->tracks;
    for (const TrackId id : tracks) {
        const auto track = trace.track(id);
        for (std::size_t index = 0; track->kind() == kind && index < track->sliceCount(); ++index) {
            const Slice slice = track->slice(index);
            if (slice.name)
                text += QString::fromStdString(trace.name(slice.name));
            else if (slice.argument != 0)
                text += QString("waits for %1").arg(slice.argument);
        }
    }
    return text.join(" | ");
}

QString marksIn(const Trace& trace, ActorId actor)
{
    QStringList text;
    for (const Moment& moment : trace.moments(trace.laneOfActor(actor), 0, trace.end(), 1000)) {
        if (moment.kind == Moment::Kind::Marked)
            text += QString::fromStdString(trace.name(moment.name));
    }
    return text.join(" | ");
}

} // namespace

class TestSignalRecording : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup()
    {
        unbindThread();
        stopRecording();
        QCOMPARE(m_before->text(), std::string());
    }

    // rows: SG-03 SG-04
    void aHandlerWithinAWaitIsSeenBetweenTheWaitsTwoParts()
    {
        const auto session = std::make_shared<Session>(required(Session::create({})));
        required(startRecording(session));
        Collector collector(session);
        const ActorId actor = defineActor(ActorKind::Thread, "main");
        bindThread(actor);
        Event outer(defineObject(PrimitiveKind::Event, "outer"));
        Event inner(defineObject(PrimitiveKind::Event, "inner"));
        const InForce handler(SIGUSR1, Disposition::handler([&](int) {
            static_cast<void>(!inner.wait(Deadline::after(1ms)));
            return AfterInterruption::GoOn;
        }));
        const InForce end(SIGUSR2, givingUp());
        const SentLater first(SIGUSR1, 20ms);
        const SentLater second(SIGUSR2, 60ms);
        QCOMPARE(kindOf(outer.wait(Deadline::after(10s))), ErrorKind::Interrupted);
        collector.finish();
        const auto trace = collector.trace();
        QCOMPARE(shownIn(*trace, actor, TrackKind::Activity),
            QString("waits for 1 | waits for 2 | waits for 1 | waits for 1"));
        QCOMPARE(shownIn(*trace, actor, TrackKind::Section), QString("on SIGUSR1 | on SIGUSR2"));
        QCOMPARE(marksIn(*trace, actor), QString("gave up: time was over | gave up: interrupted"));
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestSignalRecording)
#include "tst_signal_recording.moc"
