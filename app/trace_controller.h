// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/newest_worker.h"
#include "engine/base/result.h"
#include "engine/model/trace/statistics.h"
#include "widgets/inspector/inspected_moment.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace heddle::app {

/// The trace that the window shows, where it is looked at, and what follows from that.
///
/// The moment of the cursor (or the newest one) is worked out at most 10 times a second, statistics,
/// reading and writing of files on threads of their own.
///
/// Threads: the GUI thread.
class TraceController : public QObject
{
    Q_OBJECT

public:
    explicit TraceController(QObject* parent = nullptr);

    /// Shows a trace, live or done.
    void show(std::shared_ptr<const Trace> trace);

    /// Shows the trace of a walk with the cursor at a moment. Where `before`, an earlier trace of the
    /// same walk, is shown, the view stays as it is unless it showed the whole.
    void showStep(std::shared_ptr<const Trace> trace, std::int64_t time,
        const std::shared_ptr<const Trace>& before);
    void noteGrowth() { m_document.notifyGrown(); }

    /// Reads a file; loaded() or failed() follows. A newer wish cancels it.
    void load(const QString& path);

    /// Writes a file: `.json` as Chrome's format, anything else as a Perfetto trace; saved() or failed() follows.
    void save(const QString& path);

    /// Moves cursor and view to a moment, so that a tenth of the view lies after it.
    void goTo(std::int64_t time);

    /// The moment of the cursor is told again, soon.
    void scheduleMoment();

    /// The lane of the actor becomes the selected one.
    void selectActor(ActorId actor);

    [[nodiscard]] widgets::TraceDocument& document() { return m_document; }
    [[nodiscard]] widgets::TimelineRange& range() { return m_range; }
    [[nodiscard]] bool hasTrace() const { return !m_document.isEmpty(); }

signals:
    void momentChanged(const std::optional<heddle::widgets::InspectedMoment>& moment);
    void statisticsChanged(const std::optional<heddle::TraceStatistics>& statistics,
        const std::vector<heddle::LaneId>& lanes);

    /// `damage`: empty, or what of the file could not be read.
    void loaded(const QString& path, const QString& damage);
    void saved(const QString& path);
    void failed(const heddle::Error& error, const QString& path);

private:
    void connectViews();
    void showMoment();
    void scheduleStatistics();
    void startStatistics();

    widgets::TraceDocument m_document;
    widgets::TimelineRange m_range;
    QTimer m_momentTimer;
    QTimer m_statisticsTimer;
    quint64 m_statisticsGeneration = 0;
    NewestWorker m_statisticsWorker; // the workers come last: their threads use this object
    NewestWorker m_fileWorker;
};

} // namespace heddle::app
