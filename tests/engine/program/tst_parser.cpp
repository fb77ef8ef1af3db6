// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/catalogue.h"
#include "engine/model/program/lexer.h"
#include "engine/model/program/parser.h"
#include "tests/engine/program/program_texts.h"

#include <QTest>

using namespace heddle;

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Leaves as their text, others as their children, each with the number of its field.
QString outline(const SyntaxTree& tree, NodeIndex index)
{
    const Node& node = tree.node(index);
    if (node.rule == Rule::TextPiece)
        return u'\'' + QString::fromStdString(node.text) + u'\'';
    if (node.children.empty())
        return toQString(tree.sourceText(index));
    QStringList parts;
    for (const NodeIndex child : node.children)
        parts.append(outline(tree, child));
    return u'(' + parts.join(u' ') + u')';
}

/// The value of `const x = …`.
QString outlineOfExpression(const QString& expression)
{
    const ParsedProgram parsed = parseProgram("main:\n    x = " + expression.toStdString());
    const NodeIndex main = parsed.tree->child(0, Field::Item);
    const NodeIndex body = parsed.tree->child(main, Field::Body);
    const NodeIndex assignment = parsed.tree->child(body, Field::Item);
    return outline(*parsed.tree, parsed.tree->child(assignment, Field::Value));
}

int count(const SyntaxTree& tree, Rule rule)
{
    int number = 0;
    for (std::size_t i = 0; i < tree.nodeCount(); ++i)
        number += tree.node(static_cast<NodeIndex>(i)).rule == rule ? 1 : 0;
    return number;
}

/// Every node lies inside of its parent, knows it, and holds tokens of the text.
bool isWellFormed(const SyntaxTree& tree)
{
    for (std::size_t i = 0; i < tree.nodeCount(); ++i) {
        const auto index = static_cast<NodeIndex>(i);
        const Node& node = tree.node(index);
        if (node.firstToken > node.endToken || node.endToken > tree.tokens().size())
            return false;
        if ((index == 0) != (node.parent == kNoNode))
            return false;
        for (const NodeIndex child : node.children) {
            const Node& inner = tree.node(child);
            if (inner.parent != index || inner.firstToken < node.firstToken
                || inner.endToken > node.endToken)
                return false;
        }
    }
    return true;
}

bool areSound(const ParsedProgram& parsed)
{
    const std::size_t size = parsed.tree->text().size();
    for (const Diagnostic& each : parsed.diagnostics) {
        if (each.offset > size || each.offset + each.length > size || each.message.empty()
            || each.code.size() != 4 || each.line < 1 || each.column < 1)
            return false;
        for (const Fix& fix : each.fixes) {
            if (fix.offset + fix.length > size || fix.title.empty())
                return false;
        }
    }
    return parsed.diagnostics.size() <= kMaximumDiagnostics;
}

} // namespace

class TestParser : public QObject
{
    Q_OBJECT

private slots:
    void programsAreReadWithoutAMessage();
    void expressionsBindAsTheGrammarSays_data();
    void expressionsBindAsTheGrammarSays();
    void mistakesAreExplained_data();
    void mistakesAreExplained();
    void severalMistakesAreReportedAtOnce();
    void aBrokenLineSpoilsOnlyItself();
    void aFixMendsTheText_data();
    void aFixMendsTheText();
    void wordsOfLaterVersionsAreNamed_data();
    void wordsOfLaterVersionsAreNamed();
    void anyTextGivesASoundTree();
    void deepNestingIsRefusedNotFollowed_data();
    void deepNestingIsRefusedNotFollowed();
    void manyMistakesEndInAHundredMessages();
    void everyStatementOfTheCatalogueIsParsed();
};

void TestParser::programsAreReadWithoutAMessage()
{
    for (const std::string_view program : tests::kPrograms) {
        const ParsedProgram parsed = parseProgram(std::string(program));

        for (const Diagnostic& each : parsed.diagnostics)
            qWarning("%s", toLine(each, "program").c_str());
        QVERIFY(parsed.diagnostics.empty());
        QCOMPARE(count(*parsed.tree, Rule::Broken), 0);
        QVERIFY(isWellFormed(*parsed.tree));
    }
}

void TestParser::expressionsBindAsTheGrammarSays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char* text, const char* tree) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree);
    };
    row("1 + 2 * 3", "(1 + (2 * 3))");
    row("1 - 2 - 3", "((1 - 2) - 3)");
    row("(1 + 2) * 3", "((1 + 2) * 3)");
    row("-a * b", "((- (a)) * (b))");
    row("not a == b and c or d", "(((not ((a) == (b))) and (c)) or (d))");
    row("x in {1, 3..5}", "((x) in (1 (3 5)))");
    row("a[1][2]", "(a 1 2)");
    row("f(1, a)[0]", "((f 1 (a)) 0)");
    row("[1, [2]]", "(1 (2))");
    row("{\"a\": 1}", "((\"a\" 1))");
    row("\"a {x + 1} b{{\"", "('a ' ((x) + 1) ' b{')");
    row("\"{x}{y}\"", "((x) (y))");
    row("cas(x, 1, 2)", "(cas (x) 1 2)");
}

void TestParser::expressionsBindAsTheGrammarSays()
{
    QFETCH(QString, text);
    QFETCH(QString, tree);

    QCOMPARE(outlineOfExpression(text), tree);
}

void TestParser::mistakesAreExplained_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* text, const char* message) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(message);
    };
    row("a misspelt statement", "main:\n    lok m",
        R"(2:5+3 E101 "lok" is not a statement. Did you mean "lock"?)");
    row("a misspelt declaration", "mutx m",
        R"(1:1+4 E101 "mutx" is not a declaration. Did you mean "mutex"?)");
    row("a misspelt verdict", "expect terminate",
        R"(1:8+9 E128 "terminate" is nothing that can be expected. Did you mean "terminates"?)");
    row("a value at the top", "x = 1",
        R"(1:1+1 E102 "x" gets a value here, but at the top a line)");
    row("no colon", "main\n    yield",
        R"(1:1+4 E105 This line opens a block, so it ends with ":".)");
    row("no block", "main:\nmutex m", "1:5+1 E110 After this line an indented block is missing.");
    row("a block on the same line", "main: yield", R"(1:7+5 E108 After ":" the line ends;)");
    row("no name", "main:\n    lock",
        R"(2:9+0 E109 After "lock" comes the name of a lock, but the line ends. It is written: lock NAME)");
    row("a reserved name", "shared wait = 0",
        R"(1:8+4 E109 "wait" is a word of the language, and here belongs the name of the variable)");
    row("no value", "const N =", R"(1:10+0 E123 After "=" comes a value, but the line ends.)");
    row("too much", "main:\n    yield now",
        R"(2:11+3 E107 The line is complete before "now", so this does not belong here.)");
    row("compared by =", "main:\n    if x = 1:\n        pass",
        R"(2:10+1 E106 "=" stores a value, which cannot be done here; two values are compared by "==".)");
    row("a bracket not closed", "main:\n    x = (1 + 2\n    yield",
        "2:15+0 E108 After \"2\" comes \")\", but the line ends.");
    row("a bracket not opened", "main:\n    x = 1)",
        "2:10+1 E111 \")\" closes a bracket that was not opened in this line.");
    row("indented for no reason", "mutex m\n    mutex n",
        "2:5+5 E114 This line is indented deeper than the one before it");
    row("else without if", "main:\n    yield\n    else:\n        pass",
        R"(3:5+4 E115 "else" belongs to an "if" right before it)");
    row("a statement at the top", "lock m", R"(1:1+4 E116 "lock" is something that an actor does)");
    row("a declaration in a block", "main:\n    mutex m",
        R"(2:5+5 E117 "mutex" declares something for the whole program)");
    row("try without except", "main:\n    try:\n        pass",
        R"(2:5+3 E124 This "try" has neither an "except" nor a "finally")");
    row("no type", "shared x: float = 1",
        R"(1:11+5 E126 After ":" comes a type, which is int, bool, text, list[N] or table[N], but here stands "float".)");
    row("no text", "program Title",
        R"(1:9+5 E127 After "program" comes the title, in quotes, but here stands "Title".)");
    row("no signal", "main:\n    on :\n        pass",
        R"(2:8+1 E109 After "on" comes the name of a signal, such as SIGTERM, but here stands ":".)");
    row("no receiver", "main:\n    send SIGTERM",
        R"(2:17+0 E108 After "SIGTERM" comes the word "to" and who gets the signal)");
    row("no part", "main:\n    close p.end",
        R"(2:13+3 E108 After "." comes reader, writer or stderr, but here stands "end".)");
    row("no command", "main:\n    start c = \"ls\"",
        R"(2:15+4 E108 After "=" comes "command" and its words, or "shell" and a script)");
    row("a wiring that leads nowhere", "main:\n    start c = command \"ls\" stdout own",
        R"(2:35+3 E108 After "stdout" comes the word "to", but here stands "own".)");
    row("an empty model", "main:\n    start c = command \"ls\" model",
        R"(2:33+0 E108 After "model" comes what is known of it: reads, writes, exits or lasts)");
    row("in inside of a body", "main:\n    on SIGTERM in p ignore",
        R"(2:16+2 E108 "in" is a word of the language, and here belongs ":" and what to do)");
    row("another version", "heddle 2", "1:8+1 E125 This program is for another version");
}

void TestParser::mistakesAreExplained()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);

    const ParsedProgram parsed = parseProgram(text.toStdString());

    QCOMPARE(parsed.diagnostics.size(), 1U);
    const Diagnostic& first = parsed.diagnostics.front();
    const QString whole =
        QStringLiteral("%1:%2+%3 %4 %5")
            .arg(first.line)
            .arg(first.column)
            .arg(first.length)
            .arg(QString::fromStdString(first.code), QString::fromStdString(first.message));
    QVERIFY2(whole.startsWith(message), qPrintable(whole));
}

void TestParser::severalMistakesAreReportedAtOnce()
{
    const ParsedProgram parsed = parseProgram(
        "mutx m\nmain:\n    lok m\n    if x = 1:\n        yeld\n    else:\n        pass\n");

    QStringList codes;
    for (const Diagnostic& each : parsed.diagnostics)
        codes.append(QString::number(each.line) + u' ' + QString::fromStdString(each.code));
    QCOMPARE(codes.join(u','), QStringLiteral("1 E101,3 E101,4 E106,5 E101"));
}

void TestParser::aBrokenLineSpoilsOnlyItself()
{
    const ParsedProgram parsed = parseProgram(
        "main:\n    while x = 1:\n        yield\n    say \"on\"\nthread a:\n    progress\n");

    QCOMPARE(count(*parsed.tree, Rule::Broken), 1);
    QCOMPARE(count(*parsed.tree, Rule::Yield), 1);
    QCOMPARE(count(*parsed.tree, Rule::Say), 1);
    QCOMPARE(count(*parsed.tree, Rule::Progress), 1);
    QVERIFY(isWellFormed(*parsed.tree));
}

void TestParser::aFixMendsTheText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("mended");
    QTest::newRow("misspelt") << QByteArray("main:\n    lok m") << QByteArray("main:\n    lock m");
    QTest::newRow("no colon") << QByteArray("main  # go\n    yield")
                              << QByteArray("main:  # go\n    yield");
    QTest::newRow("tab") << QByteArray("main:\n\tyield") << QByteArray("main:\n    yield");
    QTest::newRow("=") << QByteArray("main:\n    if x = 1:\n        pass")
                       << QByteArray("main:\n    if x == 1:\n        pass");
    QTest::newRow("shared") << QByteArray("x = 1") << QByteArray("shared x = 1");
}

void TestParser::aFixMendsTheText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, mended);
    const ParsedProgram parsed = parseProgram(text.toStdString());
    QCOMPARE(parsed.diagnostics.size(), 1U);
    QVERIFY(!parsed.diagnostics[0].fixes.empty());
    const Fix fix = parsed.diagnostics[0].fixes.back();

    std::string after = text.toStdString();
    after.replace(fix.offset, fix.length, fix.replacement);

    QCOMPARE(QByteArray::fromStdString(after), mended);
    QVERIFY(parseProgram(after).diagnostics.empty());
}

void TestParser::wordsOfLaterVersionsAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"task t on ev:\n    pass", "pool p = threads 2", "loop ev",
             "managed x = 1", "channel c", "future f", "main on ev:\n    pass",
             "main:\n    on done f as x:\n        pass", "main:\n    await f into v",
             "main:\n    select:\n        get x <- q:\n            pass",
             "main:\n    for f as completed fs:\n        pass",
             "main:\n    with group:\n        pass", "main:\n    with limit 2s:\n        pass",
             "main:\n    wait all of fs", "thread a cpu 1:\n    pass", "main:\n    set f <- 1"})
        QTest::newRow(text) << QByteArray(text);
}

void TestParser::wordsOfLaterVersionsAreNamed()
{
    QFETCH(QByteArray, text);

    const ParsedProgram parsed = parseProgram(text.toStdString());

    QVERIFY(!parsed.diagnostics.empty());
    QCOMPARE(parsed.diagnostics[0].code, std::string("E190"));
    QVERIFY(count(*parsed.tree, Rule::Broken) >= 1);
}

void TestParser::anyTextGivesASoundTree()
{
    std::mt19937 random(4); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
    for (int turn = 0; turn < 120; ++turn) {
        for (const std::string_view program : tests::kPrograms) {
            const std::string text = tests::mutatedText(std::string(program), random);
            const ParsedProgram parsed = parseProgram(text);
            const bool isSound = isWellFormed(*parsed.tree) && areSound(parsed);
            QVERIFY2(isSound, text.c_str());
            QVERIFY2(count(*parsed.tree, Rule::Broken) == 0 || !parsed.diagnostics.empty(),
                text.c_str());
        }
        const ParsedProgram parsed =
            parseProgram(tests::randomBytes(static_cast<unsigned>(turn) % 300U, random));
        QVERIFY(isWellFormed(*parsed.tree) && areSound(parsed));
    }
}

void TestParser::deepNestingIsRefusedNotFollowed_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray line = "main:\n    x = ";
    QTest::newRow("brackets") << line + QByteArray(100'000, '(') + "1" + QByteArray(100'000, ')');
    QTest::newRow("lists") << line + QByteArray(500'000, '[');
    QTest::newRow("sums") << line + QByteArray("1+").repeated(400'000) + "1";
    QTest::newRow("elements") << line + "(a)" + QByteArray("[1]").repeated(100'000);
    QTest::newRow("minus") << line + QByteArray(500'000, '-');
    QByteArray blocks;
    for (int level = 0; level < 400; ++level)
        blocks += QByteArray(level, ' ') + (level == 0 ? "main:\n" : "forever:\n");
    QTest::newRow("blocks") << blocks;
    QByteArray steps;
    for (int level = 0; level < 1000; ++level)
        steps += QByteArray(level, ' ') + "x\n";
    QTest::newRow("steps") << steps;
}

void TestParser::deepNestingIsRefusedNotFollowed()
{
    QFETCH(QByteArray, text);

    const ParsedProgram parsed = parseProgram(text.toStdString());

    QVERIFY(!parsed.diagnostics.empty());
    QVERIFY(isWellFormed(*parsed.tree));
    QVERIFY(areSound(parsed));
}

void TestParser::manyMistakesEndInAHundredMessages()
{
    const QByteArray text = "main:\n" + QByteArray("    lok m\n    x = $\n").repeated(20'000);

    const ParsedProgram parsed = parseProgram(text.toStdString());

    QCOMPARE(parsed.diagnostics.size(), kMaximumDiagnostics);
}

void TestParser::everyStatementOfTheCatalogueIsParsed()
{
    for (const StatementRow& row : statementRows()) {
        if (row.word.empty())
            continue;
        const std::string text = std::string(row.word) + "\n";

        const ParsedProgram parsed =
            parseProgram(isDeclarationWord(row.word) ? text : "main:\n    " + text);

        for (const Diagnostic& each : parsed.diagnostics)
            QVERIFY2(each.code != "E101" && each.code != "E190", qPrintable(toQString(row.word)));
    }
    for (const PrimitiveRow& row : primitiveRows())
        QVERIFY2(parseProgram(std::string(row.declaration)).diagnostics.empty(),
            qPrintable(toQString(row.declaration)));
}

QTEST_APPLESS_MAIN(TestParser)
#include "tst_parser.moc"
