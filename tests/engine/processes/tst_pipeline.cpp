// SPDX-License-Identifier: GPL-3.0-only
#include "engine/processes/pipeline.h"
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <signal.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

SpawnOptions program(std::vector<std::string> arguments)
{
    SpawnOptions options;
    options.arguments = std::move(arguments);
    return options;
}

std::vector<SpawnOptions> withPipesAtTheEnds(std::vector<SpawnOptions> stages)
{
    stages.front().standardInput = Redirection::toPipe();
    stages.back().standardOutput = Redirection::toPipe();
    return stages;
}

} // namespace

class TestPipeline : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void dataGoesThroughAnyNumberOfStages_data();
    void dataGoesThroughAnyNumberOfStages();
    void anEarlyReaderEndsItsWriter();
    void aStageThatCannotStartEndsTheOthers();
    void aTimeoutLosesNothing();
    void streamsBetweenAreNotRedirected();

private:
    std::optional<Leftovers> m_before;
};

void TestPipeline::dataGoesThroughAnyNumberOfStages_data()
{
    QTest::addColumn<int>("stages");
    QTest::newRow("one") << 1;
    QTest::newRow("two") << 2;
    QTest::newRow("many") << 8;
}

// rows: SP-27 SP-12
void TestPipeline::dataGoesThroughAnyNumberOfStages()
{
    QFETCH(int, stages);
    const std::vector<SpawnOptions> all(static_cast<std::size_t>(stages), program({"cat"}));
    Result<Pipeline> pipeline = Pipeline::start(withPipesAtTheEnds(all));
    QVERIFY(pipeline);
    const std::string input(1024 * 1024, 'x');

    ProcessResult result = pipeline->communicate(input, soon());
    const auto statuses = pipeline->wait(soon());

    QVERIFY(result);
    QVERIFY(*result->output == input);
    QVERIFY(statuses);
    QCOMPARE(statuses->size(), static_cast<std::size_t>(stages));
    for (const ExitStatus& status : *statuses)
        QCOMPARE(status.returnCode(), 0);
}

// rows: SP-27
void TestPipeline::anEarlyReaderEndsItsWriter()
{
    std::vector<SpawnOptions> stages{program({"yes"}), program({"head", "-n", "2"})};
    stages.back().standardOutput = Redirection::toPipe();
    Result<Pipeline> pipeline = Pipeline::start(stages);
    QVERIFY(pipeline);

    ProcessResult result = pipeline->communicate({}, soon());
    const auto statuses = pipeline->wait(soon());

    QVERIFY(result);
    QCOMPARE(*result->output, std::string("y\ny\n"));
    QCOMPARE(statuses->at(0).returnCode(), -SIGPIPE);
    QCOMPARE(statuses->at(1).returnCode(), 0);
}

// rows: SP-27 SP-16
void TestPipeline::aStageThatCannotStartEndsTheOthers()
{
    const Result<Pipeline> pipeline = Pipeline::start(
        withPipesAtTheEnds({program({"cat"}), program({"cat"}), program({"/no/such/program"})}));

    QVERIFY(!pipeline);
    QCOMPARE(pipeline.error().systemErrno, ENOENT);
}

// rows: SP-27 SP-19
void TestPipeline::aTimeoutLosesNothing()
{
    Result<Pipeline> pipeline = Pipeline::start(
        withPipesAtTheEnds({program({"sh", "-c", "sleep 0.3; exec cat"}), program({"wc", "-c"})}));
    QVERIFY(pipeline);

    const ProcessResult early = pipeline->communicate(
        std::string(500000, 'x'), Deadline::after(std::chrono::milliseconds(50)));
    ProcessResult late = pipeline->communicate({}, soon());

    QVERIFY(!early);
    QCOMPARE(early.error().kind, ProcessFailure::Kind::TimedOut);
    QVERIFY(late);
    QCOMPARE(QString::fromStdString(*late->output).trimmed(), QStringLiteral("500000"));
}

// rows: SP-27
void TestPipeline::streamsBetweenAreNotRedirected()
{
    std::vector<SpawnOptions> stages{program({"cat"}), program({"cat"})};
    stages.back().standardInput = Redirection::toNull();

    QCOMPARE(Pipeline::start({}).error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(Pipeline::start(stages).error().kind, ErrorKind::InvalidArgument);
}

QTEST_APPLESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
