// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace heddle::tests {

/// How a command of `heddle` ended, and what it wrote.
struct Ended
{
    int exitCode = -1; ///< -n: ended by signal n
    QString output;
    QString messages;

    [[nodiscard]] QJsonObject json() const
    {
        return QJsonDocument::fromJson(output.toUtf8()).object();
    }
    /// Messages without warnings of the program.
    [[nodiscard]] QStringList errors() const
    {
        QStringList lines = messages.split(u'\n', Qt::SkipEmptyParts);
        lines.removeIf(
            [](const QString& line) { return line.contains(QStringLiteral("warning ")); });
        return lines;
    }
};

inline Ended endOf(QProcess& process)
{
    Ended ended;
    if (!process.waitForFinished(50'000))
        return ended;
    ended.exitCode =
        process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -process.exitCode();
    ended.output = QString::fromUtf8(process.readAllStandardOutput());
    ended.messages = QString::fromUtf8(process.readAllStandardError());
    return ended;
}

inline Ended runHeddle(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), arguments);
    process.write(input);
    process.closeWriteChannel();
    return endOf(process);
}

inline QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

inline QString writeFile(const QTemporaryDir& folder, const QString& name, const QByteArray& bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

inline QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace heddle::tests
