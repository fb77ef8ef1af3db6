// SPDX-License-Identifier: GPL-3.0-only
#include "engine/record/scheduler_watch.h"
#include "tests/support/started_child.h"

#include <QTest>

using heddle::tests::StartedChild;

class TestSchedulerWatch : public QObject
{
    Q_OBJECT

private slots:
    void sumsAgreeWithTheKernels();
    void aRefusalSaysWhatWouldAllowIt_data();
    void aRefusalSaysWhatWouldAllowIt();
    void aThreadThatIsGoneHasNoSums();
};

void TestSchedulerWatch::sumsAgreeWithTheKernels()
{
    StartedChild child({HEDDLE_SCHEDULER_TRUTH});
    QVERIFY(child.isStarted() && child.finish());
    const QString text = QString::fromStdString(child.text());
    if (text.startsWith(QStringLiteral("none:")))
        QSKIP(qPrintable(text));

    const QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 8);
    for (const QString& line : lines) {
        const QStringList numbers = line.split(QLatin1Char(' '));
        const double running = numbers[0].toDouble();
        const double waiting = numbers[1].toDouble();
        // A tenth of the two seconds that each thread lives: the kernel's sums lag by up to a tick,
        // and a thread that is stolen from its processor by the machine's own host counts there only.
        const double bound = 0.2e9;
        QVERIFY2(qAbs(running - numbers[2].toDouble()) < bound, qPrintable(line));
        QVERIFY2(qAbs(waiting - numbers[3].toDouble()) < bound, qPrintable(line));
    }
}

void TestSchedulerWatch::aRefusalSaysWhatWouldAllowIt_data()
{
    QTest::addColumn<int>("systemErrno");
    QTest::addColumn<QString>("part");
    QTest::newRow("not allowed") << EACCES << "kernel.perf_event_paranoid";
    QTest::newRow("not permitted") << EPERM << "kernel.perf_event_paranoid";
    QTest::newRow("not built in") << ENOSYS << "this kernel has no perf events";
    QTest::newRow("something else") << EMFILE << "Too many open files";
}

void TestSchedulerWatch::aRefusalSaysWhatWouldAllowIt()
{
    QFETCH(int, systemErrno);
    QFETCH(QString, part);

    const std::string why = heddle::whyRefused(heddle::systemError(systemErrno, "perf_event_open"));

    QVERIFY(QString::fromStdString(why).contains(part));
}

void TestSchedulerWatch::aThreadThatIsGoneHasNoSums()
{
    QVERIFY(heddle::readProcessorTime(::getpid(), ::gettid()).has_value());
    QVERIFY(!heddle::readProcessorTime(::getpid(), 1 << 30).has_value());
}

QTEST_APPLESS_MAIN(TestSchedulerWatch)
#include "tst_scheduler_watch.moc"
