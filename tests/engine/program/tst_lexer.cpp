// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/lexer.h"
#include "tests/engine/program/program_texts.h"

#include <QTest>

using namespace heddle;

namespace {

const char* nameOf(TokenKind kind)
{
    static constexpr std::array kNames = {"name", "int", "dur", "size", "sig", "text", "", "NL",
        " ", "comment", "IN", "OUT", "unknown", "END"};
    return kNames[static_cast<std::size_t>(kind)];
}

/// Tokens that mean something, as "kind:text", in one line.
QString tokensOf(std::string_view text)
{
    QStringList words;
    for (const Token& token : lexProgram(text).tokens) {
        if (isTrivia(token, text) || token.kind == TokenKind::End)
            continue;
        const std::string_view piece = text.substr(token.offset, token.length);
        const QString name = QString::fromLatin1(nameOf(token.kind));
        const bool isNamed = token.kind == TokenKind::NewLine || token.kind == TokenKind::Indent
            || token.kind == TokenKind::Dedent;
        const QString shown = QString::fromUtf8(piece.data(), static_cast<qsizetype>(piece.size()));
        words.append(isNamed ? name : name.isEmpty() ? shown : name + u':' + shown);
    }
    return words.join(u' ');
}

std::string joined(std::string_view text, const LexedText& lexed)
{
    std::string all;
    for (const Token& token : lexed.tokens)
        all += text.substr(token.offset, token.length);
    return all;
}

} // namespace

class TestLexer : public QObject
{
    Q_OBJECT

private slots:
    void textsBecomeTokens_data();
    void textsBecomeTokens();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void joinedTokensAreTheText();
    void columnsCountCharacters();
    void allTabsAreOneMessageWithTwoFixes();
    void aTextBeyondTheLimitIsNotRead();
};

void TestLexer::textsBecomeTokens_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("tokens");
    const auto row = [](const char* name, const char* text, const char* tokens) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(tokens);
    };
    row("nothing", "", "");
    row("only a comment", "# hi", "");
    row("a line without end", "yield", "name:yield NL");
    row("range, not a point", "1..5", "int:1 .. int:5 NL");
    row("numbers", "0x1F 1_000 12", "int:0x1F int:1_000 int:12 NL");
    row("units", "5us 2s 3min 64B 4KiB", "dur:5us dur:2s dur:3min size:64B size:4KiB NL");
    row("signals", "SIGTERM SIG SIGn", "sig:SIGTERM name:SIG name:SIGn NL");
    row("symbols", "a<-b<=c==d+=1", "name:a <- name:b <= name:c == name:d += int:1 NL");
    row("a block", "a:\n  b\n\n# c\n  d\ne", "name:a : NL IN name:b NL name:d NL OUT name:e NL");
    row("two levels end", "a:\n  b:\n    c", "name:a : NL IN name:b : NL IN name:c NL OUT OUT");
    row("brackets continue", "f(1,\n2)\ng", "name:f ( int:1 , int:2 ) NL name:g NL");
    row("a forgotten bracket", "f(1\nlock m", "name:f ( int:1 NL name:lock name:m NL");
    row("CRLF", "a\r\n\r\nb\r\n", "name:a NL name:b NL");
    row("letters of any script", "größe_1 = 中", "name:größe_1 = name:中 NL");
    row("plain at the top", "x \"a {b}\"", "name:x text:\"a {b}\" NL");
    row("formatted in a block", "a:\n say \"x {b} y\"",
        "name:a : NL IN name:say text:\"x { name:b text:} y\" NL OUT");
    row("a text in a text", "a:\n say \"{t['}']}\"",
        "name:a : NL IN name:say text:\"{ name:t [ text:'}' ] text:}\" NL OUT");
    row("doubled braces", "a:\n say \"{{b}}\"", "name:a : NL IN name:say text:\"{{b}}\" NL OUT");
    row("a section is plain",
        "a:\n section \"{b}\":", "name:a : NL IN name:section text:\"{b}\" : NL OUT");
    row("a tab indents", "a:\n\tb", "name:a : NL IN name:b NL OUT");
}

void TestLexer::textsBecomeTokens()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, tokens);

    QCOMPARE(tokensOf(text.toStdString()), tokens);
}

void TestLexer::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("no end of a text") << QByteArray("say \"ab") << "E103 1:5+3";
    QTest::newRow("a sign") << QByteArray("x = 1 $ 2") << "E104 1:7+1";
    QTest::newRow("NUL") << QByteArray("x = \0 2", 7) << "E104 1:5+0";
    QTest::newRow("no UTF-8") << QByteArray("ä = \xC3(") << "E104 1:5+1";
    QTest::newRow("tab") << QByteArray("a:\n\tb") << "E112 2:1+1";
    QTest::newRow("between the blocks") << QByteArray("a:\n    b\n  c") << "E113 3:3+1";
    QTest::newRow("a point") << QByteArray("x = 1.5ms") << "E118 1:5+5";
    QTest::newRow("no unit") << QByteArray("sleep 5sec") << "E122 1:7+4";
    QTest::newRow("a brace alone") << QByteArray("a:\n say \"a {b\"") << "E121 2:6+6";
}

void TestLexer::mistakesAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);

    const LexedText lexed = lexProgram(text.toStdString());

    QCOMPARE(lexed.diagnostics.size(), 1U);
    const Diagnostic& first = lexed.diagnostics.front();
    QCOMPARE(QStringLiteral("%1 %2:%3+%4")
                 .arg(QString::fromStdString(first.code))
                 .arg(first.line)
                 .arg(first.column)
                 .arg(first.length),
        where);
}

void TestLexer::joinedTokensAreTheText()
{
    std::mt19937 random(1); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
    for (int turn = 0; turn < 600; ++turn) {
        const std::string text = tests::randomBytes(static_cast<unsigned>(turn) % 200U, random);
        const LexedText lexed = lexProgram(text);
        QCOMPARE(joined(text, lexed), text);
        QVERIFY(lexed.tokens.back().kind == TokenKind::End);
    }
}

void TestLexer::columnsCountCharacters()
{
    const std::string text = "ä = 中 + x";

    const LexedText lexed = lexProgram(text);

    const Token& last = lexed.tokens[lexed.tokens.size() - 3];
    QCOMPARE(text.substr(last.offset, last.length), std::string("x"));
    QCOMPARE(last.column, 9U);
    QCOMPARE(last.offset, 11U);
}

void TestLexer::allTabsAreOneMessageWithTwoFixes()
{
    const LexedText lexed = lexProgram("a:\n\tb\n\tc\t# d\n");

    QCOMPARE(lexed.diagnostics.size(), 1U);
    QCOMPARE(lexed.diagnostics[0].fixes.size(), 2U);
    QCOMPARE(lexed.diagnostics[0].fixes[0].replacement, std::string("    "));
    const Fix& all = lexed.diagnostics[0].fixes[1];
    QCOMPARE(all.replacement, std::string("a:\n    b\n    c    "));
    QCOMPARE(all.length, 9U);
}

void TestLexer::aTextBeyondTheLimitIsNotRead()
{
    const std::string text(10 * kMaximumProgramBytes, 'x');

    const LexedText lexed = lexProgram(text);

    QCOMPARE(lexed.tokens.size(), 3U); // the text, its line end, the end
    QCOMPARE(lexed.diagnostics.size(), 1U);
    QCOMPARE(lexed.diagnostics[0].code, std::string("E120"));
}

QTEST_APPLESS_MAIN(TestLexer)
#include "tst_lexer.moc"
