// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/frame_painter.h"

#include "widgets/shared/icons.h"
#include "widgets/shared/state_colours.h"
#include "widgets/timeline/ruler_ticks.h"
#include "widgets/timeline/slice_text.h"
#include "widgets/timeline/tile_geometry.h"

#include <QFontMetrics>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kIconSize = 14;
constexpr int kIndent = 12;
constexpr int kIconGap = 7;
constexpr int kNarrowestHeader = 130;
constexpr int kWidestHeader = 280;
constexpr double kRulerLabelWidth = 110.0;

QString iconNameOf(const Lane& lane)
{
    switch (lane.group) {
    case LaneGroup::Actors:
        return actorIconName(lane.actorKind);
    case LaneGroup::Objects:
        return primitiveIconName(lane.objectKind);
    case LaneGroup::Processors:
        return QStringLiteral("processor");
    case LaneGroup::Counters:
        return QStringLiteral("counter");
    }
    return QStringLiteral("object");
}

QFont bold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

FramePainter::FramePainter(QPainter& painter, const TimelineScene& scene)
    : m_painter(painter)
    , m_scene(scene)
    , m_colours(themeColours(scene.scheme))
{
}

void FramePainter::paint(const QRect& exposed)
{
    m_painter.save();
    m_painter.setFont(m_scene.font);
    if (exposed.intersects(m_scene.frame.headers()))
        paintHeaders();
    if (exposed.intersects(m_scene.frame.ruler()))
        paintRuler();
    if (exposed.intersects(m_scene.frame.minimap()))
        paintMinimap();
    if (exposed.intersects(m_scene.frame.corner()))
        paintCorner();
    m_painter.restore();
}

void FramePainter::paintHeaders()
{
    const QRect area = m_scene.frame.headers();
    m_painter.save();
    m_painter.setClipRect(QRect(0, area.top(), m_scene.frame.width, area.height()));
    m_painter.fillRect(area, m_colours.window);
    m_painter.fillRect(area.right(), area.top(), 1, area.height(), m_colours.border);
    m_painter.translate(0, m_scene.frame.lanesTop() - m_scene.frame.scrollY);
    const int top = m_scene.frame.toLayout(area.top());
    const int bottom = m_scene.frame.toLayout(area.bottom());
    for (const LanePlace& lane : m_scene.layout.lanes) {
        if (lane.y <= bottom && lane.y + lane.height >= top)
            paintHeader(lane);
    }
    for (const GroupPlace& group : m_scene.layout.groups) {
        if (group.y <= bottom && group.y + group.height >= top)
            paintGroup(group);
    }
    m_painter.restore();
}

void FramePainter::paintHeader(const LanePlace& lane)
{
    const bool isStuck = isDeadlocked(lane.lane.id);
    const int width = m_scene.frame.headerWidth - 1;
    const auto& selected = m_scene.selection.lanes;
    if (std::find(selected.begin(), selected.end(), lane.lane.id) != selected.end()
        || (m_scene.selected && m_scene.selected->lane == lane.lane.id))
        m_painter.fillRect(0, lane.y, width, lane.height, m_colours.surfaceRaised);
    if (isStuck)
        m_painter.fillRect(0, lane.y, 3, lane.height - 1, m_colours.danger);
    const QRect first = lane.strips.empty()
        ? QRect(0, lane.y, width, lane.height)
        : QRect(0, lane.strips.front().y, width, lane.strips.front().height);
    const QRect icon(kIndent, first.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
    const QString iconName = isStuck ? QStringLiteral("deadlock") : iconNameOf(lane.lane);
    paintIcon(icon, iconName, isStuck ? m_colours.danger : m_colours.textMuted);
    const QRect words(
        icon.right() + kIconGap, first.top(), width - icon.right() - kIconGap - 8, first.height());
    m_painter.setPen(isStuck ? m_colours.danger : m_colours.text);
    const QString name = QString::fromStdString(lane.lane.name);
    m_painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(m_scene.font).elidedText(name, Qt::ElideMiddle, words.width()));
    m_painter.fillRect(0, lane.y + lane.height - 1, width, 1, m_colours.gridLine);
}

void FramePainter::paintGroup(const GroupPlace& group)
{
    const QRect band(0, group.y, m_scene.frame.width, group.height);
    m_painter.fillRect(band, m_colours.surfaceRaised);
    const QString chevron =
        group.isCollapsed ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down");
    const QRect icon(6, group.y + (group.height - 12) / 2, 12, 12);
    paintIcon(icon, chevron, m_colours.textMuted);
    m_painter.setFont(bold(m_scene.font));
    m_painter.setPen(m_colours.text);
    const QString word = laneGroupWord(group.group);
    const QRect words = band.adjusted(24, 0, 0, 0);
    m_painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, word);
    const int used = QFontMetrics(m_painter.font()).horizontalAdvance(word);
    m_painter.setFont(m_scene.font);
    m_painter.setPen(m_colours.textMuted);
    m_painter.drawText(words.adjusted(used + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
        QString::number(group.laneCount));
}

void FramePainter::paintIcon(const QRect& place, const QString& name, const QColor& colour)
{
    m_painter.drawPixmap(
        place.topLeft(), iconPixmap(name, colour, place.width(), m_scene.devicePixelRatio));
}

void FramePainter::paintRuler()
{
    const QRect area = m_scene.frame.ruler();
    m_painter.save();
    m_painter.setClipRect(area);
    m_painter.fillRect(area, m_colours.window);
    m_painter.translate(area.topLeft());
    if (!m_scene.selection.isEmpty()) {
        const double left = pixelAt(m_scene.scale, m_scene.selection.begin.count());
        const double right = pixelAt(m_scene.scale, m_scene.selection.end.count());
        QColor tint = m_colours.accent;
        tint.setAlpha(60);
        m_painter.fillRect(QRectF(left, 0, right - left, area.height()), tint);
    }
    const QFontMetrics metrics(m_scene.font);
    for (const RulerTick& tick : rulerTicks(m_scene.scale, kRulerLabelWidth, m_scene.times)) {
        const double x = std::round(tick.pixel);
        const int length = tick.isMajor() ? 8 : 4;
        m_painter.fillRect(QRectF(x, area.height() - length, 1, length),
            tick.isMajor() ? m_colours.textMuted : m_colours.border);
        if (!tick.isMajor())
            continue;
        const QRectF place(x + 5, 0, metrics.horizontalAdvance(tick.label), area.height() - 3);
        if (place.left() < 0 || place.right() > area.width())
            continue; // half a number is another number
        m_painter.setPen(m_colours.textMuted);
        m_painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, tick.label);
    }
    m_painter.fillRect(0, area.height() - 1, area.width(), 1, m_colours.border);
    m_painter.restore();
}

void FramePainter::paintMinimap()
{
    const QRect area = m_scene.frame.minimap();
    if (area.height() <= 0)
        return;
    m_painter.save();
    m_painter.setClipRect(area);
    m_painter.fillRect(area, m_colours.surface);
    paintOverview(area.adjusted(0, 4, 0, -3));
    const TimeScale whole{
        0, std::max<std::int64_t>(1, m_scene.extent), static_cast<double>(area.width())};
    const double left = area.left() + std::max(0.0, pixelAt(whole, m_scene.scale.begin));
    const double right = std::max(left + 3.0,
        area.left() + std::min<double>(area.width(), pixelAt(whole, m_scene.scale.end)));
    QColor shade = m_colours.window;
    shade.setAlpha(165);
    m_painter.fillRect(QRectF(area.left(), area.top(), left - area.left(), area.height()), shade);
    m_painter.fillRect(QRectF(right, area.top(), area.right() + 1 - right, area.height()), shade);
    m_painter.setPen(m_colours.accent);
    m_painter.drawRect(QRectF(std::round(left), area.top() + 0.5,
        std::max(2.0, std::round(right - left) - 1), area.height() - 2));
    for (const DeadlockMark& mark : m_scene.deadlocks)
        m_painter.fillRect(
            QRectF(area.left() + pixelAt(whole, mark.time) - 1, area.top(), 2, area.height()),
            m_colours.danger);
    m_painter.fillRect(area.left(), area.bottom(), area.width(), 1, m_colours.border);
    m_painter.restore();
}

void FramePainter::paintOverview(const QRect& area)
{
    if (m_scene.overview.empty() || m_scene.overviewEnd <= 0)
        return;
    const double share = static_cast<double>(m_scene.overviewEnd)
        / static_cast<double>(std::max(m_scene.overviewEnd, m_scene.extent));
    const double step = area.width() * share / static_cast<double>(m_scene.overview.size());
    for (std::size_t column = 0; column < m_scene.overview.size(); ++column) {
        const StackHeights stack = stackHeights(m_scene.overview[column], area.height());
        const double left = std::floor(area.left() + step * static_cast<double>(column));
        const double right = std::floor(area.left() + step * static_cast<double>(column + 1));
        double bottom = area.bottom() + 1.0;
        for (const StateGroup group : {StateGroup::Running, StateGroup::Runnable,
                 StateGroup::Contention, StateGroup::Error}) {
            const int height = stack.pixels[static_cast<std::size_t>(group)];
            bottom -= height;
            if (height > 0 && right > left)
                m_painter.fillRect(QRectF(left, bottom, right - left, height),
                    stateLook(group, m_scene.scheme).fill);
        }
    }
}

void FramePainter::paintCorner()
{
    const QRect area = m_scene.frame.corner();
    m_painter.fillRect(area, m_colours.window);
    m_painter.fillRect(area.right(), area.top(), 1, area.height(), m_colours.border);
    m_painter.fillRect(area.left(), area.bottom(), area.width(), 1, m_colours.border);
    if (m_scene.extent <= 0)
        return;
    const QRect upper(kIndent, 5, area.width() - 2 * kIndent, 24);
    QFont clock = bold(m_scene.font);
    clock.setPixelSize(QFontMetrics(m_scene.font).height());
    m_painter.setFont(clock);
    m_painter.setPen(m_colours.text);
    const std::int64_t moment = m_scene.cursor.value_or(m_scene.extent);
    const std::int64_t resolution =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(nanosecondsPerPixel(m_scene.scale)));
    m_painter.drawText(
        upper, Qt::AlignVCenter | Qt::AlignLeft, m_scene.times.moment(moment, resolution));
    m_painter.setFont(m_scene.font);
    const QRect lower(kIndent, area.bottom() - m_scene.frame.rulerHeight,
        area.width() - 2 * kIndent, m_scene.frame.rulerHeight);
    if (m_scene.isLive) {
        m_painter.setPen(m_colours.danger);
        m_painter.drawText(
            lower, Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("● ") + tr("live"));
        return;
    }
    m_painter.setPen(m_colours.textMuted);
    m_painter.drawText(
        lower, Qt::AlignVCenter | Qt::AlignLeft, m_scene.times.ofWhole(m_scene.extent));
}

bool FramePainter::isDeadlocked(LaneId lane) const
{
    return std::any_of(m_scene.deadlocks.begin(), m_scene.deadlocks.end(),
        [lane](const DeadlockMark& mark) { return mark.lane == lane; });
}

int headerWidthFor(const LaneLayout& layout, const QFont& font)
{
    const QFontMetrics metrics(font);
    const QFontMetrics boldMetrics(bold(font));
    int widest = 0;
    for (const LanePlace& lane : layout.lanes) {
        const QString name = QString::fromStdString(lane.lane.name);
        widest = std::max(widest, metrics.horizontalAdvance(name) + kIndent + kIconSize + kIconGap);
    }
    for (const GroupPlace& group : layout.groups)
        widest = std::max(widest, boldMetrics.horizontalAdvance(laneGroupWord(group.group)) + 52);
    return std::clamp(widest + 14, kNarrowestHeader, kWidestHeader);
}

} // namespace heddle::widgets
