// SPDX-License-Identifier: GPL-3.0-only
#include "app/program_check.h"

#include "engine/model/program/compiler.h"

#include <QMetaObject>

#include <utility>

namespace heddle::app {

ProgramCheck::ProgramCheck(QObject* parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &ProgramCheck::hand);
}

ProgramCheck::~ProgramCheck()
{
    m_thread.request_stop();
    m_thread.join();
}

void ProgramCheck::setText(std::string text)
{
    m_text = std::move(text);
    ++m_generation;
    m_delay.start();
}

void ProgramCheck::hand()
{
    const InternalLock lock(m_mutex);
    m_job = Job{m_generation, m_text};
    m_changed.notify_all();
}

void ProgramCheck::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        Job job;
        {
            const InternalLock lock(m_mutex);
            if (!m_changed.wait(m_mutex, stop, [this] { return m_job.has_value(); }))
                return;
            job = std::move(*m_job);
            m_job.reset();
        }
        const CompiledProgram compiled = compileProgram(std::move(job.text));
        QMetaObject::invokeMethod(
            this,
            [this, generation = job.generation, diagnostics = compiled.diagnostics] {
                deliver(generation, diagnostics);
            },
            Qt::QueuedConnection);
    }
}

void ProgramCheck::deliver(quint64 generation, const std::vector<Diagnostic>& diagnostics)
{
    if (generation == m_generation)
        emit checked(diagnostics);
}

} // namespace heddle::app
