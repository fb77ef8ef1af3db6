// SPDX-License-Identifier: GPL-3.0-only
#include "tests/app/window_fixture.h"
#include "widgets/editor/program_editor.h"
#include "widgets/explorer/dice_bar.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/goal_list.h"
#include "widgets/explorer/move_list.h"
#include "widgets/explorer/move_model.h"
#include "widgets/explorer/schedule_list.h"
#include "widgets/explorer/state_graph_view.h"
#include "widgets/explorer/verdict_matrix_view.h"
#include "widgets/explorer/verdict_view.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/table_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QDockWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace heddle;
using namespace heddle::app;
using widgets::Gear;

namespace {

constexpr int kPatience = 20'000; // milliseconds; a loaded machine is slow

const QString kOppositeOrder = QStringLiteral("mutex a\n"
                                              "mutex b\n"
                                              "shared x = 0\n"
                                              "thread one:\n"
                                              "    lock a\n"
                                              "    lock b\n"
                                              "    x = x + 1\n"
                                              "    unlock b\n"
                                              "    unlock a\n"
                                              "thread two:\n"
                                              "    lock b\n"
                                              "    lock a\n"
                                              "    x = x + 1\n"
                                              "    unlock a\n"
                                              "    unlock b\n"
                                              "expect deadlock free\n");

const QString kSameOrder = QString(kOppositeOrder)
                               .replace(QStringLiteral("    lock b\n    lock a\n"),
                                   QStringLiteral("    lock a\n    lock b\n"));

/// A window with a program in it, whose explorer is up with a person as the scheduler.
class Explored
{
public:
    explicit Explored(const QString& program)
    {
        m_window->openFirst(QStringLiteral("locks/dining_philosophers"));
        m_window->editor().replaceText(program);
        QTest::keyClick(&*m_window, Qt::Key_3, Qt::ControlModifier);
        QTest::keyClick(&*m_window, Qt::Key_F7);
        isReady = QTest::qWaitFor(
            [this] {
                const auto& walk = panel().walk();
                return walk && !walk->moment.actors.empty()
                    && walk->moment.actors.front().name.starts_with("one");
            },
            kPatience);
    }
    MainWindow* operator->() { return &*m_window; }
    widgets::ExplorerPanel& panel() { return m_window->docks().explorer(); }

    void press(int key) { QTest::keyClick(&panel().moves(), static_cast<Qt::Key>(key)); }
    [[nodiscard]] std::size_t step() { return panel().walk() ? panel().walk()->moment.step : 999; }
    [[nodiscard]] QString goal(int row, int column)
    {
        return panel().goals().rows().index(row, column).data().toString();
    }

    bool isReady = false;

private:
    WindowFixture m_window;
};

} // namespace

class TestExploreWindow : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsWalkedThroughUntilSomebodyWantsIt()
    {
        const WindowFixture window;
        QSignalSpy checked(&window->explorer().searches(), &ExploreController::checked);
        window->openFirst({});
        QVERIFY(checked.wait(kPatience));
        QVERIFY(!window->explorer().isShown());
        QVERIFY(!window->docks().explorer().walk());
        QVERIFY(!window->trace().hasTrace());
    }

    void aPersonLeadsTwoThreadsIntoADeadlock()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        QCOMPARE(window.goal(0, 0), QStringLiteral("open"));
        window.press(Qt::Key_1);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        window.press(Qt::Key_P);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);

        QVERIFY(window.panel().walk()->moment.isDeadlock);
        QVERIFY2(window.panel().headline().startsWith(QStringLiteral("Deadlock")),
            qPrintable(window.panel().headline()));
        QCOMPARE(window.panel().moves().moves().sentence(0),
            QStringLiteral("one waits for b, held by two."));
        QCOMPARE(window.goal(0, 0), QStringLiteral("broken"));
    }

    void aStepIsTakenBackAndAnotherOneTried()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        window.press(Qt::Key_1);
        window.press(Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
        window.press(Qt::Key_Backspace);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        QVERIFY(!window.panel().walk()->moment.isDeadlock);
        QCOMPARE(window.panel().schedule().rows().rowCount(), 3); // what was undone stays listed
        window.press(Qt::Key_N); // the same actor again: another way
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
        QCOMPARE(window.panel().walk()->schedule.steps[1].actorName, std::string("one"));
    }

    void stepKeysWorkInTheWholeWindow()
    {
        Explored window(kSameOrder);
        QVERIFY(window.isReady);
        window->editor().setFocus();
        QTest::keyClick(&window->editor(), Qt::Key_F10);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        QTest::keyClick(&window->editor(), Qt::Key_F9);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 0U, kPatience);
        const QString before = window->editor().text();
        QTest::keyClick(&window->editor(), Qt::Key_1); // in the text, a digit is a digit
        QVERIFY(window->editor().text() != before);
    }

    void everyViewShowsTheStateOfTheWalk()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        window.press(Qt::Key_1);
        window.press(Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);

        const auto& positions = window->editor().actorMarks().positions();
        QCOMPARE(positions.size(), std::size_t{2});
        QCOMPARE(positions[0].line, 6);
        QCOMPARE(positions[1].line, 12);
        widgets::InspectorPanel& inspector = window->docks().inspector();
        QCOMPARE(inspector.objects().rows().index(0, 1).data().toString(),
            QStringLiteral("held by one"));
        QCOMPARE(inspector.variables().rows().index(0, 0).data().toString(), QStringLiteral("x"));
        QCOMPARE(inspector.variables().rows().index(0, 1).data().toString(), QStringLiteral("0"));
        const auto trace = window->trace().document().trace();
        QVERIFY(trace->eventCount() > 0);
        QCOMPARE(QString::fromStdString(trace->property(Trace::kTextProperty)), kOppositeOrder);
        QCOMPARE(window->trace().range().cursor().count(), 2'000'000);
    }

    void aClickInTimelineOrListGoesToThatStep()
    {
        Explored window(kSameOrder);
        QVERIFY(window.isReady);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(window.operator->(), Qt::Key_F10);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 4U, kPatience);

        window->trace().range().setCursor(std::chrono::microseconds(1'200));
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        QCOMPARE(window->trace().range().cursor().count(), 1'000'000);
        QTableView& list = window.panel().schedule().table();
        list.scrollTo(list.model()->index(3, 3));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
            list.visualRect(list.model()->index(3, 3)).center());
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 3U, kPatience);
        QCOMPARE(window->trace().range().cursor().count(), 3'000'000);
        QTest::keyClick(&window->docks().timeline().canvas(), Qt::Key_Backspace);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
    }

    void everyScheduleIsSearchedAndTheBadOneIsPutIntoTheHand()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        QSignalSpy explored(&window->explorer().searches(), &ExploreController::explored);
        QTest::keyClick(window.operator->(), Qt::Key_F6);
        QVERIFY(explored.wait(kPatience));
        QCOMPARE(window.panel().gear(), Gear::All);
        widgets::VerdictView& verdict = window.panel().verdict();
        QCOMPARE(verdict.headline(), QStringLiteral("Broken: “deadlock free”."));

        QTableView& table = verdict.expectations().table();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
            table.visualRect(table.model()->index(0, 3)).center());
        QTRY_VERIFY_WITH_TIMEOUT(
            window.panel().walk() && window.panel().walk()->moment.isDeadlock, kPatience);
        QCOMPARE(window.panel().gear(), Gear::Hand);
        QCOMPARE(window.step(), 2U);
    }

    void aLongSearchIsCancelled()
    {
        QString counters = QStringLiteral("shared a[6] = 0\n");
        counters += QStringLiteral("thread worker[i in 0..5]:\n    repeat 50:\n"
                                   "        a[i] = a[i] + 1\n");
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(counters);
        ExploreController& searches = window->explorer().searches();
        QSignalSpy explored(&searches, &ExploreController::explored);
        QSignalSpy progressed(&searches, &ExploreController::progressed);
        QTest::keyClick(&*window, Qt::Key_F6);
        QTRY_VERIFY_WITH_TIMEOUT(progressed.size() > 1, kPatience);
        QTest::mouseClick(&window->docks().explorer().verdict().cancelButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(explored.size(), 1, kPatience);
        const auto report = explored[0][0].value<ExplorationReport>();
        QCOMPARE(report.verdict, ExplorationVerdict::Undecided);
        QCOMPARE(report.limit.value_or("").text(), std::string("the search was stopped"));
    }

    void aProgramIsCheckedWhileItIsTypedAndTheMarkLeadsToTheSchedule()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        QToolButton& mark = window->status().explorationMark();
        window->editor().setFocus();
        window->editor().replaceText(kSameOrder);
        QTRY_COMPARE_WITH_TIMEOUT(
            mark.text(), QStringLiteral("as expected in every schedule"), kPatience);
        window->editor().replaceText(kOppositeOrder);
        QTRY_COMPARE_WITH_TIMEOUT(
            mark.text(), QStringLiteral("a schedule breaks “deadlock free”"), kPatience);
        QVERIFY2(window->editor().hasFocus(), "a mark must not take the focus");

        QTest::mouseClick(&mark, Qt::LeftButton);
        widgets::ExplorerPanel& panel = window->docks().explorer();
        QTRY_VERIFY_WITH_TIMEOUT(panel.walk() && panel.walk()->moment.isDeadlock, kPatience);
        QVERIFY(window->docks()[Panel::Explorer].isVisible());
    }

    void checkingWhileTypingCanBeSwitchedOff()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        QAction& checking = window->actions()[Command::CheckWhileTyping];
        QVERIFY(checking.isChecked());
        checking.trigger();
        window->editor().replaceText(kSameOrder);
        QSignalSpy checked(&window->explorer().searches(), &ExploreController::checked);
        QTRY_VERIFY_WITH_TIMEOUT(window->docks().problems().problems().empty(), kPatience);
        QVERIFY(!window->status().explorationMark().isVisible());
        QVERIFY(!Settings().checksWhileTyping());
        QCOMPARE(checked.size(), 0);
    }

    void theSameSeedThrowsTheSameSchedule()
    {
        Explored window(kSameOrder);
        QVERIFY(window.isReady);
        const auto throwAll = [&] {
            emit window.panel().stepWanted(0);
            for (int i = 0; i < 40; ++i)
                window->explorer().walks().roll(7, DicePolicy::Uniform);
            const bool ends =
                QTest::qWaitFor([&] { return window.panel().walk()->moment.isEnd; }, kPatience);
            return ends ? toText(window.panel().walk()->schedule) : std::string();
        };
        const std::string first = throwAll();
        QVERIFY(!first.empty());
        window.press(Qt::Key_Backspace);
        QTRY_VERIFY_WITH_TIMEOUT(!window.panel().walk()->moment.isEnd, kPatience);
        QCOMPARE(throwAll(), first);
    }

    void diceComeToTheEndByThemselves()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        window.panel().setGear(Gear::Dice);
        window.panel().dice().play();
        QTRY_VERIFY_WITH_TIMEOUT(!window.panel().dice().isPlaying(), kPatience);
        const ExploredMoment& moment = window.panel().walk()->moment;
        QVERIFY(moment.isEnd || moment.isDeadlock);
    }

    void theScheduleOutlivesAnEditAsFarAsItCan()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        window.press(Qt::Key_1);
        window.press(Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
        window->editor().replaceText(kSameOrder); // now the second step is not possible
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        QCOMPARE(window.panel().schedule().rows().rowCount(), 2);
    }

    void allStatesOfASmallProgramAreDrawnAndAClickGoesThere()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        window.press(Qt::Key_1);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        window.panel().tabs().setCurrentWidget(&window.panel().graph());
        widgets::StateGraphView& graph = window.panel().graph();
        if (QStandardPaths::findExecutable(QStringLiteral("dot")).isEmpty()) {
            QTRY_VERIFY_WITH_TIMEOUT(
                graph.description().contains(QStringLiteral("graphviz")), kPatience);
            QSKIP("Graphviz is not installed");
        }
        QTRY_VERIFY_WITH_TIMEOUT(graph.picture().nodes.size() > 5, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(graph.walk().size(), std::size_t{2}, kPatience);
        const auto deadlock = std::find_if(graph.picture().nodes.begin(),
            graph.picture().nodes.end(), [](const auto& node) { return node.isDeadlock; });
        QVERIFY(deadlock != graph.picture().nodes.end());

        QTest::mouseClick(&graph, Qt::LeftButton, {}, graph.placeOf(deadlock->number).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(window.panel().walk()->moment.isDeadlock, kPatience);
        QCOMPARE(graph.walk().back(), deadlock->number);
        QTest::mouseClick(&graph, Qt::LeftButton, {}, graph.placeOf(0).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 0U, kPatience);
    }

    void aSpaceTooLargeForAPictureSaysSo()
    {
        Explored window(QStringLiteral("shared x = 0\n"
                                       "thread one:\n"
                                       "    repeat 60:\n"
                                       "        x = x + 1\n"
                                       "thread two:\n"
                                       "    repeat 60:\n"
                                       "        x = x + 1\n"));
        QVERIFY(window.isReady);
        window.panel().tabs().setCurrentWidget(&window.panel().graph());
        QTRY_VERIFY_WITH_TIMEOUT(
            window.panel().graph().description().contains(QStringLiteral("a picture ends at 300")),
            kPatience);
    }

    void aMatrixShowsForWhichConstantsTheProgramHolds()
    {
        Explored window(QStringLiteral("const N = 2\n"
                                       "const K = 1\n"
                                       "semaphore s = K\n"
                                       "shared inside = 0\n"
                                       "thread one[i in 1..N]:\n"
                                       "    acquire s\n"
                                       "    section \"in\":\n"
                                       "        inside = inside + 1\n"
                                       "    release s\n"
                                       "invariant \"alone\" inside(\"in\") <= 1\n"));
        widgets::ExplorerPanel& panel = window.panel();
        QVERIFY(window.isReady);
        panel.tabs().setCurrentWidget(&panel.matrix());
        panel.matrix().setAxis(0, {QStringLiteral("N"), 1, 3});
        panel.matrix().setAxis(1, {QStringLiteral("K"), 1, 2});
        QSignalSpy ended(&window->explorer().matrix(), &VerdictMatrix::ended);
        QTest::mouseClick(&panel.matrix().startButton(), Qt::LeftButton);
        QVERIFY(ended.wait(kPatience));
        QTableWidget& table = panel.matrix().table();
        QString cells;
        for (int row = 0; row < table.rowCount(); ++row)
            for (int column = 0; column < table.columnCount(); ++column)
                cells += table.item(row, column)->text();
        QCOMPARE(cells, QStringLiteral("✓✓✓✗✓✗"));

        QTest::mouseClick(
            table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(2, 1)).center());
        QTRY_VERIFY_WITH_TIMEOUT(
            window.step() > 0 && panel.walk()->moment.actors.size() == 3, kPatience);
        QCOMPARE(window.goal(0, 0), QStringLiteral("broken"));
    }

    void realThreadsGoThroughTheScheduleOfThePerson()
    {
        Explored window(kOppositeOrder);
        QVERIFY(window.isReady);
        QVERIFY(!window.panel().forceButton().isEnabled());
        window.press(Qt::Key_1);
        window.press(Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
        window.panel().setGear(Gear::Real);
        QSignalSpy deadlocks(&window->runs(), &RunController::deadlockFound);
        QTest::mouseClick(&window.panel().forceButton(), Qt::LeftButton);
        QVERIFY(deadlocks.wait(kPatience));
        const auto deadlock = deadlocks[0][0].value<DeadlockReport>();
        QCOMPARE(deadlock.links.size(), std::size_t{2});
        window->runs().stopAndWait();
    }

    void aRealRunTakesTheTimelineAndTheWalkTakesItBack()
    {
        Explored window(kSameOrder);
        QVERIFY(window.isReady);
        window.press(Qt::Key_1);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 1U, kPatience);
        QVERIFY(window->explorer().isShown());
        window.panel().setGear(Gear::Real);
        QTest::mouseClick(&window.panel().runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!window->explorer().isShown(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        window.panel().setGear(Gear::Hand);
        window.press(Qt::Key_1);
        QTRY_COMPARE_WITH_TIMEOUT(window.step(), 2U, kPatience);
        QVERIFY(window->explorer().isShown());
        QCOMPARE(window->trace().range().cursor().count(), 2'000'000);
    }
};

QTEST_MAIN(TestExploreWindow)
#include "tst_explore_window.moc"
