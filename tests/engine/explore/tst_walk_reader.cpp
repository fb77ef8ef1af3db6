// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/dice.h"
#include "engine/explore/state_picture.h"
#include "engine/explore/walk.h"
#include "engine/explore/walk_reader.h"
#include "tests/engine/explore/explored_text.h"

#include <QStringList>
#include <QTest>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

using namespace heddle;
using namespace heddle::tests;

namespace {

const std::string kCounters = "shared x = 0\n"
                              "thread one:\n"
                              "    x = x + 1\n"
                              "thread two:\n"
                              "    x = x + 1\n"
                              "invariant \"small\" x < 2\n"
                              "expect final x can be 1\n"
                              "expect race on x\n"
                              "expect terminates\n";

const std::string kCrossing = "mutex a\n"
                              "mutex b\n"
                              "thread one:\n"
                              "    lock a\n"
                              "    lock b\n"
                              "    unlock b\n"
                              "    unlock a\n"
                              "thread two:\n"
                              "    lock b\n"
                              "    lock a\n"
                              "    unlock a\n"
                              "    unlock b\n";

/// A schedule in which the actors of these numbers move one after the other.
Schedule scheduleOf(const std::vector<std::int32_t>& actors)
{
    Schedule schedule;
    for (const std::int32_t actor : actors)
        schedule.steps.push_back({actor, 0, {}, 0, {}});
    return schedule;
}

QString wordOf(Goal::State state)
{
    switch (state) {
    case Goal::State::Open:
        return QStringLiteral("open");
    case Goal::State::Reached:
        return QStringLiteral("reached");
    case Goal::State::Broken:
        return QStringLiteral("broken");
    case Goal::State::Elsewhere:
        break;
    }
    return QStringLiteral("elsewhere");
}

/// "final x can be 1: open; …" after the schedule.
QString goalsAfter(const std::string& program, const std::vector<std::int32_t>& actors)
{
    WalkReader reader(programOf(program));
    const Schedule schedule = scheduleOf(actors);
    reader.follow(schedule, schedule.steps.size());
    QStringList texts;
    for (const Goal& goal : reader.goals())
        texts.append(QString::fromStdString(goal.text) + QStringLiteral(": ") + wordOf(goal.state));
    return texts.join(QStringLiteral("; "));
}

/// The state to which a schedule leads along the edges of the picture.
std::uint32_t endOf(const StatePicture& picture, const Schedule& schedule)
{
    std::uint32_t state = 0;
    for (const ScheduledStep& step : schedule.steps) {
        int choice = 0;
        const auto edge = std::find_if(
            picture.edges.begin(), picture.edges.end(), [&](const StatePicture::Edge& each) {
                return each.from == state && each.actor == step.actor && choice++ == step.choice;
            });
        if (edge == picture.edges.end())
            return UINT32_MAX;
        state = edge->to;
    }
    return state;
}

ExploredMoment momentOf(const std::vector<std::pair<int, int>>& moves)
{
    ExploredMoment moment;
    for (const auto& [actor, choices] : moves) {
        ExploredActor shown;
        shown.number = actor;
        for (int choice = 0; choice < choices; ++choice)
            shown.moves.push_back({actor, choice, {}});
        moment.actors.push_back(shown);
    }
    return moment;
}

} // namespace

class TestWalkReader : public QObject
{
    Q_OBJECT

private slots:
    void goalsStandAsFarAsTheScheduleGoes_data()
    {
        QTest::addColumn<std::vector<std::int32_t>>("actors");
        QTest::addColumn<QString>("goals");
        QTest::newRow("at the start")
            << std::vector<std::int32_t>{}
            << QStringLiteral("final x can be 1: open; race on x: open; terminates: open; "
                              "invariant \"small\" holds: open");
        QTest::newRow("both stand before the variable")
            << std::vector<std::int32_t>{0}
            << QStringLiteral("final x can be 1: open; race on x: reached; terminates: open; "
                              "invariant \"small\" holds: open");
        QTest::newRow("an update is lost")
            << std::vector<std::int32_t>{0, 1, 0, 1}
            << QStringLiteral("final x can be 1: reached; race on x: reached; terminates: reached; "
                              "invariant \"small\" holds: reached");
        QTest::newRow("no update is lost")
            << std::vector<std::int32_t>{0, 0, 1, 1}
            << QStringLiteral("final x can be 1: open; race on x: reached; terminates: reached; "
                              "invariant \"small\" holds: broken");
    }

    void goalsStandAsFarAsTheScheduleGoes()
    {
        QFETCH(std::vector<std::int32_t>, actors);
        QTEST(goalsAfter(kCounters, actors), "goals");
    }

    void anExceptionBreaksWhatNobodySpokeOf()
    {
        const std::string text = "thread one:\n    raise Bad\nexpect terminates\n";
        const QString bare = goalsAfter(text, {0});
        const QString spoken = goalsAfter(text + "expect raised Bad\n", {0});
        QVERIFY2(bare.contains(QStringLiteral("exception Bad free: broken")), qPrintable(bare));
        QVERIFY2(!spoken.contains(QStringLiteral("exception Bad free")), qPrintable(spoken));
    }

    void aDeadlockBreaksWhatNobodySpokeOf()
    {
        QCOMPARE(goalsAfter(kCrossing, {0}), QStringLiteral("deadlock free: open"));
        QCOMPARE(goalsAfter(kCrossing, {0, 1}), QStringLiteral("deadlock free: broken"));
        QCOMPARE(goalsAfter(kCrossing + "expect deadlock reachable\n", {0, 1}),
            QStringLiteral("deadlock reachable: reached"));
    }

    void aLineIsTakenApartIntoItsSteps()
    {
        WalkReader reader(programOf(kCounters));
        reader.follow({}, 0);
        QCOMPARE(reader.stepsOfLine(0), (std::vector<std::string>{"read x", "write x"}));
        reader.follow(scheduleOf({0}), 1);
        QCOMPARE(reader.stepsOfLine(0), (std::vector<std::string>{"write x"}));
        QCOMPARE(goalsAfter(kCounters, {0, 1, 0, 1}), goalsAfter(kCounters, {1, 0, 1, 0}));
    }

    void theSameSeedThrowsTheSameDice()
    {
        const ExploredMoment moment = momentOf({{3, 1}, {5, 2}, {8, 0}});
        for (const DicePolicy policy : {DicePolicy::Uniform, DicePolicy::Priorities}) {
            Dice one(42, policy);
            Dice other(42, policy);
            for (int i = 0; i < 50; ++i)
                QCOMPARE(one.roll(moment), other.roll(moment));
        }
    }

    void diceNeverChooseWhoCannotMoveAndReachAllOthers()
    {
        const ExploredMoment moment = momentOf({{3, 1}, {5, 2}, {8, 0}});
        for (const DicePolicy policy : {DicePolicy::Uniform, DicePolicy::Priorities}) {
            Dice dice(1, policy);
            std::set<std::pair<int, int>> seen;
            for (int i = 0; i < 500; ++i)
                seen.insert({dice.roll(moment)->actor, dice.roll(moment)->choice});
            std::set<int> actors;
            for (const auto& [actor, choice] : seen)
                actors.insert(actor);
            QCOMPARE(actors, (std::set<int>{3, 5}));
        }
        QVERIFY(!Dice(1).roll(momentOf({{8, 0}})).has_value());
    }

    void aSmallSpaceIsMappedWithAWayToEachState()
    {
        const std::shared_ptr<const Code> code = programOf(kCrossing);
        Explorer explorer(code, {});
        explorer.search();
        const std::optional<StateMap> map = mapStates(explorer);
        QVERIFY(map.has_value());
        QCOMPARE(map->picture.nodes.size(), explorer.states().size());
        const auto count = [&](bool StatePicture::Node::*what) {
            return std::count_if(map->picture.nodes.begin(), map->picture.nodes.end(),
                [what](const StatePicture::Node& node) { return node.*what; });
        };
        QCOMPARE(count(&StatePicture::Node::isDeadlock), 1);
        QCOMPARE(count(&StatePicture::Node::isEnd), 1);
        for (const StatePicture::Node& node : map->picture.nodes) {
            Walk walk(code);
            QVERIFY(walk.follow(map->ways[node.number]).has_value());
            QCOMPARE(walk.moment().isDeadlock, node.isDeadlock);
            QCOMPARE(walk.moment().isEnd, node.isEnd);
        }
    }

    void aSpaceWithStartedActorsAndAlarmsIsMapped()
    {
        const std::shared_ptr<const Code> code =
            programOf("on SIGALRM:\n    pass\n"
                      "process child:\n    pass\n"
                      "main:\n    spawn child\n    start tool = command \"true\" model exits {0}\n"
                      "    alarm 1s\n    join child\n    join tool\n");
        const std::unique_ptr<Explorer> explorer = searchForPicture(code, {}, {});
        const std::optional<StateMap> map = mapStates(*explorer);
        QVERIFY(map.has_value());
        QVERIFY(map->picture.nodes.size() > 10);
        for (const StatePicture::Node& node : map->picture.nodes)
            QCOMPARE(endOf(map->picture, map->ways[node.number]), node.number);
    }

    void theGoalsOfAProgramThatStartsACommandFollowItsWalk()
    {
        const std::string program = "shared done = 0\nmain:\n"
                                    "    start tool = command \"true\" model exits {0}\n"
                                    "    join tool\n    done = 1\nexpect final done == 1\n";
        Walk walk(programOf(program));
        std::vector<std::int32_t> actors;
        while (!walk.moment().isEnd) {
            const std::vector<ExploredActor> all = walk.moment().actors;
            const auto next = std::find_if(all.begin(), all.end(),
                [](const ExploredActor& actor) { return !actor.moves.empty(); });
            QVERIFY(next != all.end());
            actors.push_back(next->number);
            QVERIFY(walk.move(next->number).has_value());
        }
        QVERIFY2(goalsAfter(program, actors).startsWith(QStringLiteral("final done == 1: reached")),
            qPrintable(goalsAfter(program, actors)));
    }

    void aLargeSpaceIsNotMapped()
    {
        Explorer explorer(programOf("shared x = 0\n"
                                    "thread one:\n    repeat 40:\n        x = x + 1\n"
                                    "thread two:\n    repeat 40:\n        x = x + 1\n"),
            {});
        explorer.search();
        QVERIFY(explorer.states().size() > kMostStates);
        QVERIFY(!mapStates(explorer).has_value());
    }
};

QTEST_APPLESS_MAIN(TestWalkReader)
#include "tst_walk_reader.moc"
