// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/latest_job.h"
#include "widgets/shared/trace_times.h"
#include "widgets/timeline/timeline_query.h"

#include <QWidget>

namespace heddle::widgets {

class TraceDocument;

/// One line under the timeline: how the selected actors spent the selected time.
///
/// It follows the selection while it is dragged; the sums are made on a thread of their own.
class StatisticsStrip : public QWidget
{
    Q_OBJECT

public:
    StatisticsStrip(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QString text() const; ///< what it shows, for tests and screen readers

signals:
    void sumsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part
    {
        State state = State::None;
        QString words;
        double share = 0.0;
    };

    void ask();
    void take(const SelectionSums& sums);
    [[nodiscard]] std::vector<Part> parts() const;
    [[nodiscard]] QString summary() const;

    TraceDocument& m_document;
    TimelineRange& m_range;
    SelectionSums m_sums;
    TraceTimes m_times;
    bool m_hasSums = false;
    LatestJob<SelectionSums> m_job; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
