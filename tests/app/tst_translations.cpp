// SPDX-License-Identifier: GPL-3.0-only
#include "app/languages.h"
#include "engine/explore/explore.h"
#include "engine/model/program/compiler.h"
#include "widgets/shared/sentence_words.h"
#include "widgets/tables/output_panel.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace heddle;
using namespace heddle::app;
using heddle::widgets::inWords;

namespace {

struct Counts
{
    int messages = 0;
    int unfinished = 0;
    QStringList badPlaceholders;
};

QStringList placeholdersOf(const QString& text)
{
    QStringList found;
    static const QRegularExpression kPlaceholder(QStringLiteral("%[1-9n]"));
    for (const auto& match : kPlaceholder.globalMatch(text))
        found.append(match.captured());
    found.removeDuplicates();
    found.sort();
    return found;
}

Counts read(const QString& path)
{
    Counts counts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return counts;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QStringLiteral("source")) {
            source = xml.readElementText();
            ++counts.messages;
        } else if (xml.name() == QStringLiteral("translation")) {
            counts.unfinished += xml.attributes().hasAttribute(QStringLiteral("type")) ? 1 : 0;
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (!source.contains(QStringLiteral("%n"))
                && placeholdersOf(text) != placeholdersOf(source))
                counts.badPlaceholders.append(source);
        }
    }
    return counts;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void everyTextOfAFileIsTranslated_data()
    {
        QTest::addColumn<QString>("code");
        for (const QString& code : Languages::available())
            QTest::newRow(qPrintable(code)) << code;
    }
    void everyTextOfAFileIsTranslated()
    {
        QFETCH(QString, code);
        const Counts counts =
            read(QStringLiteral(HEDDLE_SOURCE_DIR "/translations/heddle_%1.ts").arg(code));
        QVERIFY(counts.messages > 0);
        QCOMPARE(counts.unfinished, 0);
        QVERIFY2(counts.badPlaceholders.isEmpty(), qPrintable(counts.badPlaceholders.join(u'|')));
    }

    void germanIsThere() { QVERIFY(Languages::available().contains(QStringLiteral("de"))); }

    void textsOfClassesInNamespacesAreFound()
    {
        const Languages languages(QStringLiteral("de"));
        QCOMPARE(heddle::widgets::OutputPanel::tr("All actors"), QStringLiteral("Alle Akteure"));
    }

    void pluralsHaveTheirForms()
    {
        Languages languages(QStringLiteral("en"));
        QCOMPARE(heddle::widgets::OutputPanel::tr("%n older line(s) not kept", nullptr, 1),
            QStringLiteral("1 older line not kept"));
        languages.use(QStringLiteral("de"));
        QCOMPARE(heddle::widgets::OutputPanel::tr("%n older line(s) not kept", nullptr, 2),
            QStringLiteral("2 ältere Zeilen nicht behalten"));
    }

    void aLanguageThatIsNotThereIsEnglishWithItsPlurals()
    {
        const Languages languages(QStringLiteral("is"));
        QCOMPARE(heddle::widgets::OutputPanel::tr("%n older line(s) not kept", nullptr, 1),
            QStringLiteral("1 older line not kept"));
    }

    void sentencesOfTheEngineAreToldInTheLanguageOfTheWindow()
    {
        const ExplorationReport report = explore(
            compileProgram("program \"t\"\nsemaphore s = 0\nthread a:\n    acquire s\n").code, {});
        const Sentence explanation = report.expectations.at(0).explanation;
        const Sentence why = report.expectations.at(0).why;

        Languages languages(QStringLiteral("de"));
        QCOMPARE(inWords(explanation),
            QStringLiteral("Verklemmung nach 0 Schritten: a wartet auf s; niemand ist mehr da, der "
                           "s freigeben könnte. Niemand kann ziehen."));
        QCOMPARE(inWords(why), QStringLiteral("ein Ablauf führt zu einer Verklemmung"));

        languages.use(QStringLiteral("en"));
        QCOMPARE(inWords(explanation),
            QStringLiteral(
                "Deadlock after 0 steps: a waits for s; nobody is left who could release "
                "s. Nobody can move."));
        QCOMPARE(inWords(explanation), QString::fromStdString(explanation.text()));
    }

    void aVerbIsBentInEnglishOnly()
    {
        const Sentence step = Sentence::of(
            "Step %1: %2 %3", {"3", "a", Sentence::bent("locks fork[%1]", "lock fork[%1]")});

        Languages languages(QStringLiteral("de"));
        QCOMPARE(inWords(step), QStringLiteral("Schritt 3: a: lock fork[%1]"));
        languages.use(QStringLiteral("en"));
        QCOMPARE(inWords(step), QStringLiteral("Step 3: a locks fork[%1]"));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
