// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace heddle::widgets {

/// The trace that every view shows, and the news that it grew or was replaced.
///
/// Threads: the GUI thread, but `notifyGrown()` any thread.
class TraceDocument : public QObject
{
    Q_OBJECT

public:
    explicit TraceDocument(QObject* parent = nullptr);

    /// The trace; an empty one before the first, never null.
    [[nodiscard]] std::shared_ptr<const Trace> trace() const { return m_trace; }

    /// Whether a trace was ever set; views show their hint while there is none.
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

    /// Shows another trace; null means an empty one. Emits traceReplaced().
    void setTrace(std::shared_ptr<const Trace> trace);

    /// Says that the trace has grown (or ended). grown() follows at most 30 times a second.
    ///
    /// Threads: any thread; never blocks.
    void notifyGrown();

signals:
    void traceReplaced();
    void grown();

private:
    void scheduleGrown();

    std::shared_ptr<const Trace> m_trace;
    bool m_isEmpty = true;
    std::atomic<bool> m_growthPending = false;
    QTimer m_throttle;
};

} // namespace heddle::widgets
