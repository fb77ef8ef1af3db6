// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/moment_painter.h"

#include "widgets/shared/end_text.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr double kFlagPadding = 4.0;

QColor momentColour(Moment::Kind kind, ColourScheme scheme)
{
    const ThemeColours& colours = themeColours(scheme);
    switch (kind) {
    case Moment::Kind::Raised:
    case Moment::Kind::Deadlocked:
    case Moment::Kind::Failed:
    case Moment::Kind::Killed:
    case Moment::Kind::Orphaned:
        return colours.danger;
    case Moment::Kind::Notified:
    case Moment::Kind::WasSet:
    case Moment::Kind::WasCleared:
    case Moment::Kind::SignalSent:
    case Moment::Kind::SignalGiven:
        return colours.accent;
    case Moment::Kind::Said:
    case Moment::Kind::Progressed:
    case Moment::Kind::Marked:
    case Moment::Kind::Finished:
    case Moment::Kind::Exited:
    case Moment::Kind::Reaped:
    case Moment::Kind::BytesRead:
    case Moment::Kind::BytesWritten:
    case Moment::Kind::Stopped:
    case Moment::Kind::Continued:
        return colours.text;
    }
    return colours.text;
}

} // namespace

MomentPainter::MomentPainter(QPainter& painter, const TimelineScene& scene)
    : m_painter(painter)
    , m_scene(scene)
{
}

bool MomentPainter::isSeen(const Moment& moment) const
{
    return moment.time >= m_scene.scale.begin && moment.time < m_scene.scale.end;
}

double MomentPainter::pixelOf(const Moment& moment) const
{
    const double x = pixelAt(m_scene.scale, moment.time);
    return std::round(x * m_scene.devicePixelRatio) / m_scene.devicePixelRatio;
}

void MomentPainter::paint(const std::vector<Moment>& moments, const StripPlace& strip)
{
    for (const Moment& moment : moments) {
        if (!isSeen(moment))
            continue;
        const double x = pixelOf(moment);
        const QColor colour = momentColour(moment.kind, m_scene.scheme);
        m_painter.fillRect(QRectF(x, strip.y - 3, 1, 6), colour);
        m_painter.fillRect(QRectF(x - 1, strip.y - 3, 3, 2), colour);
    }
}

void MomentPainter::addFlags(const std::vector<Moment>& moments, const StripPlace& strip)
{
    const QFontMetrics metrics(m_scene.font);
    for (const Moment& moment : moments) {
        const QString words = flagText(moment);
        if (words.isEmpty() || !isSeen(moment))
            continue;
        const double width = metrics.horizontalAdvance(words) + 2 * kFlagPadding;
        double left = pixelOf(moment);
        if (left + width > m_scene.frame.canvasWidth())
            left -= width - 1; // at the right edge it flies to the other side
        addFlag({QRectF(left, strip.y, width, strip.height), words,
            momentColour(moment.kind, m_scene.scheme)});
    }
}

void MomentPainter::addFlag(Flag flag)
{
    std::erase_if(
        m_flags, [&flag](const Flag& other) { return other.place.intersects(flag.place); });
    m_flags.push_back(std::move(flag));
}

QRectF MomentPainter::besideFlags(QRectF place) const
{
    for (const Flag& flag : m_flags) {
        if (!flag.place.intersects(place))
            continue;
        if (flag.place.center().x() < place.center().x())
            place.setLeft(std::max(place.left(), flag.place.right()));
        else
            place.setRight(flag.place.left());
    }
    return place;
}

void MomentPainter::paintFlags()
{
    m_painter.setFont(m_scene.font);
    for (const Flag& flag : std::as_const(m_flags)) {
        m_painter.fillRect(flag.place, themeColours(m_scene.scheme).surface);
        m_painter.setPen(flag.colour);
        m_painter.drawRect(flag.place.adjusted(0.5, 0.5, -0.5, -0.5));
        m_painter.drawText(flag.place, Qt::AlignCenter, flag.words);
    }
}

} // namespace heddle::widgets
