// SPDX-License-Identifier: GPL-3.0-only
#include "app/trace_file.h"

#include "app/file_target.h"

#include <QFileInfo>
#include <QString>

namespace heddle::app {

namespace {

bool endsWith(const std::string& text, std::string_view end)
{
    return text.size() > end.size()
        && QString::fromStdString(text).endsWith(
            QLatin1String(end.data(), static_cast<qsizetype>(end.size())), Qt::CaseInsensitive);
}

std::string quoted(const std::string& path)
{
    return "\"" + path + "\"";
}

Error noTrace(const std::string& sentence)
{
    return Error{ErrorKind::BadTrace, 0, "read", sentence};
}

} // namespace

bool isTraceName(const std::string& path)
{
    return endsWith(path, ".pftrace");
}

Result<void> checkTraceSource(const std::string& path)
{
    const QFileInfo file(QString::fromStdString(path));
    if (!file.exists())
        return noTrace("There is no file " + quoted(path) + ".");
    if (file.isDir())
        return noTrace(quoted(path) + " is a directory, not a recording.");
    if (!file.isReadable())
        return noTrace(quoted(path) + " cannot be read: no permission.");
    return {};
}

Result<LoadedTrace> readTrace(const std::string& path)
{
    const Result<void> source = checkTraceSource(path);
    if (!source)
        return source.error();
    Result<LoadedTrace> loaded = loadPerfetto(path);
    if (!loaded)
        return noTrace(quoted(path) + " is not a recording that can be read: "
            + (loaded.error().detail.empty() ? loaded.error().text() : loaded.error().detail));
    return loaded;
}

bool isTraceTargetName(const std::string& path)
{
    return endsWith(path, ".pftrace") || endsWith(path, ".json");
}

Result<void> checkTraceTarget(const std::string& path)
{
    if (!isTraceTargetName(path))
        return Error{ErrorKind::InvalidArgument, 0, "write",
            quoted(path) + ": a recording is written as .pftrace or .json."};
    return checkFileTarget(path);
}

Result<void> writeTrace(const Trace& trace, const std::string& path)
{
    Result<void> written =
        endsWith(path, ".json") ? saveChromeJson(trace, path) : savePerfetto(trace, path);
    if (written)
        return {};
    return cannotBeWritten(path, written.error().systemErrno);
}

} // namespace heddle::app
