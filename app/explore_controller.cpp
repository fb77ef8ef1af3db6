// SPDX-License-Identifier: GPL-3.0-only
#include "app/explore_controller.h"

#include "engine/explore/sampler.h"
#include "engine/model/program/compiler.h"

#include <QMetaObject>

#include <utility>

namespace heddle::app {

ExploreController::ExploreController(QObject* parent)
    : QObject(parent)
{
}

std::function<void(std::function<void()>)> ExploreController::poster(quint64 generation)
{
    return [this, generation](std::function<void()> news) {
        QMetaObject::invokeMethod(
            this,
            [this, generation, news = std::move(news)] {
                if (generation == m_searchGeneration)
                    news();
            },
            Qt::QueuedConnection);
    };
}

void ExploreController::explore(std::string text, const ExplorerLimits& limits)
{
    const auto post = poster(++m_searchGeneration);
    m_searchWorker.submit(
        [this, post, text = std::move(text), limits](const std::stop_token& stop) {
            const CompiledProgram program = compileProgram(text);
            if (!program.code) {
                post([this] {
                    emit refused(tr("The program has errors; they are in the list of problems."));
                });
                return;
            }
            ExplorationReport report = heddle::explore(
                program.code, limits, stop, [this, post](const ExplorationProgress& progress) {
                    const widgets::SearchProgress shown{
                        progress.states, progress.depth, progress.seconds};
                    post([this, shown] { emit progressed(shown); });
                });
            post([this, report = std::move(report)] { emit explored(report); });
        });
    emit progressed({});
}

void ExploreController::sample(std::string text, ExplorationReport report, std::uint64_t seed)
{
    const auto post = poster(++m_searchGeneration);
    m_searchWorker.submit([this, post, seed, text = std::move(text), report = std::move(report)](
                              const std::stop_token& stop) mutable {
        const CompiledProgram program = compileProgram(text);
        if (program.code && !Machine::obstacle(*program.code)) {
            Sampler sampler(program.code, {}, seed);
            sampler.draw(kSampleTime, stop);
            sampler.judge(report);
            report.sampled = sampler.figures();
        }
        post([this, report = std::move(report)] { emit explored(report); });
    });
    emit progressed({});
}

void ExploreController::cancel()
{
    m_searchWorker.cancel();
}

void ExploreController::check(std::string text)
{
    const quint64 generation = ++m_checkGeneration;
    m_checkWorker.submit([this, generation, text = std::move(text)](const std::stop_token& stop) {
        ExplorerLimits limits;
        limits.states = kCheckStates;
        limits.time = kCheckTime;
        limits.drawsSamples = false;
        std::optional<ExplorationReport> report;
        const CompiledProgram program = compileProgram(text);
        if (program.code && !Machine::obstacle(*program.code))
            report = heddle::explore(program.code, limits, stop);
        if (stop.stop_requested())
            return;
        QMetaObject::invokeMethod(
            this,
            [this, generation, report = std::move(report)] {
                if (generation == m_checkGeneration)
                    emit checked(report);
            },
            Qt::QueuedConnection);
    });
}

void ExploreController::forgetCheck()
{
    ++m_checkGeneration;
    m_checkWorker.cancel();
}

} // namespace heddle::app
