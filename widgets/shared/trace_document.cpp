// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/trace_document.h"

#include <QMetaObject>

#include <chrono>

namespace heddle::widgets {

namespace {

constexpr std::chrono::milliseconds kShortestPause{33};

} // namespace

TraceDocument::TraceDocument(QObject* parent)
    : QObject(parent)
    , m_trace(std::make_shared<const Trace>())
{
    m_throttle.setSingleShot(true);
    connect(&m_throttle, &QTimer::timeout, this, [this] {
        if (m_growthPending.exchange(false)) {
            m_throttle.start(kShortestPause);
            emit grown();
        }
    });
}

void TraceDocument::setTrace(std::shared_ptr<const Trace> trace)
{
    m_isEmpty = trace == nullptr;
    m_trace = trace ? std::move(trace) : std::make_shared<const Trace>();
    m_growthPending = false;
    emit traceReplaced();
}

void TraceDocument::notifyGrown()
{
    // One queued call is enough for any number of pokes: the timer looks at the flag when it fires.
    if (!m_growthPending.exchange(true))
        QMetaObject::invokeMethod(this, &TraceDocument::scheduleGrown, Qt::QueuedConnection);
}

void TraceDocument::scheduleGrown()
{
    if (!m_throttle.isActive())
        m_throttle.start(std::chrono::milliseconds{0});
}

} // namespace heddle::widgets
