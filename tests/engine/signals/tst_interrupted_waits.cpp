// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/processes/command.h"
#include "engine/signals/alarm.h"
#include "engine/signals/send.h"
#include "engine/threads/condition.h"
#include "engine/threads/event.h"
#include "engine/threads/mutex.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/engine/signals/waits_for_nothing.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <optional>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestInterruptedWaits : public QObject
{
    Q_OBJECT

    static void eachWait()
    {
        QTest::addColumn<int>("index");
        Nothing nothing;
        const auto waits = allWaits(nothing);
        for (std::size_t index = 0; index < waits.size(); ++index)
            QTest::newRow(waits[index].first) << static_cast<int>(index);
    }

private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup()
    {
        static_cast<void>(required(setAlarm(std::chrono::seconds(0))));
        QCOMPARE(m_before->text(), std::string());
    }

    void aHandlerThatGoesOnNeitherShortensNorLengthensAWait_data() { eachWait(); }
    // rows: SG-04 SP-18
    // cases: SG02 SG05
    void aHandlerThatGoesOnNeitherShortensNorLengthensAWait()
    {
        QFETCH(int, index);
        Nothing nothing;
        std::atomic<int> ticks{0};
        const InForce handler(SIGALRM, ticks);
        const Ticking ticking(20ms);
        const auto begin = std::chrono::steady_clock::now();
        const Result<void> waited =
            allWaits(nothing).at(static_cast<std::size_t>(index)).second(Deadline::after(200ms));
        const auto took = timeSince(begin);
        QCOMPARE(kindOf(waited), ErrorKind::Timeout);
        QVERIFY2(took >= 200ms && took < 2s, std::to_string(took.count()).c_str());
        QVERIFY2(ticks >= 2, std::to_string(ticks).c_str());
    }
    void aHandlerThatGivesUpEndsTheWaitAtOnce_data() { eachWait(); }
    // rows: SG-04
    // cases: SG03
    void aHandlerThatGivesUpEndsTheWaitAtOnce()
    {
        QFETCH(int, index);
        Nothing nothing;
        const InForce handler(SIGUSR1, givingUp());
        const SentLater sent(SIGUSR1, 50ms);
        const auto begin = std::chrono::steady_clock::now();
        const Result<void> waited =
            allWaits(nothing).at(static_cast<std::size_t>(index)).second(Deadline::after(10s));
        QCOMPARE(kindOf(waited), ErrorKind::Interrupted);
        QVERIFY(timeSince(begin) < 5s);
        QVERIFY(sleepUntil(Deadline::after(1ms))); // the next wait is not concerned
    }
    // rows: SG-04
    // cases: SG03
    void anAlarmEndsTheWaitForAHeldLock()
    {
        Nothing nothing;
        const InForce handler(SIGALRM, givingUp());
        for (const auto& lock : {Wait([&](Deadline d) { return nothing.mutex.lock(d); }),
                 Wait([&](Deadline d) { return nothing.recursive.lock(d); })}) {
            static_cast<void>(required(setAlarm(1s)));
            const auto begin = std::chrono::steady_clock::now();
            QCOMPARE(kindOf(lock(Deadline::after(5s))), ErrorKind::Interrupted);
            QVERIFY(timeSince(begin) >= 990ms);
            QVERIFY(timeSince(begin) < 3s);
        }
        QVERIFY(!nothing.recursive.isHeldByCaller());
    }
    // rows: SG-04
    // cases: SG05
    void fortySignalsDoNotRestartTheTimeLimit()
    {
        Nothing nothing;
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        std::jthread sender([](const std::stop_token& stop) {
            for (int number = 0; number < 40 && !stop.stop_requested(); ++number) {
                ::kill(::getpid(), SIGUSR1);
                std::this_thread::sleep_for(20ms); // the rate is what is tested
            }
        });
        const auto begin = std::chrono::steady_clock::now();
        QCOMPARE(kindOf(nothing.mutex.lock(Deadline::after(500ms))), ErrorKind::Timeout);
        const auto took = timeSince(begin);
        QVERIFY2(took >= 300ms && took <= 2s, std::to_string(took.count()).c_str());
        QVERIFY(calls > 5);
    }
    // rows: SG-03 SG-04
    void aHandlerRunsInAWaitWhicheverThreadTakesTheSignal()
    {
        std::atomic<int> calls{0};
        Event event;
        const InForce handler(SIGUSR1, Disposition::handler([&](int) {
            ++calls;
            event.set(); // a handler may use everything, also what the wait is for
            return AfterInterruption::GoOn;
        }));
        std::jthread worker([] { static_cast<void>(!raiseSignal(SIGUSR1)); });
        QVERIFY(event.wait(Deadline::after(10s)));
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-03 SG-04
    void aHandlerMayWaitWithinAWait()
    {
        Event event;
        const InForce handler(SIGUSR1, Disposition::handler([&](int) {
            Event never;
            static_cast<void>(!never.wait(Deadline::after(50ms)));
            return AfterInterruption::GoOn;
        }));
        const SentLater sent(SIGUSR1, 10ms);
        const auto begin = std::chrono::steady_clock::now();
        QCOMPARE(kindOf(event.wait(Deadline::after(100ms))), ErrorKind::Timeout);
        QVERIFY(timeSince(begin) >= 100ms);
    }
    // rows: SG-04
    void aConditionsMutexIsHeldAgainAfterGivingUp()
    {
        Mutex mutex(ObjectId{}, {LockOrder::Unfair, UnlockBy::HolderOnly});
        Condition condition(mutex);
        const InForce handler(SIGUSR1, givingUp());
        QVERIFY(mutex.lock());
        std::atomic<bool> isTaken{false};
        std::jthread other([&] {
            required(mutex.lock()); // when the main thread waits
            isTaken = true;
            ::kill(::getpid(), SIGUSR1);
            ::kill(::getpid(), SIGUSR1);
            std::this_thread::sleep_for(30ms); // the main thread wants the mutex back meanwhile
            ::kill(::getpid(), SIGUSR1);
            required(mutex.unlock());
        });
        QCOMPARE(kindOf(condition.wait(Deadline::after(10s))), ErrorKind::Interrupted);
        QVERIFY(isTaken);
        QVERIFY(mutex.isHeldByCaller());
        QVERIFY(mutex.unlock());
        other.join();
        static_cast<void>(runPendingHandlers());
    }
    // rows: SG-04
    void whatAHandlerGivesUpIsNotLostToAGrant()
    {
        Event event;
        const InForce handler(SIGUSR1, Disposition::handler([&](int) {
            event.set(); // the wait is granted before it can be given up
            return AfterInterruption::GiveUp;
        }));
        const SentLater sent(SIGUSR1, 20ms);
        const Result<void> waited = event.wait(Deadline::after(10s));
        QVERIFY(waited);
        QCOMPARE(kindOf(sleepUntil(Deadline::after(10s))), ErrorKind::Interrupted);
        QVERIFY(sleepUntil(Deadline::after(1ms)));
    }
    // rows: SG-04
    void otherThreadsKeepWaiting()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        Event event;
        std::jthread worker(
            [&] { QCOMPARE(kindOf(event.wait(Deadline::after(200ms))), ErrorKind::Timeout); });
        QVERIFY(eventually([&] { return event.waiting() == 1; }));
        QVERIFY(raiseSignal(SIGUSR1));
        worker.join();
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-05
    void theKeyboardsInterruptEndsAWait()
    {
        const InForce interrupt(SIGINT, Disposition::interrupt());
        const SentLater sent(SIGINT, 20ms);
        QCOMPARE(kindOf(sleepUntil(Deadline::after(10s))), ErrorKind::Interrupted);
        QCOMPARE(lastGiveUpSignal(), SIGINT);
    }
    // rows: SP-20
    void aCommandMayEndItselfAfterAnInterrupt()
    {
        const InForce handler(SIGUSR1, givingUp());
        const QTemporaryDir folder;
        Command command;
        command.spawn.interpreter = SpawnOptions::Interpreter::Shell;
        command.spawn.arguments = {"kill -USR1 $PPID; sleep 0.05; echo ended > $0",
            folder.filePath(QStringLiteral("end")).toStdString()};
        bool hasEndedItself = false;
        for (int tries = 0; tries < 10 && !hasEndedItself;
             ++tries) { // under load it may be too slow
            const ProcessResult result = runCommand(command);
            QVERIFY(!result);
            QCOMPARE(result.error().error.kind, ErrorKind::Interrupted);
            hasEndedItself = QFile::exists(folder.filePath(QStringLiteral("end")));
        }
        QVERIFY(hasEndedItself);
    }
    // rows: SP-20
    void aCommandThatGoesOnAfterAnInterruptIsKilled()
    {
        const InForce handler(SIGUSR1, givingUp());
        Command command;
        command.spawn.interpreter = SpawnOptions::Interpreter::Shell;
        command.spawn.arguments = {"kill -USR1 $PPID; exec sleep 1000"};
        const auto begin = std::chrono::steady_clock::now();
        const ProcessResult result = runCommand(command);
        QVERIFY(!result);
        QCOMPARE(result.error().error.kind, ErrorKind::Interrupted);
        QVERIFY(timeSince(begin) >= 250ms);
    }
    // rows: SG-16
    // cases: SG18
    void aSignalThatInterruptsEndsAReadTwiceInARow()
    {
        Nothing nothing;
        const InForce handler(SIGALRM, givingUp());
        for (int repetition = 0; repetition < 2; ++repetition) {
            static_cast<void>(required(setAlarm(1s)));
            const auto begin = std::chrono::steady_clock::now();
            QCOMPARE(kindOf(nothing.read(Deadline::after(10s))), ErrorKind::Interrupted);
            QVERIFY(timeSince(begin) >= 990ms);
        }
    }
    // rows: SG-16
    // cases: SG18
    void aSignalThatInterruptsNothingWaitsForTheEndOfTheRead()
    {
        Nothing nothing;
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, Disposition::handler([&](int) {
            ++calls;
            return AfterInterruption::GiveUp;
        }));
        QVERIFY(setInterrupting(SIGALRM, Interrupting::Nothing));
        static_cast<void>(required(setAlarm(1s)));
        const auto begin = std::chrono::steady_clock::now();
        QCOMPARE(kindOf(nothing.read(Deadline::after(2s))), ErrorKind::Timeout);
        QVERIFY(timeSince(begin) >= 2s);
        QCOMPARE(calls.load(), 0);
        QCOMPARE(runPendingHandlers(), AfterInterruption::GiveUp);
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-16
    void installingAHandlerMakesItInterruptAgain()
    {
        const InForce handler(SIGUSR1, givingUp());
        QVERIFY(setInterrupting(SIGUSR1, Interrupting::Nothing));
        required(setDisposition(SIGUSR1, givingUp()));
        const SentLater sent(SIGUSR1, 20ms);
        QCOMPARE(kindOf(sleepUntil(Deadline::after(10s))), ErrorKind::Interrupted);
    }
    // rows: SG-16
    void theSystemsOwnCallsAreInterruptedOrRestarted()
    {
        Nothing nothing;
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        char byte = 0;
        {
            const SentLater sent(SIGUSR1, 50ms);
            QCOMPARE(::read(nothing.pipe.reader.get(), &byte, 1), -1);
            QCOMPARE(errno, EINTR);
            static_cast<void>(runPendingHandlers());
        }
        QVERIFY(setInterrupting(SIGUSR1, Interrupting::Nothing));
        const SentLater sent(SIGUSR1, 20ms);
        std::jthread writer([&] {
            std::this_thread::sleep_for(100ms); // after the signal
            static_cast<void>(!::write(nothing.pipe.writer.get(), "x", 1));
        });
        QCOMPARE(::read(nothing.pipe.reader.get(), &byte, 1), 1);
        static_cast<void>(runPendingHandlers());
        QCOMPARE(calls.load(), 2);
    }
    // rows: SG-04
    void descriptorWaitsSayWhatIsWrong()
    {
        QCOMPARE(errnoOf(waitReadable(1'000'000)), EBADF);
        Nothing nothing;
        std::stop_source stop;
        stop.request_stop();
        std::array<std::byte, 4> room{};
        QCOMPARE(
            kindOf(readSome(nothing.pipe.reader.get(), room, Deadline::never(), stop.get_token())),
            ErrorKind::Cancelled);
        QCOMPARE(kindOf(sleepUntil(Deadline::never(), stop.get_token())), ErrorKind::Cancelled);
        nothing.pipe.writer.reset();
        QCOMPARE(required(readSome(nothing.pipe.reader.get(), room)), std::size_t(0));
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestInterruptedWaits)
#include "tst_interrupted_waits.moc"
