// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace heddle {

/// Room for states of one width, handed out again and again without asking for memory.
///
/// Threads: one thread at a time. Lifetime: longer than every Cells made from it.
class CellPool
{
public:
    explicit CellPool(std::size_t width)
        : m_width(width)
    {
    }

    [[nodiscard]] std::size_t width() const { return m_width; }
    [[nodiscard]] Cell* take()
    {
        if (m_free.empty()) {
            m_rooms.push_back(std::make_unique<Cell[]>(std::max<std::size_t>(m_width, 1)));
            return m_rooms.back().get();
        }
        Cell* room = m_free.back();
        m_free.pop_back();
        return room;
    }
    void giveBack(Cell* room) { m_free.push_back(room); }

private:
    std::size_t m_width;
    std::vector<std::unique_ptr<Cell[]>> m_rooms;
    std::vector<Cell*> m_free;
};

/// A state that is being changed: a copy of its own, in room of a pool.
///
/// Threads: one thread at a time.
class Cells
{
public:
    Cells(CellPool& pool, std::span<const Cell> state)
        : m_pool(&pool)
        , m_cells(pool.take())
    {
        std::copy(state.begin(), state.end(), m_cells);
    }
    Cells(const Cells& other)
        : Cells(*other.m_pool, other)
    {
    }
    Cells(Cells&& other) noexcept
        : m_pool(other.m_pool)
        , m_cells(std::exchange(other.m_cells, nullptr))
    {
    }
    Cells& operator=(const Cells&) = delete;
    Cells& operator=(Cells&&) = delete;
    ~Cells()
    {
        if (m_cells != nullptr)
            m_pool->giveBack(m_cells);
    }

    [[nodiscard]] Cell& operator[](std::size_t place) { return m_cells[place]; }
    [[nodiscard]] const Cell& operator[](std::size_t place) const { return m_cells[place]; }
    [[nodiscard]] std::size_t size() const { return m_pool->width(); }
    [[nodiscard]] const Cell* begin() const { return m_cells; }
    [[nodiscard]] const Cell* end() const { return m_cells + size(); }
    [[nodiscard]] const Cell* data() const { return m_cells; }

private:
    CellPool* m_pool;
    Cell* m_cells;
};

} // namespace heddle
