// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/explorer.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/compiler.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <memory>
#include <set>
#include <string>

using namespace heddle;

namespace {

constexpr std::size_t kMostStates = 40'000; // larger spaces are left to others

std::shared_ptr<const Code> compiled(const std::string& text)
{
    return compileProgram(text).code;
}

/// Everything that a reduction must not change, as a text that can be read.
QString found(Explorer& explorer)
{
    const Findings& findings = explorer.findings();
    const Code& code = explorer.machine().code();
    QStringList words;
    if (findings.deadlock)
        words += QStringLiteral("deadlock");
    if (findings.livelock)
        words += QStringLiteral("livelock");
    for (const auto& [text, where] : findings.assertions)
        words += QStringLiteral("assert ") + QString::fromStdString(text);
    for (const auto& [name, where] : findings.exceptions)
        words += QStringLiteral("exception ") + QString::fromStdString(name);
    for (const auto& [variable, where] : findings.races)
        words += QStringLiteral("race ")
            + QString::fromStdString(code.shared[static_cast<std::size_t>(variable)].name);
    for (std::size_t i = 0; i < findings.violated.size(); ++i)
        if (findings.violated[i])
            words += QStringLiteral("violated ") + QString::fromStdString(code.invariants[i].text);
    std::set<std::string> ends;
    for (const std::uint32_t end : findings.ends) {
        const std::vector<Cell> state = explorer.states().copy(end);
        std::string values;
        for (std::size_t i = 0; i < code.shared.size(); ++i)
            for (std::int32_t element = 0; element < code.shared[i].count; ++element)
                values += explorer.machine()
                              .values()
                              .value(state[explorer.machine().variableCell(
                                  static_cast<std::int32_t>(i), element)])
                              .toText()
                    + " ";
        ends.insert(values);
    }
    for (const std::string& end : ends)
        words += QStringLiteral("end ") + QString::fromStdString(end);
    return words.join(QStringLiteral("; "));
}

struct Reduction
{
    const char* name;
    bool mergesTwins;
    bool usesSleepSets;
    bool joinsLocalSteps;
};
constexpr Reduction kReductions[] = {{"twins", true, false, false}, {"sleep", false, true, false},
    {"local", false, false, true}, {"all", true, true, true}};

ExplorerLimits limits()
{
    ExplorerLimits limits;
    limits.states = kMostStates;
    limits.time = std::chrono::seconds(60);
    return limits;
}

SearchOptions optionsOf(const Reduction& reduction)
{
    SearchOptions options;
    options.keepsGraph = false;
    options.machine.spareActors = 8;
    options.machine.mergesTwins = reduction.mergesTwins;
    options.usesSleepSets = reduction.usesSleepSets;
    options.joinsLocalSteps = reduction.joinsLocalSteps;
    return options;
}

} // namespace

class TestReductions : public QObject
{
    Q_OBJECT

private slots:
    void reductionsChangeNothingThatIsFound_data();
    void reductionsChangeNothingThatIsFound();
    void witnessesOfReducedSearchesAreSchedulesOfTheProgram_data();
    void witnessesOfReducedSearchesAreSchedulesOfTheProgram();
    void sleepSetsKnowThatAStepCanBeAnEnd_data();
    void sleepSetsKnowThatAStepCanBeAnEnd();
    void sleepSetsLeaveOutNoState();
    void twinsAreMergedOnlyWhereNobodyCanTellThemApart_data();
    void twinsAreMergedOnlyWhereNobodyCanTellThemApart();
    void aStateTakesFewerBytesThanItsLimit();
    void aNotifyWithTooManyWaysToChooseIsALimit();
    void valuesCountAsMemory();
};

void TestReductions::reductionsChangeNothingThatIsFound_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(QStringLiteral(HEDDLE_PROGRAMS), {QStringLiteral("*.hed")}, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QTest::newRow(qPrintable(path.section(QLatin1Char('/'), -2))) << path;
    }
}

void TestReductions::reductionsChangeNothingThatIsFound()
{
    QFETCH(const QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto code = compiled(file.readAll().toStdString());
    QVERIFY(code != nullptr);
    Explorer plain(code, limits(), optionsOf({"none", false, false, false}));
    plain.search();
    if (plain.limit())
        QSKIP("its space is left to the tests of the gallery");

    for (const Reduction& reduction : kReductions) {
        Explorer reduced(code, limits(), optionsOf(reduction));
        reduced.search();
        QVERIFY2(!reduced.limit(), reduction.name);
        QVERIFY(reduced.states().size() <= plain.states().size());
        QVERIFY2(found(reduced) == found(plain),
            qPrintable(QLatin1String(reduction.name) + QStringLiteral(":\n") + found(reduced)
                + QStringLiteral("\ninstead of\n") + found(plain)));
    }
}

void TestReductions::witnessesOfReducedSearchesAreSchedulesOfTheProgram_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("buffer with one condition") << QStringLiteral(
        "program \"b\"\nshared count = 0\nmutex m\ncondition changed on m\n"
        "thread producer[i in 1..3]:\n    repeat 2:\n        compute 1ms\n        with m:\n"
        "            while count == 1:\n                wait changed\n"
        "            count = count + 1\n            notify changed\n"
        "thread consumer[i in 1..3]:\n    repeat 2:\n        with m:\n"
        "            while count == 0:\n                wait changed\n"
        "            count = count - 1\n            notify changed\n        yield\n");
    QTest::newRow("two locks, several takers") << QStringLiteral(
        "program \"l\"\nmutex a\nmutex b\nthread one[i in 1..3]:\n    sleep 1ms\n    with a:\n"
        "        compute 1ms\n        with b:\n            yield\nthread two[i in 1..2]:\n"
        "    with b:\n        with a:\n            yield\n");
}

void TestReductions::witnessesOfReducedSearchesAreSchedulesOfTheProgram()
{
    QFETCH(const QString, text);
    const auto code = compiled(text.toStdString());
    QVERIFY(code != nullptr);

    ExplorerLimits enough = limits();
    enough.states = 1'000'000;

    for (const Reduction& reduction : kReductions) {
        Explorer explorer(code, enough, optionsOf(reduction));
        explorer.search();
        QVERIFY2(explorer.findings().deadlock.has_value(), reduction.name);
        const Schedule witness = explorer.scheduleTo(*explorer.findings().deadlock);
        Machine machine(code, {});
        Stepper stepper(machine);
        for (ScheduledStep step : witness.steps)
            QVERIFY2(stepper.move(step).has_value(), reduction.name);
        QVERIFY2(stepper.movable().empty(), reduction.name);
    }
}

void TestReductions::sleepSetsKnowThatAStepCanBeAnEnd_data()
{
    QTest::addColumn<QString>("waiter");
    QTest::newRow("asked for") << QStringLiteral(
        "    if alive(a):\n        x = 1\n    else:\n        x = 2\n");
    QTest::newRow("awaited") << QStringLiteral("    await until alive(a)\n    x = 1\n");
    QTest::newRow("joined") << QStringLiteral(
        "    if try join a within 1ms:\n        x = 1\n    else:\n        x = 2\n");
}

void TestReductions::sleepSetsKnowThatAStepCanBeAnEnd()
{
    QFETCH(const QString, waiter);
    const auto code = compiled(
        "program \"e\"\nshared x = 0\nthread a:\n    yield\nthread w:\n" + waiter.toStdString());
    QVERIFY(code != nullptr);
    Explorer plain(code, limits(), optionsOf({"none", false, false, false}));
    Explorer asleep(code, limits(), optionsOf({"sleep", false, true, false}));

    plain.search();
    asleep.search();

    QCOMPARE(found(asleep), found(plain));
}

void TestReductions::sleepSetsLeaveOutNoState()
{
    const auto code = compiled("program \"d\"\nconst N = 6\nmutex fork[N]\n"
                               "thread philosopher[i in 0..N-1]:\n    repeat 1:\n"
                               "        lock fork[i]\n        lock fork[(i + 1) % N]\n"
                               "        unlock fork[(i + 1) % N]\n        unlock fork[i]\n");
    Explorer plain(code, limits(), optionsOf({"none", false, false, false}));
    Explorer asleep(code, limits(), optionsOf({"sleep", false, true, false}));

    plain.search();
    asleep.search();

    QCOMPARE(asleep.states().size(), plain.states().size());
    QVERIFY(asleep.transitions() < plain.transitions());
}

void TestReductions::twinsAreMergedOnlyWhereNobodyCanTellThemApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("areMerged");
    const auto row = [](const char* name, const char* text, bool areMerged) {
        QTest::newRow(name) << QString::fromLatin1(text) << areMerged;
    };
    row("nobody reads the index", "shared x = 0\nthread t[i in 1..3]:\n    x = x + 1\n", true);
    row("the index is read", "shared x = 0\nthread t[i in 1..3]:\n    x = x + i\n", false);
    row("an expectation names one",
        "mutex m\nthread t[i in 1..3]:\n    with m:\n        yield\nexpect stuck t[2] free\n",
        false);
    row("somebody asks who he is",
        "shared x = 0\nthread t[i in 1..3]:\n    say \"{me}\"\n    x = 1\n", false);
    row("waiters go in order",
        "option notify fifo\nmutex m\ncondition c on m\nthread t[i in 1..3]:\n    with m:\n"
        "        notify c\n",
        false);
}

void TestReductions::twinsAreMergedOnlyWhereNobodyCanTellThemApart()
{
    QFETCH(const QString, text);
    QFETCH(const bool, areMerged);
    const auto code = compiled("program \"t\"\n" + text.toStdString());
    QVERIFY(code != nullptr);

    const Explorer explorer(code, limits(), optionsOf({"twins", true, false, false}));

    QCOMPARE(explorer.mergesTwins(), areMerged);
}

void TestReductions::aStateTakesFewerBytesThanItsLimit()
{
    const auto code = compiled("program \"d\"\nconst N = 8\nmutex fork[N]\n"
                               "thread philosopher[i in 0..N-1]:\n    lock fork[i]\n"
                               "    lock fork[(i + 1) % N]\n    unlock fork[(i + 1) % N]\n"
                               "    unlock fork[i]\n");
    Explorer explorer(code, limits(), optionsOf({"sleep", false, true, false}));

    explorer.search();

    QVERIFY(explorer.states().size() > 10'000);
    QVERIFY(explorer.bytes() / explorer.states().size() <= 96);
}

void TestReductions::aNotifyWithTooManyWaysToChooseIsALimit()
{
    const auto code = compiled("program \"n\"\nmutex m\ncondition c on m\n"
                               "thread waiter[i in 1..22]:\n    with m:\n        wait c\n"
                               "thread notifier:\n    with m:\n        notify c 11\n");
    QVERIFY(code != nullptr);
    Explorer explorer(code, limits(), optionsOf({"twins", true, false, false}));

    explorer.search();

    QVERIFY(explorer.limit().has_value());
    QVERIFY2(explorer.limit()->text().find("outcomes") != std::string::npos,
        explorer.limit()->text().c_str());
}

void TestReductions::valuesCountAsMemory()
{
    const auto code = compiled("program \"v\"\nshared text = \"\"\nthread t:\n    repeat 300:\n"
                               "        text = text + \"a rather long piece of text\"\n");
    QVERIFY(code != nullptr);
    Explorer explorer(code, limits(), optionsOf({"none", false, false, false}));

    explorer.search();

    QVERIFY(!explorer.limit());
    constexpr std::size_t kAll = std::size_t{300} * 300 / 2 * 27; // of each text once
    QVERIFY2(explorer.bytes() > kAll, qPrintable(QString::number(explorer.bytes())));
}

QTEST_APPLESS_MAIN(TestReductions)
#include "tst_reductions.moc"
