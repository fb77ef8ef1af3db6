// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/newest_worker.h"
#include "engine/explore/explore.h"
#include "engine/explore/state_picture.h"
#include "engine/model/exploration/verdict.h"
#include "widgets/explorer/verdict_view.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace heddle::app {

/// Searches the schedules of programs on behalf of the window, each kind of search on a thread of
/// its own; a new search replaces the old one of its kind, and news of replaced ones are dropped.
///
/// Threads: the GUI thread.
class ExploreController : public QObject
{
    Q_OBJECT

public:
    explicit ExploreController(QObject* parent = nullptr);

    /// Searches every schedule; progressed() and then explored() or refused() follow.
    void explore(std::string text, const ExplorerLimits& limits);

    /// Ends the search: what it found so far is told within 100 ms.
    void cancel();

    /// A small search in the background; checked() follows with its report, or with nothing if the
    /// program cannot be explored.
    void check(std::string text);
    void forgetCheck(); ///< news of it are no longer of interest

    /// Goes on with a report that a limit has cut: draws schedules by chance for a while and takes
    /// in what they show; explored() follows.
    void sample(std::string text, ExplorationReport report, std::uint64_t seed);

    static constexpr std::size_t kCheckStates = 50'000;
    static constexpr std::chrono::milliseconds kCheckTime{300};
    static constexpr std::chrono::seconds kSampleTime{5};

signals:
    void progressed(const heddle::widgets::SearchProgress& progress);
    void explored(const heddle::ExplorationReport& report);
    void refused(const QString& why);
    void checked(const std::optional<heddle::ExplorationReport>& report);

private:
    /// Posts to the GUI thread what is of interest only as long as no newer search was begun.
    [[nodiscard]] std::function<void(std::function<void()>)> poster(quint64 generation);

    quint64 m_searchGeneration = 0;
    quint64 m_checkGeneration = 0;
    NewestWorker m_searchWorker; // the workers come last: their threads use this object
    NewestWorker m_checkWorker;
};

} // namespace heddle::app
