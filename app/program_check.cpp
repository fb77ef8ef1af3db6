// SPDX-License-Identifier: GPL-3.0-only
#include "app/program_check.h"

#include "engine/model/program/compiler.h"

#include <QMetaObject>

#include <utility>

namespace heddle::app {

ProgramCheck::ProgramCheck(QObject* parent)
    : QObject(parent)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &ProgramCheck::submit);
}

void ProgramCheck::setText(std::string text)
{
    m_text = std::move(text);
    ++m_generation;
    m_delay.start();
}

void ProgramCheck::submit()
{
    m_worker.submit([this, generation = m_generation, text = m_text](const std::stop_token&) {
        auto diagnostics = compileProgram(text).diagnostics;
        QMetaObject::invokeMethod(
            this,
            [this, generation, found = std::move(diagnostics)] { deliver(generation, found); },
            Qt::QueuedConnection);
    });
}

void ProgramCheck::deliver(quint64 generation, const std::vector<Diagnostic>& diagnostics)
{
    if (generation == m_generation)
        emit checked(diagnostics);
}

} // namespace heddle::app
