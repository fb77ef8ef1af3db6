// SPDX-License-Identifier: GPL-3.0-only
#include "engine/run/shared_arena.h"

#include <QTest>

#include <array>
#include <limits>

using namespace heddle;

class TestSharedArena : public QObject
{
    Q_OBJECT

private slots:
    void whatDoesNotFitIsRefusedAndWhatFitsIsNot();
    void textsAreCopiedAndEndWithZero();
    void addressesThatTheSystemHasNotAreAnError();
};

void TestSharedArena::whatDoesNotFitIsRefusedAndWhatFitsIsNot()
{
    Result<SharedArena> arena = SharedArena::create(1024);
    QVERIFY(arena);
    using Half = std::array<char, 512>;

    const auto* first = arena->make<Half>();
    const auto* second = arena->make<Half>();
    const auto* third = arena->make<Half>();
    const bool isShared = arena->share<int, int>(7) != nullptr;

    QVERIFY(first != nullptr && second != nullptr);
    QVERIFY(first + 1 <= second);
    QVERIFY(third == nullptr);
    QVERIFY(!isShared);
    QVERIFY(!arena->text("text"));
    QVERIFY(arena->pointers<int>(1).empty());
}

void TestSharedArena::textsAreCopiedAndEndWithZero()
{
    Result<SharedArena> arena = SharedArena::create(1024);
    QVERIFY(arena);
    std::string name = "philosopher";

    const std::optional<std::string_view> kept = arena->text(name);
    name.clear();

    QVERIFY(kept);
    QCOMPARE(std::string(kept->data()), std::string("philosopher"));
    QVERIFY(!arena->text(std::string(1024, 'x')));
    QVERIFY(arena->text("short"));
}

void TestSharedArena::addressesThatTheSystemHasNotAreAnError()
{
    const Result<SharedArena> arena =
        SharedArena::create(std::numeric_limits<std::size_t>::max() / 2);

    QVERIFY(!arena);
    QCOMPARE(arena.error().kind, ErrorKind::SystemCall);
}

QTEST_APPLESS_MAIN(TestSharedArena)
#include "tst_shared_arena.moc"
