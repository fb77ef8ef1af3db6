// SPDX-License-Identifier: GPL-3.0-only
#include "engine/record/session.h"
#include "engine/record/session_view.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace heddle;

namespace {

SessionOptions small()
{
    SessionOptions options;
    options.rings = 2;
    options.recordsPerRing = 16;
    options.actors = 8;
    options.objects = 8;
    options.namesBytes = 4096;
    return options;
}

OwnedFd duplicate(int fd)
{
    return OwnedFd(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
}

// A sealed memory of the given bytes, as a foreign or damaged session would be.
OwnedFd sealedMemory(const std::vector<char>& bytes, int seals = F_SEAL_SHRINK | F_SEAL_GROW)
{
    OwnedFd fd(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (::write(fd.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
        return {};
    static_cast<void>(::fcntl(fd.get(), F_ADD_SEALS, seals));
    return fd;
}

std::vector<char> bytesOf(const Session& session)
{
    const char* begin = reinterpret_cast<const char*>(&session.layout());
    return std::vector<char>(begin, begin + session.geometry().totalBytes);
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT
private slots:
    void whatOneMappingWritesTheOtherSees()
    {
        Result<Session> made = Session::create(small());
        QVERIFY(made);
        Result<Session> attached = Session::attach(duplicate(made->fd()));
        QVERIFY(attached);

        made->ring(1).head.store(7);
        made->records(1)[6].object = 42;

        QCOMPARE(attached->ring(1).head.load(), 7U);
        QCOMPARE(attached->records(1)[6].object, 42U);
        QCOMPARE(attached->startNanoseconds(), made->startNanoseconds());
    }
    void theTimeOfARestartedSessionBeginsThen()
    {
        Result<Session> watcher = Session::create(small());
        QVERIFY(watcher);
        Result<Session> starter = Session::attach(duplicate(watcher->fd()));
        QVERIFY(starter);

        const std::int64_t before = watcher->now();
        starter->restart();
        watcher->adoptStart();

        QCOMPARE(watcher->startNanoseconds(), starter->startNanoseconds());
        QVERIFY(before >= 0 && watcher->now() >= 0);
    }
    void aStartThatCannotBeIsNotAdopted()
    {
        Result<Session> watcher = Session::create(small());
        QVERIFY(watcher);
        const std::int64_t start = watcher->startNanoseconds();

        watcher->layout().startNanoseconds = INT64_MAX;
        watcher->adoptStart();
        QCOMPARE(watcher->startNanoseconds(), start);
        watcher->layout().startNanoseconds = 0;
        watcher->adoptStart();
        QCOMPARE(watcher->startNanoseconds(), start);
    }
    void itsMemoryCannotBeCutUnderItsReader()
    {
        Result<Session> made = Session::create(small());
        QVERIFY(made);
        QCOMPARE(::ftruncate(made->fd(), 0), -1);
        QCOMPARE(errno, EPERM);
    }
    void absurdSizesAreRefused_data()
    {
        QTest::addColumn<unsigned>("rings");
        QTest::addColumn<unsigned>("records");
        QTest::addColumn<unsigned>("actors");
        QTest::newRow("no ring") << 0U << 16U << 8U;
        QTest::newRow("no power of two") << 1U << 17U << 8U;
        QTest::newRow("no record") << 1U << 0U << 8U;
        QTest::newRow("no actor") << 1U << 16U << 0U;
        QTest::newRow("too many") << 4'000'000'000U << 16U << 8U;
    }
    void absurdSizesAreRefused()
    {
        QFETCH(unsigned, rings);
        QFETCH(unsigned, records);
        QFETCH(unsigned, actors);
        SessionOptions options = small();
        options.rings = rings;
        options.recordsPerRing = records;
        options.actors = actors;
        const Result<Session> made = Session::create(options);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::InvalidArgument);
    }
    void descriptorsThatAreNoSessionAreRefused_data()
    {
        QTest::addColumn<int>("fd");
        std::array<int, 2> ends{};
        QVERIFY(::pipe2(ends.data(), O_CLOEXEC) == 0);
        static_cast<void>(::close(ends[1]));
        QTest::newRow("pipe") << ends[0];
        QTest::newRow("device") << ::open("/dev/null", O_RDWR | O_CLOEXEC);
        QTest::newRow("closed") << -1;
        QTest::newRow("empty memory") << sealedMemory({}).release();
        QTest::newRow("short memory") << sealedMemory(std::vector<char>(100, 'x')).release();
        QTest::newRow("garbage") << sealedMemory(std::vector<char>(100'000, 'x')).release();
        const Result<Session> made = Session::create(small());
        QTest::newRow("not sealed") << sealedMemory(bytesOf(*made), 0).release();
        QTest::newRow("only against growth") << sealedMemory(bytesOf(*made), F_SEAL_GROW).release();
    }
    void descriptorsThatAreNoSessionAreRefused()
    {
        QFETCH(int, fd);
        const Result<Session> attached = Session::attach(OwnedFd(fd));
        QVERIFY(!attached);
        QCOMPARE(attached.error().kind, ErrorKind::BadTrace);
    }
    void damagedHeadersAreRefused_data()
    {
        QTest::addColumn<qulonglong>("offset");
        QTest::addColumn<int>("value");
        QTest::newRow("magic") << qulonglong{offsetof(SessionLayout, magic)} << 1;
        QTest::newRow("version") << qulonglong{offsetof(SessionLayout, version)} << 99;
        QTest::newRow("header") << qulonglong{offsetof(SessionLayout, headerBytes)} << 12;
        QTest::newRow("rings") << qulonglong{offsetof(SessionLayout, rings)} << 100;
        QTest::newRow("records") << qulonglong{offsetof(SessionLayout, recordsPerRing)} << 17;
        QTest::newRow("actors") << qulonglong{offsetof(SessionLayout, actors)} << -1;
        QTest::newRow("clock") << qulonglong{offsetof(SessionLayout, clock)} << 77;
    }
    void damagedHeadersAreRefused()
    {
        QFETCH(qulonglong, offset);
        QFETCH(int, value);
        const Result<Session> made = Session::create(small());
        std::vector<char> bytes = bytesOf(*made);
        std::memcpy(bytes.data() + offset, &value, sizeof value);
        const Result<Session> attached = Session::attach(sealedMemory(bytes));
        QVERIFY(!attached);
        QCOMPARE(attached.error().kind, ErrorKind::BadTrace);
    }
    void aCutSessionIsRefusedAndAWholeCopyIsNot()
    {
        const Result<Session> made = Session::create(small());
        std::vector<char> bytes = bytesOf(*made);
        QVERIFY(Session::attach(sealedMemory(bytes)));
        bytes.resize(bytes.size() - 4096);
        QVERIFY(!Session::attach(sealedMemory(bytes)));
    }
    void idsBeyondTheTablesHaveNoSlot()
    {
        const Result<Session> made = Session::create(small());
        QVERIFY(made->actor(ActorId{0}) == nullptr);
        QVERIFY(made->actor(ActorId{8}) != nullptr);
        QVERIFY(made->actor(ActorId{9}) == nullptr);
        QVERIFY(made->object(ObjectId{9}) == nullptr);
        QVERIFY(readName(*made, NameId{4'000'000'000U}).empty());
        QCOMPARE(readObject(*made, ObjectId{3}).kind, PrimitiveKind::None);
    }
};

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
