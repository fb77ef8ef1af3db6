// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/text.h"
#include "tests/engine/signals/signal_fixture.h"

#include <QtTest>

using namespace heddle;
using namespace heddle::tests;

class TestSignalSet : public QObject
{
    Q_OBJECT
private slots:
    void everySignalHasItsName_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("description");
        QTest::newRow("first") << 1 << std::string("SIGHUP") << std::string("Hangup");
        QTest::newRow("interrupt") << SIGINT << std::string("SIGINT") << std::string("Interrupt");
        QTest::newRow("kill") << SIGKILL << std::string("SIGKILL") << std::string("Killed");
        QTest::newRow("user") << SIGUSR1 << std::string("SIGUSR1")
                              << std::string("User defined signal 1");
        QTest::newRow("last standard")
            << 31 << std::string("SIGSYS") << std::string("Bad system call");
        QTest::newRow("first real-time")
            << 34 << std::string("SIGRTMIN") << std::string("Real-time signal 0");
        QTest::newRow("a real-time")
            << 37 << std::string("SIGRTMIN+3") << std::string("Real-time signal 3");
        QTest::newRow("last") << 64 << std::string("SIGRTMAX")
                              << std::string("Real-time signal 30");
    }
    // rows: SG-17
    void everySignalHasItsName()
    {
        QFETCH(int, signal);
        QFETCH(std::string, name);
        QFETCH(std::string, description);
        QCOMPARE(signalName(signal), name);
        QCOMPARE(descriptionOfSignal(signal), description);
        QCOMPARE(signalByName(name), std::optional(signal));
    }
    // rows: SG-17
    void otherNumbersAreDescribedByNothing()
    {
        for (const int none : {-1, 0, 32, 33, 65, NSIG}) {
            QCOMPARE(descriptionOfSignal(none), std::string());
            QCOMPARE(signalByName(signalName(none)), std::nullopt);
        }
    }
    // rows: SG-17
    void aNameLeadsBackToItsSignal()
    {
        for (const int signal : SignalSet::all().numbers()) {
            QVERIFY2(!signalName(signal).empty(), std::to_string(signal).c_str());
            QCOMPARE(signalByName(signalName(signal)), std::optional(signal));
        }
        QCOMPARE(signalByName("SIGIO"), std::optional(SIGPOLL));
        QCOMPARE(signalByName("SIGIOT"), std::optional(SIGABRT));
        QCOMPARE(signalByName("SIGCLD"), std::optional(SIGCHLD));
        QCOMPARE(signalByName("SIGRTMAX-2"), std::optional(62));
    }
    void otherTextsAreNoNames_data()
    {
        QTest::addColumn<std::string>("text");
        for (const char* text : {"", "SIG", "TERM", "sigterm", "SIGTERM ", "SIGRTMIN+31",
                 "SIGRTMAX-", "SIGRTMAX-31", "SIGRTMAX--1", "SIGRTMAX-2x", "15"})
            QTest::newRow(*text != '\0' ? text : "empty") << std::string(text);
    }
    // rows: SG-17
    void otherTextsAreNoNames()
    {
        QFETCH(std::string, text);
        QCOMPARE(signalByName(text), std::nullopt);
    }
    // rows: SG-17
    void theSetOfAllHasNoReservedNumbers()
    {
        const SignalSet all = SignalSet::all();
        QCOMPARE(all.size(), std::size_t(62));
        for (const int none : {0, 32, 33, 65})
            QVERIFY(!all.contains(none));
        QVERIFY(all.contains(1) && all.contains(31) && all.contains(34) && all.contains(64));
    }
    // rows: SG-17
    void onlyValidSignalsGoIn()
    {
        for (const int none : {-1, 0, 32, 33, 65}) {
            const Result<SignalSet> set = SignalSet::of({SIGUSR1, none});
            QVERIFY(!set);
            QCOMPARE(set.error().kind, ErrorKind::InvalidArgument);
        }
    }
    // rows: SG-17
    void aSetIsWhatWasPutIn()
    {
        SignalSet set = setOf({SIGRTMAX, SIGHUP, SIGUSR1});
        QCOMPARE(set.numbers(), (std::vector<int>{SIGHUP, SIGUSR1, SIGRTMAX}));
        QCOMPARE(set.text(), std::string("SIGHUP SIGUSR1 SIGRTMAX"));
        QCOMPARE(SignalSet::fromSystem(set.toSystem()), set);
        QVERIFY(set.containsAll(setOf({SIGHUP, SIGRTMAX})));
        QVERIFY(!set.containsAll(setOf({SIGHUP, SIGTERM})));
        set.remove(SIGHUP);
        QCOMPARE(set, setOf({SIGUSR1, SIGRTMAX}));
        QVERIFY(SignalSet().isEmpty());
        QCOMPARE(SignalSet().text(), std::string());
    }
};

QTEST_APPLESS_MAIN(TestSignalSet)
#include "tst_signal_set.moc"
