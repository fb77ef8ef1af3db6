// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/parser.h"
#include "engine/model/program/printer.h"
#include "tests/engine/program/program_texts.h"

#include <QTest>

using namespace heddle;

namespace {

/// What a program means: its nodes and their words, without blanks and comments.
void describe(const SyntaxTree& tree, NodeIndex index, std::string& shape)
{
    const Node& node = tree.node(index);
    shape += std::to_string(static_cast<int>(node.rule)) + "/"
        + std::to_string(static_cast<int>(node.field));
    if (node.children.empty() && node.rule != Rule::Broken)
        shape += " " + std::string(tree.sourceText(index));
    shape += "(";
    for (const NodeIndex child : node.children)
        describe(tree, child, shape);
    shape += ")\n";
}

std::string shapeOf(const std::string& text)
{
    const ParsedProgram parsed = parseProgram(text);
    std::string shape;
    describe(*parsed.tree, parsed.tree->root(), shape);
    return shape;
}

std::string formatted(const std::string& text)
{
    return formatProgram(*parseProgram(text).tree);
}

std::string commentsOf(const std::string& text)
{
    std::string comments;
    const ParsedProgram parsed = parseProgram(text);
    for (std::uint32_t token = 0; token < parsed.tree->tokens().size(); ++token) {
        std::string_view comment = parsed.tree->tokenText(token);
        if (parsed.tree->tokens()[token].kind != TokenKind::Comment)
            continue;
        comment = comment.substr(0, comment.find_last_not_of(" \t\r") + 1);
        comments.append(comment).append("\n");
    }
    return comments;
}

} // namespace

class TestPrinter : public QObject
{
    Q_OBJECT

private slots:
    void printingIsLossless();
    void formattingIsCanonical_data();
    void formattingIsCanonical();
    void formattingKeepsMeaningAndComments();
    void formattingTwiceIsFormattingOnce();
};

void TestPrinter::printingIsLossless()
{
    std::mt19937 random(2); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
    for (int turn = 0; turn < 120; ++turn) {
        for (const std::string_view program : tests::kPrograms) {
            const std::string text = tests::mutatedText(std::string(program), random);
            QCOMPARE(printProgram(*parseProgram(text).tree), text);
        }
        const std::string bytes = tests::randomBytes(static_cast<unsigned>(turn) % 300U, random);
        QCOMPARE(printProgram(*parseProgram(bytes).tree), bytes);
    }
}

void TestPrinter::formattingIsCanonical_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    const auto row = [](const char* name, const char* text, const char* canonical) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(canonical);
    };
    row("blanks between words", "shared   x=1+ 2*-3", "shared x = 1 + 2 * -3\n");
    row("calls and elements", "const x = f ( a [ 1 ] , [ 2 ] ) [ 0 ]",
        "const x = f(a[1], [2])[0]\n");
    row("declarations", "mutex a ,b [ 3 ]\nbarrier g (2)", "mutex a, b[3]\nbarrier g(2)\n");
    row("ranges", "shared x :int 0 .. N-1=0", "shared x: int 0..N-1 = 0\n");
    row("tables and sets", "const t={ 'a' : 1 }\nexpect final x in { 1 , 2 .. 3 }",
        "const t = {'a': 1}\nexpect final x in {1, 2..3}\n");
    row("indentation", "main:\n  if x :\n   yield\n  pass",
        "main:\n    if x:\n        yield\n    pass\n");
    row("blank lines", "\n\nmutex a\n\n\n\nmutex b\n\n", "mutex a\n\nmutex b\n");
    row("comments", "main:\n  # in\n  pass# at\n  # still in\n# out\nmutex m  #x  ",
        "main:\n    # in\n    pass  # at\n    # still in\n# out\nmutex m  #x\n");
    row("a text stays", "main:\n  say \"a {  x+1 }  b\"", "main:\n    say \"a {  x+1 }  b\"\n");
    row("lines in brackets", "const x = [1,\n2 ,  # two\n3]",
        "const x = [1,\n    2,  # two\n    3]\n");
    row("what cannot be read stays", "main:\n lok   m\n pass", "main:\n    lok   m\n    pass\n");
    row("CRLF and tabs", "main:\r\n\tpass\r\n", "main:\n    pass\n");
}

void TestPrinter::formattingIsCanonical()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);

    QCOMPARE(QByteArray::fromStdString(formatted(text.toStdString())), canonical);
}

void TestPrinter::formattingKeepsMeaningAndComments()
{
    for (const std::string_view program : tests::kPrograms) {
        const std::string text(program);
        QVERIFY(parseProgram(text).diagnostics.empty());
        QCOMPARE(QByteArray::fromStdString(shapeOf(formatted(text))),
            QByteArray::fromStdString(shapeOf(text)));
        QCOMPARE(commentsOf(formatted(text)), commentsOf(text));
    }
}

void TestPrinter::formattingTwiceIsFormattingOnce()
{
    std::mt19937 random(3); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
    for (int turn = 0; turn < 120; ++turn) {
        for (const std::string_view program : tests::kPrograms) {
            const std::string text = tests::mutatedText(std::string(program), random);
            const std::string once = formatted(text);
            QCOMPARE(QByteArray::fromStdString(formatted(once)), QByteArray::fromStdString(once));
            QCOMPARE(
                QByteArray::fromStdString(shapeOf(once)), QByteArray::fromStdString(shapeOf(text)));
        }
    }
}

QTEST_APPLESS_MAIN(TestPrinter)
#include "tst_printer.moc"
