// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/base/owned_fd.h"
#include "engine/signals/send.h"
#include "engine/signals/wakeup_fd.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <array>
#include <optional>

#include <fcntl.h>
#include <sys/socket.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

/// A pipe whose writer is the wake-up descriptor as long as it lives.
class WakeupPipe
{
public:
    explicit WakeupPipe(FullBuffer fullBuffer = FullBuffer::Warns)
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            std::abort();
        m_reader.reset(ends[0]);
        m_writer.reset(ends[1]);
        static_cast<void>(required(setWakeupFd(m_writer.get(), fullBuffer)));
    }
    ~WakeupPipe() { static_cast<void>(required(setWakeupFd(-1))); }
    WakeupPipe(const WakeupPipe&) = delete;
    WakeupPipe& operator=(const WakeupPipe&) = delete;

    [[nodiscard]] int reader() const { return m_reader.get(); }
    [[nodiscard]] int writer() const { return m_writer.get(); }

    [[nodiscard]] std::vector<int> bytes() const
    {
        std::array<unsigned char, 64> room{};
        const ssize_t count = ::read(reader(), room.data(), room.size());
        return {room.data(), room.data() + std::max<ssize_t>(count, 0)};
    }
    void fill() const
    {
        const std::array<char, 4096> zeros{};
        while (::write(writer(), zeros.data(), zeros.size()) > 0) { }
        while (::write(writer(), zeros.data(), 1) > 0) { }
    }

private:
    OwnedFd m_reader;
    OwnedFd m_writer;
};

/// Takes what is written to the standard error as long as it lives.
class StandardError
{
public:
    StandardError()
        : m_kept(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3))
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            std::abort();
        m_reader.reset(ends[0]);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[1]);
    }
    ~StandardError() { ::dup2(m_kept.get(), STDERR_FILENO); }
    StandardError(const StandardError&) = delete;
    StandardError& operator=(const StandardError&) = delete;

    [[nodiscard]] std::string text() const
    {
        std::array<char, 1024> room{};
        const ssize_t count = ::read(m_reader.get(), room.data(), room.size());
        return {room.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    }

private:
    OwnedFd m_kept;
    OwnedFd m_reader;
};

} // namespace

class TestWakeupFd : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    // rows: SG-15
    void oneByteSaysWhichSignalCame()
    {
        std::atomic<int> calls{0};
        const InForce first(SIGUSR1, calls);
        const InForce second(SIGRTMAX, calls);
        const WakeupPipe pipe;
        QVERIFY(raiseSignal(SIGUSR1));
        QVERIFY(raiseSignal(SIGRTMAX));
        QCOMPARE(pipe.bytes(), (std::vector<int>{SIGUSR1, SIGRTMAX}));
        QCOMPARE(calls.load(), 2);
    }
    // rows: SG-15
    void blockedSignalsAreWrittenWhenTheyAreUnblocked()
    {
        std::atomic<int> calls{0};
        const InForce first(SIGUSR1, calls);
        const InForce second(SIGUSR2, calls);
        const WakeupPipe pipe;
        required(blockSignalSet(setOf({SIGUSR1, SIGUSR2})));
        ::raise(SIGUSR1);
        ::raise(SIGUSR2);
        QVERIFY(pipe.bytes().empty());
        required(unblockSignalSet(setOf({SIGUSR1, SIGUSR2})));
        std::vector<int> bytes = pipe.bytes();
        std::sort(bytes.begin(), bytes.end());
        QCOMPARE(bytes, (std::vector<int>{SIGUSR1, SIGUSR2}));
    }
    // rows: SG-15
    // cases: SG13
    void aSignalBeforeThePollMakesItReadyAtOnce()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, calls);
        const WakeupPipe pipe;
        QVERIFY(raiseSignal(SIGALRM));
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(waitReadable(pipe.reader(), Deadline::after(20s)));
        QVERIFY(timeSince(begin) < 10s);
    }
    // rows: SG-15
    // cases: SG13
    void aSignalDuringThePollEndsIt()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const WakeupPipe pipe;
        const SentLater sent(SIGUSR1, 50ms);
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(waitReadable(pipe.reader(), Deadline::after(20s)));
        QVERIFY(timeSince(begin) < 10s);
        QCOMPARE(pipe.bytes(), (std::vector<int>{SIGUSR1}));
    }
    // rows: SG-06 SG-15
    void ignoredSignalsWriteNothing()
    {
        const InForce ignored(SIGUSR1, Disposition::ignored());
        const WakeupPipe pipe;
        QVERIFY(raiseSignal(SIGUSR1));
        QVERIFY(pipe.bytes().empty());
    }
    // rows: SG-15
    // cases: SG15
    void aFullBufferIsWarnedOfUnlessThatIsTurnedOff()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const StandardError output;
        const auto warningWith = [&output](const WakeupPipe& pipe) {
            pipe.fill();
            required(raiseSignal(SIGUSR1));
            return output.text();
        };
        const std::string warned = warningWith(WakeupPipe());
        const std::string silenced = warningWith(WakeupPipe(FullBuffer::IsSilent));
        const std::string notSticky = warningWith(WakeupPipe());
        QVERIFY2(warned.find("wake-up descriptor") != std::string::npos, warned.c_str());
        QCOMPARE(silenced, std::string());
        QCOMPARE(notSticky, warned);
        QCOMPARE(calls.load(), 3);
    }
    // rows: SG-15
    void otherFailuresAreToldAlsoWhenSilent()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const InForce noPipeSignal(SIGPIPE, Disposition::ignored());
        std::array<int, 2> ends{};
        QCOMPARE(
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()), 0);
        const OwnedFd mine(ends[0]);
        ::close(ends[1]);
        const StandardError output;
        static_cast<void>(required(setWakeupFd(mine.get(), FullBuffer::IsSilent)));
        QVERIFY(raiseSignal(SIGUSR1));
        static_cast<void>(required(setWakeupFd(-1)));
        QVERIFY(output.text().find("Broken pipe") != std::string::npos);
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-15
    // cases: SG16
    void onlyDescriptorsThatDoNotBlockAreTaken()
    {
        std::array<int, 2> blocking{};
        QCOMPARE(::pipe2(blocking.data(), O_CLOEXEC), 0);
        const OwnedFd reader(blocking[0]);
        const OwnedFd writer(blocking[1]);
        QCOMPARE(kindOf(setWakeupFd(writer.get())), ErrorKind::InvalidArgument);
        std::array<int, 2> fds{};
        QCOMPARE(::pipe2(fds.data(), O_CLOEXEC | O_NONBLOCK), 0);
        const OwnedFd first(fds[0]);
        const OwnedFd second(fds[1]);
        QCOMPARE(required(setWakeupFd(first.get())), -1);
        QCOMPARE(required(setWakeupFd(second.get())), first.get());
        QCOMPARE(kindOf(setWakeupFd(writer.get())), ErrorKind::InvalidArgument);
        QCOMPARE(required(setWakeupFd(-1)), second.get());
        QCOMPARE(required(setWakeupFd(-1)), -1);
    }
    // rows: SG-15
    void noDescriptorIsAnErrorAndOnlyTheMainThreadSets()
    {
        for (const int none : {-2, 1'000'000})
            QCOMPARE(errnoOf(setWakeupFd(none)), EBADF);
        std::jthread([] { QCOMPARE(kindOf(setWakeupFd(-1)), ErrorKind::WrongThread); }).join();
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestWakeupFd)
#include "tst_wakeup_fd.moc"
