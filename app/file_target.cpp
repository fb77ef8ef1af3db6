// SPDX-License-Identifier: GPL-3.0-only
#include "app/file_target.h"

#include "engine/model/trace/output_file.h"

#include <QFileInfo>
#include <QString>
#include <QTemporaryFile>

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace heddle::app {

Error cannotBeWritten(const std::string& path, int systemErrno)
{
    return Error{ErrorKind::SystemCall, systemErrno, "write",
        "\"" + path + "\" cannot be written: " + qt_error_string(systemErrno).toStdString() + "."};
}

bool isWrittenInto(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)
        && !S_ISDIR(status.st_mode);
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

Result<void> writeTextFile(const std::string& path, const std::string& text)
{
    Result<OutputFile> file = OutputFile::create(path);
    if (!file)
        return cannotBeWritten(path, file.error().systemErrno);
    file->write(text);
    const Result<void> committed = file->commit();
    return committed ? committed : cannotBeWritten(path, committed.error().systemErrno);
}

} // namespace heddle::app
