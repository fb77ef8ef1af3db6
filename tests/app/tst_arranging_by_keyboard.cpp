// SPDX-License-Identifier: GPL-3.0-only
// Panels and their parts are resized and moved without a mouse.
#include "tests/app/keyboard_only.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/shared/theme.h"
#include "widgets/tables/table_panel.h"

#include <QDockWidget>
#include <QMenu>
#include <QStatusBar>

#include <cstdlib>

using namespace heddle;
using namespace heddle::app;

class TestArrangingByKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void thePartsOfAPanelAreResizedByTheArrows()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_3, Qt::AltModifier);
        const QWidget& actors = keys->docks().inspector().actors();
        const int height = actors.height();
        const int panel = keys->docks()[Panel::Inspector].height();
        keys.press(Qt::Key_F8, Qt::ControlModifier);
        QVERIFY(keys->statusBar()->currentMessage().contains(QStringLiteral("Inspector")));
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Down);
        QTRY_VERIFY(actors.height() > height + 40);
        QCOMPARE(keys->docks()[Panel::Inspector].height(), panel);
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Up);
        QTRY_VERIFY(std::abs(actors.height() - height) <= 2);
        keys.press(Qt::Key_Return);
        QVERIFY(keys->statusBar()->currentMessage().isEmpty());
        keys.press(Qt::Key_Down); // it is the table's again
        QVERIFY(std::abs(actors.height() - height) <= 2);
    }

    void aPanelIsResizedByTheArrows()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_2, Qt::AltModifier);
        const QDockWidget& library = keys->docks()[Panel::Library];
        const int width = library.width();
        keys.press(Qt::Key_F8, Qt::ControlModifier);
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Right);
        QTRY_VERIFY(library.width() > width + 40);
        keys.press(Qt::Key_Escape);
        QVERIFY(keys.hasFocusIn(library)); // it ended that, and nothing else
        keys->resize(1280, 1000); // so that the others have room to give
        keys.press(Qt::Key_6, Qt::AltModifier);
        const QDockWidget& charts = keys->docks()[Panel::Charts];
        const QDockWidget& timeline = keys->docks()[Panel::Timeline];
        const int height = charts.height();
        const int above = timeline.height();
        keys.press(Qt::Key_F8, Qt::ControlModifier);
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Down);
        QTRY_VERIFY(charts.height() > height + 60);
        QVERIFY(std::abs(timeline.height() - above) <= 2); // the text had room to give
        for (int i = 0; i < 30; ++i)
            keys.press(Qt::Key_Down);
        QTRY_VERIFY(timeline.height() < above); // it has none any more
        keys.press(Qt::Key_Tab);
        QVERIFY(keys->statusBar()->currentMessage().isEmpty()); // another key ends it, too
    }

    void theTextIsResizedByTheArrowsAndKeepsItsCaret()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_1, Qt::AltModifier);
        const int width = keys->editor().width();
        const int line = keys->editor().caretLine();
        keys.press(Qt::Key_F8, Qt::ControlModifier);
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Right);
        QTRY_VERIFY(keys->editor().width() > width + 40);
        keys.press(Qt::Key_Down);
        QCOMPARE(keys->editor().caretLine(), line);
        keys.press(Qt::Key_Return);
        keys.press(Qt::Key_Down);
        QCOMPARE(keys->editor().caretLine(), line + 1);
    }

    void whatIsResizedHasAFrame()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_3, Qt::AltModifier);
        const QImage before = keys->grab().toImage();
        keys.press(Qt::Key_F8, Qt::ControlModifier);
        const QWidget* part = keys->docks().inspector().actors().parentWidget();
        const QPoint corner = part->mapTo(&*keys, QPoint(1, part->height() / 2));
        const QColor accent = widgets::themeColours(widgets::schemeOf(keys->palette())).accent;
        QCOMPARE(keys->grab().toImage().pixelColor(corner), accent);
        QVERIFY(before.pixelColor(corner) != accent);
        keys.press(Qt::Key_Escape);
        QVERIFY(keys->grab().toImage().pixelColor(corner) != accent);
    }

    void aPanelIsMovedToAnotherEdge_data()
    {
        QTest::addColumn<Qt::Key>("letter");
        QTest::addColumn<Qt::DockWidgetArea>("edge");
        QTest::newRow("left") << Qt::Key_L << Qt::LeftDockWidgetArea;
        QTest::newRow("right") << Qt::Key_R << Qt::RightDockWidgetArea;
        QTest::newRow("top") << Qt::Key_E << Qt::TopDockWidgetArea;
        QTest::newRow("bottom") << Qt::Key_B << Qt::BottomDockWidgetArea;
    }
    void aPanelIsMovedToAnotherEdge()
    {
        QFETCH(Qt::Key, letter);
        QFETCH(Qt::DockWidgetArea, edge);
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_7, Qt::AltModifier);
        pressInWhatComesUp(letter);
        keys.press(Qt::Key_F7, Qt::ControlModifier);
        QDockWidget& output = keys->docks()[Panel::Output];
        QTRY_COMPARE(keys->dockWidgetArea(&output),
            edge); // and it is alone there but for what was there
        QTRY_VERIFY(keys.hasFocusIn(output));
        QVERIFY(output.width() > 100 && output.height() > 80);
        const QByteArray state = keys->saveState();
        keys->actions()[Command::ResetLayout].trigger();
        QCOMPARE(keys->dockWidgetArea(&output), Qt::BottomDockWidgetArea);
        keys->restoreState(state);
        QCOMPARE(keys->dockWidgetArea(&output), edge);
    }

    void aPanelBecomesATabOfAnother()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_5, Qt::AltModifier);
        QMenu& menu = keys->actions().menu(MenuName::MovePanel);
        QMenu* tabs = menu.actions().constLast()->menu();
        emit tabs->aboutToShow();
        for (QAction* target : tabs->actions())
            if (target->text() == QStringLiteral("Inspector"))
                target->trigger();
        QVERIFY(keys->tabifiedDockWidgets(&keys->docks()[Panel::Timeline])
                    .contains(&keys->docks()[Panel::Inspector]));
        QTRY_VERIFY(keys.hasFocusIn(keys->docks()[Panel::Timeline]));
    }

    void theTextDoesNotMoveAndThatIsSaid()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::AltModifier);
        keys.press(Qt::Key_F7, Qt::ControlModifier);
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QVERIFY(keys->statusBar()->currentMessage().contains(QStringLiteral("middle")));
    }
};

QTEST_MAIN(TestArrangingByKeyboard)
#include "tst_arranging_by_keyboard.moc"
