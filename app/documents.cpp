// SPDX-License-Identifier: GPL-3.0-only
#include "app/documents.h"

#include "app/file_target.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <cerrno>

namespace heddle::app {

namespace {

Error fileError(int number, const char* operation, const QString& path)
{
    return systemError(number, operation, path.toStdString());
}

} // namespace

Document::Document(QObject* parent)
    : QObject(parent)
{
}

Result<QString> Document::readProgram(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fileError(ENOENT, "open", path);
    if (info.isDir())
        return fileError(EISDIR, "open", path);
    if (info.size() > kSizeLimit)
        return fileError(EFBIG, "open", path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(info.isReadable() ? EIO : EACCES, "open", path);
    const QByteArray bytes = file.read(kSizeLimit + 1);
    if (bytes.size() > kSizeLimit)
        return fileError(EFBIG, "read", path);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.contains(QChar::Null))
        return Error{.kind = ErrorKind::InvalidArgument,
            .operation = "read",
            .detail = path.toStdString() + " is not a text in UTF-8"};
    return text;
}

Result<void> Document::writeProgram(const QString& path, const QString& text)
{
    return writeFile(path.toStdString(), text.toStdString());
}

void Document::setFile(const QString& path)
{
    assign(QFileInfo(path).absoluteFilePath(), {});
}

void Document::setGalleryProgram(const QString& id)
{
    assign({}, id);
}

void Document::setUntitled()
{
    assign({}, {});
}

void Document::setProgramOfTrace(const QString& traceName)
{
    assign({}, {}, traceName);
}

void Document::setNoProgram(const QString& traceName)
{
    assign({}, {}, traceName, Holds::Nothing);
}

void Document::assign(
    const QString& path, const QString& galleryId, const QString& traceName, Holds holds)
{
    m_path = path;
    m_galleryId = galleryId;
    m_traceName = traceName;
    m_hasProgram = holds == Holds::Program;
    m_isModified = false;
    emit changed();
}

void Document::setModified(bool modified)
{
    if (m_isModified == modified)
        return;
    m_isModified = modified;
    emit changed();
}

QString Document::displayName() const
{
    if (!m_path.isEmpty())
        return QFileInfo(m_path).fileName();
    if (!m_traceName.isEmpty())
        return m_hasProgram ? tr("program of %1").arg(m_traceName) : m_traceName;
    return m_galleryId.isEmpty() ? tr("New program") : m_galleryId;
}

QString Document::runName() const
{
    if (!m_path.isEmpty())
        return m_path;
    return m_galleryId.isEmpty() ? QStringLiteral("new.hed") : m_galleryId;
}

QString Document::reopenName() const
{
    return m_path.isEmpty() ? m_galleryId : m_path;
}

} // namespace heddle::app
