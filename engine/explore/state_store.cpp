// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_store.h"

#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL // states are short: the call would cost as much as the hash
#include <xxhash.h>

namespace heddle {

namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kChunkStates = 8192;

template <typename Word> void packAs(std::span<const Cell> state, std::byte* target)
{
    auto* words = reinterpret_cast<Word*>(target); // chunks are aligned for every type
    for (std::size_t i = 0; i < state.size(); ++i)
        words[i] = static_cast<Word>(state[i]);
}

template <typename Word> void unpackAs(const std::byte* source, std::span<Cell> state)
{
    const auto* words = reinterpret_cast<const Word*>(source);
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] = words[i];
}

std::size_t bytesFor(std::span<const Cell> state)
{
    Cell all = 0;
    for (const Cell cell : state)
        all |= cell;
    return all <= UINT8_MAX ? 1 : all <= UINT16_MAX ? 2 : 4;
}

} // namespace

StateStore::StateStore(std::size_t width)
    : m_width(width)
    , m_slots(kFirstSlots)
{
    setCellBytes(1);
}

void StateStore::setCellBytes(std::size_t bytes)
{
    constexpr std::size_t kAlignment = 4;
    m_cellBytes = bytes;
    m_stateBytes = (m_width * bytes + kAlignment - 1) / kAlignment * kAlignment;
    m_packed.assign(m_stateBytes, std::byte{0});
}

void StateStore::pack(std::span<const Cell> state)
{
    switch (m_cellBytes) {
    case 1:
        return packAs<std::uint8_t>(state, m_packed.data());
    case 2:
        return packAs<std::uint16_t>(state, m_packed.data());
    default:
        return packAs<std::uint32_t>(state, m_packed.data());
    }
}

const std::byte* StateStore::packed(std::uint32_t number) const
{
    return m_chunks[number / kChunkStates].get() + number % kChunkStates * m_stateBytes;
}

void StateStore::read(std::uint32_t number, std::span<Cell> state) const
{
    const std::byte* source = packed(number);
    switch (m_cellBytes) {
    case 1:
        return unpackAs<std::uint8_t>(source, state);
    case 2:
        return unpackAs<std::uint16_t>(source, state);
    default:
        return unpackAs<std::uint32_t>(source, state);
    }
}

std::vector<Cell> StateStore::copy(std::uint32_t number) const
{
    std::vector<Cell> state(m_width);
    read(number, state);
    return state;
}

std::byte* StateStore::room()
{
    if (m_size % kChunkStates == 0)
        m_chunks.push_back(
            std::make_unique_for_overwrite<std::byte[]>(kChunkStates * m_stateBytes));
    return m_chunks.back().get() + m_size % kChunkStates * m_stateBytes;
}

StateStore::Entry StateStore::insert(std::span<const Cell> state)
{
    const std::size_t bytes = bytesFor(state);
    if (bytes > m_cellBytes)
        widen(bytes);
    if ((m_size + 1) * 3 > m_slots.size() * 2)
        grow();
    pack(state);
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(m_packed.data(), m_stateBytes));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        Slot& here = m_slots[slot];
        if (here.number == 0) {
            std::memcpy(room(), m_packed.data(), m_stateBytes);
            here = {static_cast<std::uint32_t>(++m_size), hash};
            return {here.number - 1, true};
        }
        if (here.hash == hash
            && std::memcmp(packed(here.number - 1), m_packed.data(), m_stateBytes) == 0)
            return {here.number - 1, false};
    }
}

/// Gives every cell of every state more bytes; happens twice at most.
void StateStore::widen(std::size_t bytes)
{
    StateStore wider(m_width);
    wider.setCellBytes(bytes);
    std::vector<Cell> state(m_width);
    for (std::uint32_t number = 0; number < m_size; ++number) {
        read(number, state);
        static_cast<void>(wider.insert(state)); // all are new, and in the same order
    }
    *this = std::move(wider);
}

void StateStore::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& one : old) {
        if (one.number == 0)
            continue;
        std::size_t slot = one.hash & mask;
        while (m_slots[slot].number != 0)
            slot = (slot + 1) & mask;
        m_slots[slot] = one;
    }
}

std::size_t StateStore::bytes() const
{
    return m_chunks.size() * kChunkStates * m_stateBytes + m_slots.capacity() * sizeof(Slot);
}

} // namespace heddle
