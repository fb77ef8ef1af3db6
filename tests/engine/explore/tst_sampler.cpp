// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explore.h"
#include "engine/explore/sampler.h"
#include "engine/explore/stepper.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <string>

using namespace heddle;
using namespace heddle::tests;

class TestSampler : public QObject
{
    Q_OBJECT

private slots:
    void samplesFindWhatASearchHasNoRoomFor();
    void aSampledDeadlockThatNoLineSpeaksOfIsShown();
    void samplesOfPrioritiesMeetAShortActorAmongLongOnes();
};

void TestSampler::samplesFindWhatASearchHasNoRoomFor()
{
    ExplorerLimits limits;
    limits.states = 100;
    const auto code = programOf(philosophers(5) + "expect deadlock free\n");

    const ExplorationReport report = explore(code, limits);

    QCOMPARE(statusesOf(report), QStringLiteral("failed"));
    QCOMPARE(report.verdict, ExplorationVerdict::Violated);
    QVERIFY(report.sampled && report.sampled->schedules > 0);
    Machine machine(code, {});
    Stepper stepper(machine);
    for (ScheduledStep step : report.expectations.front().witness->steps)
        QVERIFY(stepper.move(step).has_value());
    QVERIFY(stepper.movable().empty());
}

void TestSampler::aSampledDeadlockThatNoLineSpeaksOfIsShown()
{
    ExplorerLimits limits;
    limits.states = 100;

    const ExplorationReport report = explore(programOf(philosophers(5)), limits);

    QCOMPARE(statusesOf(report), QStringLiteral("failed"));
    QVERIFY(report.expectations.front().witness.has_value());
    QCOMPARE(report.exitCode(), 3);
}

void TestSampler::samplesOfPrioritiesMeetAShortActorAmongLongOnes()
{
    std::string text = "shared x = 0\nthread long:\n";
    for (int i = 0; i < 60; ++i)
        text += "    yield\n";
    text += "    x = 1\n    x = 0\nthread short:\n    local seen = x\n    assert seen == 0, "
            "\"between\"\nexpect assert holds\n";
    Sampler sampler(programOf(text), {});
    ExplorationReport report;
    report.expectations.resize(1);

    for (int schedule = 0; schedule < 20'000; ++schedule)
        sampler.drawOne();
    sampler.judge(report);

    QCOMPARE(statusesOf(report), QStringLiteral("failed"));
}

QTEST_APPLESS_MAIN(TestSampler)
#include "tst_sampler.moc"
