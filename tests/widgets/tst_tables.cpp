// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/output_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/row_model.h"
#include "widgets/tables/statistics_panel.h"
#include "widgets/tables/table_panel.h"
#include "widgets/tables/verdict_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace heddle;
using namespace heddle::widgets;

namespace {

Row row(quint64 key, const QString& text)
{
    return {.key = key, .cells = {{.text = text}, {.text = QStringLiteral("x")}}};
}

OutputLine line(const char* actor, const char* text, std::int64_t time = 0, bool isError = false)
{
    return {.time = time, .actor = actor, .isError = isError, .text = text};
}

Diagnostic problem(Severity severity, std::uint32_t lineNumber, const char* message)
{
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.line = lineNumber;
    diagnostic.message = message;
    return diagnostic;
}

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void rowsGrowAndShrinkWithoutLosingWhoTheyAre()
    {
        RowModel model({QStringLiteral("a"), QStringLiteral("b")});
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({row(1, QStringLiteral("one")), row(2, QStringLiteral("two"))});
        const QPersistentModelIndex second(model.index(1, 0));

        model.setRows({row(1, QStringLiteral("one")), row(2, QStringLiteral("zwei")),
            row(3, QStringLiteral("three"))});

        QVERIFY(second.isValid());
        QCOMPARE(second.data().toString(), QStringLiteral("zwei"));
        QCOMPARE(model.rowCount(), 3);
        model.setRows({row(1, QStringLiteral("one"))});
        QVERIFY(!second.isValid());
        QCOMPARE(model.indexOfKey(1), 0);
        QCOMPARE(model.indexOfKey(3), -1);
    }

    void onlyWhatDiffersIsSaidToHaveChanged()
    {
        RowModel model({QStringLiteral("a"), QStringLiteral("b")});
        model.setRows({row(1, QStringLiteral("one")), row(2, QStringLiteral("two"))});
        QSignalSpy changes(&model, &RowModel::dataChanged);
        QSignalSpy resets(&model, &RowModel::modelReset);

        model.setRows({row(1, QStringLiteral("one")), row(2, QStringLiteral("zwei"))});

        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
        QCOMPARE(resets.count(), 0);
    }

    void otherRowsReplaceTheWholeTable()
    {
        RowModel model({QStringLiteral("a"), QStringLiteral("b")});
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({row(1, QStringLiteral("one"))});
        model.setRows({row(7, QStringLiteral("seven")), row(8, QStringLiteral("eight"))});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("seven"));
        model.removeFirstRows(1);
        QCOMPARE(model.rowCount(), 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void arrowKeysChooseRows()
    {
        TablePanel panel({QStringLiteral("a"), QStringLiteral("b")}, QStringLiteral("empty"));
        panel.rows().setRows({row(1, QStringLiteral("one")), row(2, QStringLiteral("two"))});
        panel.show();
        std::vector<quint64> chosen;
        connect(&panel, &TablePanel::chosen, this,
            [&](const Row& which) { chosen.push_back(which.key); });

        panel.select(1);
        QTest::keyClick(&panel.table(), Qt::Key_Down);

        QCOMPARE(chosen, std::vector<quint64>{2});
    }

    void theFocusAloneChoosesNothing()
    {
        TablePanel panel({QStringLiteral("Name")}, QStringLiteral("empty"));
        panel.rows().setRows({row(7, QStringLiteral("a")), row(8, QStringLiteral("b"))});
        QSignalSpy chosen(&panel, &TablePanel::chosen);
        panel.show();
        panel.table().setFocus(Qt::TabFocusReason);
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QVERIFY(panel.table().hasFocus());
        QCOMPARE(chosen.count(), 0);

        QTest::keyClick(&panel.table(), Qt::Key_Down);
        QCOMPARE(chosen.count(), 1);
    }

    void outputIsFilteredBySearchAndKeepsABound()
    {
        OutputPanel panel;
        panel.append({line("a", "first"), line("b", "second", 5, true)});
        QCOMPARE(panel.shownLineCount(), 2);
        QVERIFY(panel.note().isEmpty());

        QTest::keyClicks(panel.findChild<QLineEdit*>(), QStringLiteral("sec"));
        QCOMPARE(panel.shownLineCount(), 1);
        panel.findChild<QLineEdit*>()->clear();

        std::vector<OutputLine> many(OutputPanel::kLineLimit, line("a", "more"));
        panel.append(many);
        QCOMPARE(panel.shownLineCount(), static_cast<int>(OutputPanel::kLineLimit));
        QVERIFY2(panel.note().startsWith(u'2'), qPrintable(panel.note()));
    }

    void outputIsShownPerStream()
    {
        OutputPanel panel;
        panel.append({line("a", "well"), line("a", "badly", 5, true)});
        auto* table = panel.findChild<QTableView*>();
        const auto shown = [&](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QCOMPARE(shown(0, 2), QStringLiteral("stdout"));
        QCOMPARE(shown(1, 2), QStringLiteral("stderr"));

        panel.streams().setCurrentIndex(1);
        QCOMPARE(panel.shownLineCount(), 1);
        QCOMPARE(shown(0, 3), QStringLiteral("well"));
        panel.streams().setCurrentIndex(2);
        panel.append({line("a", "well again", 6), line("b", "worse", 7, true)});
        QCOMPARE(panel.shownLineCount(), 2);
        QCOMPARE(shown(1, 3), QStringLiteral("worse"));
    }

    void theHeadOfAColumnStandsWhereItsCellsDo()
    {
        RowModel rows({QStringLiteral("word"), QStringLiteral("number")});
        rows.setRows({Row{.key = 1,
            .cells = {
                {.text = QStringLiteral("a")}, {.text = QStringLiteral("1"), .isNumber = true}}}});
        for (int column = 0; column < 2; ++column)
            QCOMPARE(rows.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt(),
                rows.index(0, column).data(Qt::TextAlignmentRole).toInt());
    }

    void aClickOnALineTellsItsTime()
    {
        OutputPanel panel;
        panel.resize(600, 300);
        panel.append({line("a", "first", 10), line("a", "second", 20)});
        panel.show();
        QSignalSpy chosen(&panel, &OutputPanel::timeChosen);
        auto* table = panel.findChild<QTableView*>();

        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
            table->visualRect(table->model()->index(1, 2)).center());

        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toLongLong(), 20);
    }

    void errorsComeBeforeWarningsAndEnterMends()
    {
        ProblemsPanel panel;
        Diagnostic broken = problem(Severity::Error, 9, "broken");
        broken.fixes.push_back({.title = "Mend", .offset = 3, .length = 1, .replacement = "x"});
        panel.setProblems({problem(Severity::Warning, 2, "odd"), broken});
        panel.show();
        std::string mended;
        connect(
            &panel, &ProblemsPanel::fixWanted, this, [&](const Fix& fix) { mended = fix.title; });
        auto* table = panel.findChild<QTableView*>();
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("broken"));

        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);

        QCOMPARE(mended, std::string("Mend"));
    }

    void theVerdictSaysWhatFailedAndWhy()
    {
        VerdictPanel panel;
        QVERIFY(panel.headline().isEmpty());
        RunReport report;
        report.verdict = RunVerdict::Deadlock;
        report.record.nanoseconds = 12'000'000;
        report.expectations.push_back(
            {"terminates", 4, JudgedExpectation::Status::Failed, "it deadlocked"});
        panel.setReport(report);

        auto* table = panel.findChild<QTableView*>();
        QVERIFY2(panel.headline().contains(QStringLiteral("12 ms")), qPrintable(panel.headline()));
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("it deadlocked"));
    }

    void statisticsShowTheWaitsBelowTheirLane()
    {
        StatisticsPanel panel;
        TraceStatistics statistics;
        statistics.to = 1000;
        LaneStatistics lane;
        lane.lane = LaneId{1};
        lane.runningNanoseconds = 250;
        LaneStatistics other;
        other.lane = LaneId{2};
        WaitStatistics wait;
        wait.object = "m";
        wait.totalNanoseconds = 500;
        lane.waits.push_back(wait);
        statistics.lanes = {lane, other};

        panel.setStatistics(statistics, {LaneId{1}});

        auto* table = panel.findChild<QTableView*>();
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->model()->index(0, 1).data().toString().contains(QStringLiteral("25")));
        QVERIFY(table->model()->index(1, 0).data().toString().contains(u'm'));
    }
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
