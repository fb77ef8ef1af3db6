// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/trace/track_samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace heddle;

class TestTrackShares : public QObject
{
    Q_OBJECT

private slots:
    void sharesAgreeWithSumsAtEveryZoom_data() { lives(); }
    void sharesAgreeWithSumsAtEveryZoom()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 30'000, 6);
        const Built built(slices);

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
        const Built built(slices);
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
        const Built built(slices);
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

    void percentilesAreWithinSevenPercent_data() { lives(); }
    void percentilesAreWithinSevenPercent()
    {
        QFETCH(QByteArray, life);
        const std::vector<Slice> slices = slicesLike(life, 20'000, 10);
        const Built built(slices);
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
};

QTEST_APPLESS_MAIN(TestTrackShares)
#include "tst_track_shares.moc"
