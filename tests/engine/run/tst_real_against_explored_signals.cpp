// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/real_against_explored.h"

class TestRealAgainstExploredSignals : public QObject
{
    Q_OBJECT

private slots:
    void theMachineAllowsEveryRun_data() { addProgramsOf({QStringLiteral("signal")}); }
    void theMachineAllowsEveryRun()
    {
        QFETCH(const QString, program);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        if (program.endsWith(QStringLiteral("/getsignal.hed")))
            QSKIP("It counts the handlers of its process, and a sanitizer has some of its own.");
#endif
        compareRunsOf(program);
    }
};

QTEST_GUILESS_MAIN(TestRealAgainstExploredSignals)
#include "tst_real_against_explored_signals.moc"
