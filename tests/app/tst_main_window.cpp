// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_palette.h"
#include "app/deadlock_banner.h"
#include "app/documents.h"
#include "app/keys_dialog.h"
#include "engine/model/trace/perfetto_format.h"
#include "engine/model/trace/trace_builder.h"
#include "tests/app/window_fixture.h"
#include "widgets/editor/program_editor.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/problems_panel.h"
#include "widgets/tables/table_panel.h"
#include "widgets/tables/verdict_panel.h"

#include <QDirIterator>
#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QUrl>

using namespace heddle;
using namespace heddle::app;

namespace {

constexpr int kPatience = 20'000; // milliseconds; a loaded machine is slow

/// Processes that have this one as their parent.
QStringList childProcesses()
{
    QFile file(
        QStringLiteral("/proc/self/task/%1/children").arg(QCoreApplication::applicationPid()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll()).split(u' ', Qt::SkipEmptyParts);
}

QString actorDoing(MainWindow& window, int row)
{
    return window.docks().inspector().actors().rows().index(row, 1).data().toString();
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void theFirstStartShowsDiningPhilosophersWithAHint()
    {
        const WindowFixture window;
        window->openFirst({});
        QVERIFY(window->editor().text().contains(QStringLiteral("philosopher")));
        QVERIFY(window->windowTitle().contains(QStringLiteral("locks/dining_philosophers")));
        QVERIFY(!window->docks().inspector().moment());
    }

    void f5ShowsTheDeadlockAndShiftF5LeavesNothing()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));

        QTest::keyClick(&*window, Qt::Key_F5);
        QVERIFY(window->runs().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(window->banner().isVisible(), kPatience);
        QVERIFY2(window->banner().text().contains(QStringLiteral("philosopher[0] → ")),
            qPrintable(window->banner().text()));
        QTRY_VERIFY_WITH_TIMEOUT(
            window->docks().inspector().actors().rows().rowCount() >= 5, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            actorDoing(*window, 0) == QStringLiteral("waits for fork[1] held by philosopher[1]"),
            kPatience);
        QCOMPARE(window->docks().inspector().objects().rows().rowCount(), 5);
        QTRY_VERIFY_WITH_TIMEOUT(!window->editor().actorMarks().positions().empty(), kPatience);

        QTest::keyClick(&*window, Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        QVERIFY(childProcesses().isEmpty());
        QVERIFY2(!window->docks().verdict().headline().isEmpty(), "the verdict says how it ended");
    }

    void unsavedEditsRunToo()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(QStringLiteral("main:\n    say \"edited\"\n"));

        QTest::keyClick(&window->editor(), Qt::Key_F5);

        QTRY_COMPARE_WITH_TIMEOUT(window->docks().output().shownLineCount(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        QVERIFY(window->status().stateText().contains(QStringLiteral("well")));
        QVERIFY(window->status().recorderText().contains(QStringLiteral("0 lost")));
    }

    void aNewRunReplacesTheOldOne()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        QTest::keyClick(&*window, Qt::Key_F5);
        window->editor().replaceText(QStringLiteral("main:\n    say \"second\"\n"));
        QTest::keyClick(&*window, Qt::Key_F5);

        QTRY_COMPARE_WITH_TIMEOUT(window->docks().output().shownLineCount(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        QVERIFY(!window->banner().isVisible());
        window->runs().stopAndWait();
        QVERIFY(childProcesses().isEmpty());
    }

    void closingTheWindowEndsTheRun()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        QSignalSpy traces(&window->runs(), &RunController::traceBegan);
        QTest::keyClick(&*window, Qt::Key_F5);
        QVERIFY(traces.wait(kPatience));
        QVERIFY(window->close());
        QVERIFY(childProcesses().isEmpty());
    }

    void aProgramWithErrorsIsToldWhereAndDoesNotRun()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(QStringLiteral("mutex m\nmain:\n    lok m\n"));

        QTRY_VERIFY_WITH_TIMEOUT(!window->docks().problems().problems().empty(), kPatience);
        QCOMPARE(window->docks().problems().problems().front().line, 3U);
        QTest::keyClick(&*window, Qt::Key_F8);
        QCOMPARE(window->editor().caretLine(), 3);
        QTest::keyClick(&*window, Qt::Key_Return, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            window->editor().text().contains(QStringLiteral("    lock m")), kPatience);
    }

    void aProgramWithErrorsLeavesWhatTheLastRunHasShown()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(QStringLiteral("main:\n    say \"first\"\n"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(window->docks().output().shownLineCount(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        const QString headline = window->docks().verdict().headline();
        QVERIFY(!headline.isEmpty());

        window->editor().replaceText(QStringLiteral("main:\n    sey \"second\"\n"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);

        QTRY_VERIFY(!window->docks()[Panel::Problems].visibleRegion().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window->docks().problems().problems().empty(), kPatience);
        QCOMPARE(window->docks().output().shownLineCount(), 1);
        QCOMPARE(window->docks().verdict().headline(), headline);
        QVERIFY(window->status().stateText().contains(QStringLiteral("well")));
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }

    void aProgramWithErrorsLeavesTheRunThatGoesOnAlone()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(
            QStringLiteral("main:\n    forever:\n        say \"tick\"\n        sleep 10ms\n"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(window->docks().output().shownLineCount() > 0, kPatience);

        window->editor().replaceText(QStringLiteral("main:\n    sey \"never\"\n"));
        QTest::keyClick(&window->editor(), Qt::Key_F5);

        QCOMPARE(window->docks().problems().problems().size(), std::size_t{1}); // at once
        QTRY_VERIFY(!window->docks()[Panel::Problems].visibleRegion().isEmpty());
        QVERIFY(window->statusBar()->currentMessage().contains(QStringLiteral("Problems")));
        const int lines = window->docks().output().shownLineCount();
        QTRY_VERIFY_WITH_TIMEOUT(window->docks().output().shownLineCount() > lines + 3, kPatience);
        QTest::keyClick(&*window, Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
    }

    void theLibraryOpensWhatIsChosen()
    {
        const WindowFixture window;
        window->openFirst({});
        QLineEdit& search = window->docks().library().search();
        QTest::keyClicks(&search, QStringLiteral("lost_update"));
        QTest::keyClick(&search, Qt::Key_Return);
        QVERIFY(window->windowTitle().contains(QStringLiteral("lost_update")));
    }

    void anExplainedDeadlockMovesTheCursorThere()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(window->banner().isVisible(), kPatience);
        QVERIFY(!window->trace().range().hasCursor());

        emit window->banner().explainWanted(0);

        QVERIFY(window->trace().range().hasCursor());
        QTRY_VERIFY_WITH_TIMEOUT(window->docks().inspector().moment()
                && !window->docks().inspector().moment()->isPresent,
            kPatience);
        window->runs().stopAndWait();
    }

    void theCommandPaletteDoesWhatIsTyped()
    {
        const WindowFixture window;
        window->openFirst({});
        QTest::keyClick(&*window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto* palette = window->findChild<CommandPalette*>();
        QVERIFY(palette != nullptr);

        QTest::keyClicks(&palette->search(), QStringLiteral("all keys"));
        QTest::keyClick(&palette->search(), Qt::Key_Return);

        QTRY_VERIFY(window->findChild<KeysDialog*>() != nullptr);
    }

    void layoutsComeBackAsTheyWereLeft()
    {
        const WindowFixture window;
        window->openFirst({});
        QTest::keyClick(&*window, Qt::Key_1, Qt::ControlModifier);
        QVERIFY(window->docks()[Panel::Library].isVisible());
        QTest::keyClick(&*window, Qt::Key_2, Qt::ControlModifier);
        QVERIFY(!window->docks()[Panel::Library].isVisible());
        window->docks()[Panel::Library].show();
        QTest::keyClick(&*window, Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(&*window, Qt::Key_2, Qt::ControlModifier);
        QVERIFY(window->docks()[Panel::Library].isVisible());
    }

    void aPanelWhoseOtherTabsAreClosedHasItsTitle()
    {
        const WindowFixture window;
        window->openFirst({});
        QTest::keyClick(&*window, Qt::Key_3, Qt::ControlModifier); // the library is closed there
        QVERIFY(!window->docks()[Panel::Library].isVisible());
        QTRY_VERIFY(window->docks()[Panel::Inspector].titleBarWidget() == nullptr);
        window->docks().bringUp(Panel::Library);
        QTRY_VERIFY(window->docks()[Panel::Inspector].titleBarWidget() != nullptr);
    }

    void theLanguageIsSwitchedAtOnce()
    {
        if (!Languages::available().contains(QStringLiteral("de")))
            QSKIP("built without translations");
        const WindowFixture window;
        Languages languages(QStringLiteral("de"));
        QTRY_COMPARE(window->docks()[Panel::Timeline].windowTitle(), QStringLiteral("Zeitachse"));
        languages.use(QStringLiteral("en"));
        QTRY_COMPARE(window->docks()[Panel::Timeline].windowTitle(), QStringLiteral("Timeline"));
    }

    void aDroppedFileIsOpened()
    {
        const WindowFixture window;
        window->openFirst({});
        const QString path = window.filePath(QStringLiteral("mine.hed"));
        QVERIFY(Document::writeProgram(path, QStringLiteral("main:\n    pass\n")).has_value());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});

        // Only what accepts the drag gets the drop.
        QDragEnterEvent enter(
            QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&*window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&*window, &drop);

        QTRY_COMPARE(window->editor().text(), QStringLiteral("main:\n    pass\n"));
    }

    void aTraceIsSavedAndOpenedAgain()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        window->editor().replaceText(QStringLiteral("main:\n    compute 1ms\n"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        const QString path = window.filePath(QStringLiteral("kept.pftrace"));
        QSignalSpy saved(&window->trace(), &TraceController::saved);
        QSignalSpy loaded(&window->trace(), &TraceController::loaded);

        window->trace().save(path);
        QVERIFY(saved.wait(kPatience));
        window->trace().load(path);
        QVERIFY(loaded.wait(kPatience));

        QVERIFY(loaded[0][1].toString().isEmpty());
        QVERIFY(window->trace().document().trace()->eventCount() > 0);
    }

    void aTraceBringsTheProgramThatItWasRecordedFrom()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/dining_philosophers"));
        const QString text = QStringLiteral("main:\n    compute 1ms\n");
        window->editor().replaceText(text);
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        const QString path = window.filePath(QStringLiteral("kept.pftrace"));
        QSignalSpy saved(&window->trace(), &TraceController::saved);
        window->trace().save(path);
        QVERIFY(saved.wait(kPatience));
        window->editor().setModified(false);
        window->files().openGallery(QStringLiteral("locks/lost_update"));

        QSignalSpy loaded(&window->trace(), &TraceController::loaded);
        window->files().openPath(path);
        QVERIFY(loaded.wait(kPatience));

        QCOMPARE(window->editor().text(), text);
        QVERIFY2(window->windowTitle().contains(QStringLiteral("kept.pftrace")),
            qPrintable(window->windowTitle()));
        QVERIFY(window->files().document().path().isEmpty()); // saving asks for a name
    }

    void aTraceOfAGalleryProgramNamesIt()
    {
        const WindowFixture window;
        window->openFirst(QStringLiteral("locks/lost_update"));
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!window->runs().isRunning(), kPatience);
        const QString path = window.filePath(QStringLiteral("kept.pftrace"));
        QSignalSpy saved(&window->trace(), &TraceController::saved);
        window->trace().save(path);
        QVERIFY(saved.wait(kPatience));
        window->files().newProgram();

        QSignalSpy loaded(&window->trace(), &TraceController::loaded);
        window->files().openPath(path);
        QVERIFY(loaded.wait(kPatience));

        QCOMPARE(window->files().document().galleryId(), QStringLiteral("locks/lost_update"));
        QCOMPARE(window->docks().output().shownLineCount(), 0); // it was another run's
        QVERIFY(window->docks().verdict().headline().isEmpty());
    }

    void aTraceWithoutAProgramSaysSo()
    {
        const WindowFixture window;
        TraceBuilder builder;
        builder.defineActor(ActorId{1}, ActorKind::Thread, "stranger");
        builder.append(
            std::vector<TraceEvent>{{.time = 1000, .lane = 1, .kind = EventKind::ActorStarted}});
        builder.setEnd(2000);
        builder.finish();
        const QString path = window.filePath(QStringLiteral("foreign.pftrace"));
        QVERIFY(savePerfetto(*builder.trace(), path.toStdString()).has_value());

        QSignalSpy loaded(&window->trace(), &TraceController::loaded);
        window->openFirst(path);
        QVERIFY(loaded.wait(kPatience));

        QVERIFY(window->editor().text().isEmpty());
        QVERIFY(!window->editor().isVisible());
        QVERIFY(window->windowTitle().contains(QStringLiteral("foreign.pftrace")));
        QTest::keyClick(&*window, Qt::Key_F5);
        QVERIFY(!window->runs().isRunning());
        QTest::keyClick(&*window, Qt::Key_N, Qt::ControlModifier);
        QVERIFY(window->editor().isVisible());
        QTest::keyClick(&*window, Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(window->docks().output().shownLineCount(), 2, kPatience);
    }

    void aTraceThatCannotBeReadLeavesAProgramToBeginWith()
    {
        const WindowFixture window;
        const QString path = window.filePath(QStringLiteral("no.pftrace"));
        QVERIFY(Document::writeProgram(path, QStringLiteral("not a trace")).has_value());
        QSignalSpy failed(&window->trace(), &TraceController::failed);
        window->openFirst(path);
        QVERIFY(failed.wait(kPatience));
        QVERIFY(window->editor().isVisible());
        QVERIFY(window->editor().text().contains(QStringLiteral("philosopher")));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
