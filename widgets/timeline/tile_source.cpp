// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/tile_source.h"

#include "widgets/shared/background_thread.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr std::size_t kCacheSizeBytes = 192U << 20U;
constexpr unsigned kMostWorkers = 4;
constexpr int kCoarserLevelsTried = 8;
constexpr std::chrono::milliseconds kSilence{16}; ///< between two ready(), while tiles are missing

std::size_t sizeOf(const Tile& tile)
{
    return static_cast<std::size_t>(tile.image.sizeInBytes()) + tile.boxes.size() * sizeof(Slice)
        + tile.moments.size() * sizeof(Moment) + sizeof(Tile);
}

} // namespace

std::shared_ptr<const Tile> makeTile(const Trace& trace, const TileWish& wish)
{
    TileContent content = tileContent(trace, wish.key);
    auto tile = std::make_shared<Tile>();
    tile->key = wish.key;
    tile->look = wish.look;
    tile->image = rasterise(content, wish.key, wish.look);
    tile->boxes = std::move(content.boxes);
    tile->moments = std::move(content.moments);
    tile->highest = highestLevel(content);
    tile->knownUntil = content.knownUntil;
    tile->isComplete = content.isComplete;
    return tile;
}

DirectTiles::DirectTiles(std::shared_ptr<const Trace> trace)
    : m_trace(std::move(trace))
{
}

std::shared_ptr<const Tile> DirectTiles::tile(const TileWish& wish)
{
    return makeTile(*m_trace, wish);
}

std::size_t TileCache::KeyHash::operator()(const TileKey& key) const noexcept
{
    std::uint64_t mixed = static_cast<std::uint64_t>(key.index) * 0x9E3779B97F4A7C15ULL;
    mixed ^=
        (static_cast<std::uint64_t>(key.track.value) << 8U) + static_cast<std::uint64_t>(key.level);
    mixed *= 0xD6E8FEB86659FD93ULL;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32U));
}

TileCache::TileCache(QObject* parent)
    : QObject(parent)
    , m_trace(std::make_shared<const Trace>())
    , m_workTrace(m_trace)
{
}

TileCache::~TileCache() = default;

void TileCache::setTrace(std::shared_ptr<const Trace> trace)
{
    m_trace = trace;
    m_tiles.clear();
    m_useOrder.clear();
    m_sizeBytes = 0;
    const std::lock_guard lock(m_mutex);
    m_workTrace = std::move(trace);
    m_queue.clear();
    m_finished.clear();
    ++m_generation;
}

void TileCache::beginFrame(std::int64_t knownEnd)
{
    takeFinished();
    m_frameEnd = knownEnd;
    m_wishes.clear();
    m_prefetches.clear();
}

std::shared_ptr<const Tile> TileCache::tile(const TileWish& wish)
{
    std::shared_ptr<const Tile> tile = find(wish.key);
    if (!tile || !isFresh(*tile, wish))
        m_wishes.push_back(wish);
    return tile ? tile : findCoarser(wish.key);
}

void TileCache::prefetch(const TileWish& wish)
{
    const std::shared_ptr<const Tile> tile = find(wish.key);
    if (!tile || !isFresh(*tile, wish))
        m_prefetches.push_back(wish);
}

void TileCache::endFrame()
{
    trim();
    std::vector<TileWish> queue = std::move(m_prefetches);
    queue.insert(queue.end(), m_wishes.rbegin(), m_wishes.rend());
    m_prefetches.clear();
    m_wishes.clear();
    const bool hasWork = !queue.empty();
    {
        const std::lock_guard lock(m_mutex);
        m_queue = std::move(queue);
    }
    if (!hasWork)
        return;
    if (m_workers.empty()) {
        const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, kMostWorkers);
        for (unsigned worker = 0; worker < count; ++worker)
            m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    m_wake.notify_all();
}

bool TileCache::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return m_queue.empty() && m_inWork.empty() && m_finished.empty();
}

std::uint64_t TileCache::tilesMade()
{
    const std::lock_guard lock(m_mutex);
    return m_made;
}

std::shared_ptr<const Tile> TileCache::find(const TileKey& key)
{
    const auto found = m_tiles.find(key);
    if (found == m_tiles.end())
        return nullptr;
    m_useOrder.splice(m_useOrder.begin(), m_useOrder, found->second.use);
    return found->second.tile;
}

std::shared_ptr<const Tile> TileCache::findCoarser(const TileKey& key)
{
    for (int step = 1; step <= kCoarserLevelsTried && key.level + step <= kLargestTileLevel;
         ++step) {
        const TileKey coarser{key.track, key.level + step, key.index >> step};
        if (auto tile = find(coarser))
            return tile;
    }
    return nullptr;
}

bool TileCache::isFresh(const Tile& tile, const TileWish& wish) const
{
    if (tile.look != wish.look)
        return false;
    if (tile.isComplete)
        return true;
    // An ended trace is asked once more, so that what settled last is shown.
    const std::int64_t halfColumn = (std::int64_t{1} << wish.key.level) / 2;
    return m_trace->isLive()
        && m_frameEnd - tile.knownUntil < std::max<std::int64_t>(1, halfColumn);
}

void TileCache::work(const std::stop_token& stop)
{
    goBehindOthers();
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        if (stop.stop_requested())
            return;
        const TileWish wish = m_queue.back();
        m_queue.pop_back();
        if (std::find(m_inWork.begin(), m_inWork.end(), wish.key) != m_inWork.end())
            continue; // another worker is at it
        m_inWork.push_back(wish.key);
        const std::uint64_t generation = m_generation;
        const std::shared_ptr<const Trace> trace = m_workTrace;
        lock.unlock();
        std::shared_ptr<const Tile> tile = makeTile(*trace, wish);
        lock.lock();
        std::erase(m_inWork, wish.key);
        store(generation, std::move(tile));
    }
}

void TileCache::store(std::uint64_t generation, std::shared_ptr<const Tile> tile)
{
    ++m_made;
    if (generation != m_generation)
        return;
    m_finished.push_back(std::move(tile));
    // A frame for each tile would be many for one picture.
    const auto now = std::chrono::steady_clock::now();
    const bool isLast = m_queue.empty() && m_inWork.empty();
    if (m_isAnnounced || (!isLast && now - m_lastAnnounced < kSilence))
        return;
    m_isAnnounced = true;
    m_lastAnnounced = now;
    QMetaObject::invokeMethod(this, &TileCache::ready, Qt::QueuedConnection);
}

void TileCache::takeFinished()
{
    std::vector<std::shared_ptr<const Tile>> finished;
    {
        const std::lock_guard lock(m_mutex);
        finished.swap(m_finished);
        m_isAnnounced = false;
    }
    for (std::shared_ptr<const Tile>& tile : finished) {
        const TileKey key = tile->key;
        m_sizeBytes += sizeOf(*tile);
        const auto found = m_tiles.find(key);
        if (found != m_tiles.end()) {
            m_sizeBytes -= sizeOf(*found->second.tile);
            found->second.tile = std::move(tile);
            continue;
        }
        m_useOrder.push_front(key);
        m_tiles.emplace(key, Entry{std::move(tile), m_useOrder.begin()});
    }
}

void TileCache::trim()
{
    while (m_sizeBytes > kCacheSizeBytes && !m_useOrder.empty()) {
        const auto oldest = m_tiles.find(m_useOrder.back());
        m_sizeBytes -= sizeOf(*oldest->second.tile);
        m_tiles.erase(oldest);
        m_useOrder.pop_back();
    }
}

} // namespace heddle::widgets
