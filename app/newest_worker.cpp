// SPDX-License-Identifier: GPL-3.0-only
#include "app/newest_worker.h"

#include <utility>

namespace heddle::app {

NewestWorker::NewestWorker()
    : m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

NewestWorker::~NewestWorker()
{
    cancel();
    m_thread.request_stop();
    m_thread.join();
}

void NewestWorker::submit(Job job)
{
    const InternalLock lock(m_mutex);
    m_running.request_stop();
    m_next = std::move(job);
    m_changed.notify_all();
}

void NewestWorker::cancel()
{
    const InternalLock lock(m_mutex);
    m_running.request_stop();
    m_next = nullptr;
}

void NewestWorker::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        Job job;
        std::stop_source source;
        {
            const InternalLock lock(m_mutex);
            if (!m_changed.wait(m_mutex, stop, [this] { return m_next != nullptr; }))
                return;
            job = std::exchange(m_next, nullptr);
            m_running = source;
        }
        job(source.get_token());
    }
}

} // namespace heddle::app
