// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/explore/schedule_plan.h"
#include "tests/engine/run/forced_runs.h"

#include <QTest>

#include <memory>
#include <optional>
#include <string>

// The bodies of tests that force rows of programs through schedules.

/// Row: program, the line of it whose witness is forced, and a part of what comes of it.
inline void verifyWitness()
{
    QFETCH(const QString, program);
    QFETCH(const QString, line);
    QFETCH(const QString, part);
    const std::string text = program.toStdString();
    const std::optional<heddle::Schedule> witness = witnessOf(text, line.toStdString());
    QVERIFY2(witness, "the program is not valid, or has no such schedule");
    const QString outcome = outcomeAfter(text, *witness);
    QVERIFY2(outcome.contains(part), qPrintable(outcome));

    const Forced forced = force(text, *witness, runCount());

    QCOMPARE(forced.messages, QString());
    QCOMPARE(forced.outcomes.size(), runCount());
    for (const QString& each : forced.outcomes)
        QVERIFY2(each == outcome, qPrintable(each + QStringLiteral("\n") + forced.messages));
}

/// Whether a command has done something else than its model says, and the run has told so.
inline bool isDisagreement(const heddle::Code& code, const QString& outcome)
{
    return !code.commands.empty() && outcome.startsWith(QStringLiteral("Step "));
}

/// Row: the path of a program. Schedules that are drawn by lot come out as the machine says.
inline void verifySchedules()
{
    constexpr int kLongest = 400; // steps; many programs of the gallery never end
    constexpr int kWanted = 2;
    QFETCH(const QString, program);
    QFile file(program);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    const std::shared_ptr<const heddle::Code> code = heddle::compileProgram(text).code;
    QVERIFY(code != nullptr);
    if (const auto obstacle = heddle::Machine::obstacle(*code))
        QSKIP(obstacle->text().c_str());

    int forcedOnes = 0;
    std::string refusal = "no schedule of 400 steps or fewer comes to an end";
    for (unsigned seed = 0; seed < 20 && forcedOnes < kWanted; ++seed) {
        const DrawnSchedule drawn = draw(code, seed, kLongest);
        if (!drawn.isWhole)
            continue;
        if (const auto plan = heddle::planSchedule(code, drawn.schedule); !plan) {
            refusal = plan.error().detail;
            continue;
        }
        const Forced forced = force(text, drawn.schedule, 1);
        QCOMPARE(forced.messages, QString());
        QCOMPARE(forced.outcomes.size(), 1);
        if (isDisagreement(*code, forced.outcomes.front())) {
            refusal = forced.outcomes.front().toStdString();
            continue;
        }
        ++forcedOnes;
        QCOMPARE(comparable(*code, forced.outcomes.front()), comparable(*code, drawn.outcome));
    }
    if (forcedOnes == 0)
        QSKIP(refusal.c_str());
}
