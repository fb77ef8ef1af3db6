// SPDX-License-Identifier: GPL-3.0-only
#include "app/program_source.h"

#include "app/gallery.h"
#include "engine/base/owned_fd.h"

#include <QString>
#include <QStringDecoder>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle::app {

namespace {

constexpr std::size_t kLargestProgram = std::size_t{4} * 1024 * 1024;

Error badProgram(const std::string& sentence)
{
    return Error{ErrorKind::BadProgram, 0, "read", sentence};
}

Error notThere(const std::string& file)
{
    std::string sentence = "There is no file and no gallery program \"" + file + "\".";
    if (const auto meant = nearestGalleryId(file))
        sentence += " Did you mean \"" + *meant + "\"?";
    return badProgram(sentence + " `heddle list` shows the gallery.");
}

Error unreadable(const std::string& name, int systemErrno)
{
    return badProgram(
        "\"" + name + "\" cannot be read: " + qt_error_string(systemErrno).toStdString() + ".");
}

/// All bytes up to the end, or an error; what is larger than a program can be is not read on.
Result<std::string> readAll(int fd, const std::string& name)
{
    std::string text;
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t count = ::read(fd, piece.data(), piece.size());
        if (count == 0)
            return text;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return unreadable(name, errno);
        text.append(piece.data(), static_cast<std::size_t>(count));
        if (text.find('\0', text.size() - static_cast<std::size_t>(count)) != std::string::npos)
            return badProgram("\"" + name + "\" is not a text: it holds a zero byte.");
        if (text.size() > kLargestProgram)
            return badProgram("\"" + name + "\" is larger than 4 MiB: that is too large.");
    }
}

Result<RunSource> readText(int fd, const std::string& name)
{
    Result<std::string> text = readAll(fd, name);
    if (!text)
        return text.error();
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(QByteArray::fromStdString(*text));
    if (decoder.hasError() || decoded.contains(QChar::ReplacementCharacter))
        return badProgram("\"" + name + "\" is not a text in UTF-8.");
    return RunSource{name, std::move(*text)};
}

Result<RunSource> readFile(const std::string& file)
{
    const OwnedFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!fd)
        return unreadable(file, errno);
    return readText(fd.get(), file);
}

} // namespace

Result<RunSource> readProgram(const std::string& file)
{
    if (file == "-")
        return readText(STDIN_FILENO, "standard input");
    struct stat status = {};
    const bool exists = ::stat(file.c_str(), &status) == 0;
    if (exists && !S_ISDIR(status.st_mode))
        return readFile(file);
    if (const auto text = galleryText(file))
        return RunSource{file, *text};
    if (exists)
        return badProgram("\"" + file + "\" is a directory, not a program.");
    if (errno != ENOENT && errno != ENOTDIR)
        return unreadable(file, errno);
    return notThere(file);
}

Result<std::string> readTextFile(const std::string& file)
{
    struct stat status = {};
    if (file != "-" && ::stat(file.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
        return badProgram("\"" + file + "\" is a directory, not a file.");
    Result<RunSource> read =
        file == "-" ? readText(STDIN_FILENO, "standard input") : readFile(file);
    if (!read)
        return read.error();
    return std::move(read->text);
}

} // namespace heddle::app
