// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "tests/engine/run/test_programs.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

/// What is compared of each run.
enum class Compared
{
    StepsAndEnds,
    Ends, ///< steps depend on what commands write, and no contract says that
    NoStep, ///< what they write decides how the program goes on: nobody knows its ends either
};

/// Runs the program for real again and again (HEDDLE_REAL_RUNS, or 50 times and at most for a
/// second) and asks the machine whether it allows each of the runs, step by step, and the explorer
/// whether it knows their ends.
inline void compareRunsOf(const QString& program, Compared compared = Compared::StepsAndEnds)
{
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("HEDDLE_REAL_RUNS", &isGiven);
    const QString runs = QString::number(isGiven ? given : 50);
    const QString seconds = QString::number(isGiven ? 0 : 1);
    const QString states = QString::number(isGiven ? 2'000'000 : 50'000);
    QProcess process;
    process.setStandardInputFile(program);
    process.start(QStringLiteral(HEDDLE_ACCEPTED_RUNS),
        {runs, QStringLiteral("1"), QStringLiteral("0.05"), states, seconds});
    QVERIFY(process.waitForFinished(3'600'000));
    const QString words = QString::fromUtf8(process.readAllStandardOutput());
    qInfo().noquote() << words.trimmed().replace(u'\n', QStringLiteral("; "));
    const QRegularExpressionMatch count =
        QRegularExpression(QStringLiteral("(\\d+) runs, (\\d+) steps, (\\d+) accepted"))
            .match(words);
    QVERIFY2(count.hasMatch(), qPrintable(words));
    const bool hasSteps = compared == Compared::StepsAndEnds;
    const bool hasEnds = words.contains(QStringLiteral("ends: compared"));
    QVERIFY2(hasSteps || hasEnds == (compared == Compared::Ends), qPrintable(words));
    QCOMPARE(words.contains(QStringLiteral("steps: not compared, ")), !hasSteps);
    QVERIFY2(count.captured(1).toInt() > 0, qPrintable(words));
    QVERIFY2((count.captured(2).toInt() > 0) == hasSteps, qPrintable(words));
    QVERIFY2(count.captured(1) == count.captured(3), qPrintable(words));
}
