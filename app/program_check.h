// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/newest_worker.h"
#include "engine/model/program/diagnostic.h"

#include <QObject>
#include <QTimer>

#include <string>
#include <vector>

namespace heddle::app {

/// Checks the text while somebody types: on a thread of its own, newest text wins.
///
/// Threads: the GUI thread.
class ProgramCheck : public QObject
{
    Q_OBJECT

public:
    static constexpr int kDelayMilliseconds = 150;

    explicit ProgramCheck(QObject* parent = nullptr);

    /// checked() follows once nothing else has come for a moment.
    void setText(std::string text);

signals:
    void checked(const std::vector<heddle::Diagnostic>& diagnostics);

private:
    void submit();
    void deliver(quint64 generation, const std::vector<Diagnostic>& diagnostics);

    QTimer m_delay;
    std::string m_text;
    quint64 m_generation = 0;
    NewestWorker m_worker; // last: its thread uses this object
};

} // namespace heddle::app
