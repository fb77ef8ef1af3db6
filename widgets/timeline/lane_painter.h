// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/kinds.h"
#include "widgets/timeline/moment_painter.h"
#include "widgets/timeline/slice_text.h"
#include "widgets/timeline/tile_source.h"
#include "widgets/timeline/timeline_scene.h"

#include <QBrush>
#include <QHash>
#include <QPainter>
#include <QStaticText>

#include <array>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace heddle::widgets {

/// Laid-out texts and brushes that outlive a frame.
///
/// Threads: the GUI thread.
class PaintCache
{
public:
    struct Text
    {
        QStaticText text;
        int width = 0;
    };

    /// Forgets everything if the look has changed.
    void use(ColourScheme scheme, const QFont& font, qreal devicePixelRatio);
    [[nodiscard]] const Text& text(const QString& words);
    [[nodiscard]] const QBrush& brush(State state) const
    {
        return m_brushes[static_cast<std::size_t>(state)];
    }

    /// The level at the top of a Level strip: the highest seen so far.
    [[nodiscard]] std::int64_t levelTop(TrackId track) const;
    void raiseLevelTop(TrackId track, std::int64_t highest);
    void forgetLevels() { m_levelTops.clear(); }

    /// Whether a level was raised since this was asked: then the strip is to be painted again.
    [[nodiscard]] bool takeRaisedLevels() { return std::exchange(m_hasRaisedLevels, false); }

private:
    ColourScheme m_scheme = ColourScheme::Light;
    QFont m_font;
    qreal m_devicePixelRatio = 0.0;
    QHash<QString, Text> m_texts;
    std::array<QBrush, kStateCount> m_brushes;
    std::unordered_map<TrackId, std::int64_t> m_levelTops;
    bool m_hasRaisedLevels = false;
};

/// Paints the strips of the lanes: tiles, boxes with names, levels and moments.
class LanePainter
{
public:
    LanePainter(QPainter& painter, const TimelineScene& scene, TileSource& tiles, SliceText& words,
        PaintCache& cache);

    /// Paints what lies in `exposed` (widget coordinates), with at most 300 names.
    void paint(const QRect& exposed);

    /// The wish for a tile of a strip at the scene's zoom.
    [[nodiscard]] static TileWish wishFor(const TimelineScene& scene, const StripPlace& strip,
        std::int64_t index, const PaintCache& cache);
    [[nodiscard]] static int levelFor(const TimelineScene& scene);

private:
    struct Label
    {
        QRectF place;
        QString words;
        QString shortWords;
        State state = State::None;
    };

    void paintGrid(const QRect& area);
    void paintStrip(const LanePlace& lane, const StripPlace& strip);
    void paintTile(const Tile& tile, const TileWish& wish, const StripPlace& strip);
    void collectBoxes(const Tile& tile);
    void paintBoxes(const StripPlace& strip);
    void paintBox(const Slice& slice, const StripPlace& strip);
    void paintMoments(const std::vector<std::shared_ptr<const Tile>>& tiles, LaneId lane,
        const StripPlace& strip);
    void paintLabels();
    void paintLabel(const Label& label);
    [[nodiscard]] double snapped(double x) const;

    QPainter& m_painter;
    const TimelineScene& m_scene;
    TileSource& m_tiles;
    SliceText& m_words;
    PaintCache& m_cache;
    const Tile* m_lastTile = nullptr;
    std::vector<Slice> m_boxes; ///< of the strip at hand
    std::vector<Label> m_labels;
    MomentPainter m_moments;
};

} // namespace heddle::widgets
