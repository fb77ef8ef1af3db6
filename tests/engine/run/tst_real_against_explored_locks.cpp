// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/real_against_explored.h"

class TestRealAgainstExploredLocks : public QObject
{
    Q_OBJECT

private slots:
    void theMachineAllowsEveryRun_data() { addProgramsOf({QStringLiteral("locks")}); }
    void theMachineAllowsEveryRun()
    {
        QFETCH(const QString, program);
        compareRunsOf(program);
    }
};

QTEST_GUILESS_MAIN(TestRealAgainstExploredLocks)
#include "tst_real_against_explored_locks.moc"
