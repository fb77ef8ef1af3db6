// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/event.h"
#include "engine/threads/thread.h"

#include <QtTest>

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

using namespace heddle;

namespace {

std::string nameInSystem(pid_t nativeId)
{
    std::ifstream file("/proc/self/task/" + std::to_string(nativeId) + "/comm");
    std::string name;
    std::getline(file, name);
    return name;
}

// Runs until it is asked to stop.
void untilStopped(const std::stop_token& stop)
{
    Event never;
    static_cast<void>(never.wait(Deadline::never(), stop));
}

} // namespace

class TestThreadNames : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-03
    void aThreadHasTheSystemsIdAndMayBeRenamedWhileItRuns()
    {
        Event renamed;
        Event looked;
        pid_t own = 0;
        std::vector<std::string> names;
        Thread thread(
            [&](const std::stop_token&) {
                own = ::gettid();
                names.push_back(currentThread().name);
                looked.set();
                QVERIFY(renamed.wait());
                names.push_back(currentThread().name);
            },
            {"baker", ThreadKind::Ordinary, 0, {}});
        QVERIFY(thread.start() && looked.wait());
        thread.setName("cook");
        const auto all = liveThreads();
        QVERIFY(std::any_of(all.begin(), all.end(),
            [&](const ThreadInfo& info) { return info.name == "cook" && info.nativeId == own; }));
        renamed.set();
        QVERIFY(thread.join());
        QCOMPARE(thread.nativeId(), own);
        QCOMPARE(names, (std::vector<std::string>{"baker", "cook"}));
        QCOMPARE(mainThread().nativeId, ::getpid());
    }
    // rows: TH-03
    void theSystemShowsTheNameWhoeverGivesIt()
    {
        Thread thread(untilStopped, {"baker", ThreadKind::Ordinary, 0, {}});
        QVERIFY(thread.start());
        QCOMPARE(nameInSystem(thread.nativeId()), std::string("baker"));
        thread.setName("cook");
        QCOMPARE(nameInSystem(thread.nativeId()), std::string("cook"));
        thread.setName("a name of more than 15 bytes");
        QCOMPARE(nameInSystem(thread.nativeId()), std::string("a name of more "));
        QCOMPARE(thread.name(), std::string("a name of more than 15 bytes"));
        thread.setName("");
        QCOMPARE(nameInSystem(thread.nativeId()), std::string());
        thread.requestStop();
        QVERIFY(thread.join());
        thread.setName("late");
        QCOMPARE(thread.name(), std::string("late"));
    }
    // rows: TH-03 TH-05
    void theMainThreadAndForeignOnesNameThemselves()
    {
        const std::string inSystem = nameInSystem(::getpid());
        QCOMPARE(mainThread().name, std::string("main"));
        setCurrentThreadName("head cook");
        QCOMPARE(mainThread().name, std::string("head cook"));
        QCOMPARE(currentThread().name, std::string("head cook"));
        QCOMPARE(nameInSystem(::getpid()), std::string("head cook"));
        setCurrentThreadName(inSystem);
        std::jthread([] {
            setCurrentThreadName("guest");
            QVERIFY(currentThread().isForeign);
            QCOMPARE(liveThreads().back().name, std::string("guest"));
            QCOMPARE(nameInSystem(::gettid()), std::string("guest"));
        }).join();
        QCOMPARE(mainThread().name, inSystem);
        Thread thread([] { setCurrentThreadName("baker"); });
        QVERIFY(thread.start() && thread.join());
        QCOMPARE(thread.name(), std::string("baker"));
    }
    // rows: TH-03
    void namesAreGivenCountedAndChanged()
    {
        Thread named(untilStopped, {"baker", ThreadKind::Ordinary, 0, {}});
        const std::string first = Thread(untilStopped).name();
        const std::string second = Thread(untilStopped).name();
        QCOMPARE(named.name(), std::string("baker"));
        QVERIFY(first.starts_with("Thread-"));
        QCOMPARE(std::stoi(second.substr(7)), std::stoi(first.substr(7)) + 1);
        named.setName("cook");
        QCOMPARE(named.name(), std::string("cook"));
    }
};

QTEST_APPLESS_MAIN(TestThreadNames)
#include "tst_thread_names.moc"
