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
        compareRunsOf(program);
    }
};

QTEST_GUILESS_MAIN(TestRealAgainstExploredSignals)
#include "tst_real_against_explored_signals.moc"
