// SPDX-License-Identifier: Apache-2.0
#include "engine/record/recording_cost.h"

#include "engine/record/event_ring.h"

#include <algorithm>
#include <array>
#include <vector>

namespace heddle {

// The median over batches on a warm ring of one's own, which nobody reads.
double measureRecordingCost(ClockSource clock)
{
    constexpr std::uint32_t kRecords = 1024;
    constexpr std::size_t kBatches = 33;
    RingControl control;
    std::vector<TraceEvent> records(kRecords);
    RingCursor cursor;
    cursor.control = &control;
    cursor.records = records.data();
    cursor.mask = kRecords - 1;
    std::array<double, kBatches> costs{};
    for (double& cost : costs) {
        control.tail.store(control.head.load(std::memory_order_relaxed), std::memory_order_relaxed);
        const std::int64_t before = monotonicNow().count();
        for (std::uint32_t count = 0; count < kRecords; ++count)
            static_cast<void>(
                appendStamped(cursor, clock, TraceEvent{0, 1, EventKind::StepBegan, 1, count, 0}));
        cost = static_cast<double>(monotonicNow().count() - before) / kRecords;
    }
    std::nth_element(costs.begin(), costs.begin() + kBatches / 2, costs.end());
    return costs[kBatches / 2];
}

} // namespace heddle
