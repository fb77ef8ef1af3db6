// SPDX-License-Identifier: GPL-3.0-only
// The panes of the window without a mouse.
#include "tests/app/keyboard_only.h"
#include "widgets/events/events_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/verdict_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QDockWidget>
#include <QLineEdit>
#include <QTableView>

using namespace heddle;
using namespace heddle::app;

class TestPanesByKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void controlTabGoesRoundThePanesAndOutOfTheText_data() { addLayouts(); }
    void controlTabGoesRoundThePanesAndOutOfTheText()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.show(layout);
        keys.press(Qt::Key_1, Qt::AltModifier);
        const int begin = keys.paneOf(QApplication::focusWidget());
        std::vector<int> seen{begin};
        keys.press(Qt::Key_Tab, Qt::ControlModifier);
        while (keys.paneOf(QApplication::focusWidget()) != begin && seen.size() < 20) {
            seen.push_back(keys.paneOf(QApplication::focusWidget()));
            keys.press(Qt::Key_Tab, Qt::ControlModifier);
        }
        QVERIFY(seen.size() >= 4);
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
        for (std::size_t i = seen.size(); i-- > 1;) {
            keys.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(keys.paneOf(QApplication::focusWidget()), seen[i]);
        }
    }

    void theEventOfTheTimelineIsReadInItsTableAndBack()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!keys->docks().verdict().headline().isEmpty(), kPatience);
        keys.press(Qt::Key_5, Qt::AltModifier);
        for (const Qt::Key key :
            {Qt::Key_Home, Qt::Key_Down, Qt::Key_Down, Qt::Key_Period, Qt::Key_T})
            keys.press(key);
        widgets::EventsPanel& events = keys->docks().events();
        QTRY_COMPARE(QApplication::focusWidget(), &events.table());
        const auto& scene = keys->docks().timeline().canvas().view().scene();
        QVERIFY(scene.selected.has_value());
        const auto isSame = [&] {
            const QModelIndex current = events.table().currentIndex();
            return current.isValid()
                && events.model().eventAt(current.row()).begin() == scene.selected->slice.begin;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSame(), kPatience);
        const std::int64_t before = scene.selected->slice.begin;
        keys.press(Qt::Key_Down);
        keys.press(Qt::Key_Down);
        QVERIFY(isSame());
        QVERIFY(scene.selected->slice.begin > before);
    }

    void altAndADigitGoToAPanel_data()
    {
        QTest::addColumn<Qt::Key>("digit");
        QTest::addColumn<int>("panel");
        const auto row = [](const char* name, Qt::Key digit, Panel panel) {
            QTest::newRow(name) << digit << static_cast<int>(panel);
        };
        row("library", Qt::Key_2, Panel::Library);
        row("inspector", Qt::Key_3, Panel::Inspector);
        row("explorer", Qt::Key_4, Panel::Explorer);
        row("timeline", Qt::Key_5, Panel::Timeline);
        row("charts", Qt::Key_6, Panel::Charts);
        row("output", Qt::Key_7, Panel::Output);
        row("problems", Qt::Key_8, Panel::Problems);
        row("verdict", Qt::Key_9, Panel::Verdict);
        row("statistics", Qt::Key_0, Panel::Statistics);
        row("events", Qt::Key_E, Panel::Events);
    }
    void altAndADigitGoToAPanel()
    {
        QFETCH(Qt::Key, digit);
        QFETCH(int, panel);
        KeyboardOnly keys;
        QDockWidget& dock = keys->docks()[static_cast<Panel>(panel)];
        dock.hide();
        keys.press(
            digit, digit == Qt::Key_E ? Qt::ControlModifier | Qt::ShiftModifier : Qt::AltModifier);
        QTRY_VERIFY(keys.hasFocusIn(dock));
        keys.press(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
    }

    void aPaneIsComeBackToWhereItWasLeft()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_7, Qt::AltModifier);
        auto* search = keys->docks().output().findChild<QLineEdit*>();
        search->setFocus();
        keys.press(Qt::Key_1, Qt::AltModifier);
        keys.press(Qt::Key_7, Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), search);
    }

    void aPanelIsMadeLargerAndSmaller()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_1, Qt::ControlModifier);
        keys.press(Qt::Key_5, Qt::AltModifier);
        const QDockWidget& timeline = keys->docks()[Panel::Timeline];
        const int before = timeline.height();
        keys.press(Qt::Key_Equal, Qt::AltModifier);
        QTRY_VERIFY(timeline.height() > before);
        keys.press(Qt::Key_Minus, Qt::AltModifier);
        QTRY_VERIFY(timeline.height() <= before + 2);
        keys.press(Qt::Key_1, Qt::AltModifier);
        const int text = keys->editor().height();
        keys.press(Qt::Key_Equal, Qt::AltModifier);
        QTRY_VERIFY(keys->editor().height() > text);
    }

    void aPanelIsClosedAndTheTextHasTheFocus()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_7, Qt::AltModifier);
        keys->actions()[Command::ClosePane].trigger();
        QVERIFY(!keys->docks()[Panel::Output].isVisible());
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
        keys->actions()[Command::ClosePane].trigger(); // the text is no panel
        QVERIFY(keys->editor().isVisible());
    }

    void aPanelGoesIntoAWindowOfItsOwnAndBack()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_7, Qt::AltModifier);
        QDockWidget& output = keys->docks()[Panel::Output];
        keys->actions()[Command::FloatPane].trigger();
        QVERIFY(output.isFloating());
        QTRY_VERIFY(keys.hasFocusIn(output));
        keys->actions()[Command::FloatPane].trigger();
        QVERIFY(!output.isFloating());
    }
};

QTEST_MAIN(TestPanesByKeyboard)
#include "tst_panes_by_keyboard.moc"
