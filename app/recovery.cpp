// SPDX-License-Identifier: GPL-3.0-only
#include "app/recovery.h"

#include "app/file_target.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringBuilder>
#include <QUuid>

namespace heddle::app {

namespace {

const QString kSuffix = QStringLiteral(".recovery");

QString lockPath(const QString& copy)
{
    return copy % QStringLiteral(".lock");
}

std::optional<RecoveredText> readCopy(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (!object.contains(QStringLiteral("text")))
        return std::nullopt;
    return RecoveredText{
        object[QStringLiteral("name")].toString(), object[QStringLiteral("text")].toString()};
}

} // namespace

Recovery::Recovery(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
{
    QDir().mkpath(m_folder);
    m_path = QDir(m_folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) % kSuffix);
    m_lock = std::make_unique<QLockFile>(lockPath(m_path));
    m_lock->setStaleLockTime(0);
    m_lock->tryLock(0);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelayMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::keep);
}

Recovery::~Recovery()
{
    m_lock->unlock();
}

void Recovery::setSource(std::function<RecoveredText()> source)
{
    m_source = std::move(source);
}

void Recovery::noteChange()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void Recovery::discard()
{
    m_timer.stop();
    QFile::remove(m_path);
}

void Recovery::keep()
{
    if (!m_source)
        return;
    const RecoveredText kept = m_source();
    const QJsonObject object{
        {QStringLiteral("name"), kept.reopenName}, {QStringLiteral("text"), kept.text}};
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    // Who cannot keep a copy is not bothered with it: the text itself is still there.
    (void)writeFile(m_path.toStdString(), bytes.toStdString());
}

std::optional<RecoveredText> Recovery::takeAbandoned()
{
    const QDir folder(m_folder);
    for (const QString& name : folder.entryList({u'*' % kSuffix}, QDir::Files, QDir::Time)) {
        const QString path = folder.filePath(name);
        if (path == m_path)
            continue;
        QLockFile lock(lockPath(path));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            continue; // its window is alive
        auto text = readCopy(path);
        QFile::remove(path);
        if (text)
            return text;
    }
    return std::nullopt;
}

} // namespace heddle::app
