// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/tile_raster.h"

#include "widgets/shared/state_colours.h"

#include <algorithm>

namespace heddle::widgets {

namespace {

/// Writes vertical runs of colour into an image.
class ColumnWriter
{
public:
    explicit ColumnWriter(QImage& image)
        : m_bits(reinterpret_cast<QRgb*>(image.bits()))
        , m_stride(static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb))
        , m_height(image.height())
    {
    }

    void fill(int column, int top, int bottom, QRgb colour)
    {
        for (int y = std::max(0, top); y < std::min(bottom, m_height); ++y)
            m_bits[static_cast<std::size_t>(y) * m_stride + static_cast<std::size_t>(column)] =
                colour;
    }

private:
    QRgb* m_bits;
    std::size_t m_stride;
    int m_height;
};

// Errors lie on top, then waits for others, so that trouble stands out against the skyline; time
// doing nothing is left low and pale.
constexpr std::array<StateGroup, kStateGroupCount> kTopDown{StateGroup::Error,
    StateGroup::Contention, StateGroup::Idle, StateGroup::Runnable, StateGroup::Running};

const StateLook& lookOf(StateGroup group, const StateShares& shares, ColourScheme scheme)
{
    if (shares.largest != State::None && groupOf(shares.largest) == group)
        return stateLook(shares.largest, scheme);
    return stateLook(group, scheme);
}

void paintStack(ColumnWriter& writer, int column, const StateShares& shares, const TileLook& look)
{
    const StackHeights stack = stackHeights(shares, look.height);
    int total = 0;
    for (const int pixels : stack.pixels)
        total += pixels;
    int y = look.height - total;
    for (const StateGroup group : kTopDown) {
        const auto index = static_cast<std::size_t>(group);
        if (stack.pixels[index] == 0)
            continue;
        const StateLook& state = lookOf(group, shares, look.scheme);
        const QColor& colour = stack.isEnlarged[index] ? state.ink : state.fill;
        writer.fill(column, y, y + stack.pixels[index], colour.rgb());
        y += stack.pixels[index];
    }
}

void paintSmallBox(
    ColumnWriter& writer, const Slice& slice, const TileKey& key, const TileLook& look)
{
    const std::int64_t column = std::int64_t{1} << key.level;
    const std::int64_t first =
        std::clamp<std::int64_t>((slice.begin - key.begin()) / column, 0, kTileColumns);
    // One column short of its end, so that two neighbours of one colour are seen to be two.
    const std::int64_t last = std::clamp<std::int64_t>(
        (slice.end - key.begin() + column - 1) / column - (slice.end <= key.end() ? 1 : 0), 0,
        kTileColumns);
    const StateLook& state = stateLook(slice.state, look.scheme);
    if (state.pattern == StatePattern::None)
        return;
    for (std::int64_t x = first; x < last; ++x)
        writer.fill(static_cast<int>(x), 0, look.height, state.fill.rgb());
}

void paintLevels(ColumnWriter& writer, const TileContent& content, const TileLook& look)
{
    const StateLook& state = stateLook(State::WaitQueue, look.scheme);
    const QColor surface = themeColours(look.scheme).surface;
    const QRgb body = QColor::fromRgbF((surface.redF() * 2 + state.fill.redF()) / 3,
        (surface.greenF() * 2 + state.fill.greenF()) / 3,
        (surface.blueF() * 2 + state.fill.blueF()) / 3)
                          .rgb();
    const auto heightOf = [&look](std::int64_t level) {
        const std::int64_t top = std::max<std::int64_t>(1, look.levelTop);
        return static_cast<int>(std::clamp<std::int64_t>(level, 0, top) * (look.height - 1) / top);
    };
    for (std::size_t column = 0; column < content.levels.size(); ++column) {
        const LevelColumn& range = content.levels[column];
        if (range.low > range.high)
            continue;
        const int x = static_cast<int>(column);
        const int high = look.height - 1 - heightOf(range.high);
        const int low = look.height - 1 - heightOf(range.low);
        writer.fill(x, low, look.height, body);
        writer.fill(x, high, low + 1, state.ink.rgb());
    }
}

} // namespace

QImage rasterise(const TileContent& content, const TileKey& key, const TileLook& look)
{
    QImage image(kTileColumns, std::max(1, look.height), QImage::Format_RGB32);
    image.fill(themeColours(look.scheme).surface);
    ColumnWriter writer(image);
    for (std::size_t column = 0; column < content.columns.size(); ++column) {
        if (content.isStack[column])
            paintStack(writer, static_cast<int>(column), content.columns[column], look);
    }
    for (const Slice& slice : content.smallBoxes)
        paintSmallBox(writer, slice, key, look);
    paintLevels(writer, content, look);
    return image;
}

std::int64_t highestLevel(const TileContent& content)
{
    std::int64_t highest = 0;
    for (const LevelColumn& range : content.levels)
        highest = std::max(highest, range.high);
    return highest;
}

std::int64_t niceLevelTop(std::int64_t highest)
{
    std::int64_t decade = 1;
    for (; decade < 1'000'000'000'000'000'000; decade *= 10) {
        for (const std::int64_t factor : {1, 2, 4, 5, 8}) {
            if (factor * decade >= highest)
                return factor * decade;
        }
    }
    return decade;
}

} // namespace heddle::widgets
