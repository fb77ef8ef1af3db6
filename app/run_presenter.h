// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"
#include "engine/model/run/run_report.h"

#include <QObject>

#include <optional>

namespace heddle::app {

class Actions;
class DeadlockBanner;
class Docks;
class RunController;
class StatusLine;
class TraceController;

/// Shows what a run does: output, deadlocks, verdict and figures, each in its place.
///
/// Threads: the GUI thread.
class RunPresenter : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        RunController& runs;
        TraceController& trace;
        Docks& docks;
        DeadlockBanner& banner;
        StatusLine& status;
        Actions& actions;
    };

    RunPresenter(const Parts& parts, QObject* parent);

    /// A run is asked for; what the last one has shown stays until it has begun.
    void beginRun();
    void stopRun();

    /// A run was asked for of a program that has errors: where they are listed.
    void tellErrors();

    /// What the last run has said, its deadlocks and its verdict go: something else is shown now.
    void forgetLastRun();

    /// Moves the timeline to the first deadlock.
    void showDeadlock();

    /// The same, and opens its circle in the inspector.
    void explainDeadlock();

signals:
    void failed(const heddle::Error& error);

    /// A source line, from 1, that somebody would want to see now.
    void lineOfInterest(int line);

private:
    void connectRuns();
    void showDeadlockAction(bool available) const;
    void tellRefusal(const Error& error);
    void end(const RunReport& report);

    Parts m_parts;
    std::optional<std::int64_t> m_deadlockTime;
    std::optional<RunVerdict> m_lastVerdict;
};

} // namespace heddle::app
