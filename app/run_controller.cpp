// SPDX-License-Identifier: GPL-3.0-only
#include "app/run_controller.h"

#include <QMetaObject>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <iterator>
#include <stop_token>
#include <thread>
#include <utility>

namespace heddle::app {

namespace {

constexpr int kDeliveryMilliseconds = 33;
constexpr int kPulseMilliseconds = 100;
constexpr std::chrono::seconds kEndWait{5};

} // namespace

/// One run: its thread starts it, waits until it ends or is to be stopped, and cleans up after it.
class RunController::Session
{
public:
    Session(
        std::string executable, RunSource source, RunOptions options, std::function<void()> tell)
        : m_tell(std::move(tell))
        , m_thread([this, executable = std::move(executable), source = std::move(source),
                       options = std::move(options)](
                       const std::stop_token& stop) { run(executable, source, options, stop); })
    {
    }

    void requestStop() { m_thread.request_stop(); }

    void sendSignal(std::int64_t process, int signal)
    {
        const InternalLock lock(m_runMutex);
        if (m_run != nullptr)
            m_run->sendSignal(process, signal);
    }
    [[nodiscard]] RunNews takeNews() { return m_mailbox.take(); }

private:
    template <typename Change> void put(Change change)
    {
        if (m_mailbox.put(std::move(change)))
            m_tell();
    }

    void run(const std::string& executable, const RunSource& source, const RunOptions& options,
        const std::stop_token& stop)
    {
        auto watched = WatchedRun::start(executable, source, options, listener());
        if (watched) {
            put([&](RunNews& news) { news.trace = (*watched)->trace(); });
            setRun(watched->get());
            waitForEnd(stop);
            (*watched)->stop();
            waitForReport();
            setRun(nullptr);
            watched->reset();
        } else {
            put([&](RunNews& news) { news.refusal = watched.error(); });
        }
        put([](RunNews& news) { news.isOver = true; });
    }

    WatchedRun::Listener listener()
    {
        return {
            .output =
                [this](std::vector<OutputLine> lines) {
                    put([&](RunNews& news) {
                        std::move(lines.begin(), lines.end(), std::back_inserter(news.output));
                    });
                },
            .deadlock =
                [this](DeadlockReport deadlock) {
                    put([&](RunNews& news) { news.deadlocks.push_back(std::move(deadlock)); });
                },
            .grown = [this] { put([](RunNews& news) { news.hasGrown = true; }); },
            .ended =
                [this](RunReport report) {
                    put([&](RunNews& news) { news.report = std::move(report); });
                    const InternalLock lock(m_endMutex);
                    m_hasEnded = true;
                    m_endChanged.notify_all();
                },
        };
    }

    void setRun(WatchedRun* run)
    {
        const InternalLock lock(m_runMutex);
        m_run = run;
    }

    void waitForEnd(const std::stop_token& stop)
    {
        const InternalLock lock(m_endMutex);
        m_endChanged.wait(m_endMutex, stop, [this] { return m_hasEnded; });
    }

    void waitForReport()
    {
        const InternalLock lock(m_endMutex);
        m_endChanged.wait_for(m_endMutex, kEndWait, [this] { return m_hasEnded; });
    }

    RunMailbox m_mailbox;
    std::function<void()> m_tell;
    InternalMutex m_endMutex;
    std::condition_variable_any m_endChanged;
    bool m_hasEnded = false;
    InternalMutex m_runMutex;
    WatchedRun* m_run HEDDLE_GUARDED_BY(m_runMutex) = nullptr; ///< while it can be told something
    std::jthread m_thread; // last: it uses all others
};

RunController::RunController(QString executable, QObject* parent)
    : QObject(parent)
    , m_executable(std::move(executable))
{
    m_delivery.setSingleShot(true);
    connect(&m_delivery, &QTimer::timeout, this, &RunController::deliver);
    m_pulse.setInterval(kPulseMilliseconds);
    connect(&m_pulse, &QTimer::timeout, this, &RunController::traceGrew);
}

RunController::~RunController()
{
    stopAndWait();
}

void RunController::start(RunSource source, RunOptions options)
{
    if (m_current) {
        m_current->requestStop();
        m_ending.push_back(std::move(m_current));
    }
    ++m_generation;
    const auto tell = [this] {
        QMetaObject::invokeMethod(this, &RunController::newsCame, Qt::QueuedConnection);
    };
    m_current = std::make_unique<Session>(
        m_executable.toStdString(), std::move(source), std::move(options), tell);
    setRunning(true);
}

void RunController::stop()
{
    if (m_current)
        m_current->requestStop();
}

void RunController::sendSignal(qint64 process, int signal)
{
    if (m_current)
        m_current->sendSignal(process, signal);
}

void RunController::stopAndWait()
{
    ++m_generation;
    if (m_current)
        m_ending.push_back(std::move(m_current));
    for (const auto& session : m_ending)
        session->requestStop();
    m_ending.clear();
    setRunning(false);
}

void RunController::newsCame()
{
    const qint64 waited =
        m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : kDeliveryMilliseconds;
    if (!m_delivery.isActive())
        m_delivery.start(std::max<int>(0,
            kDeliveryMilliseconds
                - static_cast<int>(std::min<qint64>(waited, kDeliveryMilliseconds))));
}

void RunController::deliver()
{
    m_sinceDelivery.start();
    std::erase_if(m_ending, [](const auto& session) { return session->takeNews().isOver; });
    if (m_current)
        deliverFromCurrent(m_current->takeNews());
}

void RunController::deliverFromCurrent(RunNews news)
{
    const quint64 generation = m_generation;
    // Who is told of one thing may start another run: the rest is then of no interest.
    const auto isCurrent = [&] { return generation == m_generation; };
    if (news.trace) {
        m_pulse.start();
        emit traceBegan(news.trace);
    }
    if (isCurrent() && news.hasGrown)
        emit traceGrew();
    if (isCurrent() && (!news.output.empty() || news.outputLost > 0))
        emit outputArrived(news.output, news.outputLost);
    for (const DeadlockReport& deadlock : news.deadlocks)
        if (isCurrent())
            emit deadlockFound(deadlock);
    if (isCurrent() && news.report)
        emit ended(*news.report);
    if (isCurrent() && news.refusal)
        emit refused(*news.refusal);
    if (isCurrent() && news.isOver) {
        m_current.reset();
        setRunning(false);
    }
}

void RunController::setRunning(bool running)
{
    if (m_isRunning == running)
        return;
    m_isRunning = running;
    m_pulse.stop();
    emit runningChanged(running);
}

} // namespace heddle::app
