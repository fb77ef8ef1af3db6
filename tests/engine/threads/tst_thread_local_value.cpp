// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/event.h"
#include "engine/threads/thread.h"
#include "engine/threads/thread_local_value.h"

#include <QtTest>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace heddle;

namespace {

// Knows how many of it there are.
class Counted
{
public:
    explicit Counted(std::atomic<int>& living, std::string given = {})
        : text(std::move(given))
        , m_living(&living)
    {
        ++*m_living;
    }
    ~Counted() { --*m_living; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    std::string text;

private:
    std::atomic<int>* m_living;
};

} // namespace

class TestThreadLocalValue : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-20
    void eachThreadHasAValueOfItsOwn()
    {
        ThreadLocalValue<int> value(5);
        QVERIFY(!value.hasValue());
        value.value() = 1;
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&, number] {
                QCOMPARE(value.value(), 5);
                value.value() += number;
                QCOMPARE(value.value(), 5 + number);
            });
        }
        threads.clear();
        QCOMPARE(value.value(), 1);
        QCOMPARE(value.count(), std::size_t{1});
    }
    // rows: TH-20
    void eachIsMadeOfTheOriginalArguments()
    {
        struct Pair
        {
            Pair(std::string givenText, std::vector<int> givenNumbers)
                : text(std::move(givenText))
                , numbers(std::move(givenNumbers))
            {
            }
            std::string text;
            std::vector<int> numbers;
        };
        ThreadLocalValue<Pair> value(std::string("dough"), std::vector{1, 2});
        value.value().text = "changed";
        value.value().numbers.clear();
        std::jthread([&] {
            QCOMPARE(value.value().text, std::string("dough"));
            QCOMPARE(value.value().numbers, (std::vector{1, 2}));
        }).join();
    }
    // rows: TH-20
    void aValueIsReleasedBeforeTheEndOfItsThreadIsHeardOf()
    {
        std::atomic<int> living{0};
        ThreadLocalValue<Counted> value(std::ref(living));
        Thread thread([&](const std::stop_token&) {
            QVERIFY(value.value().text.empty());
            QCOMPARE(living.load(), 1);
        });
        QVERIFY(thread.start() && thread.join());
        QCOMPARE(living.load(), 0);
        std::jthread([&] { QVERIFY(value.value().text.empty()); }).join();
        QCOMPARE(living.load(), 0);
        QCOMPARE(value.count(), std::size_t{0});
    }
    // rows: TH-20
    void allValuesGoWithTheObjectThoughThreadsLive()
    {
        std::atomic<int> living{0};
        auto value = std::make_unique<ThreadLocalValue<Counted>>(std::ref(living));
        Event made;
        Event go;
        Thread thread([&](const std::stop_token&) {
            value->value().text = "mine";
            made.set();
            QVERIFY(go.wait());
        });
        QVERIFY(thread.start() && made.wait());
        QCOMPARE(living.load(), 1);
        value.reset();
        QCOMPARE(living.load(), 0);
        // A new one never takes what was left for its own.
        ThreadLocalValue<Counted> next(std::ref(living), std::string("new"));
        QVERIFY(!next.hasValue());
        QCOMPARE(next.value().text, std::string("new"));
        go.set();
        QVERIFY(thread.join());
    }
    // rows: TH-20
    void aConstructorThatThrowsIsTriedAgain()
    {
        struct Second
        {
            explicit Second(std::atomic<int>* tries)
            {
                if (++*tries == 1)
                    throw std::runtime_error("first");
            }
        };
        std::atomic<int> tries{0};
        ThreadLocalValue<Second> value(&tries);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(value.value()), std::runtime_error);
        QVERIFY(!value.hasValue());
        static_cast<void>(value.value());
        QVERIFY(value.hasValue());
        QCOMPARE(tries.load(), 2);
    }
};

QTEST_APPLESS_MAIN(TestThreadLocalValue)
#include "tst_thread_local_value.moc"
