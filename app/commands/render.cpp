// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/render.h"

#include "app/file_target.h"
#include "engine/model/trace/perfetto_format.h"
#include "widgets/timeline/timeline_picture.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QSvgGenerator>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace heddle::app {

namespace {

constexpr int kDone = 0;
constexpr int kNotValid = 2;
constexpr int kSystemRefused = 6;
constexpr int kLargestSide = 16384;

void complain(const QString& words)
{
    (void)std::fprintf(stderr, "heddle render: %s\n", qPrintable(words));
}

// A QGuiApplication wants arguments that outlive it.
class OffscreenApplication
{
public:
    OffscreenApplication()
    {
        if (QCoreApplication::instance())
            return;
        qputenv("QT_QPA_PLATFORM", "offscreen");
        m_application = std::make_unique<QGuiApplication>(m_count, m_arguments.data());
    }

private:
    char m_name[7] = "heddle";
    std::array<char*, 2> m_arguments{m_name, nullptr};
    int m_count = 1;
    std::unique_ptr<QGuiApplication> m_application;
};

QByteArray asPng(widgets::TimelinePicture& picture)
{
    QImage image(picture.size(), QImage::Format_RGB32);
    QPainter painter(&image);
    picture.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray asSvg(widgets::TimelinePicture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size());
    generator.setViewBox(QRect(QPoint(0, 0), picture.size()));
    generator.setTitle(QStringLiteral("Heddle"));
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    return bytes;
}

int writeWhole(const QString& path, const QByteArray& bytes)
{
    const Result<void> written = writeFile(path.toStdString(), bytes.toStdString());
    if (written)
        return kDone;
    complain(
        QCoreApplication::translate("heddle::app::Render", "%1 Choose another place with --out.")
            .arg(QString::fromStdString(written.error().detail)));
    return kSystemRefused;
}

int explainUnreadable(const Error& error, const std::string& path)
{
    const bool isRefusal = error.kind == ErrorKind::SystemCall && error.systemErrno != ENOENT
        && error.systemErrno != EISDIR;
    complain(
        QCoreApplication::translate("heddle::app::Render", "%1 could not be read as a trace: %2")
            .arg(QString::fromStdString(path), QString::fromStdString(error.text())));
    return isRefusal ? kSystemRefused : kNotValid;
}

} // namespace

int renderTrace(const std::shared_ptr<const Trace>& trace, const RenderOptions& options)
{
    const OffscreenApplication application;
    const QString path = QString::fromStdString(options.outputPath);
    const bool isSvg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!isSvg && !path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        complain(QCoreApplication::translate(
            "heddle::app::Render", "%1: the name of the picture must end in .png or .svg.")
                     .arg(path));
        return kNotValid;
    }
    if (options.width < 200 || options.width > kLargestSide || options.height < 0
        || options.height > kLargestSide || (options.height > 0 && options.height < 120)) {
        complain(QCoreApplication::translate(
            "heddle::app::Render", "the size must lie between 200x120 and %1x%1.")
                     .arg(kLargestSide));
        return kNotValid;
    }
    if (options.from && options.to && *options.to <= *options.from) {
        complain(
            QCoreApplication::translate("heddle::app::Render", "--to must be later than --from."));
        return kNotValid;
    }
    const auto scheme = options.isDark ? widgets::ColourScheme::Dark : widgets::ColourScheme::Light;
    widgets::TimelinePicture picture(
        trace, {{options.width, options.height}, options.from, options.to, scheme});
    return writeWhole(path, isSvg ? asSvg(picture) : asPng(picture));
}

int renderCommand(const RenderOptions& options)
{
    const Result<LoadedTrace> loaded = loadPerfetto(options.tracePath);
    if (!loaded)
        return explainUnreadable(loaded.error(), options.tracePath);
    const int code = renderTrace(loaded->trace, options);
    if (code != kDone || loaded->damage.empty())
        return code;
    complain(QString::fromStdString(options.tracePath + ": " + loaded->damage));
    return kNotValid;
}

} // namespace heddle::app
