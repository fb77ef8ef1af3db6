// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/condition.h"
#include "engine/threads/held.h"
#include "engine/threads/semaphore.h"
#include "tests/support/eventually.h"
#include "tests/support/results.h"

#include <QtTest>

#include <stdexcept>
#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestHeld : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-11
    void aMutexIsHeldUntilTheEndOfItsScope()
    {
        Mutex mutex;
        {
            const auto held = hold(mutex);
            QVERIFY(held && mutex.isHeldByCaller());
        }
        QVERIFY(!mutex.isLocked());
    }
    // rows: TH-11
    void anExceptionGivesItBackToo()
    {
        Mutex mutex;
        const auto fail = [&mutex] {
            const auto held = hold(mutex);
            throw std::runtime_error("on purpose");
        };
        QVERIFY_EXCEPTION_THROWN(fail(), std::runtime_error);
        QVERIFY(!mutex.isLocked());
    }
    // rows: TH-11 TH-15
    void whatCouldNotBeTakenIsNotGivenBack()
    {
        Mutex mutex;
        Semaphore semaphore(0);
        const auto first = hold(mutex);
        std::jthread other([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(hold(mutex, Deadline::after(2ms))), ErrorKind::Timeout);
            QCOMPARE(kindOf(hold(mutex, Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return mutex.waiting() == 1; }));
        other.request_stop();
        other.join();
        QVERIFY(mutex.isHeldByCaller());
        QCOMPARE(kindOf(hold(semaphore, Deadline::at(0ns))), ErrorKind::Timeout);
        QCOMPARE(semaphore.value(), 0);
    }
    // rows: TH-12 TH-13
    void aReentrantMutexIsHeldOnceMoreInEachScope()
    {
        RecursiveMutex mutex;
        Condition condition(mutex);
        const auto outer = hold(mutex);
        {
            const auto inner = hold(mutex);
            QCOMPARE(mutex.depth(), 2U);
            QCOMPARE(kindOf(condition.wait(Deadline::after(1ms))), ErrorKind::Timeout);
            QCOMPARE(mutex.depth(), 2U);
        }
        QCOMPARE(mutex.depth(), 1U);
    }
    // rows: TH-15
    void aUnitOfASemaphoreIsHeldAndMayBePassedOn()
    {
        Semaphore semaphore(1, 1);
        auto held = hold(semaphore);
        QCOMPARE(semaphore.value(), 0);
        std::jthread([passed = *std::move(held), &semaphore] {
            QCOMPARE(semaphore.value(), 0);
        }).join();
        QCOMPARE(semaphore.value(), 1);
    }
};

QTEST_APPLESS_MAIN(TestHeld)
#include "tst_held.moc"
