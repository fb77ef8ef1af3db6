// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_store.h"

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
}

void StateStore::pack(std::span<const Cell> state, std::byte* target) const
{
    switch (m_cellBytes) {
    case 1:
        return packAs<std::uint8_t>(state, target);
    case 2:
        return packAs<std::uint16_t>(state, target);
    default:
        return packAs<std::uint32_t>(state, target);
    }
}

const std::byte* StateStore::packed(std::uint32_t number) const
{
    return m_chunks[number / kChunkStates].get() + number % kChunkStates * m_stateBytes;
}

void StateStore::read(std::uint32_t number, std::span<Cell> state) const
{
    unpack(packed(number), state);
}

void StateStore::unpack(const std::byte* source, std::span<Cell> state) const
{
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
    prepare(state);
    const Entry entry = insertPrepared(preparedCount() - 1);
    m_preparedHashes.pop_back();
    m_prepared.resize(m_prepared.size() - m_stateBytes);
    return entry;
}

void StateStore::prepare(std::span<const Cell> state)
{
    const std::size_t bytes = bytesFor(state);
    if (bytes > m_cellBytes)
        widen(bytes);
    const std::size_t place = m_prepared.size();
    m_prepared.resize(place + m_stateBytes); // what lies behind the cells is 0
    pack(state, m_prepared.data() + place);
    m_preparedHashes.push_back(
        static_cast<std::uint32_t>(XXH3_64bits(m_prepared.data() + place, m_stateBytes)));
    __builtin_prefetch(&m_slots[m_preparedHashes.back() & (m_slots.size() - 1)], 1);
}

std::uint32_t StateStore::lookAhead(std::size_t prepared) const
{
    const std::uint32_t hash = m_preparedHashes[prepared];
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot].number != 0 && m_slots[slot].hash != hash)
        slot = (slot + 1) & mask;
    if (m_slots[slot].number == 0)
        return kNone;
    fetch(m_slots[slot].number - 1);
    return m_slots[slot].number - 1;
}

void StateStore::fetch(std::uint32_t number) const
{
    const std::byte* state = packed(number);
    __builtin_prefetch(state);
    __builtin_prefetch(state + m_stateBytes - 1); // it may begin a line further on
}

void StateStore::dropPrepared()
{
    m_prepared.clear();
    m_preparedHashes.clear();
}

StateStore::Entry StateStore::insertPrepared(std::size_t prepared)
{
    if ((m_size + 1) * 3 > m_slots.size() * 2)
        grow();
    const std::byte* state = m_prepared.data() + prepared * m_stateBytes;
    const std::uint32_t hash = m_preparedHashes[prepared];
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        Slot& here = m_slots[slot];
        if (here.number == 0) {
            std::memcpy(room(), state, m_stateBytes);
            here = {static_cast<std::uint32_t>(++m_size), hash};
            return {here.number - 1, true};
        }
        if (here.hash == hash && std::memcmp(packed(here.number - 1), state, m_stateBytes) == 0)
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
    for (std::size_t i = 0; i < preparedCount(); ++i) {
        unpack(m_prepared.data() + i * m_stateBytes, state);
        wider.prepare(state);
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
