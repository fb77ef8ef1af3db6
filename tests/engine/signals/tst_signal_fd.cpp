// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/signals/signal_fd.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

#include <fcntl.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestSignalFd : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    void initTestCase()
    {
        static_cast<void>(required(setSignalMask({})));
        openWhatStaysOpen();
    }

    // rows: SG-13
    void itIsReadableWhileASignalIsPending()
    {
        const Blocked blocked(setOf({SIGUSR1, SIGUSR2}));
        SignalFd signalFd = required(SignalFd::create(setOf({SIGUSR1, SIGUSR2})));
        QCOMPARE(kindOf(waitReadable(signalFd.fd(), Deadline::after(0ns))), ErrorKind::Timeout);
        ::kill(::getpid(), SIGUSR2);
        QVERIFY(waitReadable(signalFd.fd(), Deadline::after(5s)));
        const auto info = required(signalFd.take());
        QVERIFY(info);
        QCOMPARE(info->signal, SIGUSR2);
        QCOMPARE(info->sender, ::getpid());
        QVERIFY(!required(signalFd.take()));
        QVERIFY(pendingSignals().isEmpty());
    }
    // rows: SG-13
    void onlyBlockedSignalsAreTaken()
    {
        QCOMPARE(kindOf(SignalFd::create(SignalSet())), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(SignalFd::create(setOf({SIGUSR1}))), ErrorKind::InvalidArgument);
    }
    // rows: SG-13
    void theDescriptorIsOwnedAndClosedOnExec()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        int fd = -1;
        {
            const SignalFd signalFd = required(SignalFd::create(setOf({SIGUSR1})));
            fd = signalFd.fd();
            QCOMPARE(::fcntl(fd, F_GETFD), FD_CLOEXEC);
        }
        QCOMPARE(::fcntl(fd, F_GETFD), -1);
    }

private:
    std::optional<Leftovers> m_before;
};

int main(int count, char** arguments)
{
    return runWithSignalsBlockedElsewhere<TestSignalFd>(count, arguments);
}

#include "tst_signal_fd.moc"
