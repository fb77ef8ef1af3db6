// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explore.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/compiler.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <map>
#include <memory>
#include <string>

using namespace heddle;

namespace {

/// Programs that nobody can decide, with a word of the reason that must be given: the space of the first
/// has no end, the second compares what a command writes.
const std::map<QString, std::string> kUndecided = {
    {QStringLiteral("threading/lock_noblock"), "option steps"},
    {QStringLiteral("subprocess/signal_setpgrp"), "what the command \"sh\" writes"}};

/// A test on a busy machine must not depend on the clock: the states decide.
ExplorerLimits limits()
{
    ExplorerLimits limits;
    limits.time = std::chrono::minutes(2);
    return limits;
}

std::shared_ptr<const Code> compiledFile(const QString& id)
{
    QFile file(QStringLiteral(HEDDLE_PROGRAMS "/") + id + QStringLiteral(".hed"));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    return compileProgram(file.readAll().toStdString()).code;
}

} // namespace

class TestGalleryExplored : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramDoesWhatItSaysInAllSchedules_data();
    void everyProgramDoesWhatItSaysInAllSchedules();
};

void TestGalleryExplored::everyProgramDoesWhatItSaysInAllSchedules_data()
{
    QTest::addColumn<QString>("id");
    const QString root = QStringLiteral(HEDDLE_PROGRAMS "/");
    QDirIterator files(root, {QStringLiteral("*.hed")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QString id = files.next().mid(root.size());
        id.chop(4);
        QTest::newRow(qPrintable(id)) << id;
    }
}

void TestGalleryExplored::everyProgramDoesWhatItSaysInAllSchedules()
{
    QFETCH(const QString, id);
    const std::shared_ptr<const Code> code = compiledFile(id);
    QVERIFY(code != nullptr);

    const ExplorationReport report = explore(code, limits());

    for (const ExploredExpectation& each : report.expectations) {
        QVERIFY2(each.status != ExploredExpectation::Status::Failed,
            (each.text + ": " + each.why.text()).c_str());
        QVERIFY(each.status != ExploredExpectation::Status::Unchecked || !each.why.isEmpty());
        if (!each.witness)
            continue;
        Machine machine(code, {.spareActors = kMostSpareActors});
        Stepper stepper(machine);
        for (ScheduledStep step : each.witness->steps)
            QVERIFY2(stepper.move(step).has_value(), each.text.c_str());
    }
    const auto undecided = kUndecided.find(id);
    if (undecided == kUndecided.end()) {
        QCOMPARE(report.verdict, ExplorationVerdict::Holds);
        return;
    }
    QCOMPARE(report.verdict, ExplorationVerdict::Undecided);
    QVERIFY(report.limit->text().find(undecided->second) != std::string::npos);
}

QTEST_APPLESS_MAIN(TestGalleryExplored)
#include "tst_gallery_explored.moc"
