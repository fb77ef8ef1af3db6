// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/real_against_explored.h"

#include <QFileInfo>

/// Whose steps depend on texts of commands that no contract knows.
const QStringList kUnknownTexts{QStringLiteral("check_output_error_trap_output"),
    QStringLiteral("os_system"), QStringLiteral("pipes"), QStringLiteral("popen3"),
    QStringLiteral("popen4"), QStringLiteral("popen_read"), QStringLiteral("run_output"),
    QStringLiteral("run_output_error"), QStringLiteral("run_output_error_trap"),
    QStringLiteral("shell_variables"), QStringLiteral("signal_parent_shell")};

/// Which compare such texts.
const QStringList kDecidedByTexts{QStringLiteral("signal_setpgrp")};

class TestRealAgainstExploredProcesses : public QObject
{
    Q_OBJECT

private slots:
    void theMachineAllowsEveryRun_data() { addProgramsOf({QStringLiteral("subprocess")}); }
    void theMachineAllowsEveryRun()
    {
        QFETCH(const QString, program);
        const QString name = QFileInfo(program).baseName();
        Compared compared = Compared::StepsAndEnds;
        if (kUnknownTexts.contains(name))
            compared = Compared::Ends;
        if (kDecidedByTexts.contains(name))
            compared = Compared::NoStep;
        compareRunsOf(program, compared);
    }
    void theMachineAllowsThatAProcessEndsLate()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/last_words.hed"));
    }
    void theObjectsOfProcessesRefuseWhatTheMachinesDo()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/refused.hed"));
    }
    void theMachineAllowsWhomAProcessWaitsForAtItsEnd()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/orphans.hed"));
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/ended_while_waiting.hed"));
    }
    void theMachineAllowsTheSignalOfABrokenPipe()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/broken_pipe_signal.hed"));
    }
    void theMachineAllowsWhenAProcessIsGone()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/gone.hed"));
    }
    void theMachineAllowsTheNewsOfEndedChildren()
    {
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/news_of_children.hed"));
        compareRunsOf(QStringLiteral(HEDDLE_CORNERS "/processes/unwanted_ends.hed"));
    }
};

QTEST_GUILESS_MAIN(TestRealAgainstExploredProcesses)
#include "tst_real_against_explored_processes.moc"
