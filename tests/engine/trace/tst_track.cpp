// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/trace/track_samples.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

using namespace heddle;

class TestTrack : public QObject
{
    Q_OBJECT

private slots:
    void slicesComeBackAsTheyWere_data() { lives(); }
    void slicesComeBackAsTheyWere()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 10'000, 1);
        Built built;

        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);

        QCOMPARE(built.track->sliceCount(), slices.size());
        for (std::size_t i = 0; i < slices.size(); ++i) {
            const Slice slice = built.track->slice(i);
            QCOMPARE(slice.begin, slices[i].begin);
            QCOMPARE(slice.end, slices[i].end);
            QCOMPARE(slice.state, slices[i].state);
            QCOMPARE(slice.line, slices[i].line);
            QCOMPARE(slice.name.value, slices[i].name.value);
            QCOMPARE(slice.argument, slices[i].argument);
            QCOMPARE(slice.argumentIsActor, slices[i].argumentIsActor);
        }
    }

    void searchesFindWhatALookAtEachFinds_data() { lives(); }
    void searchesFindWhatALookAtEachFinds()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 3'000, 2);
        const Built built(slices);
        const std::int64_t end = slices.back().end;
        std::mt19937_64 random(3);

        for (int i = 0; i < 2000; ++i) {
            std::int64_t time =
                static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end + 100));
            if (i % 3 == 0)
                time =
                    slices[random() % slices.size()].end - static_cast<std::int64_t>(random() % 2);
            const auto wanted = std::find_if(slices.begin(), slices.end(),
                [time](const Slice& slice) { return slice.end > time; });

            QCOMPARE(built.track->firstEndingAfter(time),
                static_cast<std::size_t>(wanted - slices.begin()));
            const auto at = built.track->at(time);
            const bool isThere = wanted != slices.end() && wanted->begin <= time;
            QCOMPARE(at.has_value(), isThere);
            if (isThere)
                QCOMPARE(at->begin, wanted->begin);
        }
    }

    void sumsAreExact_data() { lives(); }
    void sumsAreExact()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 20'000, 4);
        const Built built(slices);

        for (const auto& [from, to] : stretches(slices.back().end, 5))
            QCOMPARE(built.track->sums(from, to), sumsByHand(slices, from, to));
        QCOMPARE(built.track->sums(10, 10), Sums{});
        QCOMPARE(built.track->sums(20, 10), Sums{});
    }

    void theOpenSliceCountsUpToTheEnd()
    {
        TraceBuilder builder;
        builder.defineActor({1}, ActorKind::Thread, "main");
        TraceEvent event;
        event.time = 1000;
        event.lane = 1;
        event.kind = EventKind::ActorStarted;
        builder.append({&event, 1});
        builder.setEnd(5000);
        const auto trace = builder.trace();
        const Track* track = trace->track(trace->lanes()[0].tracks[0]);

        QCOMPARE(track->sliceCount(), std::size_t(0));
        QVERIFY(track->openSlice());
        QCOMPARE(track->openSlice()->end, std::int64_t(5000));
        QCOMPARE(
            track->sums(0, 10'000)[static_cast<std::size_t>(State::Running)], std::int64_t(4000));
        QCOMPARE(track->shares(0, 8000, 8)[0].share[0], 0.0F);
        QCOMPARE(track->shares(0, 8000, 8)[4].share[0], 1.0F);
        QCOMPARE(track->shares(0, 8000, 8)[5].share[0], 0.0F);
        QVERIFY(track->at(3000));
    }

    void whatDoesNotFitIsCutAndMarked()
    {
        Built built;
        Slice slice;
        slice.begin = 100;
        slice.end = 200;
        built.builder.addSlice(built.id, slice);
        slice.begin = 150;
        slice.end = 260;
        built.builder.addSlice(built.id, slice);
        slice.begin = 240;
        slice.end = 230;
        built.builder.addSlice(built.id, slice);

        QCOMPARE(built.track->slice(1).begin, std::int64_t(200));
        QCOMPARE(built.track->slice(2).begin, std::int64_t(260));
        QCOMPARE(built.track->slice(2).end, std::int64_t(260));
        QCOMPARE(built.builder.trace()->momentCount(built.lane, 0, 1000), std::size_t(2));
    }

    void anEventTakesAFewBytes()
    {
        Built built;
        const std::size_t empty = built.track->sizeBytes();
        std::vector<Slice> slices = slicesLike("plain", 200'000, 14);
        // An actor knows about five states.
        for (Slice& slice : slices)
            slice.state = static_cast<State>(1 + static_cast<int>(slice.state) % 5);
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);

        const double each = static_cast<double>(built.track->sizeBytes() - empty)
            / static_cast<double>(slices.size());

        QVERIFY2(each <= 23, qPrintable(QString::number(each)));
        QVERIFY(empty < 4096);
    }

    void readersSeeOnlyWhatIsWhole()
    {
        Built built;
        const std::vector<Slice> slices = slicesLike("bursts", 20'000, 15);
        std::atomic<bool> isDone{false};
        std::atomic<int> wrong{0};
        const auto read = [&](unsigned seed) {
            std::mt19937_64 random(seed);
            do {
                const std::size_t count = built.track->sliceCount();
                if (count == 0)
                    continue;
                const std::size_t i = random() % count;
                const Slice slice = built.track->slice(i);
                wrong += slice.begin != slices[i].begin || slice.end != slices[i].end ? 1 : 0;
                const std::int64_t to = built.track->slice(count - 1).end;
                const std::int64_t from =
                    to - static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to + 1));
                std::int64_t covered = 0;
                for (const std::int64_t sum : built.track->sums(from, to))
                    covered += sum;
                wrong += covered > to - from ? 1 : 0;
                for (const StateShares& column : built.track->shares(from, to, 20)) {
                    float whole = 0;
                    for (const float share : column.share)
                        whole += share;
                    wrong += whole > 1.0001F ? 1 : 0;
                }
                const std::array<double, 2> wanted{50, 99};
                wrong +=
                    built.track->percentiles(State::Running, from, to, wanted).size() != 2 ? 1 : 0;
            } while (!isDone);
        };
        std::jthread first(read, 1U);
        std::jthread second(read, 2U);

        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);
        isDone = true;
        first.join();
        second.join();

        QCOMPARE(wrong.load(), 0);
    }

    void openSlicesAreReadWholeWhileTheyChange()
    {
        TraceBuilder builder;
        builder.defineActor({1}, ActorKind::Thread, "main");
        builder.defineObject({1}, PrimitiveKind::Mutex, "lock");
        const auto trace = builder.trace();
        const Track* track = trace->track(trace->lanes()[0].tracks[0]);
        std::atomic<bool> isDone{false};
        std::atomic<int> wrong{0};
        std::jthread reader([&] {
            while (!isDone) {
                const auto open = track->openSlice();
                // The line of each slice is made from its begin.
                if (open)
                    wrong += open->line != static_cast<std::uint16_t>(open->begin) ? 1 : 0;
                const auto at = track->at(trace->end());
                wrong += at && at->end < at->begin ? 1 : 0;
            }
        });

        for (std::uint64_t i = 1; i <= 20'000; ++i) {
            TraceEvent event;
            event.time = i;
            event.lane = 1;
            event.line = static_cast<std::uint16_t>(i);
            event.object = 1;
            event.kind = EventKind::Wants;
            builder.append({&event, 1});
            if (i % 64 == 0)
                builder.setEnd(static_cast<std::int64_t>(i));
        }
        isDone = true;
        reader.join();

        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestTrack)
#include "tst_track.moc"
