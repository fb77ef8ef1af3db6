// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/base/owned_fd.h"
#include "engine/signals/send.h"
#include "engine/signals/signal_wait.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"

#include <QtTest>

#include <array>
#include <memory>
#include <optional>
#include <semaphore>

#include <fcntl.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

/// Sends a signal each time it is asked to, taken in its own thread or in whichever the kernel picks.
class Sender
{
public:
    explicit Sender(int signal)
        : m_thread([this, signal](const std::stop_token& stop) {
            for (int number = 0;; ++number) {
                m_asked.acquire();
                if (stop.stop_requested())
                    return;
                if (number % 2 == 0)
                    ::raise(signal);
                else
                    ::kill(::getpid(), signal);
            }
        })
    {
    }
    ~Sender()
    {
        m_thread.request_stop();
        m_asked.release();
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    void send() { m_asked.release(); }

private:
    std::counting_semaphore<> m_asked{0};
    std::jthread m_thread;
};

/// A handler that knows when it has been replaced.
struct Generation
{
    std::shared_ptr<std::atomic<bool>> isInForce = std::make_shared<std::atomic<bool>>(true);

    [[nodiscard]] Disposition handler(std::atomic<int>& received, std::atomic<int>& stale) const
    {
        return Disposition::handler([isInForce = isInForce, &received, &stale](int) {
            ++received;
            stale += *isInForce ? 0 : 1;
            return AfterInterruption::GoOn;
        });
    }
};

} // namespace

class TestSignalStress : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    // rows: SG-19
    // cases: SG20
    void handlersAreReplacedUnderFire()
    {
        const RaceLoad load;
        std::atomic<int> sent{0};
        std::atomic<int> received{0};
        std::atomic<int> stale{0};
        const InForce atTheEnd(SIGUSR1, Disposition::ignored());
        std::jthread fire([&sent](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                ++sent; // first: a signal is not to be received before it counts
                ::raise(SIGUSR1);
            }
        });
        const int rounds = 100 * raceRounds(20); // 20 000 in a thorough look
        for (int round = 0; round < rounds; ++round) {
            const Generation generation;
            required(setDisposition(SIGUSR1, generation.handler(received, stale)));
            const int before = received;
            const int tries = round == 0 ? 1'000'000 : 50; // one is surely received
            for (int number = 0; number < tries && received == before; ++number) {
                static_cast<void>(runPendingHandlers());
                if (round == 0)
                    std::this_thread::yield();
            }
            required(setDisposition(SIGUSR1, Disposition::ignored()));
            *generation.isInForce = false;
        }
        fire.request_stop();
        fire.join();
        static_cast<void>(runPendingHandlers());
        QCOMPARE(stale.load(), 0);
        QVERIFY(received > 0);
        QVERIFY(received <= sent);
    }
    // rows: SG-03
    void signalsThatFollowEachOtherAreAllHandled()
    {
        std::atomic<int> calls{0};
        const InForce first(SIGUSR1, calls);
        const InForce second(SIGUSR2, calls);
        const InForce third(SIGALRM, calls);
        const int rounds = raceRounds(1'000);
        for (int round = 0; round < rounds; ++round) {
            const int before = calls;
            const std::array<int, 3> kSignals{SIGUSR1, SIGUSR2, SIGALRM};
            if (round % 3 == 2)
                required(setIntervalTimer(IntervalTimer::Real, {1us, 0us}));
            else
                ::kill(::getpid(), kSignals.at(static_cast<std::size_t>(round % 3)));
            const Deadline deadline = Deadline::after(10s);
            while (calls == before && !deadline.isOver())
                static_cast<void>(runPendingHandlers());
            QCOMPARE(calls.load(), before + 1);
        }
    }
    // rows: SG-03
    void signalsAtTheSameMomentAreAllHandled()
    {
        std::atomic<int> alarms{0};
        std::atomic<int> users{0};
        const InForce first(SIGALRM, alarms);
        const InForce second(SIGUSR1, users);
        const int rounds = raceRounds(1'000);
        for (int round = 1; round <= rounds; ++round) {
            required(setIntervalTimer(IntervalTimer::Real, {1us, 0us}));
            ::kill(::getpid(), SIGUSR1);
            const Deadline deadline = Deadline::after(10s);
            while ((alarms < round || users < round) && !deadline.isOver())
                static_cast<void>(runPendingHandlers());
            QCOMPARE(alarms.load(), round);
            QCOMPARE(users.load(), round);
        }
    }
    void noSignalIsMissedAtTheBeginningOfAWait_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("futex") << 0;
        QTest::newRow("poll") << 1;
        QTest::newRow("sigwait") << 2;
        QTest::newRow("pause") << 3;
    }
    // rows: SG-03 SG-04
    void noSignalIsMissedAtTheBeginningOfAWait()
    {
        QFETCH(int, kind);
        const InForce handler(SIGUSR1, givingUp());
        const Blocked blocked(setOf({SIGUSR2}));
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const OwnedFd reader(ends[0]);
        const OwnedFd writer(ends[1]);
        Sender sender(SIGUSR1);
        const int rounds = raceRounds(400);
        for (int round = 0; round < rounds; ++round) {
            sender.send();
            ErrorKind ended = ErrorKind::Timeout;
            if (kind == 0)
                ended = kindOf(sleepUntil(Deadline::after(10s)));
            else if (kind == 1)
                ended = kindOf(waitReadable(reader.get(), Deadline::after(10s)));
            else if (kind == 2)
                ended = kindOf(waitForSignalWithin(setOf({SIGUSR2}), 10s));
            else
                ended = kindOf(pauseForSignal());
            QCOMPARE(ended, ErrorKind::Interrupted);
        }
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestSignalStress)
#include "tst_signal_stress.moc"
