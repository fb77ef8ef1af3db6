// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/library/library_model.h"
#include "widgets/library/library_panel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace heddle::widgets;

namespace {

std::vector<LibraryModel::Chapter> chapters()
{
    return {{QStringLiteral("Locks"),
                {{QStringLiteral("locks/a"), QStringLiteral("Dining philosophers"),
                     QStringLiteral("five forks"), false},
                    {QStringLiteral("locks/b"), QStringLiteral("Lost update"),
                        QStringLiteral("two adders"), false}}},
        {QStringLiteral("Queues"),
            {{QStringLiteral("queues/c"), QStringLiteral("Poison pills"),
                QStringLiteral("how consumers end"), false}}}};
}

LibraryEntry recentFile()
{
    return {QStringLiteral("/somewhere/mine.hed"), QStringLiteral("mine.hed"),
        QStringLiteral("/somewhere"), true};
}

} // namespace

class TestLibrary : public QObject
{
    Q_OBJECT

private slots:
    void theModelIsATreeOfChaptersAndEntries()
    {
        LibraryModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setChapters(chapters());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        const QModelIndex entry = model.index(0, 0, model.index(1, 0));
        QCOMPARE(entry.data(LibraryModel::IdRole).toString(), QStringLiteral("queues/c"));
        QCOMPARE(entry.parent(), model.index(1, 0));

        model.setRecentFiles(QStringLiteral("Recent"), {recentFile()});
        QCOMPARE(model.rowCount(), 3);
        model.setRecentFiles(QStringLiteral("Recent"), {});
        QCOMPARE(model.rowCount(), 2);
    }

    void typingFindsAndEnterOpens()
    {
        LibraryPanel panel;
        panel.setChapters(chapters());
        panel.show();
        QSignalSpy wanted(&panel, &LibraryPanel::programWanted);

        QTest::keyClicks(&panel.search(), QStringLiteral("consumers"));
        QCOMPARE(panel.tree().model()->rowCount(), 1);
        QTest::keyClick(&panel.search(), Qt::Key_Return);

        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("queues/c"));
    }

    void downGoesToTheListAndEnterOpensThere()
    {
        LibraryPanel panel;
        panel.setChapters(chapters());
        panel.show();
        QSignalSpy wanted(&panel, &LibraryPanel::programWanted);

        QTest::keyClick(&panel.search(), Qt::Key_Down);
        QTest::keyClick(&panel.tree(), Qt::Key_Down);
        QTest::keyClick(&panel.tree(), Qt::Key_Return);

        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("locks/b"));
    }

    void aDoubleClickOpensARecentFile()
    {
        LibraryPanel panel;
        panel.resize(300, 500);
        panel.setChapters(chapters());
        panel.setRecentFiles({recentFile()});
        panel.show();
        QSignalSpy wanted(&panel, &LibraryPanel::fileWanted);
        QAbstractItemModel* model = panel.tree().model();
        const QPoint point =
            panel.tree().visualRect(model->index(0, 0, model->index(2, 0))).center();

        QTest::mouseClick(panel.tree().viewport(), Qt::LeftButton, {}, point);
        QTest::mouseDClick(panel.tree().viewport(), Qt::LeftButton, {}, point);

        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("/somewhere/mine.hed"));
    }

    void aSearchWithoutMatchOpensNothing()
    {
        LibraryPanel panel;
        panel.setChapters(chapters());
        panel.show();
        QSignalSpy wanted(&panel, &LibraryPanel::programWanted);
        QTest::keyClicks(&panel.search(), QStringLiteral("zzz"));
        QTest::keyClick(&panel.search(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 0);
    }
};

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
