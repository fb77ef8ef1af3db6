// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/value.h"

#include <QtTest>

using namespace heddle;

class TestValue : public QObject
{
    Q_OBJECT
private slots:
    void valuesArePrintedAsTheLanguageWritesThem_data()
    {
        QTest::addColumn<QString>("printed");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const Value& value, const char* expected) {
            QTest::newRow(name) << QString::fromStdString(value.toText()) << QString(expected);
        };
        row("none", Value::none(), "none");
        row("unset", Value::unset(), "unset");
        row("integer", Value::integer(-3), "-3");
        row("smallest integer", Value::integer(INT64_MIN), "-9223372036854775808");
        row("truth", Value::boolean(true), "true");
        row("duration", Value::duration(20'000'000), "20ms");
        row("uneven duration", Value::duration(1'500'000'000), "1500ms");
        row("size", Value::size(64), "64B");
        row("large size", Value::size(4096), "4KiB");
        row("no size", Value::size(0), "0B");
        row("signal", Value::signal(15), "SIGTERM");
        row("text is bare", Value::text("a \"b\""), "a \"b\"");
        row("text in a list is quoted", Value::list({Value::text("a\"b\n")}), "[\"a\\\"b\\n\"]");
        row("empty list", Value::list({}), "[]");
        row("nested", Value::list({Value::integer(1), Value::list({Value::boolean(false)})}),
            "[1, [false]]");
        row("table", Value::table({{Value::text("k"), Value::integer(2)}}), "{\"k\": 2}");
        row("handle", Value::handle(4), "actor 4");
    }
    void valuesArePrintedAsTheLanguageWritesThem()
    {
        QFETCH(QString, printed);
        QTEST(printed, "expected");
    }
    void handlesArePrintedByTheirNames()
    {
        const auto names = [](std::int64_t handle) {
            return "worker[" + std::to_string(handle) + "]";
        };
        QCOMPARE(Value::list({Value::handle(2)}).toText(names), std::string("[worker[2]]"));
    }
    void copiesOfAListDoNotChangeEachOther()
    {
        Value original = Value::list({Value::integer(1)});
        const Value copy = original;
        original = Value::list({Value::integer(2)});
        QVERIFY(copy == Value::list({Value::integer(1)}));
    }
    void valuesOfDifferentKindsAreNeverEqual()
    {
        QVERIFY(!(Value::integer(1) == Value::boolean(true)));
        QVERIFY(!(Value::none() == Value::unset()));
        QVERIFY(!(Value::duration(5) == Value::size(5)));
        QVERIFY(Value::text("a") == Value::text("a"));
    }
    void theOrderIsTotal()
    {
        const std::vector<Value> values = {Value::none(), Value::integer(1), Value::integer(2),
            Value::text("a"), Value::text("b"), Value::list({Value::integer(1)}),
            Value::list({Value::integer(1), Value::integer(0)}), Value::table({})};
        for (std::size_t i = 0; i < values.size(); ++i)
            for (std::size_t j = 0; j < values.size(); ++j)
                QCOMPARE(values[i] < values[j], i < j);
    }
    void onlyTrueAndNumbersThatAreNotZeroAreTrue()
    {
        QVERIFY(Value::boolean(true).isTrue());
        QVERIFY(Value::integer(-1).isTrue());
        QVERIFY(!Value::integer(0).isTrue());
        QVERIFY(!Value::text("true").isTrue());
        QVERIFY(!Value::none().isTrue());
        QVERIFY(!Value::list({Value::integer(1)}).isTrue());
    }
    void depthCountsListsInLists()
    {
        QCOMPARE(Value::integer(1).depth(), 0);
        QCOMPARE(Value::list({}).depth(), 1);
        QCOMPARE(Value::list({Value::table({{Value::integer(1), Value::list({})}})}).depth(), 3);
    }
};

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
