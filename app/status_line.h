// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/run/run_report.h"

#include <QObject>
#include <QString>

#include <optional>

class QLabel;
class QStatusBar;

namespace heddle::app {

/// The line at the foot of the window: how the run stands, what recording costs, the scheduler's word.
///
/// Threads: the GUI thread.
class StatusLine : public QObject
{
    Q_OBJECT

public:
    explicit StatusLine(QStatusBar* bar);

    enum class RunState
    {
        Idle,
        Running,
        Stopping,
        Ended
    };

    void setRunState(RunState state, std::optional<RunVerdict> verdict = std::nullopt);

    /// Empty figures hide them.
    void setRecorder(const std::optional<RecorderFigures>& figures);

    /// The message at the caret, shown as long as it holds.
    void setProblem(const QString& message);

    /// A message for a few seconds.
    void note(const QString& message);

    void retranslate();

    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString recorderText() const;

private:
    void showState();
    void showRecorder();

    QStatusBar* m_bar;
    QLabel* m_problem;
    QLabel* m_state;
    QLabel* m_recorder;
    QLabel* m_scheduler;
    RunState m_runState = RunState::Idle;
    std::optional<RunVerdict> m_verdict;
    std::optional<RecorderFigures> m_figures;
};

} // namespace heddle::app
