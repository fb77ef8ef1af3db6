// SPDX-License-Identifier: GPL-3.0-only
// The window without a mouse. Keys go to the window as the system would send them, not to a widget.
#include "app/deadlock_banner.h"
#include "app/language_page.h"
#include "app/panes.h"
#include "tests/app/window_fixture.h"
#include "widgets/editor/program_editor.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/table_panel.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>
#include <QWindow>

#include <algorithm>

using namespace heddle;
using namespace heddle::app;

namespace {

constexpr int kPatience = 20'000; // milliseconds; a loaded machine is slow
constexpr int kMostStops = 200;

class KeyboardOnly
{
public:
    explicit KeyboardOnly(const QString& program = QStringLiteral("locks/lost_update"))
    {
        m_window->openFirst(program);
    }
    MainWindow* operator->() { return &*m_window; }
    MainWindow& operator*() { return *m_window; }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_window->windowHandle(), key, modifiers);
        QCoreApplication::processEvents();
    }

    /// Everything that Tab comes to until the text, where it indents, or until it has come round.
    std::vector<QWidget*> walk(Qt::Key key)
    {
        std::vector<QWidget*> seen;
        for (int i = 0; i < kMostStops; ++i) {
            QWidget* focus = QApplication::focusWidget();
            if (!seen.empty() && focus == seen.front())
                return seen;
            seen.push_back(focus);
            if (focus == &m_window->editor())
                press(Qt::Key_Tab, // the way out
                    Qt::ControlModifier
                        | (key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier));
            else
                press(key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        }
        qWarning("Tab never comes round");
        return seen;
    }

    /// Its place among the panes from the eye's start, -1: in none.
    int paneOf(const QWidget* widget)
    {
        const std::vector<QWidget*> panes = m_window->panes().shown();
        for (std::size_t i = 0; i < panes.size(); ++i)
            if (panes[i] == widget || panes[i]->isAncestorOf(widget))
                return static_cast<int>(i);
        return -1;
    }

    QRect placeOf(const QWidget* widget)
    {
        return {widget->mapTo(&*m_window, QPoint(0, 0)), widget->size()};
    }

    bool hasFocusIn(const QWidget& pane)
    {
        const QWidget* focus = QApplication::focusWidget();
        return focus != nullptr && (focus == &pane || pane.isAncestorOf(focus));
    }

private:
    WindowFixture m_window;
};

QString nameOf(const QWidget* widget)
{
    QAccessibleInterface* face =
        QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    return face == nullptr ? QString() : face->text(QAccessible::Name);
}

/// For messages: what it is, where it stands.
QByteArray wordsFor(const QWidget* widget)
{
    QString words = QString::fromLatin1(widget->metaObject()->className());
    for (const QWidget* up = widget; up != nullptr; up = up->parentWidget())
        if (!up->objectName().isEmpty())
            words += QStringLiteral(" in ") + up->objectName();
    return words.toUtf8();
}

/// The letter behind the & of a text, small; null if it has none.
QChar mnemonicOf(QString text)
{
    text.replace(QStringLiteral("&&"), QString());
    const qsizetype mark = text.indexOf(u'&');
    return mark < 0 || mark + 1 >= text.size() ? QChar() : text[mark + 1].toLower();
}

QString doubledMnemonics(const QStringList& texts)
{
    QMap<QChar, QString> taken;
    for (const QString& text : texts) {
        const QChar letter = mnemonicOf(text);
        if (letter.isNull())
            continue;
        if (taken.contains(letter))
            return QStringLiteral("“%1” and “%2”").arg(taken[letter], text);
        taken[letter] = text;
    }
    return {};
}

/// Presses a key in the menu or dialog that comes up, whenever it does.
void pressInWhatComesUp(Qt::Key key)
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, key] {
        QWidget* popup = QApplication::activePopupWidget();
        if (QWidget* up = popup != nullptr ? popup : QApplication::activeModalWidget()) {
            timer->deleteLater();
            QTest::keyClick(up, key);
        }
    });
    timer->start(10);
}

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void theWindowBeginsInTheText()
    {
        KeyboardOnly keys;
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
    }

    void tabFollowsTheEye_data() { layouts(); }
    void tabFollowsTheEye()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.press(layout, Qt::ControlModifier);
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

    void tabReachesAllThatTakesTheFocus_data() { layouts(); }
    void tabReachesAllThatTakesTheFocus()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.press(layout, Qt::ControlModifier);
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

    void controlTabGoesRoundThePanesAndOutOfTheText_data() { layouts(); }
    void controlTabGoesRoundThePanesAndOutOfTheText()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.press(layout, Qt::ControlModifier);
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
    }
    void altAndADigitGoToAPanel()
    {
        QFETCH(Qt::Key, digit);
        QFETCH(int, panel);
        KeyboardOnly keys;
        QDockWidget& dock = keys->docks()[static_cast<Panel>(panel)];
        dock.hide();
        keys.press(digit, Qt::AltModifier);
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

    void whateverTakesTheFocusHasAName_data() { layouts(); }
    void whateverTakesTheFocusHasAName()
    {
        QFETCH(Qt::Key, layout);
        KeyboardOnly keys;
        keys.press(layout, Qt::ControlModifier);
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
        keys.press(layout, Qt::ControlModifier);
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

    void noTwoCommandsShareAKey()
    {
        KeyboardOnly keys;
        QMap<QString, QString> taken;
        for (const QAction* action : keys->actions().all())
            for (const QKeySequence& sequence : action->shortcuts()) {
                const QString key = sequence.toString();
                QVERIFY2(!taken.contains(key),
                    qPrintable(key + QStringLiteral(": ") + taken.value(key) + QStringLiteral(", ")
                        + action->text()));
                taken[key] = action->text();
            }
    }

    void noTwoMarkedLettersClash_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << QStringLiteral("en");
        for (const QString& code : Languages::available())
            if (code != QStringLiteral("en"))
                QTest::newRow(qPrintable(code)) << code;
    }
    void noTwoMarkedLettersClash()
    {
        QFETCH(QString, language);
        KeyboardOnly keys;
        const Languages languages(language);
        QCoreApplication::processEvents();
        QStringList inWindow;
        for (const QAction* action : keys->menuBar()->actions())
            inWindow.append(action->text());
        for (const QAbstractButton* button : keys->findChildren<QAbstractButton*>())
            if (button->metaObject()->className() != QByteArray("QToolButton"))
                inWindow.append(button->text());
        QVERIFY2(doubledMnemonics(inWindow).isEmpty(), qPrintable(doubledMnemonics(inWindow)));
        for (QMenu* menu : keys->menuBar()->findChildren<QMenu*>()) {
            emit menu->aboutToShow();
            QStringList texts;
            for (const QAction* action : menu->actions())
                texts.append(action->text());
            QVERIFY2(doubledMnemonics(texts).isEmpty(), qPrintable(doubledMnemonics(texts)));
        }
    }

    void dialogsCloseWithEscapeAndGiveTheFocusBack()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_7, Qt::AltModifier);
        QWidget* before = QApplication::focusWidget();
        for (const auto& [key, modifiers] : {std::pair(Qt::Key_F1, Qt::KeyboardModifiers()),
                 std::pair(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier)}) {
            keys.press(key, modifiers);
            QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
            QTest::keyClick(QApplication::activeModalWidget()->windowHandle(), Qt::Key_Escape);
            QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
            keys->activateWindow();
            QTRY_COMPARE(QApplication::focusWidget(), before);
        }
    }

    void thePageOfTheLanguageIsReadAndLeft()
    {
        KeyboardOnly keys;
        keys.press(Qt::Key_F1, Qt::ShiftModifier);
        QPointer<LanguagePage> page = keys->findChild<LanguagePage*>();
        QVERIFY(page != nullptr);
        QTRY_VERIFY(page->isActiveWindow());
        const QScrollBar* bar = page->findChild<QTextBrowser*>()->verticalScrollBar();
        QTest::keyClick(page->windowHandle(), Qt::Key_PageDown);
        QTRY_VERIFY(bar->value() > 0);
        QTest::keyClick(page->windowHandle(), Qt::Key_Escape);
        QTRY_VERIFY(page == nullptr);
        keys->activateWindow();
        QTRY_COMPARE(QApplication::focusWidget(), &keys->editor());
    }

    void escapeKeepsWhatIsNotSaved()
    {
        KeyboardOnly keys;
        keys->editor().replaceText(QStringLiteral("main:\n    pass\n"));
        pressInWhatComesUp(Qt::Key_Escape);
        keys.press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(keys->editor().text(), QStringLiteral("main:\n    pass\n"));
        QVERIFY(keys->editor().isModified());
    }

    void aProgramOfTheLibraryIsFoundAndOpened()
    {
        KeyboardOnly keys(QStringLiteral("locks/dining_philosophers"));
        keys.press(Qt::Key_2, Qt::AltModifier);
        for (const Qt::Key key : {Qt::Key_L, Qt::Key_O, Qt::Key_S, Qt::Key_T})
            keys.press(key);
        keys.press(Qt::Key_Down);
        keys.press(Qt::Key_Down);
        keys.press(Qt::Key_Return);
        QVERIFY(!keys->windowTitle().contains(QStringLiteral("philosophers")));
        keys.press(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), &keys->editor());
    }

    void anActorOfARunIsKilled()
    {
        KeyboardOnly keys;
        keys->editor().replaceText(QStringLiteral("process victim:\n    forever:\n        pause\n"
                                                  "main:\n    spawn victim\n    join victim\n"
                                                  "    say \"left with {exit_of(victim)}\"\n"));
        keys.press(Qt::Key_F5);
        auto& actors = keys->docks().inspector().actors();
        QTRY_VERIFY_WITH_TIMEOUT(actors.rows().rowCount() >= 2, kPatience);
        keys.press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(actors.table().hasFocus());
        for (int i = 0; i < 2
             && actors.table().currentIndex().siblingAtColumn(0).data().toString()
                 != QStringLiteral("victim");
             ++i)
            keys.press(Qt::Key_Down);

        pressInWhatComesUp(Qt::Key_K);
        keys.press(Qt::Key_F10, Qt::ShiftModifier);

        QTRY_VERIFY_WITH_TIMEOUT(!keys->runs().isRunning(), kPatience);
        QCOMPARE(keys->docks().output().shownLineCount(), 1);
    }

    void aDeadlockIsExplained()
    {
        KeyboardOnly keys(QStringLiteral("locks/dining_philosophers"));
        keys.press(Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(keys->banner().isVisible(), kPatience);
        keys.press(Qt::Key_A, Qt::AltModifier);
        QTRY_VERIFY(keys->trace().range().hasCursor()); // the button goes down and up first
        QVERIFY(keys.hasFocusIn(keys->docks()[Panel::Inspector]));
        keys.press(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!keys->runs().isRunning(), kPatience);
    }

private:
    static void layouts()
    {
        QTest::addColumn<Qt::Key>("layout");
        QTest::newRow("compose") << Qt::Key_1;
        QTest::newRow("watch") << Qt::Key_2;
        QTest::newRow("explore") << Qt::Key_3;
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
