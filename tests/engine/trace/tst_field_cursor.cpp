// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/field_cursor.h"

#include <QTest>

#include <cstdint>
#include <string>

#include <protozero/pbf_writer.hpp>

using namespace heddle;

class TestFieldCursor : public QObject
{
    Q_OBJECT

private slots:
    void whatProtozeroWroteIsRead_data();
    void whatProtozeroWroteIsRead();
    void whateverIsCutOffThrows_data() { whatProtozeroWroteIsRead_data(); }
    void whateverIsCutOffThrows();
    void fieldsThatCannotBeThrow_data();
    void fieldsThatCannotBeThrow();
};

namespace {

constexpr std::uint32_t kNumber = 3;
constexpr std::uint32_t kText = 77;
constexpr std::uint32_t kFixed = 15;

std::string messageWith(std::uint64_t number)
{
    std::string message;
    protozero::pbf_writer writer(message);
    writer.add_uint64(kNumber, number);
    writer.add_string(kText, "text of " + std::to_string(number));
    writer.add_fixed64(kFixed, ~number);
    writer.add_uint64(kNumber, number);
    return message;
}

} // namespace

void TestFieldCursor::whatProtozeroWroteIsRead_data()
{
    QTest::addColumn<quint64>("number");
    QTest::newRow("0") << quint64{0};
    for (unsigned bits = 0; bits < 64; ++bits) {
        const quint64 power = quint64{1} << bits;
        QTest::addRow("2^%u", bits) << power;
        QTest::addRow("2^%u - 1 and all below", bits) << (power | (power - 1));
        QTest::addRow("every other bit to %u", bits) << (0xaaaa'aaaa'aaaa'aaaaULL >> (63 - bits));
    }
}

void TestFieldCursor::whatProtozeroWroteIsRead()
{
    QFETCH(quint64, number);
    const std::string message = messageWith(number);

    FieldCursor cursor(message);

    QVERIFY(cursor.next());
    QCOMPARE(cursor.key(), field_key::varint(kNumber));
    QCOMPARE(cursor.varint(), std::uint64_t{number});
    QVERIFY(cursor.next());
    QCOMPARE(cursor.key(), field_key::bytes(kText));
    QCOMPARE(std::string(cursor.bytes()), "text of " + std::to_string(number));
    QVERIFY(cursor.next());
    QCOMPARE(cursor.key(), field_key::fixed64(kFixed));
    QCOMPARE(cursor.fixed64(), ~std::uint64_t{number});
    QVERIFY(cursor.next());
    cursor.skip();
    QVERIFY(!cursor.next());
}

void TestFieldCursor::whateverIsCutOffThrows()
{
    QFETCH(quint64, number);
    const std::string whole = messageWith(number);
    std::string one;
    protozero::pbf_writer(one).add_uint64(kNumber, number);

    for (std::size_t size = 1; size < one.size(); ++size) {
        const std::string part = whole.substr(0, size); // a copy: reading beyond it is seen
        FieldCursor cursor(part);
        QVERIFY(cursor.next());
        QVERIFY_THROWS_EXCEPTION(protozero::end_of_buffer_exception, cursor.varint());
    }
    for (std::size_t cut = 1; cut <= sizeof(std::uint64_t); ++cut) {
        const std::string part = whole.substr(0, whole.size() - one.size() - cut);
        FieldCursor cursor(part);
        const auto skipAll = [&cursor] {
            while (cursor.next())
                cursor.skip();
        };
        QVERIFY_THROWS_EXCEPTION(protozero::end_of_buffer_exception, skipAll());
    }
}

void TestFieldCursor::fieldsThatCannotBeThrow_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("number 0") << QByteArray("\x00\x01", 2);
    QTest::newRow("wire type 3, a group") << QByteArray("\x0b\x01", 2);
    QTest::newRow("wire type 7") << QByteArray("\x0f\x01", 2);
    QTest::newRow("a varint of eleven bytes")
        << QByteArray("\x08") + QByteArray(10, '\xff') + '\x01';
    QTest::newRow("a text longer than the message") << QByteArray("\x0a\x7f"
                                                                  "abc");
    QTest::newRow("a text longer than memory") << QByteArray("\x0a") + QByteArray(9, '\xff')
            + QByteArray("\x01"
                         "abc");
}

void TestFieldCursor::fieldsThatCannotBeThrow()
{
    QFETCH(QByteArray, message);

    FieldCursor cursor(
        std::string_view(message.constData(), static_cast<std::size_t>(message.size())));

    QVERIFY(cursor.next());
    QVERIFY_THROWS_EXCEPTION(protozero::exception, cursor.skip());
}

QTEST_APPLESS_MAIN(TestFieldCursor)
#include "tst_field_cursor.moc"
