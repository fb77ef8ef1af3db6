// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/catalogue.h"
#include "engine/model/program/evaluate.h"

#include <QtTest>

using namespace heddle;

namespace {

/// The value as text, or "!Name" of what is raised.
std::string shown(const Evaluated& result)
{
    return result.isRaised() ? "!" + std::string(result.exception) : result.value.toText();
}

Value number(std::int64_t value)
{
    return Value::integer(value);
}

Value numbers(const std::vector<std::int64_t>& values)
{
    ListValue list;
    for (const std::int64_t each : values)
        list.push_back(number(each));
    return Value::list(std::move(list));
}

std::string called(const char* name, const std::vector<Value>& arguments)
{
    const Code code;
    const auto function = findFunction(name);
    return function ? shown(callFunction(code, *function, arguments, nullptr)) : "no function";
}

} // namespace

class TestEvaluate : public QObject
{
    Q_OBJECT
private slots:
    void operatorsCompute_data()
    {
        QTest::addColumn<QString>("result");
        QTest::addColumn<QString>("expected");
        using O = Operation;
        const auto row = [](const char* name, O operation, const Value& left, const Value& right,
                             const char* expected) {
            QTest::newRow(name) << QString::fromStdString(
                shown(applyBinary(operation, left, right)))
                                << QString(expected);
        };
        row("add", O::Add, number(2), number(3), "5");
        row("add overflows", O::Add, number(INT64_MAX), number(1), "!Overflow");
        row("subtract overflows", O::Subtract, number(INT64_MIN), number(1), "!Overflow");
        row("multiply overflows", O::Multiply, number(INT64_MAX), number(2), "!Overflow");
        row("divide rounds down", O::Divide, number(-7), number(2), "-4");
        row("remainder is of the divisor's sign", O::Remainder, number(-1), number(5), "4");
        row("divide by zero", O::Divide, number(1), number(0), "!BadValue");
        row("remainder by zero", O::Remainder, number(1), number(0), "!BadValue");
        row("smallest by -1", O::Divide, number(INT64_MIN), number(-1), "!Overflow");
        row("remainder of smallest by -1", O::Remainder, number(INT64_MIN), number(-1), "0");
        row("durations add", O::Add, Value::duration(1000), Value::duration(500), "1500ns");
        row("duration times number", O::Multiply, number(3), Value::duration(1'000'000), "3ms");
        row("duration by duration", O::Divide, Value::duration(3'000'000),
            Value::duration(1'000'000), "3");
        row("duration by number", O::Divide, Value::duration(3'000'000), number(3), "1ms");
        row("duration plus number", O::Add, Value::duration(1), number(1), "!BadValue");
        row("texts join", O::Add, Value::text("a"), Value::text("b"), "ab");
        row("text plus number", O::Add, Value::text("a"), number(1), "!BadValue");
        row("lists join", O::Add, numbers({1}), numbers({2, 3}), "[1, 2, 3]");
        row("lists lose items", O::Subtract, numbers({1, 2, 1}), numbers({1, 9}), "[2, 1]");
        row("list times number", O::Multiply, numbers({0}), number(3), "[0, 0, 0]");
        row("list too long", O::Multiply, numbers({0}), number(2'000'000), "!NoResources");
        row("signal is its number", O::Equal, Value::signal(15), number(15), "true");
        row("different kinds are not equal", O::Equal, number(1), Value::text("1"), "false");
        row("different kinds have no order", O::Less, number(1), Value::text("1"), "!BadValue");
        row("texts have an order", O::Less, Value::text("a"), Value::text("b"), "true");
        row("contained in a list", O::Contains, number(2), numbers({1, 2}), "true");
        row("contained in a text", O::Contains, Value::text("bc"), Value::text("abc"), "true");
        row("contained in a number", O::Contains, number(2), number(2), "!BadValue");
        row("unset operand", O::Add, Value::unset(), number(1), "!Missing");
    }
    void operatorsCompute()
    {
        QFETCH(QString, result);
        QTEST(result, "expected");
    }
    void tablesAddKeyByKey()
    {
        const Value left = Value::table({{Value::text("a"), number(1)}});
        const Value right =
            Value::table({{Value::text("a"), number(2)}, {Value::text("b"), number(3)}});
        QCOMPARE(
            shown(applyBinary(Operation::Add, left, right)), std::string("{\"a\": 3, \"b\": 3}"));
    }
    void elementsAreFoundOrMissing()
    {
        QCOMPARE(shown(elementOf(numbers({4, 5}), number(1))), std::string("5"));
        QCOMPARE(shown(elementOf(numbers({4, 5}), number(2))), std::string("!Missing"));
        QCOMPARE(shown(elementOf(numbers({4, 5}), number(-1))), std::string("!Missing"));
        QCOMPARE(shown(elementOf(Value::list({}), number(0))), std::string("!Missing"));
        QCOMPARE(shown(elementOf(Value::text("aßc"), number(1))), std::string("ß"));
        QCOMPARE(shown(elementOf(Value::table({}), number(1))), std::string("!Missing"));
        QCOMPARE(shown(elementOf(number(1), number(1))), std::string("!BadValue"));
    }
    void replacingAnElementLeavesTheOriginalAlone()
    {
        const Value original = numbers({1, 2});
        QCOMPARE(shown(replaceElement(original, number(0), number(9))), std::string("[9, 2]"));
        QCOMPARE(original.toText(), std::string("[1, 2]"));
        QCOMPARE(shown(replaceElement(original, number(2), number(9))), std::string("!Missing"));
    }
    void listsCannotLieInEachOtherWithoutEnd()
    {
        Evaluated nested = number(1);
        for (int i = 0; i < 1000 && !nested.isRaised(); ++i)
            nested = makeList(std::vector<Value>{nested.value});
        QCOMPARE(shown(nested), std::string("!NoResources"));
    }
    void functionsCompute()
    {
        QCOMPARE(called("min", {number(3), number(1)}), std::string("1"));
        QCOMPARE(called("max", {numbers({3, 7})}), std::string("7"));
        QCOMPARE(called("max", {numbers({})}), std::string("!Missing"));
        QCOMPARE(called("sum", {numbers({3, 7})}), std::string("10"));
        QCOMPARE(called("sum", {numbers({INT64_MAX, 1})}), std::string("!Overflow"));
        QCOMPARE(called("sorted", {numbers({3, 1})}), std::string("[1, 3]"));
        QCOMPARE(called("number", {Value::text("12")}), std::string("12"));
        QCOMPARE(called("number", {Value::text("12x")}), std::string("!BadValue"));
        QCOMPARE(called("len", {Value::text("aß")}), std::string("2"));
        QCOMPARE(called("len", {number(1)}), std::string("!BadValue"));
        QCOMPARE(called("min", {}), std::string("!BadValue"));
        QCOMPARE(called("random", {number(1), number(2)}), std::string("!BadValue"));
        QCOMPARE(called("len", {Value::unset()}), std::string("!Missing"));
    }
    void everyFunctionThatAsksNoObjectIsComputable()
    {
        const auto rows = functionRows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool isExchange =
                rows[i].name == "swap" || rows[i].name == "fetch_add" || rows[i].name == "cas";
            const bool isParameter = rows[i].name == "signal"; // of a handler: a local there
            if (!rows[i].isQuery && !isExchange && !isParameter)
                QVERIFY2(
                    isComputable(static_cast<std::int32_t>(i)), std::string(rows[i].name).c_str());
        }
    }
    void storesAreChecked()
    {
        VariableDeclaration variable;
        variable.name = "x";
        variable.minimum = 0;
        variable.maximum = 9;
        QVERIFY(!checkStore(variable, number(9)).isRaised());
        QCOMPARE(shown(checkStore(variable, number(10))), std::string("!Overflow"));
        QCOMPARE(shown(checkStore(variable, Value::text("a"))), std::string("!BadValue"));
        variable.kind = ValueKind::List;
        variable.minimum.reset();
        variable.maximum.reset();
        variable.capacity = 1;
        QVERIFY(!checkStore(variable, numbers({1})).isRaised());
        QCOMPARE(shown(checkStore(variable, numbers({1, 2}))), std::string("!Overflow"));
    }
    void anIndexOutsideIsMissing()
    {
        QCOMPARE(elementIndex(number(3), 1, 3, "a").element, 2);
        QVERIFY(elementIndex(number(0), 1, 3, "a").problem.isRaised());
        QVERIFY(elementIndex(number(4), 1, 3, "a").problem.isRaised());
        QVERIFY(elementIndex(Value::text("1"), 1, 3, "a").problem.isRaised());
    }
};

QTEST_APPLESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
