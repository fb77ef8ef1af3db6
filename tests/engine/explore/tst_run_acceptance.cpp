// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/run_acceptance.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/compiler.h"
#include "engine/model/program/step_operands.h"

#include <QTest>

#include <map>
#include <memory>
#include <string>

using namespace heddle;

namespace {

constexpr std::int64_t kPace = 10'000; // nanoseconds between two steps

/// A recording of what the machine does when the actors move in this order, a step each 10 us.
class Recording
{
public:
    explicit Recording(const std::string& text)
        : m_code(compileProgram("program \"test\"\n" + text).code)
    {
    }

    Recording& moves(const QList<int>& actors)
    {
        MachineOptions options;
        options.keepsHistory = true;
        Machine machine(m_code, options);
        Stepper stepper(machine);
        for (const int actor : actors)
            move(machine, stepper, actor);
        for (const auto& [number, index] : m_places)
            if (!machine.isGoing(stepper.state(), number))
                finish(m_run.actors[index]);
        for (const Machine::Event& event : machine.history(stepper.state()))
            m_run.lines.push_back(
                {0, event.actor, false, machine.values().value(event.value).asText()});
        return *this;
    }

    [[nodiscard]] RecordedStep& step(int actor, std::size_t number)
    {
        return m_run.actors[m_places.at(actor)].steps[number];
    }
    [[nodiscard]] RecordedRun& run() { return m_run; }

    [[nodiscard]] bool isPossible() const { return m_isPossible; }

    /// "accepted", or what the machine has against it.
    [[nodiscard]] QString judged() const
    {
        const Result<Schedule> accepted = acceptRun(m_code, m_run);
        return accepted ? QStringLiteral("accepted")
                        : QString::fromStdString(accepted.error().detail);
    }
    [[nodiscard]] QString order() const
    {
        QString actors;
        const Result<Schedule> accepted = acceptRun(m_code, m_run);
        for (const ScheduledStep& one : accepted ? accepted->steps : std::vector<ScheduledStep>())
            actors += QString::number(one.actor);
        return actors;
    }

private:
    void move(const Machine& machine, Stepper& stepper, int actor)
    {
        const auto [place, isNew] = m_places.try_emplace(actor, m_run.actors.size());
        if (isNew) {
            m_run.actors.push_back({});
            m_run.actors.back().handle = actor;
            m_run.actors.back().name = machine.actorName(stepper.state(), actor);
        }
        RecordedActor& recorded = m_run.actors[place->second];
        const LocalState& local = machine.local(stepper.state(), actor);
        m_time += kPace;
        if (local.phase == Phase::Ready) {
            if (!recorded.steps.empty())
                recorded.steps.back().end = m_time;
            recorded.steps.push_back({local.state.frames.back().next,
                operandDigest(machine.code(), local.state), m_time});
        }
        ScheduledStep step;
        step.actor = actor;
        m_isPossible = m_isPossible && stepper.move(step).has_value();
    }

    void finish(RecordedActor& actor) const
    {
        actor.hasEnded = true;
        actor.end = m_time + kPace;
        actor.steps.back().end = actor.end;
    }

    std::shared_ptr<const Code> m_code;
    RecordedRun m_run;
    std::map<int, std::size_t> m_places;
    std::int64_t m_time = 0;
    bool m_isPossible = true;
};

const std::string kTwoAdders = "shared x = 0\nthread adder[i in 1..2]:\n    x = x + 1\n"
                               "expect final x == 2\n";
const std::string kTwoSections = "mutex m\nshared x = 0\nthread user[i in 1..2]:\n"
                                 "    lock m\n    x = i\n    unlock m\n";

} // namespace

class TestRunAcceptance : public QObject
{
    Q_OBJECT

private slots:
    void whatTheMachineDidIsAccepted_data();
    void whatTheMachineDidIsAccepted();
    void theOrderFollowsFromTheTimes();
    void valuesTellTheOrderWhereTimesDoNot();
    void twoCannotBeInsideOfAMutex();
    void aWaitMayEndLate();
    void anotherWayThroughTheProgramIsNamed();
    void linesComeInTheRecordedOrder();
    void aRunThatWasCutShortIsAccepted();
    void onlyRecordedInstructionsCanBeRead();
};

void TestRunAcceptance::whatTheMachineDidIsAccepted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("moves");
    QTest::newRow("updates get lost")
        << QString::fromStdString(kTwoAdders) << QList<int>{0, 1, 0, 1};
    QTest::newRow("a mutex") << QString::fromStdString(kTwoSections)
                             << QList<int>{1, 1, 1, 0, 0, 0};
    QTest::newRow("a condition") << QStringLiteral(
        "mutex m\ncondition c on m\nthread waiter:\n    with m:\n        wait c\n"
        "thread notifier:\n    with m:\n        notify c\n")
                                 << QList<int>{0, 0, 1, 1, 1, 0, 0};
    QTest::newRow("a barrier") << QStringLiteral(
        "barrier b(2)\nthread guest[i in 1..2]:\n    arrive b\n    say \"{i}\"\n")
                               << QList<int>{0, 1, 1, 0, 0};
    QTest::newRow("one long step") << QStringLiteral(
        "shared x = 0\nthread t[i in 1..2]:\n    with atomic:\n        x = x + 1\n")
                                   << QList<int>{1, 0};
}

void TestRunAcceptance::whatTheMachineDidIsAccepted()
{
    QFETCH(const QString, text);
    QFETCH(const QList<int>, moves);
    Recording recording(text.toStdString());

    recording.moves(moves);

    QVERIFY(recording.isPossible());
    QCOMPARE(recording.judged(), QStringLiteral("accepted"));
}

void TestRunAcceptance::theOrderFollowsFromTheTimes()
{
    Recording recording(kTwoSections);
    recording.moves({1, 1, 1, 0, 0, 0});

    QCOMPARE(recording.order(), QStringLiteral("111000"));
}

void TestRunAcceptance::valuesTellTheOrderWhereTimesDoNot()
{
    Recording recording(kTwoAdders);
    recording.moves({0, 1, 1, 0}); // both have read 0
    for (const int actor : {0, 1})
        for (const std::size_t number : {std::size_t{0}, std::size_t{1}})
            recording.step(actor, number).begin = 0;
    recording.step(0, 0).end = recording.step(0, 1).end;
    recording.step(1, 0).end = recording.step(1, 1).end;
    QCOMPARE(recording.judged(), QStringLiteral("accepted"));

    // Now one of them has written 2: it must have read behind the other one's write.
    Recording other(kTwoAdders);
    other.moves({1, 1, 0, 0});
    recording.step(0, 1).operands = other.step(0, 1).operands;

    QCOMPARE(recording.order(), QStringLiteral("1100"));
}

void TestRunAcceptance::twoCannotBeInsideOfAMutex()
{
    Recording recording(kTwoSections);
    recording.moves({0, 0, 0, 1, 1, 1});
    recording.step(1, 0).begin = recording.step(0, 0).begin + 1'000;
    recording.step(1, 0).end = recording.step(0, 1).begin + 1'000; // before the unlock begins
    recording.step(1, 1).begin = recording.step(1, 0).end;

    QCOMPARE(recording.judged(),
        QStringLiteral("After 2 steps, at 11 us, step 1 of user[2], lock m in line 5: "
                       "it cannot go on there."));
}

void TestRunAcceptance::aWaitMayEndLate()
{
    Recording recording(kTwoSections);
    recording.moves({0, 0, 0, 1, 1, 1});
    recording.step(1, 0).begin = 0; // it has waited from the start

    QCOMPARE(recording.order(), QStringLiteral("000111"));
}

void TestRunAcceptance::anotherWayThroughTheProgramIsNamed()
{
    Recording recording("shared x = 0\nmain:\n    if x == 0:\n        say \"zero\"\n"
                        "    else:\n        yield\n");
    recording.moves({0, 0});
    recording.step(0, 1).instruction += 2;

    QCOMPARE(recording.judged(),
        QStringLiteral("After 0 steps, at 10 us, step 1 of main, read x in line 4: behind it the "
                       "machine comes to say in line 5."));
}

void TestRunAcceptance::linesComeInTheRecordedOrder()
{
    Recording recording("thread a:\n    say \"a\"\nthread b:\n    say \"b\"\n");
    recording.moves({0, 1});
    recording.step(0, 0).end = 15'000; // before the other one begins
    std::swap(recording.run().lines[0], recording.run().lines[1]);
    QCOMPARE(recording.judged(),
        QStringLiteral("After 0 steps, at 10 us, step 1 of a, say a in "
                       "line 3: another line was said."));

    recording.step(0, 0).end = 25'000; // both at the same time

    QCOMPARE(recording.order(), QStringLiteral("10"));
}

void TestRunAcceptance::aRunThatWasCutShortIsAccepted()
{
    Recording recording("mutex a\nmutex b\nthread one:\n    lock a\n    lock b\n"
                        "thread two:\n    lock b\n    lock a\n");
    recording.moves({0, 1});
    RecordedActor& one = recording.run().actors[0];
    one.steps.push_back({one.steps[0].instruction + 1, one.steps[0].operands, 30'000});
    one.steps[0].end = 30'000; // it waits for b, and has never come to an end

    QCOMPARE(recording.judged(), QStringLiteral("accepted"));
}

void TestRunAcceptance::onlyRecordedInstructionsCanBeRead()
{
    const std::shared_ptr<const Code> code =
        compileProgram("program \"p\"\nmain:\n    yield\n").code;
    const Trace empty;

    const Result<RecordedRun> run = readRecordedRun(*code, empty, {});

    QVERIFY(!run);
    QCOMPARE(run.error().kind, ErrorKind::NotSupported);
}

QTEST_APPLESS_MAIN(TestRunAcceptance)
#include "tst_run_acceptance.moc"
