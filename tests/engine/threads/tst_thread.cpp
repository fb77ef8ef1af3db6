// SPDX-License-Identifier: GPL-3.0-only
#include "engine/record/recorder.h"
#include "engine/record/session_view.h"
#include "engine/threads/event.h"
#include "engine/threads/thread.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <optional>
#include <stdexcept>
#include <thread>

#include <pthread.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

bool isListed(pid_t nativeId)
{
    const auto all = liveThreads();
    return std::any_of(
        all.begin(), all.end(), [&](const ThreadInfo& info) { return info.nativeId == nativeId; });
}

// Runs until it is asked to stop.
void untilStopped(const std::stop_token& stop)
{
    Event never;
    static_cast<void>(never.wait(Deadline::never(), stop));
}

// Takes the place of the uncaught hook as long as it lives.
class HookGuard
{
public:
    explicit HookGuard(UncaughtHook hook)
        : m_before(setUncaughtHook(std::move(hook)))
    {
    }
    ~HookGuard() { setUncaughtHook(m_before); }

private:
    UncaughtHook m_before;
};

} // namespace

class TestThread : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    // rows: TH-01
    void startingReturnsWhenItRuns()
    {
        Thread thread(untilStopped);
        QVERIFY(!thread.isAlive());
        QVERIFY(thread.start());
        QVERIFY(thread.isAlive());
        QVERIFY(thread.nativeId() > 0);
        QVERIFY(isListed(thread.nativeId()));
        thread.requestStop();
        QVERIFY(thread.join());
        QVERIFY(!thread.isAlive());
    }
    // rows: TH-01
    // cases: TH01
    void aThreadIsStartedOnce()
    {
        std::atomic<int> runs{0};
        Thread thread([&](const std::stop_token& stop) {
            ++runs;
            untilStopped(stop);
        });
        QVERIFY(thread.start());
        QCOMPARE(kindOf(thread.start()), ErrorKind::AlreadyStarted);
        thread.requestStop();
        QVERIFY(thread.join());
        QCOMPARE(kindOf(thread.start()), ErrorKind::AlreadyStarted);
        QCOMPARE(runs.load(), 1);
    }
    // rows: TH-02
    // cases: TH02
    void joinsThatCannotEndAreErrors()
    {
        Thread unstarted(untilStopped);
        QCOMPARE(kindOf(unstarted.join()), ErrorKind::NotStarted);
        Thread* own = nullptr;
        Event known;
        Thread thread([&](const std::stop_token&) {
            QVERIFY(known.wait());
            QCOMPARE(kindOf(own->join()), ErrorKind::WouldDeadlock);
        });
        own = &thread;
        QVERIFY(thread.start());
        known.set();
        QVERIFY(thread.join());
    }
    // rows: TH-02
    void manyMayJoinWithALimitOrUntilCancelled()
    {
        Thread thread(untilStopped);
        QVERIFY(thread.start());
        const Deadline deadline = Deadline::after(2ms);
        QCOMPARE(kindOf(thread.join(deadline)), ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        std::jthread cancelled([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(thread.join(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        std::jthread first([&] { QVERIFY(thread.join()); });
        std::jthread second([&] { QVERIFY(thread.join()); });
        cancelled.request_stop();
        cancelled.join();
        thread.requestStop();
    }
    // rows: TH-02
    // cases: TH04
    void aJoinedThreadIsNeverListed()
    {
        const RaceLoad load;
        for (int repetition = 0; repetition < raceRounds(100); ++repetition) {
            Thread thread([](const std::stop_token&) {});
            QVERIFY(thread.start());
            const pid_t nativeId = thread.nativeId();
            QVERIFY(thread.join());
            QVERIFY(!isListed(nativeId));
        }
    }
    // rows: TH-01
    void aThreadThatTheSystemRefusesIsAsIfItHadNotBeenTried()
    {
        Thread refused(untilStopped, {{}, ThreadKind::Ordinary, std::size_t{1} << 60U, {}});
        const std::size_t before = liveThreads().size();
        for (int tries = 0; tries < 2; ++tries) {
            const Result<void> started = refused.start();
            QCOMPARE(kindOf(started), ErrorKind::SystemCall);
            QVERIFY(!started && started.error().operation == "pthread_create");
            QCOMPARE(kindOf(refused.join()), ErrorKind::NotStarted);
            QVERIFY(!refused.isAlive());
            QCOMPARE(refused.nativeId(), 0);
        }
        QCOMPARE(liveThreads().size(), before);
        QVERIFY(joinOrdinaryThreads(Deadline::at(0ns)));
    }
    // rows: TH-05
    void everyThreadKnowsItself()
    {
        QVERIFY(currentThread().isMain);
        QCOMPARE(currentThread().nativeId, mainThread().nativeId);
        QVERIFY(liveThreads().front().isMain);
        Thread thread(
            [](const std::stop_token&) { QCOMPARE(currentThread().name, std::string("me")); },
            {"me", ThreadKind::Ordinary, 0, {}});
        QVERIFY(thread.start());
        QVERIFY(thread.join());
        std::jthread([] { QVERIFY(currentThread().isForeign); }).join();
    }
    // rows: TH-04
    void theKindIsFixedByTheStart()
    {
        Thread thread(untilStopped);
        QVERIFY(thread.setKind(ThreadKind::Daemon));
        QVERIFY(thread.setKind(ThreadKind::Ordinary));
        QVERIFY(thread.start());
        QCOMPARE(kindOf(thread.setKind(ThreadKind::Daemon)), ErrorKind::AlreadyStarted);
    }
    // rows: TH-04
    void aThreadIsOfTheKindOfTheOneThatMadeIt()
    {
        QCOMPARE(Thread(untilStopped).kind(), ThreadKind::Ordinary);
        ThreadKind made = ThreadKind::Ordinary;
        Thread daemon([&](const std::stop_token&) { made = Thread(untilStopped).kind(); },
            {{}, ThreadKind::Daemon, 0, {}});
        QVERIFY(daemon.start() && daemon.join());
        QCOMPARE(made, ThreadKind::Daemon);
        std::jthread([&] { made = Thread(untilStopped).kind(); }).join();
        QCOMPARE(made, ThreadKind::Ordinary);
    }
    // rows: TH-05
    void aForeignThreadIsListedFromItsFirstQuestionToItsEnd()
    {
        const std::size_t before = liveThreads().size();
        pid_t nativeId = 0;
        std::jthread([&] {
            nativeId = ::gettid();
            QVERIFY(!isListed(nativeId));
            QVERIFY(currentThread().isForeign);
            QVERIFY(isListed(nativeId));
            QCOMPARE(liveThreads().size(), before + 1);
            QVERIFY(joinOrdinaryThreads(Deadline::at(0ns))); // nobody waits for it
        }).join();
        QVERIFY(!isListed(nativeId));
        QCOMPARE(liveThreads().size(), before);
    }
    // rows: TH-06
    void aBodyIsAnythingThatCanBeCalledAndItsCopyIsTheThreads()
    {
        Thread nothing{Thread::Body()};
        QVERIFY(nothing.start() && nothing.join());
        struct Baker
        {
            int loaves = 0;
            int* result = nullptr;
            int operator()(const std::stop_token&) { return *result = ++loaves; }
        };
        int result = 0;
        Baker baker{4, &result};
        Thread thread{Thread::Body(baker)};
        baker.loaves = 100;
        QVERIFY(thread.start() && thread.join());
        QCOMPARE(result, 5);
        QCOMPARE(baker.loaves, 100);
    }
    // rows: TH-06
    void aBodyNeedNotAskWhetherItShouldStop()
    {
        int result = 0;
        Thread thread([&result] { ++result; }, {"baker", {}, 0, {}});
        QVERIFY(thread.start() && thread.join());
        QCOMPARE(result, 1);
        QCOMPARE(thread.name(), std::string("baker"));
    }
    // rows: TH-06
    void whatABodyHoldsIsGoneWhenItsThreadHasBeenJoined()
    {
        const auto held = std::make_shared<int>(1);
        Thread thread([copy = held](const std::stop_token&) { QCOMPARE(*copy, 1); });
        QCOMPARE(held.use_count(), 2L);
        QVERIFY(thread.start() && thread.join());
        QCOMPARE(held.use_count(), 1L);
    }
    // rows: TH-04
    void theEndWaitsForOrdinaryThreadsOnly()
    {
        std::atomic<int> ended{0};
        Event go;
        Thread daemon(untilStopped, {"daemon", ThreadKind::Daemon, 0, {}});
        Thread first([&](const std::stop_token&) { ended += go.wait() ? 1 : 0; });
        Thread second([&](const std::stop_token&) { ended += go.wait() ? 1 : 0; });
        QVERIFY(daemon.start() && first.start() && second.start());
        QCOMPARE(kindOf(joinOrdinaryThreads(Deadline::after(2ms))), ErrorKind::Timeout);
        go.set();
        QVERIFY(joinOrdinaryThreads());
        QCOMPARE(ended.load(), 2);
        QVERIFY(daemon.isAlive());
        daemon.requestStop();
        QVERIFY(daemon.join());
    }
    // rows: TH-01 TH-10
    void stacksHaveASizeAndTooSmallOnesAreRefused()
    {
        Thread tiny(untilStopped, {{}, ThreadKind::Ordinary, 16, {}});
        QCOMPARE(kindOf(tiny.start()), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(tiny.join()), ErrorKind::NotStarted);
        QVERIFY(!tiny.isAlive());
        QVERIFY(joinOrdinaryThreads(Deadline::at(0ns))); // it left no entry
        Thread large([](const std::stop_token&) {}, {{}, ThreadKind::Ordinary, 16U << 20U, {}});
        QVERIFY(large.start());
        QVERIFY(large.join());
    }
    // rows: TH-10
    void aThreadHasTheStackThatItAskedFor()
    {
        const auto bytesFor = [](std::size_t asked) {
            std::size_t bytes = 0;
            Thread thread(
                [&bytes](const std::stop_token&) {
                    pthread_attr_t attributes;
                    ::pthread_getattr_np(::pthread_self(), &attributes);
                    ::pthread_attr_getstacksize(&attributes, &bytes);
                    ::pthread_attr_destroy(&attributes);
                },
                {{}, ThreadKind::Ordinary, asked, {}});
            return thread.start() && thread.join() ? bytes : 0;
        };
        pthread_attr_t attributes;
        std::size_t usual = 0;
        ::pthread_getattr_default_np(&attributes);
        ::pthread_attr_getstacksize(&attributes, &usual);
        ::pthread_attr_destroy(&attributes);
        // The C library may give a larger one that an ended thread has left.
        QVERIFY(bytesFor(usual / 4) >= usual / 4);
        QVERIFY(bytesFor(0) >= usual);
        QVERIFY(bytesFor(8 * usual) >= 8 * usual);
    }
    // rows: TH-07
    void anUncaughtExceptionIsToldWithTheThreadsName()
    {
        std::string told;
        const HookGuard guard([&](const ThreadInfo& thread, const std::exception_ptr& exception) {
            told += thread.name + ": " + textOf(exception) + "\n";
        });
        Thread failing([](const std::stop_token&) { throw std::runtime_error("no flour"); },
            {"baker", ThreadKind::Ordinary, 0, {}});
        Thread leaving([](const std::stop_token&) { throw ThreadExit(); });
        for (Thread* thread : {&failing, &leaving}) {
            QVERIFY(thread->start());
            QVERIFY(thread->join());
        }
        QCOMPARE(told, std::string("baker: no flour\n"));
    }
    // rows: TH-07
    void aFailingHookHarmsNobody()
    {
        const HookGuard guard(
            [](const ThreadInfo&, const std::exception_ptr&) { throw std::runtime_error("hook"); });
        Thread failing([](const std::stop_token&) { throw std::runtime_error("body"); });
        QVERIFY(failing.start());
        QVERIFY(failing.join());
    }
    void itRecordsAsItsActorAndItsJoinerWaitsForIt()
    {
        Result<Session> made = Session::create();
        const auto session = std::make_shared<Session>(std::move(*made));
        QVERIFY(startRecording(session));
        const ActorId worker = defineActor(ActorKind::Thread, "worker");
        const ActorId main = defineActor(ActorKind::Thread, "main");
        bindThread(main);
        Thread thread(untilStopped, {"worker", ThreadKind::Ordinary, 0, worker});
        QVERIFY(thread.start());
        std::jthread watcher([&] {
            QVERIFY(eventually([&] { return readActorWaits(*session)[1].awaited == worker; }));
            thread.requestStop();
        });
        QVERIFY(thread.join());
        watcher.join();
        QCOMPARE(readActorWaits(*session)[0].life, ActorLife::Ended);
        QCOMPARE(readActorWaits(*session)[1].life, ActorLife::Running);
        unbindThread();
        stopRecording();
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestThread)
#include "tst_thread.moc"
