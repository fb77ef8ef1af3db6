// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/barrier.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <mutex>
#include <set>
#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

// Arrives in threads of its own and keeps what came of it.
class Party
{
public:
    void arrive(Barrier& barrier, int count, Deadline deadline = Deadline::never())
    {
        for (int number = 0; number < count; ++number) {
            m_threads.emplace_back([this, &barrier, deadline](const std::stop_token& stop) {
                const Result<std::uint32_t> arrived = barrier.arrive(deadline, stop);
                const std::lock_guard lock(m_mutex);
                if (arrived)
                    indexes.insert(*arrived);
                else
                    errors.push_back(arrived.error().kind);
            });
        }
    }
    void end()
    {
        for (std::jthread& thread : m_threads)
            thread.join(); // clearing would ask them to stop
        m_threads.clear();
    }
    void cancelLast() { m_threads.back().request_stop(); }

    std::set<std::uint32_t> indexes;
    std::vector<ErrorKind> errors;

private:
    std::mutex m_mutex;
    std::vector<std::jthread> m_threads;
};

bool allBroken(const std::vector<ErrorKind>& errors)
{
    return std::all_of(errors.begin(), errors.end(),
        [](ErrorKind kind) { return kind == ErrorKind::BrokenBarrier; });
}

} // namespace

class TestBarrier : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-18
    void eachOfAPartyGetsItsOrderOfArrivalRoundAfterRound()
    {
        Barrier barrier(5);
        for (int round = 0; round < 200; ++round) {
            Party party;
            party.arrive(barrier, 5);
            party.end();
            QCOMPARE(party.indexes, (std::set<std::uint32_t>{0, 1, 2, 3, 4}));
        }
    }
    // rows: TH-18
    void threadsThatArriveAgainAtOnceMeetInTheNextRound()
    {
        constexpr int kParties = 3;
        Barrier barrier(kParties);
        std::atomic<int> arrivals{0};
        std::vector<std::jthread> threads;
        for (int number = 0; number < kParties; ++number) {
            threads.emplace_back([&] {
                for (int round = 0; round < 500; ++round) {
                    ++arrivals;
                    QVERIFY(barrier.arrive());
                    QVERIFY(arrivals >= (round + 1) * kParties);
                }
            });
        }
    }
    // rows: TH-18
    void theActionIsRunOnceBeforeAnybodyGoesOn()
    {
        constexpr int kParties = 3;
        constexpr int kRounds = 50;
        int runs = 0; // written by the one who came last, while the others wait
        Barrier barrier(kParties, {}, [&] { ++runs; });
        std::atomic<int> otherRuns{0};
        std::vector<std::jthread> threads;
        for (int number = 0; number < kParties; ++number) {
            threads.emplace_back([&] {
                for (int round = 1; round <= kRounds; ++round) {
                    QVERIFY(barrier.arrive());
                    // The next action waits for this thread, so nobody writes now.
                    otherRuns += runs == round ? 0 : 1;
                }
            });
        }
        threads.clear();
        QCOMPARE(otherRuns.load(), 0);
        QCOMPARE(runs, kRounds);
    }
    // rows: TH-18
    void aFailingActionBreaksIt()
    {
        Barrier barrier(2, {}, [] { throw 7; });
        Party party;
        party.arrive(barrier, 1);
        QVERIFY(eventually([&] { return barrier.waiting() == 1; }));
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(barrier.arrive()), int);
        party.end();
        QCOMPARE(party.errors, (std::vector{ErrorKind::BrokenBarrier}));
        QVERIFY(barrier.isBroken());
    }
    // rows: TH-18
    void abortingFreesAllAndKeepsItBroken()
    {
        Barrier barrier(5);
        Party party;
        party.arrive(barrier, 4);
        QVERIFY(eventually([&] { return barrier.waiting() == 4; }));
        barrier.abort();
        party.end();
        QCOMPARE(party.errors.size(), std::size_t{4});
        QVERIFY(allBroken(party.errors));
        QVERIFY(barrier.isBroken());
        QCOMPARE(barrier.arrive().error().kind, ErrorKind::BrokenBarrier);
    }
    // rows: TH-18
    // cases: TH16
    void oneWhoAbortsAfterARoundLeavesNobodyThrough()
    {
        constexpr int kParties = 5;
        Barrier barrier(kParties);
        std::atomic<int> passes{0};
        std::atomic<int> broken{0};
        {
            std::vector<std::jthread> threads;
            for (int number = 0; number < kParties; ++number) {
                threads.emplace_back([&] {
                    const Result<std::uint32_t> first = barrier.arrive();
                    QVERIFY(first);
                    if (*first == 2) {
                        QVERIFY(eventually([&] { return barrier.waiting() == kParties - 1; }));
                        barrier.abort();
                        return;
                    }
                    const Result<std::uint32_t> second = barrier.arrive();
                    passes += second ? 1 : 0;
                    broken += !second && second.error().kind == ErrorKind::BrokenBarrier ? 1 : 0;
                });
            }
        }
        QCOMPARE(passes.load(), 0);
        QCOMPARE(broken.load(), 4);
        QVERIFY(barrier.isBroken());
        QCOMPARE(barrier.arrive().error().kind, ErrorKind::BrokenBarrier);
    }
    // rows: TH-18
    void aPartyOfOneIsAlwaysComplete()
    {
        int runs = 0;
        Barrier barrier(1, {}, [&] { ++runs; });
        for (int round = 0; round < 3; ++round)
            QCOMPARE(barrier.arrive(Deadline::at(0ns)).value(), 0U);
        QCOMPARE(runs, 3);
    }
    // rows: TH-18
    void aPartyOfNobodyIsNone()
    {
        Barrier barrier(0);
        QCOMPARE(kindOf(barrier.arrive()), ErrorKind::InvalidArgument);
        QVERIFY(!barrier.isBroken());
    }
    // rows: TH-18
    void theLimitOfTheBarrierIsForThoseWhoGiveNone()
    {
        Barrier barrier(2, {}, {}, 3ms);
        const Deadline earliest = Deadline::after(3ms);
        QCOMPARE(kindOf(barrier.arrive()), ErrorKind::Timeout);
        QVERIFY(earliest.isOver() && barrier.isBroken());
        barrier.reset();
        Party patient;
        patient.arrive(barrier, 1); // says that it waits for ever
        QVERIFY(eventually([&] { return barrier.waiting() == 1; }));
        const Deadline overItsLimit = Deadline::after(6ms);
        QVERIFY(eventually([&] { return overItsLimit.isOver(); }));
        QCOMPARE(barrier.waiting(), std::size_t{1});
        QVERIFY(barrier.arrive());
        patient.end();
        QCOMPARE(patient.indexes.size(), std::size_t{1});
    }
    // rows: TH-18
    // cases: TH17
    void resettingFreesThoseWhoWaitAndLeavesItWhole()
    {
        Barrier barrier(5);
        Party first;
        first.arrive(barrier, 4);
        QVERIFY(eventually([&] { return barrier.waiting() == 4; }));
        barrier.reset();
        first.end();
        QCOMPARE(first.errors.size(), std::size_t{4});
        QVERIFY(allBroken(first.errors) && !barrier.isBroken());
        Party second;
        second.arrive(barrier, 5);
        second.end();
        QCOMPARE(second.indexes.size(), std::size_t{5});
    }
    // rows: TH-18
    void oneWhoTimesOutBreaksItForTheOthers()
    {
        Barrier barrier(4);
        Party patient;
        patient.arrive(barrier, 2);
        QVERIFY(eventually([&] { return barrier.waiting() == 2; }));
        const Deadline deadline = Deadline::after(3ms);
        const Result<std::uint32_t> arrived = barrier.arrive(deadline);
        QCOMPARE(arrived.error().kind, ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        patient.end();
        QCOMPARE(patient.errors.size(), std::size_t{2});
        QVERIFY(allBroken(patient.errors) && barrier.isBroken());
        barrier.reset();
        QVERIFY(!barrier.isBroken());
    }
    void oneWhoIsCancelledBreaksItToo()
    {
        Barrier barrier(3);
        Party party;
        party.arrive(barrier, 1);
        QVERIFY(eventually([&] { return barrier.waiting() == 1; }));
        party.cancelLast();
        party.end();
        QCOMPARE(party.errors, (std::vector{ErrorKind::Cancelled}));
        QVERIFY(barrier.isBroken());
    }
    void limitsAndArrivalsRaceToOneOutcome()
    {
        for (int repetition = 0; repetition < raceRounds(100); ++repetition) {
            Barrier barrier(2);
            Party party;
            party.arrive(barrier, 2, Deadline::after(30us));
            party.end();
            const bool passed = party.indexes.size() == 2 && party.errors.empty();
            const bool failed =
                party.indexes.empty() && party.errors.size() == 2 && barrier.isBroken();
            QVERIFY(passed != failed);
        }
    }
};

QTEST_APPLESS_MAIN(TestBarrier)
#include "tst_barrier.moc"
