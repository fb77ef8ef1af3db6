// SPDX-License-Identifier: GPL-3.0-only
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace {

constexpr int kProcessLimit = 60'000; // milliseconds, far beyond the program's own limit

QStringList linesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n');
}

QString pathOf(const QString& id)
{
    return QStringLiteral(HEDDLE_PROGRAMS "/") + id + QStringLiteral(".hed");
}

QStringList galleryIds()
{
    QStringList ids = linesOf(QStringLiteral(HEDDLE_PROGRAMS "/list.txt"));
    ids.removeAll(QString());
    return ids;
}

struct Mutant
{
    QString program;
    QString line;
    QString replacement;
    QString expectation;
};

std::vector<Mutant> mutants()
{
    std::vector<Mutant> all;
    for (const QString& line : linesOf(QStringLiteral(HEDDLE_MUTANTS))) {
        const QStringList parts = line.split(QStringLiteral(" | "));
        if (!line.startsWith(u'#') && parts.size() == 4)
            all.push_back({parts[0], parts[1], parts[2], parts[3]});
    }
    return all;
}

/// What `heddle run` said about a program.
struct Run
{
    int exitCode = -1;
    QJsonObject report;
    QString said; ///< all of it, for messages

    [[nodiscard]] QString statusOf(const QString& expectation) const
    {
        for (const auto& each : report[u"expectations"].toArray()) {
            if (each[u"text"].toString() == expectation)
                return each[u"status"].toString();
        }
        return QStringLiteral("absent");
    }
    [[nodiscard]] int count(const QString& status) const
    {
        int number = 0;
        for (const auto& each : report[u"expectations"].toArray())
            number += each[u"status"].toString() == status ? 1 : 0;
        return number;
    }
};

Run runFile(const QString& path, const QStringList& options = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(QStringLiteral(HEDDLE_EXECUTABLE),
        QStringList{QStringLiteral("run"), path, QStringLiteral("--json"),
            QStringLiteral("--timeout"), QStringLiteral("30s")}
            + options);
    Run run;
    if (!process.waitForFinished(kProcessLimit)) {
        run.said = process.errorString();
        process.kill();
        process.waitForFinished(kProcessLimit);
        return run;
    }
    const QByteArray output = process.readAllStandardOutput();
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.report = QJsonDocument::fromJson(output).object();
    run.said = QString::fromUtf8(output + process.readAllStandardError());
    return run;
}

/// As runFile(), and again in slow motion if it is not as wanted: on a machine that is busy enough a
/// program that says what it wants by pauses of some milliseconds does not get it.
Run runUntil(const std::function<bool(const Run&)>& isAsWanted, const QString& path)
{
    Run run = runFile(path);
    if (isAsWanted(run))
        return run;
    qWarning("again in slow motion: %s", qPrintable(run.said));
    return runFile(path, {QStringLiteral("--time-scale"), QStringLiteral("10")});
}

QString mutated(const Mutant& mutant)
{
    QStringList lines = linesOf(pathOf(mutant.program));
    for (QString& line : lines) {
        if (line.trimmed() == mutant.line) {
            line.replace(mutant.line, mutant.replacement);
            return lines.join(u'\n');
        }
    }
    return {};
}

} // namespace

class TestGallery : public QObject
{
    Q_OBJECT

private slots:
    void aProgramShowsWhatItExpects_data();
    void aProgramShowsWhatItExpects();
    void aProgramSaysWhatItIsAbout_data();
    void aProgramSaysWhatItIsAbout();
    void aMutantDoesNotShowIt_data();
    void aMutantDoesNotShowIt();
    void everyProgramHasAMutant();
    void everyProgramFileIsListed();
};

void TestGallery::aProgramShowsWhatItExpects_data()
{
    QTest::addColumn<QString>("program");
    for (const QString& id : galleryIds())
        QTest::newRow(qPrintable(id)) << id;
}

void TestGallery::aProgramShowsWhatItExpects()
{
    QFETCH(QString, program);
    const bool expectsDeadlock =
        linesOf(pathOf(program)).contains(QStringLiteral("expect deadlock reachable"));

    const auto isAsWanted = [expectsDeadlock](const Run& run) {
        return run.count(QStringLiteral("failed")) == 0 && run.count(QStringLiteral("held")) > 0
            && run.exitCode == (expectsDeadlock ? 3 : 0);
    };

    const Run run = runUntil(isAsWanted, pathOf(program));

    QVERIFY2(isAsWanted(run), qPrintable(run.said));
}

void TestGallery::aProgramSaysWhatItIsAbout_data()
{
    aProgramShowsWhatItExpects_data();
}

void TestGallery::aProgramSaysWhatItIsAbout()
{
    QFETCH(QString, program);

    const QStringList lines = linesOf(pathOf(program));

    QVERIFY(lines.size() > 3);
    static const QRegularExpression title(QStringLiteral("^program \".+\"$"));
    QVERIFY(title.match(lines[0]).hasMatch());
    QVERIFY(lines[1].startsWith(QStringLiteral("# ")));
}

void TestGallery::aMutantDoesNotShowIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expectation");
    for (const Mutant& mutant : mutants())
        QTest::newRow(qPrintable(mutant.program)) << mutated(mutant) << mutant.expectation;
}

void TestGallery::aMutantDoesNotShowIt()
{
    QFETCH(QString, text);
    QFETCH(QString, expectation);
    QVERIFY2(!text.isEmpty(), "the program has the line that the mutant replaces");
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("mutant.hed")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
    file.close();

    // That something can happen is not refuted by one run in which it does not.
    const bool isPossibility = expectation.endsWith(QStringLiteral(" reachable"));
    const QString wanted = isPossibility ? QStringLiteral("unchecked") : QStringLiteral("failed");
    const auto isAsWanted = [&](const Run& run) { return run.statusOf(expectation) == wanted; };

    const Run run = runUntil(isAsWanted, file.fileName());

    QVERIFY2(isAsWanted(run), qPrintable(run.statusOf(expectation) + u'\n' + run.said));
}

void TestGallery::everyProgramHasAMutant()
{
    QStringList withMutant;
    for (const Mutant& mutant : mutants())
        withMutant.append(mutant.program);

    QCOMPARE(withMutant, galleryIds());
}

void TestGallery::everyProgramFileIsListed()
{
    QStringList files;
    const QDir folder(QStringLiteral(HEDDLE_PROGRAMS));
    for (const QString& chapter : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString& file :
            QDir(folder.filePath(chapter)).entryList({QStringLiteral("*.hed")}))
            files.append(chapter + u'/' + file.chopped(4));
    }

    QStringList listed = galleryIds();
    listed.sort();
    files.sort();
    QCOMPARE(files, listed);
}

QTEST_GUILESS_MAIN(TestGallery)
#include "tst_gallery.moc"
