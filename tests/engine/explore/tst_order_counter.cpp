// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explore.h"
#include "engine/explore/order_counter.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <chrono>
#include <optional>

using namespace heddle;
using namespace heddle::tests;

class TestOrderCounter : public QObject
{
    Q_OBJECT

private slots:
    void outcomesAreCountedByTheSchedulesThatLeadToThem();
    void trulyDifferentOrdersAreCounted_data();
    void trulyDifferentOrdersAreCounted();
};

void TestOrderCounter::outcomesAreCountedByTheSchedulesThatLeadToThem()
{
    const auto code = programOf("shared x = 0\nthread t[i in 1..2]:\n    x = x + 1\n");

    const ExplorationReport report = explore(code, {});

    QCOMPARE(report.schedules.value_or(0), std::uint64_t{6});
    QCOMPARE(report.histogram.size(), std::size_t{2});
    QCOMPARE(report.histogram[0].text, std::string("x = 1"));
    QCOMPARE(report.histogram[0].schedules.value_or(0), std::uint64_t{4});
    QCOMPARE(report.histogram[1].text, std::string("x = 2"));
    QCOMPARE(report.histogram[1].schedules.value_or(0), std::uint64_t{2});
}

void TestOrderCounter::trulyDifferentOrdersAreCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qulonglong>("orders");
    const auto meal = [](int seats) {
        return QStringLiteral("const N = %1\nmutex fork[N]\nthread p[i in 0..N-1]:\n"
                              "    lock fork[i]\n    lock fork[(i + 1) % N]\n"
                              "    unlock fork[(i + 1) % N]\n    unlock fork[i]\n")
            .arg(seats);
    };
    const auto adders = [](int actors, int times) {
        return QStringLiteral("shared x = 0\nthread t[i in 1..%1]:\n    repeat %2:\n"
                              "        x = x + 1\n")
            .arg(actors)
            .arg(times);
    };
    QTest::newRow("three philosophers") << meal(3) << 7ULL;
    QTest::newRow("four philosophers") << meal(4) << 15ULL;
    QTest::newRow("five philosophers") << meal(5) << 31ULL;
    QTest::newRow("two times two updates") << adders(2, 2) << 34ULL;
    QTest::newRow("two times three updates") << adders(2, 3) << 328ULL;
    QTest::newRow("three times two updates") << adders(3, 2) << 7134ULL;
    QTest::newRow("what has nothing to do with each other") << QStringLiteral(
        "shared x = 0\nshared y = 0\nthread a:\n    x = 1\n    x = 2\n"
        "thread b:\n    y = 1\n    y = 2\n") << 1ULL;
    const QString asked = QStringLiteral("shared n = 0\nthread w:\n    yield\nthread q:\n");
    QTest::newRow("who asks for an actor sees it alive or not") << asked
            + "    if alive(w):\n        n = 1\n" << 2ULL;
    QTest::newRow("who asks for all, too") << asked + "    n = len(live())\n" << 2ULL;
    QTest::newRow("who waits for an end comes behind it") << asked
            + "    await until not alive(w)\n    n = 1\n" << 1ULL;
    QTest::newRow("lines are said in an order")
        << QStringLiteral("thread a:\n    say \"a\"\nthread b:\n    say \"b\"\n") << 2ULL;
    QTest::newRow("a join waits for all")
        << QStringLiteral("shared x[2] = [0, 0]\nthread t[i in 0..1]:\n    x[i] = 1\n"
                          "main:\n    spawn t\n    join all\n    x[0] = x[1]\n")
        << 1ULL;
}

void TestOrderCounter::trulyDifferentOrdersAreCounted()
{
    QFETCH(const QString, text);
    QFETCH(const qulonglong, orders);
    const auto code = programOf(text.toStdString());
    QVERIFY(code != nullptr);
    Machine machine(code, MachineOptions{.spareActors = 4});
    OrderCounter counter(machine, {.time = std::chrono::seconds(10)});

    const std::optional<std::uint64_t> counted = counter.count();

    QVERIFY(counted.has_value());
    QCOMPARE(qulonglong{*counted}, orders);
}

QTEST_APPLESS_MAIN(TestOrderCounter)
#include "tst_order_counter.moc"
