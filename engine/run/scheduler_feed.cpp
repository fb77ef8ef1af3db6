// SPDX-License-Identifier: Apache-2.0
#include "engine/run/scheduler_feed.h"

#include "engine/base/thread_start.h"
#include "engine/record/event_ring.h"
#include "engine/record/scheduler_watch.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace heddle {

namespace {

constexpr auto kPace = std::chrono::milliseconds(8);

} // namespace

struct SchedulerFeed::State
{
    SchedulerWatch watch;
    RingWriter ring;
    std::mutex mutex;
    std::condition_variable_any wake;

    [[nodiscard]] SchedulerWatch::Sink sink()
    {
        // A full ring counts what it drops.
        return [this](const TraceEvent& event) { static_cast<void>(ring.appendAsIs(event)); };
    }
};

SchedulerFeed::SchedulerFeed(std::shared_ptr<Session> session, pid_t process)
{
    const std::int64_t start = session->startNanoseconds();
    Result<SchedulerWatch> watch = SchedulerWatch::open(process, start);
    if (!watch) {
        m_word = "none: " + whyRefused(watch.error());
        return;
    }
    Result<RingWriter> ring = RingWriter::take(std::move(session));
    if (!ring) {
        m_word = "none: " + ring.error().text();
        return;
    }
    m_word = "kernel";
    m_state.reset(new State{*std::move(watch), *std::move(ring), {}, {}});
}

SchedulerFeed::~SchedulerFeed()
{
    finish();
}

void SchedulerFeed::start()
{
    if (!m_state)
        return;
    Result<std::jthread> thread = startThread([this](const std::stop_token& stop) { carry(stop); });
    if (thread) {
        m_thread = *std::move(thread);
    } else {
        m_word = "none: " + thread.error().text();
        m_state.reset();
    }
}

void SchedulerFeed::carry(const std::stop_token& stop)
{
    std::unique_lock lock(m_state->mutex);
    while (!stop.stop_requested()) {
        m_state->watch.drain(m_state->sink());
        static_cast<void>(m_state->wake.wait_for(lock, stop, kPace, [] { return false; }));
    }
    m_state->watch.drainAll(m_state->sink());
}

void SchedulerFeed::finish()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    m_state.reset();
}

} // namespace heddle
