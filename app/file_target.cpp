// SPDX-License-Identifier: GPL-3.0-only
#include "app/file_target.h"

#include "engine/model/trace/output_file.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QString>
#include <QTemporaryFile>

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace heddle::app {

namespace {

int errnoOf(const QFileDevice& file)
{
    switch (file.error()) {
    case QFileDevice::PermissionsError:
        return EACCES;
    case QFileDevice::ResourceError:
        return ENOMEM;
    default:
        break;
    }
    const QFileInfo info(file);
    const QFileInfo folder(info.absolutePath());
    if (!folder.exists())
        return ENOENT;
    const bool isForbidden = (info.exists() && !info.isWritable()) || !folder.isWritable();
    return isForbidden ? EACCES : ENOSPC;
}

/// Whether something that is no file has the name: a device or a pipe is not replaced.
bool isWrittenInto(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)
        && !S_ISDIR(status.st_mode);
}

Result<void> writeInto(const std::string& path, std::string_view bytes)
{
    Result<OutputFile> file = OutputFile::create(path);
    if (!file)
        return cannotBeWritten(path, file.error().systemErrno);
    file->write(bytes);
    const Result<void> committed = file->commit();
    return committed ? committed : cannotBeWritten(path, committed.error().systemErrno);
}

} // namespace

Error cannotBeWritten(const std::string& path, int systemErrno)
{
    return Error{ErrorKind::SystemCall, systemErrno, "write",
        "\"" + path + "\" cannot be written: " + qt_error_string(systemErrno).toStdString() + "."};
}

Result<void> checkFileTarget(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return cannotBeWritten(path, EISDIR);
        if (::access(path.c_str(), W_OK) != 0)
            return cannotBeWritten(path, errno);
        if (!S_ISREG(status.st_mode))
            return {}; // a device or a pipe is written to, not replaced
    }
    // Only trying tells whether there can be a file: the folder's permissions are not all that counts.
    QTemporaryFile probe(
        QFileInfo(QString::fromStdString(path)).absolutePath() + QStringLiteral("/.heddle-XXXXXX"));
    errno = 0;
    if (!probe.open())
        return cannotBeWritten(path, errno != 0 ? errno : EACCES);
    return {};
}

Result<void> writeFile(const std::string& path, std::string_view bytes)
{
    if (isWrittenInto(path))
        return writeInto(path, bytes);
    const QString name = QString::fromStdString(path);
    if (QFileInfo(name).isDir())
        return cannotBeWritten(path, EISDIR);
    QSaveFile file(name);
    const auto size = static_cast<qint64>(bytes.size());
    if (file.open(QIODevice::WriteOnly) && file.write(bytes.data(), size) == size && file.commit())
        return {};
    return cannotBeWritten(path, errnoOf(file));
}

} // namespace heddle::app
