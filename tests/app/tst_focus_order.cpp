// SPDX-License-Identifier: GPL-3.0-only
// Where Tab leads in the window, and what is seen and said of what it comes to.
#include "tests/app/keyboard_only.h"

#include <QDockWidget>

#include <algorithm>

using namespace heddle;
using namespace heddle::app;

class TestFocusOrder : public QObject
{
    Q_OBJECT

private slots:
    void theWindowBeginsInTheText()
    {
        KeyboardOnly keys;
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
    }

    void tabFollowsTheEye_data() { addLayouts(); }
    void tabFollowsTheEye()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.show(layout);
        keys.press(Qt::Key_1, Qt::AltModifier);

        const std::vector<QWidget*> stops = keys.walk(Qt::Key_Tab);

        QVERIFY(stops.size() > 8);
        int wraps = 0;
        const QWidget* before = stops.front();
        for (const QWidget* stop : stops) {
            const int pane = keys.paneOf(stop);
            if (pane < 0)
                continue; // the tabs above a pane
            wraps += pane < keys.paneOf(before) ? 1 : 0;
            const QRect from = keys.placeOf(before);
            const QRect to = keys.placeOf(stop);
            if (pane == keys.paneOf(before))
                QVERIFY2(to.top() > from.top() - 12 || to.left() >= from.right() - 4,
                    QByteArray(wordsFor(before) + " comes before " + wordsFor(stop)));
            before = stop;
        }
        QVERIFY2(wraps <= 1, "the panes are gone over once, from the top");
    }

    void tabReachesAllThatTakesTheFocus_data() { addLayouts(); }
    void tabReachesAllThatTakesTheFocus()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.show(layout);
        keys.press(Qt::Key_1, Qt::AltModifier);
        std::vector<QWidget*> stops = keys.walk(Qt::Key_Tab);
        const std::vector<QWidget*> back = keys.walk(Qt::Key_Backtab);
        stops.insert(stops.end(), back.begin(), back.end());
        for (QWidget* pane : keys->panes().shown())
            for (QWidget* stop : keys->panes().stopsIn(*pane))
                QVERIFY2(
                    std::find(stops.begin(), stops.end(), stop) != stops.end(), wordsFor(stop));
    }

    void shiftTabGoesTheSameWayBack()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_5, Qt::AltModifier);
        QWidget* begin = QApplication::focusWidget();
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget() != begin);
        for (int i = 0; i < 3; ++i)
            keys.press(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), begin);
    }

    void whateverTakesTheFocusHasAName_data() { addLayouts(); }
    void whateverTakesTheFocusHasAName()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.show(layout);
        for (int panel = 0; panel < kPanelCount; ++panel) {
            QDockWidget& dock = keys->docks()[static_cast<Panel>(panel)];
            keys->docks().bringUp(static_cast<Panel>(panel));
            for (const QWidget* stop : keys->panes().stopsIn(dock))
                QVERIFY2(!nameOf(stop).isEmpty(), wordsFor(stop));
        }
        for (const QWidget* pane : keys->panes().shown())
            for (const QWidget* stop : keys->panes().stopsIn(*pane))
                QVERIFY2(!nameOf(stop).isEmpty(), wordsFor(stop));
    }

    void theFocusIsSeen_data()
    {
        QTest::addColumn<Qt::Key>("layout");
        QTest::addColumn<widgets::SchemeChoice>("scheme");
        for (const auto& [name, layout] :
            {std::pair("compose", Qt::Key_1), std::pair("explore", Qt::Key_3)}) {
            QTest::addRow("%s, light", name) << layout << widgets::SchemeChoice::Light;
            QTest::addRow("%s, dark", name) << layout << widgets::SchemeChoice::Dark;
        }
    }
    void theFocusIsSeen()
    {
        QFETCH(Qt::Key, layout);
        QFETCH(widgets::SchemeChoice, scheme);
        KeyboardOnly keys;
        keys->theme().setChoice(scheme);
        keys.show(layout);
        keys.press(Qt::Key_1, Qt::AltModifier);
        for (QWidget* stop : keys.walk(Qt::Key_Tab)) {
            if (stop == &keys->editor())
                continue; // its caret blinks
            stop->setFocus(Qt::TabFocusReason);
            const QImage with = stop->grab().toImage();
            keys->editor().setFocus(Qt::OtherFocusReason);
            QVERIFY2(stop->grab().toImage() != with, wordsFor(stop));
        }
    }
};

QTEST_MAIN(TestFocusOrder)
#include "tst_focus_order.moc"
