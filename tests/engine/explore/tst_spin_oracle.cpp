// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/promela_export.h"
#include "tests/engine/explore/spin_oracle.h"

#include <QTest>

#include <memory>
#include <string>

using namespace heddle;
using namespace heddle::tests;

namespace {

constexpr std::size_t kMostStates = 400'000;

std::string looping(int seats)
{
    return "const N = " + std::to_string(seats)
        + "\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n    forever:\n"
          "        lock fork[i]\n        lock fork[(i + 1) % N]\n"
          "        unlock fork[i]\n        unlock fork[(i + 1) % N]\n";
}

std::string oneMeal(int seats)
{
    return "const N = " + std::to_string(seats)
        + "\nshared meals = 0\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n"
          "    lock fork[i]\n    lock fork[(i + 1) % N]\n    meals += 1\n"
          "    unlock fork[i]\n    unlock fork[(i + 1) % N]\n";
}

const std::string kPeterson = "shared flag[2]: bool = [false, false]\nshared turn = 0\n"
                              "shared inside_now = 0\nthread worker[i in 0..1]:\n    forever:\n"
                              "        flag[i] = true\n        turn = 1 - i\n"
                              "        await until not flag[1 - i] or turn == i\n"
                              "        inside_now += 1\n        assert inside_now == 1, \"alone\"\n"
                              "        inside_now -= 1\n        flag[i] = false\n";

/// Producers and consumers that do so many turns each, with one condition for all or with two.
std::string buffer(int each, int turns, bool hasTwo)
{
    const std::string full = hasTwo ? "not_full" : "changed";
    const std::string empty = hasTwo ? "not_empty" : "changed";
    const std::string repeat =
        turns > 0 ? "    repeat " + std::to_string(turns) + ":\n" : "    forever:\n";
    const auto side = [&](const char* name, const std::string& until, const std::string& waits,
                          const char* change, const std::string& wakes) {
        return std::string("thread ") + name + "[i in 1.." + std::to_string(each) + "]:\n" + repeat
            + "        with m:\n            while " + until + ":\n                wait " + waits
            + "\n            count " + change + " 1\n            notify " + wakes + "\n";
    };
    return std::string("shared count = 0\nmutex m\ncondition ") + full
        + (hasTwo ? ", " + empty : std::string()) + " on m\n"
        + side("producer", "count == 1", full, "+=", empty)
        + side("consumer", "count == 0", empty, "-=", full);
}

std::string readersAndWriters(int readers, int writers)
{
    return "shared readers = 0\nmutex door\nsemaphore room = 1\nthread reader[r in 1.."
        + std::to_string(readers)
        + "]:\n    forever:\n        with door:\n            readers += 1\n"
          "            if readers == 1:\n                acquire room\n        yield\n"
          "        with door:\n            readers -= 1\n            if readers == 0:\n"
          "                release room\nthread writer[w in 1.."
        + std::to_string(writers)
        + "]:\n    forever:\n        acquire room\n        yield\n        release room\n";
}

std::string lostUpdate(int actors, int times)
{
    return "shared x = 0\nthread adder[i in 1.." + std::to_string(actors) + "]:\n    repeat "
        + std::to_string(times) + ":\n        x = x + 1\n";
}

std::string channel(int each, int items)
{
    return "shared sum = 0\nqueue q max 2\nmutex m\nthread producer[p in 1.." + std::to_string(each)
        + "]:\n    for k in 1.." + std::to_string(items)
        + ":\n        put q <- k\nthread consumer[c in 1.." + std::to_string(each)
        + "]:\n    repeat " + std::to_string(items)
        + ":\n        get k <- q\n        with m:\n            sum += k\n";
}

} // namespace

class TestSpinOracle : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyStateOfAModelIsAStateOfTheMachine_data();
    void everyStateOfAModelIsAStateOfTheMachine();
};

void TestSpinOracle::initTestCase()
{
    if (!isSpinInstalled())
        QSKIP("spin or gcc is not installed: the explorer is not compared with it");
}

void TestSpinOracle::everyStateOfAModelIsAStateOfTheMachine_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QString::fromStdString(text);
    };
    row("philosophers for ever", looping(6));
    row("philosophers, one meal", oneMeal(5));
    row("Peterson", kPeterson);
    row("buffer, one condition, 2 + 2", buffer(2, 2, false));
    row("buffer, two conditions, 2 + 2", buffer(2, 2, true));
    row("buffer, one condition, 2 + 2, for ever", buffer(2, 0, false));
    row("readers and writers", readersAndWriters(3, 2));
    row("lost update, 3 times 3", lostUpdate(3, 3));
    row("channel", channel(2, 3));
}

void TestSpinOracle::everyStateOfAModelIsAStateOfTheMachine()
{
    QFETCH(const QString, text);
    const std::shared_ptr<const Code> code = compiled(text.toStdString());
    QVERIFY(code != nullptr);

    const Space mine = machineSpace(code, kMostStates);
    const Space spins = spinSpace(*code);

    QCOMPARE(QString::fromStdString(mine.text()), QString::fromStdString(spins.text()));
}

QTEST_GUILESS_MAIN(TestSpinOracle)
#include "tst_spin_oracle.moc"
