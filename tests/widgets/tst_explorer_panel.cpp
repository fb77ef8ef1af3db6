// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/dice_bar.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/goal_list.h"
#include "widgets/explorer/move_delegate.h"
#include "widgets/explorer/move_list.h"
#include "widgets/explorer/move_model.h"
#include "widgets/explorer/outcome_histogram.h"
#include "widgets/explorer/schedule_list.h"
#include "widgets/explorer/state_graph_layout.h"
#include "widgets/explorer/verdict_matrix_view.h"
#include "widgets/explorer/verdict_view.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace heddle;
using namespace heddle::widgets;

namespace {

ExploredActor mover(int number, const char* name, std::vector<ExploredMove> moves)
{
    ExploredActor actor;
    actor.number = number;
    actor.name = name;
    actor.standing = ExploredActor::Standing::CanMove;
    actor.line = static_cast<std::uint32_t>(10 + number);
    actor.next = moves.front().text;
    actor.sentence = actor.name + " can " + actor.next + ".";
    actor.moves = std::move(moves);
    return actor;
}

ExploredActor waiter(int number, const char* name, const char* sentence)
{
    ExploredActor actor;
    actor.number = number;
    actor.name = name;
    actor.standing = ExploredActor::Standing::Waits;
    actor.line = 20;
    actor.next = "lock b";
    actor.sentence = sentence;
    return actor;
}

/// Three actors after two of four steps: the first can move, the second waits, the third can move
/// in two ways.
ShownWalk sampleWalk()
{
    ShownWalk walk;
    walk.moment.step = 2;
    walk.moment.headline = "step 2: one locks b";
    walk.moment.actors.push_back(mover(1, "one", {{1, 0, "read x"}}));
    walk.moment.actors.push_back(waiter(2, "two", "two waits for b, held by one."));
    walk.moment.actors.push_back(
        mover(3, "three", {{3, 0, "choose k = 1"}, {3, 1, "choose k = 2"}}));
    for (int i = 0; i < 4; ++i)
        walk.schedule.steps.push_back({i == 1 ? 1 : 3, 0, i == 1 ? "one" : "three",
            static_cast<std::uint32_t>(i + 1), "lock b"});
    walk.goals.push_back({"deadlock reachable", 30, Goal::State::Open, "not yet"});
    walk.goals.push_back({"final x == 2", 31, Goal::State::Broken, "it is 1 here"});
    walk.lineSteps = {{"read x", "write x"}, {}, {}};
    return walk;
}

ExplorationReport sampleReport()
{
    ExplorationReport report;
    report.verdict = ExplorationVerdict::Violated;
    report.states = 1234;
    report.transitions = 2345;
    report.depth = 17;
    report.hasExpectLines = true;
    report.expectations.push_back({"deadlock free", 4, ExploredExpectation::Status::Failed,
        "a schedule leads to a deadlock", Schedule{{{1, 0, "one", 2, "lock a"}}}, {}});
    report.expectations.push_back(
        {"final x == 2", 5, ExploredExpectation::Status::Held, "", std::nullopt, {}});
    report.histogram.push_back({"x = 2", 3, 20, false});
    report.histogram.push_back({"deadlock", 1, 4, true});
    report.lostUpdates.push_back({"x", Schedule{{{1, 0, "one", 2, "read x"}}}});
    return report;
}

/// A shown panel in the size of a dock.
class ShownPanel
{
public:
    ShownPanel()
    {
        m_panel.resize(520, 700);
        m_panel.show();
        m_panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&m_panel))
            qWarning("the panel did not become active");
        m_panel.setWalk(sampleWalk());
        m_panel.moves().setFocus();
    }
    ExplorerPanel* operator->() { return &m_panel; }
    ExplorerPanel& operator*() { return m_panel; }

private:
    ExplorerPanel m_panel;
};

} // namespace

class TestExplorerPanel : public QObject
{
    Q_OBJECT

private slots:
    void aDigitMovesTheActorOfItsRow()
    {
        ShownPanel panel;
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QTest::keyClick(&panel->moves(), Qt::Key_1);
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves[0], (QVariantList{1, 0}));
    }

    void anActorThatWaitsSaysWhyInsteadOfMoving()
    {
        ShownPanel panel;
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QTest::keyClick(&panel->moves(), Qt::Key_2);
        QCOMPARE(moves.size(), 0);
        QCOMPARE(panel->headline(), QStringLiteral("two waits for b, held by one."));
    }

    void aStepWithSeveralOutcomesAsksWhich()
    {
        ShownPanel panel;
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QTest::keyClick(&panel->moves(), Qt::Key_3);
        QCOMPARE(moves.size(), 0);
        auto* menu = panel->findChild<QMenu*>(QStringLiteral("choices"));
        QVERIFY(menu != nullptr);
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_2);
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves[0], (QVariantList{3, 1}));
    }

    void theSameAndTheNextActorHaveKeys()
    {
        ShownPanel panel;
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QTest::keyClick(&panel->moves(), Qt::Key_N); // step 2 was taken by "one"
        QCOMPARE(moves.takeFirst()[0].toInt(), 1);
        QTest::keyClick(&panel->moves(), Qt::Key_P); // "two" waits: it is the turn of "three"
        auto* menu = panel->findChild<QMenu*>(QStringLiteral("choices"));
        QVERIFY(menu != nullptr);
        menu->close();
    }

    void backspaceGoesBackAndForwardAgain()
    {
        ShownPanel panel;
        QSignalSpy steps(&*panel, &ExplorerPanel::stepWanted);
        QTest::keyClick(&panel->moves(), Qt::Key_Backspace);
        panel->goForward();
        QCOMPARE(steps[0][0].toULongLong(), 1ULL);
        QCOMPARE(steps[1][0].toULongLong(), 3ULL);
    }

    void anExpandedRowShowsTheStepsOfItsLine()
    {
        ShownPanel panel;
        panel->moves().setCurrentIndex(panel->moves().moves().index(0));
        const int before = panel->moves().sizeHintForRow(0);
        QTest::keyClick(&panel->moves(), Qt::Key_E);
        QCOMPARE(panel->moves().moves().steps(0),
            (QStringList{QStringLiteral("read x"), QStringLiteral("write x")}));
        QVERIFY(panel->moves().sizeHintForRow(0) > before);
        QTest::keyClick(&panel->moves(), Qt::Key_E);
        QCOMPARE(panel->moves().sizeHintForRow(0), before);
    }

    void lettersAreKeysOnlyWhereNoTextIsEdited()
    {
        ShownPanel panel;
        panel->setGear(Gear::Dice);
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QSignalSpy steps(&*panel, &ExplorerPanel::stepWanted);
        auto* seed = panel->dice().findChild<QLineEdit*>();
        QVERIFY(seed != nullptr);
        seed->setFocus();
        seed->selectAll();
        QTest::keyClicks(seed, QStringLiteral("12"));
        QTest::keyClick(seed, Qt::Key_Backspace);
        QCOMPARE(moves.size(), 0);
        QCOMPARE(steps.size(), 0);
        QCOMPARE(panel->dice().setting().seed, 1);
    }

    void focusKeysStayFocusKeys()
    {
        ShownPanel panel;
        panel->gears().button(Gear::Dice).setFocus();
        QTest::keyClick(&panel->gears().button(Gear::Dice), Qt::Key_Space);
        QCOMPARE(panel->gear(), Gear::Dice);
        QTest::keyClick(&panel->gears().button(Gear::Dice), Qt::Key_Tab);
        QVERIFY(!panel->gears().button(Gear::Dice).hasFocus());
    }

    void aClickOnTheKeyMovesAndElsewhereChooses()
    {
        ShownPanel panel;
        QSignalSpy moves(&*panel, &ExplorerPanel::moveWanted);
        QSignalSpy lines(&*panel, &ExplorerPanel::lineChosen);
        MoveList& list = panel->moves();
        const QRect row = list.visualRect(list.moves().index(0));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(moves.size(), 0);
        QCOMPARE(lines[0][0].toInt(), 11);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, MoveDelegate::keyBox(row).center());
        QCOMPARE(moves.size(), 1);
    }

    void theScheduleIsListedFromTheStartAndAClickGoesThere()
    {
        ShownPanel panel;
        ScheduleList& list = panel->schedule();
        QCOMPARE(list.rows().rowCount(), 5);
        QCOMPARE(list.table().currentIndex().row(), 2);
        QSignalSpy steps(&*panel, &ExplorerPanel::stepWanted);
        const QRect last = list.table().visualRect(list.rows().index(4, 3));
        QTest::mouseClick(list.table().viewport(), Qt::LeftButton, {}, last.center());
        QCOMPARE(steps.size(), 1);
        QCOMPARE(steps[0][0].toULongLong(), 4ULL);
    }

    void goalsSayWhatThisScheduleHasShown()
    {
        ShownPanel panel;
        QCOMPARE(panel->goals().rows().rowCount(), 2);
        QCOMPARE(panel->goals().rows().index(0, 0).data().toString(), QStringLiteral("open"));
        QCOMPARE(panel->goals().rows().index(1, 0).data().toString(), QStringLiteral("broken"));
        QCOMPARE(
            panel->goals().rows().index(1, 2).data().toString(), QStringLiteral("it is 1 here"));
    }

    void chanceRollsUntilTheEnd()
    {
        ShownPanel panel;
        panel->setGear(Gear::Dice);
        QSignalSpy rolls(&panel->dice(), &DiceBar::rollWanted);
        panel->dice().play();
        QTRY_VERIFY(rolls.size() >= 2);
        ShownWalk over = sampleWalk();
        over.moment.isDeadlock = true;
        panel->setWalk(over);
        QVERIFY(!panel->dice().isPlaying());
    }

    void theVerdictIsInWordsAndEachExpectationHasItsWitness()
    {
        ShownPanel panel;
        panel->setGear(Gear::All);
        VerdictView& verdict = panel->verdict();
        verdict.setReport(sampleReport());
        QCOMPARE(verdict.headline(), QStringLiteral("Broken: “deadlock free”."));
        QVERIFY(verdict.figures().contains(QStringLiteral("1,234 states")));
        QSignalSpy witnesses(&verdict, &VerdictView::witnessWanted);
        QTableView& table = verdict.expectations().table();
        const QModelIndex show = table.model()->index(0, 3);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(show).center());
        QCOMPARE(witnesses.size(), 1);
        const QModelIndex none = table.model()->index(1, 3);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(none).center());
        QCOMPARE(witnesses.size(), 1);
        const QModelIndex lost = table.model()->index(2, 3);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(lost).center());
        QCOMPARE(witnesses.size(), 2);
        QCOMPARE(witnesses[1][0].toInt(), 2);
        QVERIFY(
            verdict.histogram().description().contains(QStringLiteral("x = 2 (20), deadlock (4)")));
    }

    void aSearchThatRunsShowsHowFarItIsAndCanBeCancelled()
    {
        ShownPanel panel;
        panel->setGear(Gear::All);
        VerdictView& verdict = panel->verdict();
        verdict.setProgress(SearchProgress{1000, 12, 0.5});
        QVERIFY(verdict.figures().contains(QStringLiteral("1,000 states")));
        QVERIFY(!verdict.exploreButton().isVisible());
        QSignalSpy cancelled(&verdict, &VerdictView::cancelWanted);
        QTest::mouseClick(&verdict.cancelButton(), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
    }

    void aLimitIsShownHonestly()
    {
        ShownPanel panel;
        panel->setGear(Gear::All);
        ExplorationReport report = sampleReport();
        report.expectations.clear();
        report.verdict = ExplorationVerdict::Undecided;
        report.limit = "the limit of 1234 states was reached";
        panel->verdict().setReport(report);
        QVERIFY(panel->verdict().headline().contains(QStringLiteral("not a proof")));
        QVERIFY(panel->verdict().figures().contains(QStringLiteral("L601")));
        QVERIFY(panel->verdict().raiseButton().isVisible());
    }

    void whatCouldNotBeJudgedIsNotCalledAsExpected()
    {
        ShownPanel panel;
        panel->setGear(Gear::All);
        ExplorationReport report;
        report.verdict = ExplorationVerdict::Holds;
        report.hasExpectLines = true;
        report.expectations.resize(2);
        report.expectations[0].status = ExploredExpectation::Status::Held;
        report.expectations[1].status = ExploredExpectation::Status::Unchecked;
        panel->verdict().setReport(report);
        QVERIFY2(panel->verdict().headline().contains(QStringLiteral("1 could not be judged")),
            qPrintable(panel->verdict().headline()));
        report.expectations.pop_back();
        panel->verdict().setReport(report);
        QVERIFY(!panel->verdict().headline().contains(QStringLiteral("could not be judged")));
    }

    void outcomesAreToldInWords()
    {
        OutcomeHistogram histogram;
        histogram.setGroups(
            {{QStringLiteral("x"), {{QStringLiteral("1"), 3}, {QStringLiteral("2"), 0}}}});
        QCOMPARE(histogram.description(), QStringLiteral("x: 1 (3), 2."));
        QVERIFY(histogram.sizeHint().height() > 3 * histogram.fontMetrics().height());
    }

    void aLayoutIsReadWithWhatBelongsToIt()
    {
        const auto layout = readPlain("graph 1 2 3\n"
                                      "node 0 1 2.5 0.3 0.3 \"\" solid circle black lightgrey\n"
                                      "node 1 1 0.5 0.3 0.3 \"\" solid circle black lightgrey\n"
                                      "edge 0 1 4 1 2.4 1 2 1 1 1 0.6 solid black\n"
                                      "stop\n",
            2);
        QVERIFY(layout.has_value());
        QCOMPARE(layout->nodes[0], QPointF(56, 28));
        QCOMPARE(layout->nodes[1], QPointF(56, 140));
        QCOMPARE(layout->edges.size(), std::size_t{1});
        QCOMPARE(layout->edges[0].curve.size(), std::size_t{4});
    }

    void aBrokenLayoutIsRefused_data()
    {
        QTest::addColumn<QByteArray>("plain");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a node is missing") << QByteArray("graph 1 2 3\nnode 0 1 2\n");
        QTest::newRow("an unknown node") << QByteArray("graph 1 2 3\nnode 7 1 2\n");
        QTest::newRow("a cut curve")
            << QByteArray("graph 1 2 3\nnode 0 1 2\nnode 1 1 1\nedge 0 1 4 1 1 2\n");
        QTest::newRow("no number") << QByteArray("graph 1 2 3\nnode x 1 2\n");
    }

    void aBrokenLayoutIsRefused()
    {
        QFETCH(QByteArray, plain);
        QVERIFY(!readPlain(plain.toStdString(), 2).has_value());
    }

    void aScheduleIsFollowedThroughThePicture()
    {
        StatePicture picture;
        picture.nodes.resize(4);
        picture.edges = {{0, 1, 5, "a"}, {0, 2, 5, "a"}, {0, 3, 6, "b"}, {2, 3, 6, "b"}};
        const Schedule schedule{{{5, 1, "", 0, ""}, {6, 0, "", 0, ""}, {6, 0, "", 0, ""}}};
        QCOMPARE(statesOf(picture, schedule, 2), (std::vector<std::uint32_t>{0, 2, 3}));
        QCOMPARE(statesOf(picture, schedule, 3), (std::vector<std::uint32_t>{0, 2, 3}));
        QVERIFY(toDot(picture).find("0 -> 2;") != std::string::npos);
    }

    void aMatrixNeedsAConstant()
    {
        VerdictMatrixView matrix;
        QVERIFY(!matrix.startButton().isEnabled());
        matrix.setConstants({{QStringLiteral("N"), 5}});
        QVERIFY(matrix.startButton().isEnabled());
        QCOMPARE(matrix.rows(), (MatrixAxis{QStringLiteral("N"), 2, 6}));
        QCOMPARE(matrix.columns().count(), 1);
        matrix.begin();
        QCOMPARE(matrix.table().rowCount(), 5);
        matrix.setCell(0, 0, sampleReport());
        QCOMPARE(matrix.table().item(0, 0)->text(), QStringLiteral("✗"));
        QCOMPARE(matrix.table().item(0, 0)->toolTip(), QStringLiteral("Broken: “deadlock free”."));
    }

    void theModelOfMovesKeepsItsPromises()
    {
        MoveModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ShownWalk walk = sampleWalk();
        model.setWalk(walk);
        walk.moment.actors.pop_back();
        model.setWalk(walk);
        QCOMPARE(model.rowCount(), 2);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestExplorerPanel)
#include "tst_explorer_panel.moc"
