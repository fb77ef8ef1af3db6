// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/lane_painter.h"

#include "widgets/shared/state_colours.h"
#include "widgets/timeline/ruler_ticks.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostLabels = 300;
constexpr double kLabelPadding = 5.0;
constexpr double kSmallestLabel = 26.0;
constexpr double kSmallestElision = 44.0;
constexpr double kSmallestPattern = 8.0;
constexpr int kLabelledHeight = 13;
constexpr int kMostTexts = 20000;
constexpr std::size_t kLastMoments = 8; ///< of a lane: its end is among them

} // namespace

void PaintCache::use(ColourScheme scheme, const QFont& font, qreal devicePixelRatio)
{
    if (scheme == m_scheme && font == m_font && devicePixelRatio == m_devicePixelRatio
        && m_texts.size() < kMostTexts)
        return;
    m_scheme = scheme;
    m_font = font;
    m_devicePixelRatio = devicePixelRatio;
    m_texts.clear();
    for (std::size_t state = 0; state < m_brushes.size(); ++state)
        m_brushes[state] = stateBrush(static_cast<State>(state), scheme, devicePixelRatio);
}

const PaintCache::Text& PaintCache::text(const QString& words)
{
    const auto found = m_texts.constFind(words);
    if (found != m_texts.constEnd())
        return *found;
    Text text;
    text.text.setTextFormat(Qt::PlainText);
    text.text.setText(words);
    text.text.prepare(QTransform(), m_font);
    text.width = QFontMetrics(m_font).horizontalAdvance(words);
    return *m_texts.insert(words, text);
}

std::int64_t PaintCache::levelTop(TrackId track) const
{
    const auto found = m_levelTops.find(track);
    return found == m_levelTops.end() ? 1 : found->second;
}

void PaintCache::raiseLevelTop(TrackId track, std::int64_t highest)
{
    std::int64_t& top = m_levelTops.try_emplace(track, 1).first->second;
    if (highest <= top)
        return;
    top = niceLevelTop(highest);
    m_hasRaisedLevels = true;
}

LanePainter::LanePainter(QPainter& painter, const TimelineScene& scene, TileSource& tiles,
    SliceText& words, PaintCache& cache)
    : m_painter(painter)
    , m_scene(scene)
    , m_tiles(tiles)
    , m_words(words)
    , m_cache(cache)
    , m_moments(painter, scene)
{
}

int LanePainter::levelFor(const TimelineScene& scene)
{
    return tileLevelFor(nanosecondsPerPixel(scene.scale) / scene.devicePixelRatio);
}

TileWish LanePainter::wishFor(const TimelineScene& scene, const StripPlace& strip,
    std::int64_t index, const PaintCache& cache)
{
    TileWish wish{{strip.track, levelFor(scene), index},
        {scene.scheme, static_cast<int>(std::lround(strip.height * scene.devicePixelRatio)), 1}};
    if (strip.kind == TrackKind::Level)
        wish.look.levelTop = cache.levelTop(strip.track);
    return wish;
}

void LanePainter::paint(const QRect& exposed)
{
    const QRect area = exposed & m_scene.frame.lanes();
    if (area.isEmpty())
        return;
    m_painter.save();
    m_painter.setClipRect(area);
    m_painter.fillRect(area, themeColours(m_scene.scheme).surface);
    paintGrid(area);
    m_painter.translate(
        m_scene.frame.headerWidth, m_scene.frame.lanesTop() - m_scene.frame.scrollY);
    const int top = m_scene.frame.toLayout(area.top());
    const int bottom = m_scene.frame.toLayout(area.bottom());
    for (const LanePlace& lane : m_scene.layout.lanes) {
        if (lane.y > bottom || lane.y + lane.height < top)
            continue;
        for (const StripPlace& strip : lane.strips)
            paintStrip(lane, strip);
        m_painter.fillRect(0, lane.y + lane.height - 1, m_scene.frame.canvasWidth(), 1,
            themeColours(m_scene.scheme).gridLine);
    }
    for (const GroupPlace& group : m_scene.layout.groups)
        m_painter.fillRect(0, group.y, m_scene.frame.canvasWidth(), group.height,
            themeColours(m_scene.scheme).surfaceRaised);
    paintLabels();
    m_moments.paintFlags();
    m_painter.restore();
}

void LanePainter::paintGrid(const QRect& area)
{
    const QColor colour = themeColours(m_scene.scheme).gridLine;
    for (const RulerTick& tick : rulerTicks(m_scene.scale, 110.0, m_scene.times)) {
        if (tick.isMajor())
            m_painter.fillRect(QRectF(snapped(m_scene.frame.headerWidth + tick.pixel), area.top(),
                                   1, area.height()),
                colour);
    }
}

void LanePainter::paintStrip(const LanePlace& lane, const StripPlace& strip)
{
    const int level = levelFor(m_scene);
    const std::int64_t first = tileIndexAt(level, std::max<std::int64_t>(0, m_scene.scale.begin));
    const std::int64_t last = tileIndexAt(
        level, std::min(m_scene.scale.end, std::max<std::int64_t>(m_scene.extent, 1)) - 1);
    m_boxes.clear();
    m_lastTile = nullptr;
    std::vector<std::shared_ptr<const Tile>> kept;
    for (std::int64_t index = first; index <= last; ++index) {
        const TileWish wish = wishFor(m_scene, strip, index, m_cache);
        const std::shared_ptr<const Tile> tile = m_tiles.tile(wish);
        if (!tile)
            continue;
        if (tile->highest > wish.look.levelTop)
            m_cache.raiseLevelTop(strip.track, tile->highest);
        paintTile(*tile, wish, strip);
        collectBoxes(*tile);
        kept.push_back(tile);
    }
    paintBoxes(strip);
    if (lane.lane.group == LaneGroup::Actors && strip.kind == TrackKind::Activity)
        paintMoments(kept, lane.lane.id, strip);
}

void LanePainter::paintTile(const Tile& tile, const TileWish& wish, const StripPlace& strip)
{
    const std::int64_t begin = std::max(wish.key.begin(), m_scene.scale.begin);
    const std::int64_t end = std::min(wish.key.end(), m_scene.scale.end);
    const double left = snapped(pixelAt(m_scene.scale, begin));
    const double right = snapped(pixelAt(m_scene.scale, end));
    if (right <= left)
        return;
    const auto column = static_cast<double>(std::int64_t{1} << tile.key.level);
    const double perPixel = nanosecondsPerPixel(m_scene.scale);
    const double offset = static_cast<double>(m_scene.scale.begin - tile.key.begin());
    const double sourceLeft =
        std::clamp((offset + left * perPixel) / column, 0.0, double{kTileColumns});
    const double sourceRight =
        std::clamp((offset + right * perPixel) / column, 0.0, double{kTileColumns});
    m_painter.drawImage(QRectF(left, strip.y, right - left, strip.height), tile.image,
        QRectF(sourceLeft, 0, sourceRight - sourceLeft, tile.image.height()));
}

void LanePainter::collectBoxes(const Tile& tile)
{
    if (&tile == m_lastTile) // several wishes were answered by one coarser tile
        return;
    m_lastTile = &tile;
    for (const Slice& slice : tile.boxes) {
        if (m_boxes.empty() || slice.begin >= m_boxes.back().end)
            m_boxes.push_back(slice);
        else if (slice.begin == m_boxes.back().begin) // an open slice, known to be longer by now
            m_boxes.back().end = std::max(m_boxes.back().end, slice.end);
    }
}

void LanePainter::paintBoxes(const StripPlace& strip)
{
    for (const Slice& slice : m_boxes) {
        if (slice.end > m_scene.scale.begin && slice.begin < m_scene.scale.end)
            paintBox(slice, strip);
    }
}

void LanePainter::paintBox(const Slice& slice, const StripPlace& strip)
{
    const StateLook& look = stateLook(slice.state, m_scene.scheme);
    if (look.pattern == StatePattern::None)
        return;
    const double width = m_scene.frame.canvasWidth();
    const double left = std::max(-1.0, snapped(pixelAt(m_scene.scale, slice.begin)));
    const double right = std::min(width + 1.0, snapped(pixelAt(m_scene.scale, slice.end)));
    const QRectF box(left, strip.y, std::max(1.0, right - left - 1.0), strip.height);
    const bool hasPattern = look.pattern != StatePattern::Solid
        && look.pattern != StatePattern::Framed && box.width() >= kSmallestPattern
        && strip.height >= 5;
    if (hasPattern)
        m_painter.fillRect(box, m_cache.brush(slice.state));
    else
        m_painter.fillRect(box, look.fill);
    if (look.pattern == StatePattern::Framed && box.width() > 4) {
        m_painter.setPen(look.ink);
        m_painter.drawRect(box.adjusted(0.5, 0.5, -1, -1));
    }
    const double visibleLeft = std::max(0.0, box.left());
    const double room = std::min(width, box.right()) - visibleLeft;
    if (strip.height < kLabelledHeight || room < kSmallestLabel)
        return;
    const QRectF place(visibleLeft, strip.y, room, strip.height);
    m_labels.push_back({place, m_words.label(slice, strip.kind),
        m_words.shortLabel(slice, strip.kind), slice.state});
}

/// The end is asked for by itself: a tile with very many moments keeps none.
void LanePainter::paintMoments(
    const std::vector<std::shared_ptr<const Tile>>& tiles, LaneId lane, const StripPlace& strip)
{
    for (const auto& tile : tiles) {
        m_moments.paint(tile->moments, strip);
        m_moments.addFlags(tile->moments, strip);
    }
    const std::size_t count = m_scene.trace->momentCount(lane);
    std::vector<Moment> last;
    for (std::size_t i = count - std::min(count, kLastMoments); i < count; ++i)
        last.push_back(m_scene.trace->moment(lane, i));
    m_moments.paint(last, strip);
    m_moments.addFlags(last, strip);
}

void LanePainter::paintLabels()
{
    if (m_labels.size() > kMostLabels) {
        const auto wider = [](const Label& one, const Label& other) {
            return one.place.width() > other.place.width();
        };
        std::nth_element(m_labels.begin(), m_labels.begin() + kMostLabels, m_labels.end(), wider);
        m_labels.resize(kMostLabels);
    }
    m_painter.setFont(m_scene.font);
    for (const Label& label : m_labels)
        paintLabel(label);
}

void LanePainter::paintLabel(const Label& label)
{
    const StateLook& look = stateLook(label.state, m_scene.scheme);
    const QRectF place = m_moments.besideFlags(label.place);
    const double room = place.width() - 2 * kLabelPadding;
    QString words = label.words;
    if (m_cache.text(words).width > room && !label.shortWords.isEmpty())
        words = label.shortWords;
    if (m_cache.text(words).width > room) {
        if (room < kSmallestElision) // two letters and dots say nothing
            return;
        // The number at the end tells many things of one name apart.
        const auto mode = words.endsWith(QLatin1Char(']')) ? Qt::ElideMiddle : Qt::ElideRight;
        words = QFontMetrics(m_scene.font).elidedText(words, mode, static_cast<int>(room));
    }
    const PaintCache::Text* text = &m_cache.text(words);
    const double left = std::round(place.left() + kLabelPadding);
    const double top = std::round(label.place.center().y() - text->text.size().height() / 2.0);
    if (look.pattern != StatePattern::Solid && look.pattern != StatePattern::Framed) {
        // The pattern is kept off the letters.
        const QRectF plate(left - 3, label.place.top(), std::min<double>(text->width, room) + 6,
            label.place.height());
        m_painter.fillRect(plate, look.fill);
    }
    m_painter.setPen(look.text);
    m_painter.drawStaticText(QPointF(left, top), text->text);
}

double LanePainter::snapped(double x) const
{
    return std::round(x * m_scene.devicePixelRatio) / m_scene.devicePixelRatio;
}

} // namespace heddle::widgets
