// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/locks.h"
#include "engine/explore/dice.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/trace/trace.h"
#include "widgets/explorer/shown_walk.h"

#include <QObject>
#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace heddle::app {

/// A program's text, with the constants that are set otherwise.
struct ProgramVariant
{
    std::string text;
    std::vector<std::pair<std::string, std::string>> constants; ///< name, value
};

/// What has become of a walk.
struct WalkNews
{
    std::optional<widgets::ShownWalk> walk; ///< nothing: the program cannot be walked through
    std::shared_ptr<const Trace> trace; ///< of the whole schedule
    QString problem; ///< why something was refused; empty: nothing was
};

/// A walk through the states of a program, on a thread of its own.
///
/// Wishes are done one after the other; of what follows from them only the newest is told.
/// Destroying it waits for the wish that is being done: one step, or one schedule.
///
/// Threads: the GUI thread.
class WalkThread : public QObject
{
    Q_OBJECT

public:
    explicit WalkThread(QObject* parent = nullptr);
    ~WalkThread() override;

    /// Begins anew with the program and goes along the schedule as far as it allows that, but
    /// stands at `step`.
    void begin(ProgramVariant program, Schedule schedule, std::size_t step);

    void move(std::int32_t actor, std::int32_t choice);
    void follow(Schedule schedule, std::size_t step);
    void goTo(std::size_t step);

    /// One step by chance. The dice are thrown anew where the seed or the policy is another one,
    /// and at the start of the schedule.
    void roll(std::uint64_t seed, DicePolicy policy);

signals:
    void walked(const heddle::app::WalkNews& news);

private:
    struct State;
    using Wish = std::function<void(State&)>;

    void submit(Wish wish);
    void work(const std::stop_token& stop);
    void publish(State& state);
    void deliver();

    InternalMutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Wish> m_wishes HEDDLE_GUARDED_BY(m_mutex);
    std::optional<WalkNews> m_news HEDDLE_GUARDED_BY(m_mutex);
    std::jthread m_thread; // last: it uses all others
};

} // namespace heddle::app
