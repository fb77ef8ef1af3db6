// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/real_against_explored.h"

class TestRealAgainstExploredObjects : public QObject
{
    Q_OBJECT

private slots:
    void theMachineAllowsEveryRun_data()
    {
        addProgramsOf({QStringLiteral("conditions"), QStringLiteral("sharing"),
            QStringLiteral("meeting"), QStringLiteral("queues")});
    }
    void theMachineAllowsEveryRun()
    {
        QFETCH(const QString, program);
        compareRunsOf(program);
    }
};

QTEST_GUILESS_MAIN(TestRealAgainstExploredObjects)
#include "tst_real_against_explored_objects.moc"
