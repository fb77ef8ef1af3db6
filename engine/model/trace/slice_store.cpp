// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/slice_store.h"

#include "engine/base/check.h"

#include <algorithm>

namespace heddle {

SliceStore::~SliceStore()
{
    for (auto& checkpoints : m_checkpoints)
        delete checkpoints.load(std::memory_order_relaxed);
}

void SliceStore::append(const Slice& slice)
{
    const std::size_t index = m_count.load(std::memory_order_relaxed);
    const std::size_t place = index & (kBlockSize - 1);
    if (place == 0) {
        m_blocks.grow().base = slice.begin;
        m_bases.append(slice.begin);
    }
    Block& block = m_blocks.own(index >> kBlockLog2);
    const std::int64_t offset = slice.begin - block.base;
    const std::int64_t duration = slice.end - slice.begin;
    HEDDLE_ASSERT(offset >= 0 && duration >= 0, "slices come in order");
    if (offset >= kEscaped)
        m_longOffsets.append({index, slice.begin});
    if (duration >= kEscaped)
        m_longDurations.append({index, duration});
    block.start[place] = offset >= kEscaped ? kEscaped : static_cast<std::uint32_t>(offset);
    block.duration[place] = duration >= kEscaped ? kEscaped : static_cast<std::uint32_t>(duration);
    block.name[place] = slice.name.value;
    block.argument[place] = slice.argument;
    block.line[place] = slice.line;
    block.state[place] = static_cast<std::uint8_t>(
        static_cast<unsigned>(slice.state) | (slice.argumentIsActor ? kActorBit : 0U));
    auto& checkpoints = m_checkpoints[static_cast<std::size_t>(slice.state)];
    if (checkpoints.load(std::memory_order_relaxed) == nullptr) {
        auto added = std::make_unique<Checkpoints>();
        added->firstBlock = index >> kBlockLog2;
        checkpoints.store(added.release(), std::memory_order_release);
    }
    m_sums[static_cast<std::size_t>(slice.state)] += duration;
    if (place == kBlockSize - 1)
        closeBlock();
    m_count.store(index + 1, std::memory_order_release);
}

void SliceStore::closeBlock()
{
    for (std::size_t state = 0; state < kStateCount; ++state) {
        if (Checkpoints* checkpoints = m_checkpoints[state].load(std::memory_order_relaxed))
            checkpoints->upTo.append(m_sums[state]);
    }
}

std::int64_t SliceStore::escaped(const Escapes& escapes, std::size_t index)
{
    std::size_t low = 0;
    std::size_t high = escapes.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (escapes[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return escapes[low].value;
}

std::int64_t SliceStore::beginOf(std::size_t index) const
{
    const Block& block = m_blocks[index >> kBlockLog2];
    const std::uint32_t start = block.start[index & (kBlockSize - 1)];
    return start == kEscaped ? escaped(m_longOffsets, index) : block.base + start;
}

std::int64_t SliceStore::endOf(std::size_t index) const
{
    const Block& block = m_blocks[index >> kBlockLog2];
    const std::size_t place = index & (kBlockSize - 1);
    const std::uint32_t start = block.start[place];
    const std::uint32_t duration = block.duration[place];
    const std::int64_t begin =
        start == kEscaped ? escaped(m_longOffsets, index) : block.base + start;
    return begin + (duration == kEscaped ? escaped(m_longDurations, index) : duration);
}

State SliceStore::stateOf(std::size_t index) const
{
    return static_cast<State>(
        m_blocks[index >> kBlockLog2].state[index & (kBlockSize - 1)] & kStateBits);
}

Slice SliceStore::slice(std::size_t index) const
{
    const Block& block = m_blocks[index >> kBlockLog2];
    const std::size_t place = index & (kBlockSize - 1);
    Slice slice;
    slice.begin = beginOf(index);
    slice.end = endOf(index);
    slice.state = static_cast<State>(block.state[place] & kStateBits);
    slice.argumentIsActor = (block.state[place] & kActorBit) != 0;
    slice.line = block.line[place];
    slice.name.value = block.name[place];
    slice.argument = block.argument[place];
    return slice;
}

/// The last block that begins at `time` or before, 0 if none; gallops from `hint`.
std::size_t SliceStore::blockOf(std::int64_t time, std::size_t blocks, std::size_t hint) const
{
    std::size_t low = hint < blocks && m_bases[hint] <= time ? hint : 0;
    std::size_t step = 1;
    while (low + step < blocks && m_bases[low + step] <= time) {
        low += step;
        step *= 2;
    }
    std::size_t high = std::min(low + step, blocks);
    while (low + 1 < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_bases[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return low;
}

std::size_t SliceStore::firstEndingAfter(
    std::int64_t time, std::size_t count, std::size_t hint) const
{
    if (count == 0)
        return 0;
    const std::size_t blocks = (count + kBlockSize - 1) >> kBlockLog2;
    const std::size_t block = blockOf(time, blocks, hint >> kBlockLog2);
    std::size_t low = std::max(block << kBlockLog2, std::min(hint, count));
    std::size_t high = std::max(low, std::min((block + 1) << kBlockLog2, count));
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (endOf(middle) <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::size_t SliceStore::firstBeginningFrom(std::int64_t time, std::size_t count) const
{
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (beginOf(middle) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void SliceStore::addToBlock(std::size_t block, StateSums& sums) const
{
    if (block == 0)
        return;
    for (std::size_t state = 0; state < kStateCount; ++state) {
        const Checkpoints* checkpoints = m_checkpoints[state].load(std::memory_order_acquire);
        if (checkpoints != nullptr && checkpoints->firstBlock < block)
            sums[state] += checkpoints->upTo[block - 1 - checkpoints->firstBlock];
    }
}

StateSums SliceStore::sumsBefore(std::int64_t time, std::size_t count) const
{
    StateSums sums{};
    const std::size_t index = firstEndingAfter(time, count);
    addToBlock(index >> kBlockLog2, sums);
    visit(index & ~(kBlockSize - 1), index,
        [&sums](std::int64_t begin, std::int64_t end, State state) {
            sums[static_cast<std::size_t>(state)] += end - begin;
            return true;
        });
    if (index < count && beginOf(index) < time)
        sums[static_cast<std::size_t>(stateOf(index))] += time - beginOf(index);
    return sums;
}

std::size_t SliceStore::columnBytes() const
{
    return m_blocks.sizeBytes() + m_longOffsets.sizeBytes() + m_longDurations.sizeBytes();
}

std::size_t SliceStore::indexBytes() const
{
    std::size_t bytes = m_bases.sizeBytes();
    for (const auto& slot : m_checkpoints) {
        if (const Checkpoints* checkpoints = slot.load(std::memory_order_acquire))
            bytes += sizeof(Checkpoints) + checkpoints->upTo.sizeBytes();
    }
    return bytes;
}

} // namespace heddle
