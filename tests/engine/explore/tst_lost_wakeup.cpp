// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/walk.h"
#include "tests/engine/explore/explored_text.h"

#include <QRegularExpression>
#include <QTest>

#include <string>

using namespace heddle;
using namespace heddle::tests;

namespace {

bool matches(const QString& text, const QString& pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

const std::string kTooEarly = "mutex m\ncondition news on m\n"
                              "thread sender:\n    with m:\n        notify news\n"
                              "thread receiver:\n    with m:\n        wait news\n";

const std::string kOneKind = "shared count = 0\nmutex m\ncondition changed on m\n"
                             "thread producer[i in 1..2]:\n"
                             "    repeat 2:\n"
                             "        with m:\n"
                             "            while count == 1:\n"
                             "                wait changed\n"
                             "            count = count + 1\n"
                             "            notify changed\n"
                             "thread consumer[i in 1..2]:\n"
                             "    repeat 2:\n"
                             "        with m:\n"
                             "            while count == 0:\n"
                             "                wait changed\n"
                             "            count = count - 1\n"
                             "            notify changed\n";

const std::string kForgotten = "shared ready = false\nmutex m\ncondition changed on m\n"
                               "thread sender:\n    yield\n    with m:\n        ready = true\n"
                               "thread receiver:\n    with m:\n        while not ready:\n"
                               "            wait changed\n";

} // namespace

class TestLostWakeup : public QObject
{
    Q_OBJECT

private slots:
    void aNotifyBeforeTheWaitIsNamedWithBothSteps();
    void aNotifyThatWokeTheWrongKindIsNamed();
    void aChangeWithoutANotifyIsNamed();
    void aNotifyThatWentToAnotherIsNamed();
    void whoCanStillBeNotifiedIsNotLost();
    void aRingIsExplainedInTheReport();
    void whatDoesNotGoWrongHasNoExplanation();
};

void TestLostWakeup::aNotifyBeforeTheWaitIsNamedWithBothSteps()
{
    const QString text = explanationOf(kTooEarly);

    QCOMPARE(text,
        QStringLiteral(
            "Deadlock after 5 steps: receiver sleeps for ever: sender sent its notify at "
            "step 2 when nobody was waiting (kept nowhere), and receiver began waiting "
            "at step 5. No actor left can notify news. Nobody can move."));
}

void TestLostWakeup::aNotifyThatWokeTheWrongKindIsNamed()
{
    const QString text = explanationOf(kOneKind);

    QVERIFY2(matches(text,
                 QStringLiteral(".*sleeps for ever: the notify of (producer|consumer)\\[\\d\\] at "
                                "step \\d+ woke (producer|consumer)\\[\\d\\], which had no use for "
                                "it and waited again at step \\d+\\. .*")),
        qPrintable(text));
}

void TestLostWakeup::aChangeWithoutANotifyIsNamed()
{
    const QString text = explanationOf(kForgotten);

    QVERIFY2(matches(text,
                 QStringLiteral("Deadlock after \\d+ steps: receiver sleeps for ever: sender "
                                "changed ready at step \\d+, and nobody has sent a notify since "
                                "then\\. No actor left can notify changed\\. Nobody can move\\.")),
        qPrintable(text));
}

void TestLostWakeup::aNotifyThatWentToAnotherIsNamed()
{
    const QString text = explanationOf("mutex m\ncondition c on m\nshared go = 0\n"
                                       "thread a:\n    await until go == 2\n    with m:\n"
                                       "        notify c\n"
                                       "thread b[i in 1..2]:\n    with m:\n        go = go + 1\n"
                                       "        wait c\n");

    QVERIFY2(matches(text,
                 QStringLiteral(".*b\\[(\\d)\\] sleeps for ever: every notify since b\\[\\1\\] "
                                "began waiting at step \\d+ has gone to another \\(b\\[\\d\\]\\)"
                                "\\. .*")),
        qPrintable(text));
}

void TestLostWakeup::whoCanStillBeNotifiedIsNotLost()
{
    Walk walk(programOf(kTooEarly));

    QVERIFY(walk.move(1) && walk.move(1)); // the receiver waits first

    for (const ExploredActor& actor : walk.moment().actors)
        QVERIFY2(actor.sentence.text().find("for ever") == std::string::npos,
            actor.sentence.text().c_str());
}

void TestLostWakeup::aRingIsExplainedInTheReport()
{
    const QString text = explanationOf("mutex a, b\nthread one:\n    with a:\n        with b:\n"
                                       "            pass\nthread two:\n    with b:\n"
                                       "        with a:\n            pass\n");

    QCOMPARE(text,
        QStringLiteral("Deadlock after 2 steps: one holds a, wants b; two holds b, wants a. Each "
                       "waits for the next; nobody can move."));
}

void TestLostWakeup::whatDoesNotGoWrongHasNoExplanation()
{
    QCOMPARE(explanationOf("shared x = 0\nthread a:\n    x = 1\nexpect final x == 2\n"), QString());
}

QTEST_APPLESS_MAIN(TestLostWakeup)
#include "tst_lost_wakeup.moc"
