// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/locks.h"
#include "engine/model/program/diagnostic.h"

#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <optional>
#include <string>
#include <thread>
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
    ~ProgramCheck() override;

    /// checked() follows once nothing else has come for a moment.
    void setText(std::string text);

signals:
    void checked(const std::vector<heddle::Diagnostic>& diagnostics);

private:
    void hand();
    void work(const std::stop_token& stop);
    void deliver(quint64 generation, const std::vector<Diagnostic>& diagnostics);

    struct Job
    {
        quint64 generation = 0;
        std::string text;
    };

    QTimer m_delay;
    std::string m_text;
    quint64 m_generation = 0;

    InternalMutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<Job> m_job HEDDLE_GUARDED_BY(m_mutex);

    std::jthread m_thread; // last: it uses all others
};

} // namespace heddle::app
