// SPDX-License-Identifier: GPL-3.0-only
#include "app/picture_export.h"

#include "app/file_target.h"

#include <QBuffer>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QWidget>

namespace heddle::app {

namespace {

QByteArray svgOf(QWidget& widget)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    QPainter painter(&generator);
    widget.render(&painter);
    painter.end();
    return buffer.data();
}

QByteArray pngOf(QWidget& widget)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    widget.grab().save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

Result<void> exportPicture(QWidget& widget, const QString& path)
{
    const bool isSvg = path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive);
    const QByteArray picture = isSvg ? svgOf(widget) : pngOf(widget);
    return writeFile(path.toStdString(), picture.toStdString());
}

} // namespace heddle::app
