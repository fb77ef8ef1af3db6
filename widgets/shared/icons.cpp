// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/icons.h"

#include "widgets/shared/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>
#include <utility>

// A static library's resources are linked in only if somebody asks for them, outside any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace heddle::widgets {

namespace {

/// Renders an SVG whose strokes are `currentColor` in the colour the moment asks for.
class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QByteArray source, std::optional<QColor> colour)
        : m_source(std::move(source))
        , m_colour(colour)
    {
    }

    void paint(QPainter* painter, const QRect& rectangle, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray source = m_source;
        source.replace("currentColor", colourFor(mode).name().toLatin1());
        QSvgRenderer renderer(source);
        painter->setRenderHint(QPainter::Antialiasing);
        renderer.render(painter, QRectF(rectangle));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap image(size);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return image;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

private:
    QColor colourFor(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (m_colour)
            return *m_colour;
        return palette.color(QPalette::Active,
            mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
    }

    QByteArray m_source;
    std::optional<QColor> m_colour;
};

QIcon loadIcon(const QString& name, std::optional<QColor> colour)
{
    initialiseResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new ThemedIconEngine(file.readAll(), colour));
}

} // namespace

QIcon themedIcon(const QString& name)
{
    return loadIcon(name, std::nullopt);
}

QIcon themedIcon(const QString& name, const QColor& colour)
{
    return loadIcon(name, colour);
}

QPixmap iconPixmap(const QString& name, const QColor& colour, int size, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("heddle/%1/%2/%3/%4")
                            .arg(name, colour.name())
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap image;
    if (QPixmapCache::find(key, &image))
        return image;
    const int pixels = qRound(size * devicePixelRatio);
    image = QPixmap(pixels, pixels);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    themedIcon(name, colour).paint(&painter, QRect(0, 0, pixels, pixels));
    painter.end();
    image.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, image);
    return image;
}

QIcon primitiveIcon(PrimitiveKind kind)
{
    return themedIcon(primitiveIconName(kind));
}

QString actorIconName(ActorKind kind)
{
    switch (kind) {
    case ActorKind::Thread:
        return QStringLiteral("thread");
    case ActorKind::Process:
        return QStringLiteral("process");
    case ActorKind::Task:
        return QStringLiteral("task");
    case ActorKind::Timer:
        return QStringLiteral("timer");
    case ActorKind::Foreign:
        return QStringLiteral("foreign");
    case ActorKind::Command:
        return QStringLiteral("command");
    }
    return QStringLiteral("thread");
}

QString primitiveIconName(PrimitiveKind kind)
{
    switch (kind) {
    case PrimitiveKind::None:
        return QStringLiteral("object");
    case PrimitiveKind::Mutex:
        return QStringLiteral("mutex");
    case PrimitiveKind::RecursiveMutex:
        return QStringLiteral("rlock");
    case PrimitiveKind::ReadWriteLock:
        return QStringLiteral("rwlock");
    case PrimitiveKind::Semaphore:
        return QStringLiteral("semaphore");
    case PrimitiveKind::Condition:
        return QStringLiteral("condition");
    case PrimitiveKind::Event:
        return QStringLiteral("event");
    case PrimitiveKind::Barrier:
        return QStringLiteral("barrier");
    case PrimitiveKind::Latch:
        return QStringLiteral("latch");
    case PrimitiveKind::Queue:
        return QStringLiteral("queue");
    case PrimitiveKind::Pipe:
        return QStringLiteral("pipe");
    }
    return QStringLiteral("object");
}

} // namespace heddle::widgets
