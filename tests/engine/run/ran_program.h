// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>

/// How a program is to be run; the defaults are those of the command line.
struct RunWish
{
    QString seed = QStringLiteral("0");
    bool jitter = false;
    QString timeScale = QStringLiteral("1");
    int limitMilliseconds = 60'000; // far more than any of these takes: a hang is a failed test
    int actorBytes = 0; // as usual
};

/// What came of it.
struct Ran
{
    int exitCode = -1;
    QJsonObject report;
    QString messages;

    [[nodiscard]] QStringList lines() const
    {
        QStringList texts;
        for (const auto& line : report[QStringLiteral("output")].toArray())
            texts.append(line[QStringLiteral("text")].toString());
        return texts;
    }
    [[nodiscard]] QStringList actors(const QString& key) const
    {
        QStringList values;
        for (const auto& actor : report[QStringLiteral("actors")].toArray())
            values.append(actor[key].toString());
        return values;
    }
    [[nodiscard]] QStringList statuses() const
    {
        QStringList all;
        for (const auto& one : report[QStringLiteral("expectations")].toArray())
            all.append(one[QStringLiteral("status")].toString());
        return all;
    }
};

/// How many processes there are with this word among their arguments.
inline int processesWith(const QByteArray& word)
{
    int count = 0;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/") + entry + QStringLiteral("/cmdline"));
        if (file.open(QIODevice::ReadOnly) && file.readAll().split('\0').contains(word))
            ++count;
    }
    return count;
}

inline Ran run(const QByteArray& program, const RunWish& wish = {})
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_RUN_PROGRAM),
        {wish.seed, wish.jitter ? QStringLiteral("jitter") : QStringLiteral("plain"),
            wish.timeScale, QString::number(wish.limitMilliseconds),
            QString::number(wish.actorBytes)});
    process.write(program);
    process.closeWriteChannel();
    Ran ran;
    if (!process.waitForFinished(wish.limitMilliseconds + 30'000))
        return ran;
    ran.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.report = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    ran.messages = QString::fromUtf8(process.readAllStandardError());
    return ran;
}

/// Checks that the program says these lines, that all it expects is held, and that it ends well.
inline void checkThatItEndsAsItSays(const QByteArray& program, const QStringList& said)
{
    const Ran ran = run("program \"Test\"\n" + program);

    QCOMPARE(ran.lines(), said);
    for (const QString& status : ran.statuses())
        QCOMPARE(status, QStringLiteral("held"));
    QVERIFY2(ran.exitCode == 0, qPrintable(ran.messages));
}

/// Checks that no process with this word among its arguments outlives the program, which half a second
/// ends if it does not end by itself.
inline void checkThatNothingIsLeftBehind(const QByteArray& program, const QByteArray& word)
{
    RunWish wish;
    wish.limitMilliseconds = 500;

    const Ran ran = run("program \"Test\"\n" + program, wish);

    QVERIFY(ran.exitCode >= 0);
    QCOMPARE(processesWith(word), 0);
}
