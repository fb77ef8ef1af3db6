// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/run_mailbox.h"
#include "engine/run/watched_run.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <vector>

namespace heddle::app {

/// Starts, watches and stops runs on behalf of the window; a new run replaces the old one.
///
/// Starting and ending happen on a thread for each run, so that the window never waits. News come
/// at most 30 times a second; those of a replaced run are dropped. Destroying it stops what runs.
///
/// Threads: the GUI thread.
class RunController : public QObject
{
    Q_OBJECT

public:
    /// `executable`: the path of `heddle`.
    explicit RunController(QString executable, QObject* parent = nullptr);
    ~RunController() override;

    void start(RunSource source, RunOptions options);

    /// Asks the run to end; ended() follows within a second.
    void stop();

    /// Sends a signal to a process of the run; 0: the program's own.
    void sendSignal(qint64 process, int signal);

    /// Ends everything and returns when nothing is left: within a second, for closing the window.
    void stopAndWait();

    [[nodiscard]] bool isRunning() const { return m_isRunning; }

signals:
    void runningChanged(bool running);
    void traceBegan(const std::shared_ptr<const heddle::Trace>& trace);
    void traceGrew();
    void outputArrived(const std::vector<heddle::OutputLine>& lines, quint64 lost);
    void deadlockFound(const heddle::DeadlockReport& deadlock);
    void ended(const heddle::RunReport& report);
    void refused(const heddle::Error& error);

private:
    class Session;

    void newsCame();
    void deliver();
    void deliverFromCurrent(RunNews news);
    void setRunning(bool running);

    QString m_executable;
    std::unique_ptr<Session> m_current;
    std::vector<std::unique_ptr<Session>> m_ending;
    quint64 m_generation = 0; ///< of the newest run; news of older ones are dropped
    bool m_isRunning = false;
    QTimer m_delivery;
    QTimer m_pulse; ///< time goes on for those who wait, also when nothing happens
    QElapsedTimer m_sinceDelivery;
};

} // namespace heddle::app
