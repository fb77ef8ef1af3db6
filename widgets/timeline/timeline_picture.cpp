// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_picture.h"

#include "engine/model/trace/track.h"
#include "widgets/shared/state_colours.h"
#include "widgets/shared/trace_times.h"
#include "widgets/timeline/frame_painter.h"
#include "widgets/timeline/lane_painter.h"
#include "widgets/timeline/overlay_painter.h"
#include "widgets/timeline/timeline_scene.h"

#include <QFontMetrics>
#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr int kTitleHeight = 44;
constexpr int kLegendHeight = 34;
constexpr int kMargin = 14;
constexpr int kHighestPicture = 4000;

constexpr std::array<State, 12> kLegend{State::Running, State::Computing, State::Runnable,
    State::WaitLock, State::WaitCondition, State::WaitQueue, State::WaitInput, State::WaitTime,
    State::WaitActor, State::WaitSignal, State::Held, State::Zombie};

/// Whether any lane is ever in the state.
bool occurs(const Trace& trace, State state)
{
    const auto isOf = [&](TrackId id) {
        const Track* track = trace.track(id);
        return track != nullptr && track->sums(0, trace.end())[static_cast<std::size_t>(state)] > 0;
    };
    const std::vector<Lane> lanes = trace.lanes();
    return std::any_of(lanes.begin(), lanes.end(), [&](const Lane& lane) {
        return std::any_of(lane.tracks.begin(), lane.tracks.end(), isOf);
    });
}

} // namespace

TimelinePicture::TimelinePicture(std::shared_ptr<const Trace> trace, const PictureOptions& options)
    : m_trace(std::move(trace))
    , m_options(options)
    , m_size(options.size)
{
    if (m_size.height() <= 0) {
        const int lanes = layOut(*m_trace, {}).height;
        const int needed = kTitleHeight + TimelineFrame{}.lanesTop() + lanes + kLegendHeight;
        m_size.setHeight(std::clamp(needed, 200, kHighestPicture));
    }
}

QFont TimelinePicture::font() const
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(12);
    return font;
}

void TimelinePicture::paint(QPainter& painter)
{
    painter.fillRect(QRect(QPoint(0, 0), m_size), themeColours(m_options.scheme).window);
    paintTitle(painter);
    paintTimeline(painter);
    paintLegend(painter);
}

void TimelinePicture::paintTitle(QPainter& painter) const
{
    const ThemeColours& colours = themeColours(m_options.scheme);
    QFont heading = font();
    heading.setPixelSize(16);
    heading.setWeight(QFont::DemiBold);
    const QString program = QString::fromStdString(m_trace->property("program"));
    const QString title = program.isEmpty() ? QStringLiteral("Heddle") : program;
    const QRect area(kMargin, 0, m_size.width() - 2 * kMargin, kTitleHeight);
    painter.setFont(heading);
    painter.setPen(colours.text);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, title);
    const int used = QFontMetrics(heading).horizontalAdvance(title);
    QString facts = TraceTimes(*m_trace).whole(m_trace->end());
    const QString verdict = QString::fromStdString(m_trace->property("verdict"));
    if (!verdict.isEmpty())
        facts += QStringLiteral(" · ") + verdict;
    painter.setFont(font());
    painter.setPen(verdict == QLatin1String("deadlock") ? colours.danger : colours.textMuted);
    painter.drawText(area.adjusted(used + 14, 2, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, facts);
}

void TimelinePicture::paintTimeline(QPainter& painter)
{
    TimelineScene scene;
    scene.trace = m_trace;
    scene.times = TraceTimes(*m_trace);
    scene.layout = layOut(*m_trace, {});
    scene.scheme = m_options.scheme;
    scene.font = font();
    scene.frame.width = m_size.width();
    scene.frame.height = m_size.height() - kTitleHeight - kLegendHeight;
    scene.frame.headerWidth = headerWidthFor(scene.layout, scene.font);
    scene.extent = m_trace->end();
    const std::int64_t from = std::clamp<std::int64_t>(
        m_options.from.value_or(0), 0, std::max<std::int64_t>(0, scene.extent - 1));
    const std::int64_t to = std::clamp<std::int64_t>(
        m_options.to.value_or(scene.extent), from + 1, std::max(from + 1, scene.extent));
    scene.scale = {from, to, static_cast<double>(scene.frame.canvasWidth())};
    scene.deadlocks = deadlockMarks(*m_trace, 0, scene.extent, {});
    scene.overview = overviewShares(
        *m_trace, scene.extent, static_cast<std::size_t>(scene.frame.canvasWidth()), {});
    scene.overviewEnd = scene.extent;

    const QRect all(0, 0, scene.frame.width, scene.frame.height);
    DirectTiles tiles(m_trace);
    SliceText words(m_trace);
    PaintCache cache;
    cache.use(scene.scheme, scene.font, scene.devicePixelRatio);
    painter.save();
    painter.translate(0, kTitleHeight);
    painter.setClipRect(all);
    LanePainter(painter, scene, tiles, words, cache).paint(all);
    if (cache.takeRaisedLevels()) // now the heights of levels are known
        LanePainter(painter, scene, tiles, words, cache).paint(all);
    FramePainter(painter, scene).paint(all);
    OverlayPainter(painter, scene).paint();
    painter.restore();
}

void TimelinePicture::paintLegend(QPainter& painter) const
{
    const ThemeColours& colours = themeColours(m_options.scheme);
    const int top = m_size.height() - kLegendHeight;
    painter.fillRect(0, top, m_size.width(), 1, colours.border);
    painter.setFont(font());
    const QFontMetrics metrics(font());
    int x = kMargin;
    for (const State state : kLegend) {
        if (!occurs(*m_trace, state))
            continue;
        const QString word = stateWord(state);
        const int needed = 20 + metrics.horizontalAdvance(word) + 18;
        if (x + needed > m_size.width())
            break;
        painter.fillRect(
            QRect(x, top + (kLegendHeight - 12) / 2, 14, 12), stateBrush(state, m_options.scheme));
        painter.setPen(colours.text);
        painter.drawText(
            QRect(x + 20, top, needed, kLegendHeight), Qt::AlignVCenter | Qt::AlignLeft, word);
        x += needed;
    }
}

} // namespace heddle::widgets
