// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/event_list.h"
#include "widgets/timeline/slice_text.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <unordered_map>

namespace heddle::widgets {

/// The words for listed events and their lanes: the timeline's own, where it has some.
///
/// Threads: one thread at a time.
class EventWords
{
    Q_DECLARE_TR_FUNCTIONS(heddle::widgets::EventWords)

public:
    explicit EventWords(std::shared_ptr<const Trace> trace);

    [[nodiscard]] const QString& lane(LaneId lane);
    [[nodiscard]] QString event(const ListedEvent& event);
    [[nodiscard]] QString state(const ListedEvent& event) const; ///< empty but for slices
    [[nodiscard]] QString all(const ListedEvent& event); ///< rich text for a tooltip

    /// Where the lane stands in the timeline, from the top.
    [[nodiscard]] std::int64_t rank(LaneId lane);

private:
    struct KnownLane
    {
        QString name;
        std::int64_t rank = 0;
    };
    KnownLane& known(LaneId lane);
    void readLanes();

    std::shared_ptr<const Trace> m_trace;
    SliceText m_slices;
    std::unordered_map<std::uint32_t, KnownLane> m_lanes;
};

} // namespace heddle::widgets
