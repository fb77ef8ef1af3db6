// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/catalogue.h"
#include "engine/model/program/parser.h"
#include "widgets/editor/call_tip.h"
#include "widgets/editor/program_editor.h"
#include "widgets/editor/program_styles.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace heddle;
using namespace heddle::widgets;

namespace {

const QString kText =
    QStringLiteral("# two locks\nmutex a\nthread worker[i in 1..2]:\n    lock a\n    unlock a\n");

Diagnostic problemAt(const QString& text, const QString& word, const std::string& message)
{
    Diagnostic problem;
    problem.message = message;
    problem.offset = static_cast<std::uint32_t>(text.indexOf(word));
    problem.length = static_cast<std::uint32_t>(word.size());
    problem.line = static_cast<std::uint32_t>(text.left(problem.offset).count(u'\n')) + 1;
    return problem;
}

TextStyle styleOf(const std::string& text, const std::string& word)
{
    const auto offset = text.find(word);
    for (const StyledSpan& span : styleProgram(*parseProgram(text).tree))
        if (offset >= span.offset && offset < span.offset + span.length)
            return span.style;
    return TextStyle::Plain;
}

bool hasUnderline(const ProgramEditor& editor, std::uint32_t offset)
{
    return editor.SendScintilla(QsciScintilla::SCI_INDICATORVALUEAT, 8UL, static_cast<long>(offset))
        != 0;
}

} // namespace

Q_DECLARE_METATYPE(heddle::widgets::TextStyle)

class TestEditor : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreStyledByTheCatalogue_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<TextStyle>("style");
        QTest::newRow("comment") << QStringLiteral("# two") << TextStyle::Comment;
        QTest::newRow("primitive") << QStringLiteral("mutex") << TextStyle::Declaration;
        QTest::newRow("actor") << QStringLiteral("thread") << TextStyle::Declaration;
        QTest::newRow("statement") << QStringLiteral("lock a") << TextStyle::Statement;
        QTest::newRow("name") << QStringLiteral("worker") << TextStyle::Plain;
        QTest::newRow("number") << QStringLiteral("2]") << TextStyle::Number;
    }
    void wordsAreStyledByTheCatalogue()
    {
        QFETCH(QString, word);
        QFETCH(TextStyle, style);
        QCOMPARE(styleOf(kText.toStdString(), word.toStdString()), style);
    }

    void spansComeInOrderAndInsideTheText()
    {
        const std::string text = "thread ä[i in 1..2]:\n\tsay \"x {i} y\" 12qq $\n";
        std::uint32_t end = 0;
        for (const StyledSpan& span : styleProgram(*parseProgram(text).tree)) {
            QVERIFY(span.offset >= end);
            end = span.offset + span.length;
        }
        QVERIFY(end <= text.size());
    }

    void returnAfterAColonIndents()
    {
        ProgramEditor editor;
        editor.setText(QStringLiteral("main:"));
        editor.setCursorPosition(0, 5);
        editor.show();

        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, QStringLiteral("pass"));
        QTest::keyClick(&editor, Qt::Key_Escape);
        QTest::keyClick(&editor, Qt::Key_Return);

        QCOMPARE(editor.text(), QStringLiteral("main:\n    pass\n    "));
    }

    void tabInsertsBlanks()
    {
        ProgramEditor editor;
        editor.show();
        QTest::keyClick(&editor, Qt::Key_Tab);
        QCOMPARE(editor.text(), QStringLiteral("    "));
    }

    void problemsAreUnderlinedWhereTheyAre()
    {
        ProgramEditor editor;
        editor.setText(kText);
        const Diagnostic problem = problemAt(kText, QStringLiteral("unlock"), "why unlock?");
        editor.setProblems({problem});
        QVERIFY(hasUnderline(editor, problem.offset));
        QVERIFY(!hasUnderline(editor, problem.offset - 2));
        QCOMPARE(editor.annotation(4).trimmed(), QStringLiteral("why unlock?"));

        editor.setProblems({});
        QVERIFY(!hasUnderline(editor, problem.offset));
        QVERIFY(editor.annotation(4).isEmpty());
    }

    void theMessageBelowALineWaitsUntilTheCaretHasLeft()
    {
        ProgramEditor editor;
        editor.setText(kText);
        editor.setCursorPosition(4, 0);
        QSignalSpy messages(&editor, &ProgramEditor::messageChanged);
        editor.setProblems({problemAt(kText, QStringLiteral("unlock"), "why unlock?")});
        QVERIFY(editor.annotation(4).isEmpty());
        QCOMPARE(messages.last()[0].toString(), QStringLiteral("why unlock?"));

        editor.show(); // the caret's news come with the painting
        editor.setCursorPosition(0, 0);
        QTRY_COMPARE(editor.annotation(4).trimmed(), QStringLiteral("why unlock?"));
        QCOMPARE(messages.last()[0].toString(), QString());
    }

    void aFixReplacesItsWordsAndCanBeUndone()
    {
        ProgramEditor editor;
        editor.setText(kText);
        Diagnostic problem = problemAt(kText, QStringLiteral("unlock"), "no");
        problem.fixes.push_back({.title = "Use release",
            .offset = problem.offset,
            .length = problem.length,
            .replacement = "release"});
        editor.setProblems({problem});
        editor.setCursorPosition(4, 6);

        editor.applyFixHere();
        QVERIFY(editor.text().contains(QStringLiteral("    release a")));
        editor.undo();
        QCOMPARE(editor.text(), kText);
    }

    void severalFixesAreAskedFor()
    {
        ProgramEditor editor;
        editor.setText(kText);
        editor.show();
        Diagnostic problem = problemAt(kText, QStringLiteral("unlock"), "no");
        for (const char* word : {"release", "notify"})
            problem.fixes.push_back({.title = word,
                .offset = problem.offset,
                .length = problem.length,
                .replacement = word});
        editor.setProblems({problem});
        editor.setCursorPosition(4, 6);

        editor.applyFixHere();
        auto* menu = editor.findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        menu->actions().constLast()->trigger();

        QVERIFY(editor.text().contains(QStringLiteral("    notify a")));
    }

    void commentsGoOnAndOff()
    {
        ProgramEditor editor;
        editor.setText(kText);
        editor.setSelection(3, 0, 5, 0);
        editor.toggleComment();
        QVERIFY(editor.text().contains(QStringLiteral("    # lock a\n    # unlock a\n")));
        editor.setSelection(3, 0, 5, 0);
        editor.toggleComment();
        QCOMPARE(editor.text(), kText);
    }

    void everyActorIsMarkedAtItsLine()
    {
        ProgramEditor editor;
        editor.setText(kText);
        editor.setActorPositions(
            {{QStringLiteral("worker[1]"), 4, 0}, {QStringLiteral("worker[2]"), 4, 1}});
        QCOMPARE(editor.actorMarks().actorsIn(3), QStringLiteral("worker[1], worker[2]"));
        QVERIFY(editor.marginWidth(ActorMarks::kMargin) > 0);
        QCOMPARE(actorNumber({QStringLiteral("worker[12]"), 4, 0}), 12);
        QCOMPARE(actorNumber({QStringLiteral("main"), 4, 3}), 3);

        editor.setActorPositions({});
        QCOMPARE(editor.marginWidth(ActorMarks::kMargin), 0);
    }

    void whatFitsTheVerbIsOfferedFirst()
    {
        ProgramEditor editor;
        editor.setText(QStringLiteral("queue zinnia\nmutex zucchini\nmain:\n    lock "));
        editor.setCursorPosition(3, 9);
        editor.show();

        QTest::keyClick(&editor, Qt::Key_Z);
        editor.complete();
        QVERIFY(editor.isListActive());
        QTest::keyClick(&editor, Qt::Key_Return);

        QCOMPARE(editor.text(3), QStringLiteral("    lock zucchini"));
    }

    void typingOffersWordsAndReturnTakesOne()
    {
        ProgramEditor editor;
        editor.setText(QStringLiteral("main:\n    "));
        editor.setCursorPosition(1, 4);
        editor.show();

        QTest::keyClicks(&editor, QStringLiteral("forev"));
        QVERIFY(editor.isListActive());
        QTest::keyClick(&editor, Qt::Key_Return);

        QCOMPARE(editor.text(1), QStringLiteral("    forever"));
    }

    void callTipsShowTheForm()
    {
        QVERIFY(callTipFor(QStringLiteral("    lock ")).startsWith(QStringLiteral("lock")));
        QVERIFY(callTipFor(QStringLiteral("    nonsense ")).isEmpty());
    }

    void noCallTipIsWiderThanAWindow()
    {
        for (const StatementRow& row : statementRows())
            for (const QString& line :
                callTipFor(QString::fromStdString(std::string(row.word)) + u' ').split(u'\n'))
                QVERIFY2(line.size() <= kCallTipColumns, qPrintable(line));
        const QString tip = callTipFor(QStringLiteral("start "));
        QVERIFY2(
            tip.simplified().contains(QStringLiteral("[new group] [before DEF]")), qPrintable(tip));
    }
};

QTEST_MAIN(TestEditor)
#include "tst_editor.moc"
