// SPDX-License-Identifier: GPL-3.0-only
#include "engine/record/event_ring.h"

#include <QtTest>

#include <csignal>
#include <ctime>
#include <thread>

#include <unistd.h>

using namespace heddle;

namespace {

std::shared_ptr<Session> makeSession(std::uint32_t rings, std::uint32_t records)
{
    SessionOptions options;
    options.rings = rings;
    options.recordsPerRing = records;
    Result<Session> made = Session::create(options);
    return made ? std::make_shared<Session>(std::move(*made)) : nullptr;
}

constexpr std::uint64_t kChecksum = 0x9E37'79B9'7F4A'7C15;

// An event that shows whether it was torn.
TraceEvent numbered(std::uint64_t number)
{
    return TraceEvent{0, 1, EventKind::StepBegan, 3, number, number * kChecksum};
}

// Reads one ring as the collector does.
class RingReader
{
public:
    explicit RingReader(Session& session)
        : m_control(session.ring(0))
        , m_records(session.records(0))
        , m_mask(session.geometry().recordsPerRing - 1)
    {
    }
    std::vector<TraceEvent> drain()
    {
        std::vector<TraceEvent> events;
        const std::uint64_t head = m_control.head.load(std::memory_order_acquire);
        for (; m_tail < head; ++m_tail)
            events.push_back(m_records[m_tail & m_mask]);
        m_control.tail.store(m_tail, std::memory_order_release);
        return events;
    }

private:
    RingControl& m_control;
    TraceEvent* m_records;
    std::uint64_t m_mask;
    std::uint64_t m_tail = 0;
};

RingCursor* interruptedCursor = nullptr;
std::atomic<std::uint64_t> interruptions{0};
constexpr std::uint64_t kFromHandler = std::uint64_t{1} << 40U;

// Three events, so that a handler takes several places at once.
void recordFromHandler(int)
{
    for (int count = 0; count < 3; ++count) {
        const std::uint64_t number = interruptions.fetch_add(1, std::memory_order_relaxed);
        appendStamped(
            *interruptedCursor, ClockSource::MonotonicNanoseconds, numbered(kFromHandler + number));
    }
}

// Interrupts the calling thread over and over while it lives.
class Interrupter
{
public:
    Interrupter()
    {
        struct sigaction action = {};
        action.sa_handler = recordFromHandler;
        sigaction(SIGUSR1, &action, &m_before);
        sigevent event{};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGUSR1;
        event._sigev_un._tid = ::gettid();
        timer_create(CLOCK_MONOTONIC, &event, &m_timer);
        const itimerspec rate{{0, 20'000}, {0, 20'000}};
        timer_settime(m_timer, 0, &rate, nullptr);
    }
    ~Interrupter()
    {
        timer_delete(m_timer);
        sigaction(SIGUSR1, &m_before, nullptr);
    }

private:
    timer_t m_timer{};
    struct sigaction m_before = {};
};

} // namespace

class TestEventRing : public QObject
{
    Q_OBJECT
private slots:
    void eventsComeOutInTheOrderTheyWentInAcrossTheRingsEnd()
    {
        const auto session = makeSession(1, 16);
        Result<RingWriter> writer = RingWriter::take(session);
        QVERIFY(writer);
        RingReader reader(*session);
        std::uint64_t expected = 0;
        for (std::uint64_t number = 0; number < 100; ++number) {
            QVERIFY(writer->append(numbered(number)));
            if (number % 7 != 0)
                continue;
            for (const TraceEvent& event : reader.drain()) {
                QCOMPARE(event.object, expected);
                QCOMPARE(event.value, expected * kChecksum);
                ++expected;
            }
        }
        QCOMPARE(expected, 99U);
    }
    void aFullRingDropsNewEventsAndCountsThem()
    {
        const auto session = makeSession(1, 16);
        Result<RingWriter> writer = RingWriter::take(session);
        for (std::uint64_t number = 0; number < 20; ++number)
            QCOMPARE(writer->append(numbered(number)), number < 16);
        QCOMPARE(session->ring(0).lost.load(), 4U);
        RingReader reader(*session);
        QCOMPARE(reader.drain().back().object, 15U);
        QVERIFY(writer->append(numbered(20)));
        QCOMPARE(reader.drain().front().object, 20U);
    }
    void aRingGivenBackIsNotTakenBeforeItWasDrained()
    {
        const auto session = makeSession(1, 16);
        {
            Result<RingWriter> writer = RingWriter::take(session);
            QVERIFY(writer->append(numbered(1)));
        }
        const Result<RingWriter> early = RingWriter::take(session);
        QVERIFY(!early);
        QCOMPARE(early.error().kind, ErrorKind::NoResources);
        const std::uint32_t state = session->ring(0).state.load();
        QCOMPARE(state & kRingStateMask, static_cast<std::uint32_t>(RingState::Ending));
    }
    void everyThreadGetsARingOfItsOwnWhileThereAreAny()
    {
        const auto session = makeSession(2, 16);
        const Result<RingWriter> first = RingWriter::take(session);
        const Result<RingWriter> second = RingWriter::take(session);
        QVERIFY(first && second);
        QVERIFY(!RingWriter::take(session));
        QCOMPARE(session->layout().ringsUsed.load(), 2U);
    }
    void aReaderOnAnotherThreadMissesNothing()
    {
        constexpr std::uint64_t kEvents = 100'000;
        const auto session = makeSession(1, 4096);
        Result<RingWriter> writer = RingWriter::take(session);
        std::jthread thread([&] {
            for (std::uint64_t number = 0; number < kEvents;)
                number += writer->append(numbered(number)) ? 1 : 0;
        });
        RingReader reader(*session);
        std::uint64_t expected = 0;
        while (expected < kEvents) {
            for (const TraceEvent& event : reader.drain()) {
                QCOMPARE(event.object, expected);
                QCOMPARE(event.value, expected * kChecksum);
                ++expected;
            }
        }
    }
    void aHandlerThatInterruptsAnAppendCorruptsNothing()
    {
        constexpr std::uint64_t kInterruptions = 9'000;
        const auto session = makeSession(1, 1024);
        RingCursor cursor;
        QVERIFY(takeRing(*session, cursor));
        interruptedCursor = &cursor;
        interruptions = 0;
        std::vector<TraceEvent> seen;
        std::atomic<bool> ended{false};
        std::jthread consumer([&] {
            RingReader reader(*session);
            for (bool last = false;; last = ended) {
                const std::vector<TraceEvent> some = reader.drain();
                seen.insert(seen.end(), some.begin(), some.end());
                if (last)
                    return;
            }
        });
        std::uint64_t own = 0;
        {
            const Interrupter interrupter;
            while (interruptions.load(std::memory_order_relaxed) < kInterruptions)
                appendStamped(cursor, ClockSource::MonotonicNanoseconds, numbered(own++));
        }
        ended = true;
        consumer.join();

        // Some may have found the ring full; the rest is whole, in order, and counted.
        std::uint64_t time = 0;
        std::uint64_t nextOwn = 0;
        std::uint64_t nextOfHandler = kFromHandler;
        for (const TraceEvent& event : seen) {
            QVERIFY(event.value == event.object * kChecksum);
            QVERIFY(event.time >= time);
            std::uint64_t& next = event.object >= kFromHandler ? nextOfHandler : nextOwn;
            QVERIFY(event.object >= next);
            next = event.object + 1;
            time = event.time;
        }
        QVERIFY(nextOfHandler > kFromHandler);
        QCOMPARE(seen.size() + session->ring(0).lost.load(), own + interruptions.load());
    }
};

QTEST_APPLESS_MAIN(TestEventRing)
#include "tst_event_ring.moc"
