// SPDX-License-Identifier: GPL-3.0-only
// The commands and dialogs of the window without a mouse.
#include "app/deadlock_banner.h"
#include "app/language_page.h"
#include "tests/app/keyboard_only.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/library/library_panel.h"
#include "widgets/tables/output_panel.h"
#include "widgets/tables/table_panel.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QScrollBar>
#include <QTableView>
#include <QTextBrowser>
#include <QWindow>

using namespace heddle;
using namespace heddle::app;

namespace {

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

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
