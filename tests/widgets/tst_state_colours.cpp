// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/icons.h"
#include "widgets/shared/state_colours.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/time_text.h"
#include "widgets/shared/trace_times.h"

#include <QImage>
#include <QSet>
#include <QTest>

using namespace heddle;
using namespace heddle::widgets;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(heddle::widgets::ColourScheme)

namespace {

constexpr double kReadable = 4.5;
constexpr double kVisible = 1.15;

void addSchemes()
{
    QTest::addColumn<ColourScheme>("scheme");
    QTest::newRow("light") << ColourScheme::Light;
    QTest::newRow("dark") << ColourScheme::Dark;
}

int inkedPixels(StatePattern pattern)
{
    int count = 0;
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x)
            count += hasInk(pattern, x, y) ? 1 : 0;
    }
    return count;
}

} // namespace

class TestStateColours : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreReadableOnEveryState_data() { addSchemes(); }
    void wordsAreReadableOnEveryState();
    void wordsAreReadableOnEverySurface_data() { addSchemes(); }
    void wordsAreReadableOnEverySurface();
    void statesStandOutFromTheLane_data() { addSchemes(); }
    void statesStandOutFromTheLane();
    void noTwoStatesLookAlike_data() { addSchemes(); }
    void noTwoStatesLookAlike();
    void everyStateHasItsWord();
    void patternsLeaveMostOfTheColour();
    void everyKindHasAnIcon();
    void thePaletteTellsItsScheme();
    void durationsHaveUnitsThatFit_data();
    void durationsHaveUnitsThatFit();
    void momentsAreExactToTheirResolution();
    void timesOfARunAreToldInSeconds();
    void timesOfAScheduleAreToldInSteps();
};

void TestStateColours::wordsAreReadableOnEveryState()
{
    QFETCH(ColourScheme, scheme);
    for (int state = 0; state < kStateCount; ++state) {
        const StateLook& look = stateLook(static_cast<State>(state), scheme);
        QVERIFY2(contrastRatio(look.text, look.fill) >= kReadable,
            qPrintable(stateWord(static_cast<State>(state))));
    }
}

void TestStateColours::wordsAreReadableOnEverySurface()
{
    QFETCH(ColourScheme, scheme);
    const ThemeColours& colours = themeColours(scheme);
    for (const QColor& surface : {colours.window, colours.surface, colours.surfaceRaised}) {
        for (const QColor& words :
            {colours.text, colours.textMuted, colours.danger, colours.warning, colours.success})
            QVERIFY2(contrastRatio(words, surface) >= kReadable,
                qPrintable(words.name() + QStringLiteral(" on ") + surface.name()));
    }
    QVERIFY(contrastRatio(colours.accentText, colours.accent) >= kReadable);
    QVERIFY(contrastRatio(colours.dangerText, colours.danger) >= kReadable);
}

void TestStateColours::statesStandOutFromTheLane()
{
    QFETCH(ColourScheme, scheme);
    for (int state = 1; state < kStateCount; ++state) {
        const StateLook& look = stateLook(static_cast<State>(state), scheme);
        QVERIFY2(contrastRatio(look.fill, themeColours(scheme).surface) >= kVisible,
            qPrintable(stateWord(static_cast<State>(state))));
        if (look.pattern != StatePattern::Solid)
            QVERIFY2(contrastRatio(look.ink, look.fill) >= kVisible,
                qPrintable(stateWord(static_cast<State>(state))));
    }
}

void TestStateColours::noTwoStatesLookAlike()
{
    QFETCH(ColourScheme, scheme);
    QSet<QString> looks;
    for (int state = 0; state < kStateCount; ++state) {
        const StateLook& look = stateLook(static_cast<State>(state), scheme);
        looks.insert(
            QStringLiteral("%1 %2").arg(look.fill.name()).arg(static_cast<int>(look.pattern)));
    }
    QCOMPARE(looks.size(), qsizetype{kStateCount});
}

void TestStateColours::everyStateHasItsWord()
{
    QSet<QString> words;
    for (int state = 0; state < kStateCount; ++state)
        words.insert(stateWord(static_cast<State>(state)));
    QCOMPARE(words.size(), qsizetype{kStateCount});
    QVERIFY(!words.contains(QString()));
}

void TestStateColours::patternsLeaveMostOfTheColour()
{
    for (const auto pattern : {StatePattern::LightHatch, StatePattern::DiagonalUp,
             StatePattern::DiagonalDown, StatePattern::VerticalLines, StatePattern::HorizontalLines,
             StatePattern::Dots, StatePattern::Cross}) {
        QVERIFY(inkedPixels(pattern) >= 4);
        QVERIFY(inkedPixels(pattern) <= 24);
    }
    QCOMPARE(inkedPixels(StatePattern::Solid), 0);
}

void TestStateColours::everyKindHasAnIcon()
{
    for (const auto kind : {ActorKind::Thread, ActorKind::Process, ActorKind::Task,
             ActorKind::Timer, ActorKind::Foreign})
        QVERIFY2(!themedIcon(actorIconName(kind)).isNull(), qPrintable(actorIconName(kind)));
    for (int kind = 0; kind < kPrimitiveKindCount; ++kind)
        QVERIFY2(!primitiveIcon(static_cast<PrimitiveKind>(kind)).isNull(),
            qPrintable(primitiveIconName(static_cast<PrimitiveKind>(kind))));
    QVERIFY(themedIcon(QStringLiteral("no such icon")).isNull());
    const QImage picture = themedIcon(QStringLiteral("run"), Qt::red).pixmap(32, 32).toImage();
    QCOMPARE(picture.pixelColor(picture.width() / 2, picture.height() / 2), QColor(Qt::red));
}

void TestStateColours::thePaletteTellsItsScheme()
{
    QCOMPARE(schemeOf(themePalette(ColourScheme::Light)), ColourScheme::Light);
    QCOMPARE(schemeOf(themePalette(ColourScheme::Dark)), ColourScheme::Dark);
    Theme theme(SchemeChoice::Dark);
    QCOMPARE(schemeOf(QApplication::palette()), ColourScheme::Dark);
    theme.setChoice(SchemeChoice::Light);
    QCOMPARE(schemeOf(QApplication::palette()), ColourScheme::Light);
}

void TestStateColours::durationsHaveUnitsThatFit_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64{0} << QStringLiteral("0 ns");
    QTest::newRow("320 ns") << qint64{320} << QStringLiteral("320 ns");
    QTest::newRow("just below a microsecond") << qint64{999} << QStringLiteral("999 ns");
    QTest::newRow("1.5 ms") << qint64{1'500'000} << QStringLiteral("1.5 ms");
    QTest::newRow("rounded up into the next unit") << qint64{999'999} << QStringLiteral("1 ms");
    QTest::newRow("12.3 s") << qint64{12'345'678'901} << QStringLiteral("12.3 s");
    QTest::newRow("hours") << qint64{7'200'000'000'000} << QStringLiteral("7200 s");
    QTest::newRow("backwards") << qint64{-1'500} << QStringLiteral("-1.5 µs");
}

void TestStateColours::durationsHaveUnitsThatFit()
{
    QLocale::setDefault(QLocale::c());
    QFETCH(qint64, nanoseconds);
    QTEST(durationText(std::chrono::nanoseconds{nanoseconds}), "text");
}

void TestStateColours::momentsAreExactToTheirResolution()
{
    QLocale::setDefault(QLocale::c());
    QCOMPARE(momentText(1'284'000'000ns, 1ms), QStringLiteral("1.284 s"));
    QCOMPARE(momentText(12'004'000ns, 1us), QStringLiteral("12.004 ms"));
    QCOMPARE(momentText(0ns, 5ms), QStringLiteral("0 ms"));
}

void TestStateColours::timesOfARunAreToldInSeconds()
{
    const TraceTimes times;
    QVERIFY(!times.areSteps());
    QCOMPARE(times.duration(1'500'000), QStringLiteral("1.5 ms"));
    QCOMPARE(times.moment(12'004'000, 1000), QStringLiteral("12.004 ms"));
    QCOMPARE(times.whole(2'000'000), QStringLiteral("2 ms"));
}

void TestStateColours::timesOfAScheduleAreToldInSteps()
{
    const TraceTimes times(std::int64_t{1'000'000});
    QCOMPARE(times.moment(3'000'000, 1000), QStringLiteral("step 3"));
    QCOMPARE(times.mark(3'000'000, 1'000'000), QStringLiteral("3"));
    QCOMPARE(times.duration(2'500'000), QStringLiteral("2.5 steps"));
    QVERIFY(times.duration(3'000'000).startsWith(QStringLiteral("3 step")));
    QCOMPARE(times.whole(5'000'000), times.duration(4'000'000));
}

QTEST_MAIN(TestStateColours)
#include "tst_state_colours.moc"
