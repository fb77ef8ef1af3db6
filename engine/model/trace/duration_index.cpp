// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/duration_index.h"

namespace heddle {

namespace {

constexpr unsigned kBucketBits = 9;
constexpr std::uint16_t kBucketMask = (1U << kBucketBits) - 1;
static_assert(DurationHistogram::kBucketCount <= (1U << kBucketBits));

} // namespace

std::size_t DurationIndex::slotFor(State state, std::size_t bucket)
{
    auto& slots = m_slotOf[static_cast<std::size_t>(state)];
    if (slots == nullptr)
        slots = std::make_unique<SlotOfBucket>();
    std::uint16_t& slot = (*slots)[bucket];
    if (slot == 0) {
        m_slots.append(
            static_cast<std::uint16_t>((static_cast<std::size_t>(state) << kBucketBits) | bucket));
        m_sums.push_back(0);
        slot = static_cast<std::uint16_t>(m_sums.size());
    }
    return slot - std::size_t{1};
}

void DurationIndex::update(const SliceStore& slices)
{
    while ((m_rows.size() + 1) * kGroup <= slices.count()) {
        const std::size_t first = m_rows.size() * kGroup;
        slices.visit(
            first, first + kGroup, [this](std::int64_t begin, std::int64_t end, State state) {
                ++m_sums[slotFor(state, DurationHistogram::bucketOf(end - begin))];
                return true;
            });
        const Row row{m_counts.size(), m_sums.size()};
        for (const std::uint32_t sum : m_sums)
            m_counts.append(sum);
        m_rows.append(row);
    }
}

std::size_t DurationIndex::countAt(std::size_t row, std::size_t slot) const
{
    const Row own = m_rows[row];
    return slot < own.buckets ? m_counts[own.first + slot] : 0;
}

void DurationIndex::addTo(
    DurationHistogram& histogram, State state, std::size_t first, std::size_t last) const
{
    if (first >= last)
        return;
    const std::size_t slots = m_rows[last - 1].buckets;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        const std::uint16_t key = m_slots[slot];
        if ((key >> kBucketBits) != static_cast<unsigned>(state))
            continue;
        const auto before = first == 0 ? 0U : static_cast<std::uint32_t>(countAt(first - 1, slot));
        const auto after = static_cast<std::uint32_t>(countAt(last - 1, slot));
        histogram.add(key & kBucketMask, after - before);
    }
}

std::size_t DurationIndex::sizeBytes() const
{
    return sizeof(DurationIndex) + m_slots.sizeBytes() + m_counts.sizeBytes() + m_rows.sizeBytes();
}

} // namespace heddle
