// SPDX-License-Identifier: GPL-3.0-only
#include "app/trace_controller.h"

#include "engine/model/trace/perfetto_format.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace heddle::app {

namespace {

constexpr int kMomentMilliseconds = 100;
constexpr int kStatisticsMilliseconds = 150;

} // namespace

TraceController::TraceController(QObject* parent)
    : QObject(parent)
{
    m_range.attachTo(m_document);
    m_momentTimer.setSingleShot(true);
    m_momentTimer.setInterval(kMomentMilliseconds);
    m_statisticsTimer.setSingleShot(true);
    m_statisticsTimer.setInterval(kStatisticsMilliseconds);
    connectViews();
}

void TraceController::connectViews()
{
    using widgets::TimelineRange;
    using widgets::TraceDocument;
    connect(&m_document, &TraceDocument::traceReplaced, this, &TraceController::showMoment);
    connect(&m_document, &TraceDocument::grown, this, &TraceController::scheduleMoment);
    connect(&m_range, &TimelineRange::cursorChanged, this, &TraceController::scheduleMoment);
    connect(&m_momentTimer, &QTimer::timeout, this, &TraceController::showMoment);
    connect(&m_document, &TraceDocument::traceReplaced, this, &TraceController::scheduleStatistics);
    connect(&m_document, &TraceDocument::grown, this, &TraceController::scheduleStatistics);
    connect(&m_range, &TimelineRange::selectionChanged, this, &TraceController::scheduleStatistics);
    connect(&m_statisticsTimer, &QTimer::timeout, this, &TraceController::startStatistics);
}

void TraceController::show(std::shared_ptr<const Trace> trace)
{
    const bool isLive = trace && trace->isLive();
    m_range.clearCursor();
    m_range.clearSelection();
    m_document.setTrace(std::move(trace));
    m_range.setFollow(isLive ? widgets::Follow::On : widgets::Follow::Off);
}

void TraceController::showStep(std::shared_ptr<const Trace> trace, std::int64_t time,
    const std::shared_ptr<const Trace>& before)
{
    const bool isSameWalk = before && m_document.trace() == before;
    const bool isWhole = m_range.begin() == nanoseconds(0) && m_range.end() >= m_range.extent();
    const auto [begin, end] = std::pair(m_range.begin(), m_range.end());
    m_document.setTrace(std::move(trace));
    if (isSameWalk && !isWhole)
        m_range.setVisible(begin, end);
    m_range.setCursor(nanoseconds(time));
}

void TraceController::load(const QString& path)
{
    m_fileWorker.submit([this, path](const std::stop_token& stop) {
        auto loadedTrace = loadPerfetto(path.toStdString());
        if (stop.stop_requested())
            return;
        QMetaObject::invokeMethod(
            this,
            [this, path, result = std::move(loadedTrace)] {
                if (!result) {
                    emit failed(result.error(), path);
                    return;
                }
                show(result->trace);
                emit loaded(path, QString::fromStdString(result->damage));
            },
            Qt::QueuedConnection);
    });
}

void TraceController::save(const QString& path)
{
    m_fileWorker.submit([this, path, trace = m_document.trace()](const std::stop_token&) {
        const bool isChrome = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
        const std::string name = path.toStdString();
        const auto result = isChrome ? saveChromeJson(*trace, name) : savePerfetto(*trace, name);
        QMetaObject::invokeMethod(
            this,
            [this, path, result] {
                if (result)
                    emit saved(path);
                else
                    emit failed(result.error(), path);
            },
            Qt::QueuedConnection);
    });
}

void TraceController::goTo(std::int64_t time)
{
    const nanoseconds moment(time);
    const nanoseconds span =
        std::min(m_range.duration(), std::max(m_range.extent(), nanoseconds(1)));
    m_range.setFollow(widgets::Follow::Off);
    if (moment < m_range.begin() || moment > m_range.end())
        m_range.setVisible(moment - span * 9 / 10, moment + span / 10);
    m_range.setCursor(moment);
}

void TraceController::selectActor(ActorId actor)
{
    const LaneId lane = m_document.trace()->laneOfActor(actor);
    if (!lane)
        return;
    widgets::TimelineSelection selection = m_range.selection();
    if (selection.isEmpty()) {
        selection.begin = nanoseconds(0);
        selection.end = m_range.extent();
    }
    selection.lanes = {lane};
    m_range.setSelection(selection);
}

void TraceController::scheduleMoment()
{
    if (!m_momentTimer.isActive())
        m_momentTimer.start();
}

void TraceController::showMoment()
{
    if (m_document.isEmpty()) {
        emit momentChanged(std::nullopt);
        return;
    }
    const auto trace = m_document.trace();
    const std::int64_t time = m_range.hasCursor() ? m_range.cursor().count() : trace->end();
    widgets::InspectedMoment moment = widgets::inspect(*trace, time);
    moment.isPresent = !m_range.hasCursor();
    emit momentChanged(moment);
}

void TraceController::scheduleStatistics()
{
    if (!m_statisticsTimer.isActive())
        m_statisticsTimer.start();
}

void TraceController::startStatistics()
{
    const quint64 generation = ++m_statisticsGeneration;
    if (m_document.isEmpty()) {
        emit statisticsChanged(std::nullopt, {});
        return;
    }
    const widgets::TimelineSelection selection = m_range.selection();
    const std::int64_t from = selection.isEmpty() ? 0 : selection.begin.count();
    const std::int64_t to = selection.isEmpty() ? m_document.trace()->end() : selection.end.count();
    m_statisticsWorker.submit([this, generation, from, to, lanes = selection.lanes,
                                  trace = m_document.trace()](const std::stop_token& stop) {
        auto result = statistics(*trace, from, to, stop);
        if (stop.stop_requested())
            return;
        QMetaObject::invokeMethod(
            this,
            [this, generation, lanes, found = std::move(result)] {
                if (generation == m_statisticsGeneration)
                    emit statisticsChanged(found, lanes);
            },
            Qt::QueuedConnection);
    });
}

} // namespace heddle::app
