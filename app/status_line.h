// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"
#include "engine/model/run/run_report.h"

#include <QObject>
#include <QString>

#include <optional>

class QLabel;
class QStatusBar;
class QToolButton;

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

    /// What the search in the background says of the program; nothing hides it.
    void setExploration(const std::optional<ExplorationReport>& report);

    /// A message for a few seconds.
    void note(const QString& message);

    void retranslate();

    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString recorderText() const;
    [[nodiscard]] QToolButton& explorationMark() { return *m_exploration; }

signals:
    /// A person wants to see what the search in the background has found.
    void explorationChosen();

private:
    void showExploration();

    void showState();
    void showRecorder();

    QStatusBar* m_bar;
    QLabel* m_problem;
    QToolButton* m_exploration;
    QLabel* m_state;
    QLabel* m_recorder;
    QLabel* m_scheduler;
    RunState m_runState = RunState::Idle;
    std::optional<RunVerdict> m_verdict;
    std::optional<RecorderFigures> m_figures;
    std::optional<ExplorationReport> m_explored;
};

} // namespace heddle::app
