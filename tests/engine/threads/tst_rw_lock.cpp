// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/rw_lock.h"
#include "tests/support/eventually.h"
#include "tests/support/results.h"

#include <QtTest>

#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

const Deadline kAtOnce = Deadline::at(0ns);

} // namespace

class TestReadWriteLock : public QObject
{
    Q_OBJECT
private slots:
    void readersShareAndAWriterIsAlone()
    {
        ReadWriteLock lock;
        QVERIFY(lock.lockRead());
        std::jthread([&] {
            QVERIFY(lock.lockRead(kAtOnce));
            QCOMPARE(lock.readers(), 2U);
            QCOMPARE(kindOf(lock.lockWrite(kAtOnce)), ErrorKind::Timeout);
            QVERIFY(lock.unlockRead());
        }).join();
        QVERIFY(lock.unlockRead());
        QVERIFY(lock.lockWrite());
        std::jthread([&] {
            QCOMPARE(kindOf(lock.lockRead(kAtOnce)), ErrorKind::Timeout);
            QCOMPARE(kindOf(lock.lockWrite(kAtOnce)), ErrorKind::Timeout);
        }).join();
        QVERIFY(lock.unlockWrite());
    }
    void givingBackWhatNobodyHoldsIsAnError()
    {
        ReadWriteLock lock;
        QCOMPARE(kindOf(lock.unlockRead()), ErrorKind::NotOwner);
        QCOMPARE(kindOf(lock.unlockWrite()), ErrorKind::NotOwner);
        QVERIFY(lock.lockWrite());
        std::jthread([&] { QCOMPARE(kindOf(lock.unlockWrite()), ErrorKind::NotOwner); }).join();
        QVERIFY(lock.isWriting());
        QVERIFY(lock.unlockWrite());
    }
    void aWriterGivesWayToAllReadersThatWait()
    {
        ReadWriteLock lock;
        QVERIFY(lock.lockWrite());
        std::vector<std::jthread> readers;
        for (int number = 0; number < 3; ++number)
            readers.emplace_back([&] { QVERIFY(lock.lockRead()); });
        QVERIFY(eventually([&] { return lock.waiting() == 3; }));
        QVERIFY(lock.unlockWrite());
        readers.clear();
        QCOMPARE(lock.readers(), 3U);
    }
    void withAPreferenceNewReadersStandBehindAWriter_data()
    {
        QTest::addColumn<bool>("preferred");
        QTest::newRow("none") << false;
        QTest::newRow("writers") << true;
    }
    void withAPreferenceNewReadersStandBehindAWriter()
    {
        QFETCH(bool, preferred);
        ReadWriteLock lock({}, preferred ? Preference::Writers : Preference::None);
        QVERIFY(lock.lockRead());
        std::jthread writer([&] {
            QVERIFY(lock.lockWrite());
            QVERIFY(lock.unlockWrite());
        });
        QVERIFY(eventually([&] { return lock.waiting() == 1; }));
        const bool entered = static_cast<bool>(lock.lockRead(kAtOnce));
        QCOMPARE(entered, !preferred);
        if (entered)
            QVERIFY(lock.unlockRead());
        QVERIFY(lock.unlockRead());
    }
    void aWriterThatGivesUpLetsTheReadersBehindItIn()
    {
        ReadWriteLock lock({}, Preference::Writers);
        QVERIFY(lock.lockRead());
        std::jthread writer([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(lock.lockWrite(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return lock.waiting() == 1; }));
        std::jthread reader([&] { QVERIFY(lock.lockRead()); });
        QVERIFY(eventually([&] { return lock.waiting() == 2; }));
        writer.request_stop();
        reader.join();
        QCOMPARE(lock.readers(), 2U);
    }
    void waitsTimeOutNeverEarly()
    {
        ReadWriteLock lock;
        QVERIFY(lock.lockWrite());
        const Deadline deadline = Deadline::after(3ms);
        QCOMPARE(kindOf(lock.lockRead(deadline)), ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        QCOMPARE(lock.waiting(), std::size_t{0});
    }
    void writersAndReadersNeverMeet()
    {
        ReadWriteLock lock({}, Preference::Writers);
        int value = 0;
        std::atomic<int> limits{0};
        std::vector<std::jthread> threads;
        for (int number = 0; number < 2; ++number) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 2'000; ++turn) {
                    QVERIFY(lock.lockWrite());
                    ++value;
                    QVERIFY(lock.unlockWrite());
                }
            });
            threads.emplace_back([&] {
                for (int turn = 0; turn < 2'000; ++turn) {
                    if (!lock.lockRead(Deadline::after(50us))) {
                        ++limits;
                        continue;
                    }
                    QVERIFY(value >= 0);
                    QVERIFY(lock.unlockRead());
                }
            });
        }
        threads.clear();
        QCOMPARE(value, 4'000);
        QVERIFY(lock.lockWrite(kAtOnce));
    }
};

QTEST_APPLESS_MAIN(TestReadWriteLock)
#include "tst_rw_lock.moc"
