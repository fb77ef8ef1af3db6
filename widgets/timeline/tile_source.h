// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/timeline/tile_raster.h"

#include <QImage>
#include <QObject>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <vector>

namespace heddle::widgets {

/// A finished tile: immutable, shared between the workers and the painter.
struct Tile
{
    TileKey key;
    TileLook look;
    QImage image;
    std::vector<Slice> boxes;
    std::vector<Moment> moments;
    std::int64_t highest = 0; ///< level seen in it
    std::int64_t knownUntil = 0;
    bool isComplete = false;
};

struct TileWish
{
    TileKey key;
    TileLook look;
};

[[nodiscard]] std::shared_ptr<const Tile> makeTile(const Trace& trace, const TileWish& wish);

/// Where the painter gets its tiles from.
class TileSource
{
public:
    virtual ~TileSource() = default;

    /// The best tile there is for the wish: the sharp one, an older one of it, a coarser one that
    /// holds it, or null.
    [[nodiscard]] virtual std::shared_ptr<const Tile> tile(const TileWish& wish) = 0;
};

/// Makes each tile when it is asked for: for pictures without a window.
///
/// Threads: one thread at a time.
class DirectTiles : public TileSource
{
public:
    explicit DirectTiles(std::shared_ptr<const Trace> trace);
    [[nodiscard]] std::shared_ptr<const Tile> tile(const TileWish& wish) override;

private:
    std::shared_ptr<const Trace> m_trace;
};

/// Keeps tiles and has missing ones made by worker threads, the newest wishes first.
///
/// Between beginFrame() and endFrame() the painter asks for tiles; what was missing or out of date
/// then replaces whatever was still waiting. ready() says that new tiles have come: once all that
/// was asked for is there, and now and then while that takes long.
///
/// Threads: the GUI thread; the workers are its own.
class TileCache : public QObject, public TileSource
{
    Q_OBJECT

public:
    explicit TileCache(QObject* parent = nullptr);
    ~TileCache() override;

    /// Forgets everything and works for another trace.
    void setTrace(std::shared_ptr<const Trace> trace);

    /// `knownEnd`: the end of the trace that the frame shows; what is newer may wait.
    void beginFrame(std::int64_t knownEnd);
    [[nodiscard]] std::shared_ptr<const Tile> tile(const TileWish& wish) override;
    void prefetch(const TileWish& wish); ///< made when nothing else is to be done
    [[nodiscard]] bool hasWishes() const { return !m_wishes.empty(); } ///< of this frame
    void endFrame();

    [[nodiscard]] bool isIdle(); ///< nothing waits and nothing is being made
    [[nodiscard]] std::uint64_t tilesMade(); ///< since the start; tests and the overlay look at it

signals:
    void ready();

private:
    struct KeyHash
    {
        std::size_t operator()(const TileKey& key) const noexcept;
    };
    struct Entry
    {
        std::shared_ptr<const Tile> tile;
        std::list<TileKey>::iterator use;
    };

    std::shared_ptr<const Tile> find(const TileKey& key);
    std::shared_ptr<const Tile> findCoarser(const TileKey& key);
    [[nodiscard]] bool isFresh(const Tile& tile, const TileWish& wish) const;
    void work(const std::stop_token& stop);
    void store(std::uint64_t generation, std::shared_ptr<const Tile> tile);
    void takeFinished();
    void trim();

    // The GUI thread's own.
    std::shared_ptr<const Trace> m_trace;
    std::int64_t m_frameEnd = 0; ///< end of the trace as the frame shows it
    std::unordered_map<TileKey, Entry, KeyHash> m_tiles;
    std::list<TileKey> m_useOrder; ///< most recently used first
    std::size_t m_sizeBytes = 0;
    std::vector<TileWish> m_wishes;
    std::vector<TileWish> m_prefetches;

    // Shared with the workers, under the lock.
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::shared_ptr<const Trace> m_workTrace;
    std::vector<TileWish> m_queue; ///< the next one last
    std::vector<TileKey> m_inWork;
    std::vector<std::shared_ptr<const Tile>> m_finished;
    std::uint64_t m_generation = 0;
    std::uint64_t m_made = 0;
    bool m_isAnnounced = false;
    std::chrono::steady_clock::time_point m_lastAnnounced;

    std::vector<std::jthread> m_workers; // last: they end before what they use
};

} // namespace heddle::widgets
