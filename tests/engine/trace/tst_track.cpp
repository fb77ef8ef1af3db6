// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/track.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

using namespace heddle;

namespace {

/// Slices of a kind of life: dense, sparse, with long pauses, with slices longer than 32 bits.
std::vector<Slice> slicesLike(const QByteArray& life, std::size_t count, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::vector<Slice> slices;
    std::int64_t time = 0;
    for (std::size_t i = 0; i < count; ++i) {
        Slice slice;
        std::uint64_t longest = 20000;
        std::uint64_t gap = 0;
        if (life == "dense")
            longest = 400;
        if (life == "pauses")
            gap = random() % 500 == 0 ? 50'000'000 : 0;
        if (life == "endless")
            longest = random() % 20 == 0 ? 40'000'000'000ULL : 1000;
        if (life == "bursts") {
            longest = (i / 3000) % 2 == 0 ? 200 : 3'000'000;
            gap = random() % 50;
        }
        slice.begin = time + static_cast<std::int64_t>(gap);
        slice.end = slice.begin + static_cast<std::int64_t>(random() % longest);
        slice.state = static_cast<State>(1 + random() % (kStateCount - 1));
        slice.line = static_cast<std::uint16_t>(random());
        slice.name.value = static_cast<std::uint32_t>(random());
        slice.argument = static_cast<std::uint32_t>(random());
        slice.argumentIsActor = random() % 2 == 0;
        time = slice.end;
        slices.push_back(slice);
    }
    return slices;
}

struct Built
{
    TraceBuilder builder;
    LaneId lane;
    TrackId id;
    const Track* track;

    explicit Built(TrackKind kind = TrackKind::Activity)
        : lane(builder.addLane({}))
        , id(builder.addTrack(lane, kind, 0))
        , track(builder.trace()->track(id))
    {
    }
};

std::int64_t overlap(const Slice& slice, std::int64_t from, std::int64_t to)
{
    return std::max<std::int64_t>(0, std::min(slice.end, to) - std::max(slice.begin, from));
}

using Sums = std::array<std::int64_t, kStateCount>;

Sums sumsByHand(const std::vector<Slice>& slices, std::int64_t from, std::int64_t to)
{
    Sums sums{};
    for (const Slice& slice : slices)
        sums[static_cast<std::size_t>(slice.state)] += overlap(slice, from, to);
    return sums;
}

void lives()
{
    QTest::addColumn<QByteArray>("life");
    for (const char* life : {"dense", "plain", "pauses", "endless", "bursts"})
        QTest::newRow(life) << QByteArray(life);
}

/// Stretches of many lengths, inside, at the edges and beyond.
std::vector<std::pair<std::int64_t, std::int64_t>> stretches(std::int64_t end, unsigned seed)
{
    std::mt19937_64 random(seed);
    const auto below = [&random](std::int64_t bound) {
        return static_cast<std::int64_t>(
            random() % static_cast<std::uint64_t>(std::max<std::int64_t>(bound, 1)));
    };
    std::vector<std::pair<std::int64_t, std::int64_t>> result{
        {0, end}, {0, 1}, {end - 1, end + 1000}, {end, 2 * end}};
    for (std::int64_t length = 10; length < end; length *= 7) {
        const std::int64_t from = below(end - length);
        result.emplace_back(from, from + length);
    }
    return result;
}

} // namespace

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
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);
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
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);

        for (const auto& [from, to] : stretches(slices.back().end, 5))
            QCOMPARE(built.track->sums(from, to), sumsByHand(slices, from, to));
        QCOMPARE(built.track->sums(10, 10), Sums{});
        QCOMPARE(built.track->sums(20, 10), Sums{});
    }

    void sharesAgreeWithSumsAtEveryZoom_data() { lives(); }
    void sharesAgreeWithSumsAtEveryZoom()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 30'000, 6);
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);

        for (const auto& [from, to] : stretches(slices.back().end, 7)) {
            constexpr std::size_t kColumns = 100;
            const auto shares = built.track->shares(from, to, kColumns);
            QCOMPARE(shares.size(), kColumns);
            // A bucket is at most as wide as a column, so what is wrong in one column stands in the
            // next one: up to any column, the sums agree within one column.
            const double width = static_cast<double>(to - from) / kColumns;
            std::array<double, kStateGroupCount> passed{};
            for (std::size_t column = 0; column < kColumns; ++column) {
                float whole = 0;
                for (std::size_t group = 0; group < kStateGroupCount; ++group) {
                    passed[group] += static_cast<double>(shares[column].share[group]) * width;
                    whole += shares[column].share[group];
                }
                QVERIFY2(whole <= 1.0001F,
                    qPrintable(QString::number(static_cast<double>(whole), 'g', 10)));
                if (column % 9 != 0 && column + 1 != kColumns)
                    continue;
                const auto until =
                    from + static_cast<std::int64_t>(width * static_cast<double>(column + 1));
                const Sums sums = built.track->sums(from, until);
                std::array<double, kStateGroupCount> exact{};
                for (std::size_t state = 0; state < kStateCount; ++state)
                    exact[static_cast<std::size_t>(groupOf(static_cast<State>(state)))] +=
                        static_cast<double>(sums[state]);
                for (std::size_t group = 0; group < kStateGroupCount; ++group)
                    QVERIFY2(std::abs(passed[group] - exact[group]) <= width + 2,
                        qPrintable(QString("%1..%2 column %3 group %4: %5 instead of %6")
                                       .arg(from)
                                       .arg(to)
                                       .arg(column)
                                       .arg(group)
                                       .arg(passed[group])
                                       .arg(exact[group])));
            }
        }
    }

    void closeUpEveryColumnIsExact()
    {
        const std::vector<Slice> slices = slicesLike("plain", 5'000, 8);
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);
        const std::int64_t from = slices[2500].begin + 3;
        const std::int64_t to = from + std::int64_t{400} * 1000;

        const auto shares = built.track->shares(from, to, 400);

        for (std::size_t column = 0; column < 400; ++column) {
            const std::int64_t begin = from + static_cast<std::int64_t>(column) * 1000;
            const Sums sums = sumsByHand(slices, begin, begin + 1000);
            std::uint32_t count = 0;
            for (const Slice& slice : slices)
                count += slice.begin >= begin && slice.begin < begin + 1000 ? 1 : 0;
            QCOMPARE(shares[column].count, count);
            std::array<double, kStateGroupCount> groups{};
            for (std::size_t state = 0; state < kStateCount; ++state)
                groups[static_cast<std::size_t>(groupOf(static_cast<State>(state)))] +=
                    static_cast<double>(sums[state]) / 1000;
            for (std::size_t group = 0; group < kStateGroupCount; ++group)
                QVERIFY(std::abs(groups[group] - static_cast<double>(shares[column].share[group]))
                    < 1e-4);
        }
    }

    void countsAreNeverTooSmall()
    {
        const std::vector<Slice> slices = slicesLike("dense", 100'000, 9);
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);
        const std::int64_t end = slices.back().end;

        const auto shares = built.track->shares(0, end, 7);

        for (std::size_t column = 0; column < 7; ++column) {
            const auto begin = end * static_cast<std::int64_t>(column) / 7 + 1;
            const auto stop = end * static_cast<std::int64_t>(column + 1) / 7 - 1;
            const auto inside = std::count_if(slices.begin(), slices.end(),
                [&](const Slice& slice) { return slice.begin >= begin && slice.begin < stop; });
            QVERIFY(shares[column].count >= static_cast<std::uint32_t>(inside));
        }
    }

    void theLargestShareNamesItsState()
    {
        Built built;
        for (int i = 0; i < 50'000; ++i) {
            Slice slice;
            slice.begin = std::int64_t{i} * 1000;
            slice.end = slice.begin + 700;
            slice.state = i < 25'000 ? State::WaitQueue : State::Computing;
            built.builder.addSlice(built.id, slice);
            slice.begin = slice.end;
            slice.end = slice.begin + 300;
            slice.state = State::Runnable;
            built.builder.addSlice(built.id, slice);
        }

        const auto shares = built.track->shares(0, 50'000'000, 10);

        QCOMPARE(shares[2].largest, State::WaitQueue);
        QCOMPARE(shares[7].largest, State::Computing);
        QVERIFY(std::abs(shares[2].share[static_cast<std::size_t>(StateGroup::Contention)] - 0.7F)
            < 0.01F);
        QVERIFY(std::abs(shares[7].share[static_cast<std::size_t>(StateGroup::Runnable)] - 0.3F)
            < 0.01F);
    }

    void columnsMayBeNarrowerThanANanosecond()
    {
        Built built;
        Slice slice;
        slice.begin = 100;
        slice.end = 105;
        slice.state = State::Running;
        built.builder.addSlice(built.id, slice);

        const auto shares = built.track->shares(100, 110, 100);

        for (std::size_t column = 0; column < 100; ++column)
            QVERIFY(std::abs(shares[column].share[0] - (column < 50 ? 1.0F : 0.0F)) < 1e-5F);
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

    void percentilesAreWithinSevenPercent_data() { lives(); }
    void percentilesAreWithinSevenPercent()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 20'000, 10);
        Built built;
        for (const Slice& slice : slices)
            built.builder.addSlice(built.id, slice);
        const std::vector<double> wanted{0, 50, 90, 99, 99.9, 100};

        for (const auto& [from, to] : stretches(slices.back().end, 11)) {
            std::vector<std::int64_t> durations;
            for (const Slice& slice : slices) {
                if (slice.state == State::WaitLock && slice.begin >= from && slice.begin < to)
                    durations.push_back(slice.end - slice.begin);
            }
            std::sort(durations.begin(), durations.end());
            const auto found = built.track->percentiles(State::WaitLock, from, to, wanted);
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                const double rank =
                    std::ceil(wanted[i] / 100 * static_cast<double>(durations.size()));
                const double exact = durations.empty()
                    ? 0
                    : static_cast<double>(
                        durations[std::max<std::size_t>(static_cast<std::size_t>(rank), 1) - 1]);
                QVERIFY2(std::abs(static_cast<double>(found[i]) - exact) <= exact * 0.07,
                    qPrintable(QString("%1 instead of %2").arg(found[i]).arg(exact)));
            }
        }
    }

    void levelsShowTheirExtremesInEachColumn()
    {
        Built built(TrackKind::Level);
        std::mt19937_64 random(12);
        std::vector<Sample> samples;
        std::int64_t time = 0;
        for (int i = 0; i < 20'000; ++i) {
            time += static_cast<std::int64_t>(random() % 1000);
            samples.push_back({time, static_cast<std::int64_t>(random() % 100'000)});
            built.builder.addSample(built.id, samples.back());
        }
        QCOMPARE(built.track->levelAt(samples[0].time - 1), std::int64_t(0));

        for (const auto& [from, to] : stretches(time, 13)) {
            const auto found = built.track->samples(from, to, 50);
            QVERIFY(found.size() <= 101);
            QVERIFY(std::is_sorted(found.begin(), found.end(),
                [](const Sample& left, const Sample& right) { return left.time < right.time; }));
            std::int64_t least = std::numeric_limits<std::int64_t>::max();
            std::int64_t greatest = -1;
            std::int64_t inForce = 0;
            for (const Sample& sample : samples) {
                if (sample.time <= from)
                    inForce = sample.value;
                if (sample.time > from && sample.time <= to) {
                    least = std::min(least, sample.value);
                    greatest = std::max(greatest, sample.value);
                }
            }
            QCOMPARE(built.track->levelAt(from), inForce);
            if (greatest < 0)
                continue;
            const auto has = [&found](std::int64_t value) {
                return std::any_of(found.begin(), found.end(),
                    [value](const Sample& s) { return s.value == value; });
            };
            QVERIFY(has(least));
            QVERIFY(has(greatest));
        }
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
