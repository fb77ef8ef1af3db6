// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/background_thread.h"

#include <QMetaObject>
#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace heddle::widgets {

/// Runs one question at a time on a thread of its own; a newer question replaces an older one.
///
/// The answer of the newest question is handed to `deliver` on the thread of `context`; answers of
/// replaced questions are dropped. Destroying the job stops the running question and waits for it,
/// so a question must look at its stop token.
///
/// Threads: belongs to the thread that made it, which is that of `context`.
template <typename Answer> class LatestJob
{
public:
    using Question = std::function<Answer(std::stop_token)>;
    using Deliver = std::function<void(Answer)>;

    LatestJob(QObject* context, Deliver deliver)
        : m_context(context)
        , m_deliver(std::make_shared<Deliver>(std::move(deliver)))
    {
    }

    void ask(Question question)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_question = std::move(question);
            ++m_generation;
            m_running.request_stop();
        }
        if (!m_thread.joinable())
            m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
        m_wake.notify_one();
    }

private:
    void work(const std::stop_token& stop)
    {
        goBehindOthers();
        const std::stop_callback forward(stop, [this] {
            const std::lock_guard lock(m_mutex);
            m_running.request_stop();
        });
        std::unique_lock lock(m_mutex);
        while (m_wake.wait(lock, stop, [this] { return m_question != nullptr; })) {
            const Question question = std::exchange(m_question, nullptr);
            const auto generation = m_generation;
            m_running = std::stop_source{};
            const std::stop_token running = m_running.get_token();
            if (stop.stop_requested())
                return;
            lock.unlock();
            auto answer = std::make_shared<Answer>(question(running));
            if (!running.stop_requested())
                post(generation, std::move(answer));
            lock.lock();
        }
    }

    void post(std::uint64_t generation, std::shared_ptr<Answer> answer)
    {
        const std::weak_ptr<Deliver> deliver = m_deliver;
        QMetaObject::invokeMethod(
            m_context,
            [this, deliver, generation, answer] {
                // The job is gone if its deliverer is, and then `this` must not be looked at.
                const auto alive = deliver.lock();
                if (alive && isNewest(generation))
                    (*alive)(std::move(*answer));
            },
            Qt::QueuedConnection);
    }

    [[nodiscard]] bool isNewest(std::uint64_t generation)
    {
        const std::lock_guard lock(m_mutex);
        return generation == m_generation;
    }

    QObject* m_context;
    std::shared_ptr<Deliver> m_deliver;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Question m_question;
    std::uint64_t m_generation = 0;
    std::stop_source m_running;
    std::jthread m_thread; // last: it ends before what it uses
};

} // namespace heddle::widgets
