// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"
#include "widgets/shared/trace_times.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <unordered_map>

namespace heddle::widgets {

/// The words for slices and moments of a trace; names are looked up once.
///
/// Threads: one thread at a time.
class SliceText
{
    Q_DECLARE_TR_FUNCTIONS(heddle::widgets::SliceText)

public:
    explicit SliceText(std::shared_ptr<const Trace> trace);

    /// What is written in the box: "think", "waits fork[1]", "philosopher[2]".
    [[nodiscard]] const QString& label(const Slice& slice, TrackKind kind);

    /// A shorter one for a narrow box, maybe empty: "fork[1]".
    [[nodiscard]] const QString& shortLabel(const Slice& slice, TrackKind kind);

    /// All there is to say, as lines of rich text for a tooltip.
    [[nodiscard]] QString description(const Slice& slice, TrackKind kind);

    /// One sentence for a moment: "said line 3", "notified 2".
    [[nodiscard]] QString description(const Moment& moment);

private:
    [[nodiscard]] QString makeLabel(const Slice& slice, TrackKind kind) const;
    [[nodiscard]] QString makeShortLabel(const Slice& slice) const;
    [[nodiscard]] QString argumentName(const Slice& slice) const;
    [[nodiscard]] QString name(NameId id) const;

    std::shared_ptr<const Trace> m_trace;
    TraceTimes m_times;
    std::unordered_map<std::uint64_t, QString> m_labels;
    std::unordered_map<std::uint64_t, QString> m_shortLabels;
};

[[nodiscard]] QString laneGroupWord(LaneGroup group);

} // namespace heddle::widgets
