// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/explore.h"

#include "app/commands/command_result.h"
#include "app/commands/compiled_source.h"
#include "app/commands/exploration_json.h"
#include "app/commands/exploration_text.h"
#include "app/commands/json_text.h"
#include "app/file_target.h"
#include "engine/base/clock.h"
#include "engine/explore/explore.h"
#include "engine/run/supervisor.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <stop_token>

#include <signal.h>
#include <unistd.h>

namespace heddle::app {

namespace {

std::atomic<int> receivedSignal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler stores into it");

void keepSignal(int signal)
{
    receivedSignal.store(signal);
}

/// As long as it lives, the first SIGINT, SIGTERM or SIGHUP is only noted; a second one of a kind
/// ends the process. Those that are ignored (by nohup, say) stay so.
class NotedSignals
{
public:
    NotedSignals()
    {
        struct sigaction action = {};
        action.sa_handler = keepSignal;
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < kSignals.size(); ++i) {
            static_cast<void>(::sigaction(kSignals[i], nullptr, &m_before[i]));
            if (m_before[i].sa_handler != SIG_IGN)
                static_cast<void>(::sigaction(kSignals[i], &action, nullptr));
        }
    }
    ~NotedSignals()
    {
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            static_cast<void>(::sigaction(kSignals[i], &m_before[i], nullptr));
    }
    NotedSignals(const NotedSignals&) = delete;
    NotedSignals& operator=(const NotedSignals&) = delete;

    [[nodiscard]] static int received() { return receivedSignal.load(); }

private:
    static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, kSignals.size()> m_before{};
};

/// How far a long search is, on a terminal.
class ProgressLine
{
public:
    ~ProgressLine()
    {
        if (m_isShown)
            static_cast<void>(std::fputs("\r\033[K", stderr)); // nobody else to tell
    }
    ProgressLine() = default;
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const ExplorationProgress& progress)
    {
        constexpr nanoseconds kPace(200'000'000);
        constexpr double kLong = 1; // second
        const nanoseconds now = monotonicNow();
        if (!m_isTerminal || progress.seconds < kLong || now - m_last < kPace)
            return;
        m_last = now;
        m_isShown = true;
        const std::string line = "\r" + std::to_string(progress.states) + " states, depth "
            + std::to_string(progress.depth) + ", "
            + std::to_string(static_cast<int>(progress.seconds)) + " s\033[K";
        static_cast<void>(std::fputs(line.c_str(), stderr)); // likewise
    }

private:
    bool m_isTerminal = ::isatty(STDERR_FILENO) == 1;
    bool m_isShown = false;
    nanoseconds m_last{0};
};

ExplorationReport search(const std::shared_ptr<const Code>& code, const ExplorerLimits& limits)
{
    std::stop_source stop;
    ProgressLine line;
    return explore(code, limits, stop.get_token(), [&](const ExplorationProgress& progress) {
        if (NotedSignals::received() != 0)
            stop.request_stop();
        line.show(progress);
    });
}

int saveSchedule(const std::string& path, const ExplorationReport& report)
{
    if (path.empty())
        return kDone;
    const ExploredExpectation* telling = mostTelling(report);
    if (telling == nullptr) {
        complain("there is no schedule to write: nothing was found that one could show.");
        return kDone;
    }
    const Result<void> written = writeFile(path, toText(*telling->witness));
    if (written)
        return kDone;
    complain(written.error().detail);
    return kRefused;
}

} // namespace

int exploreProgram(const ExploreCommand& command)
{
    const std::optional<CompiledSource> compiled =
        compileSource({command.file, command.constants, command.json, false, {}});
    if (!compiled)
        return kInvalid;
    const Result<void> target =
        command.schedule.empty() ? Result<void>() : checkFileTarget(command.schedule);
    if (!target) {
        complain(target.error().detail);
        return kRefused;
    }
    const NotedSignals notedSignals;
    ExplorationReport report = search(compiled->code, command.limits);
    report.program = compiled->source.name;
    print(command.json ? jsonText(explorationJson(report)) : explorationText(report));
    const int saved = saveSchedule(command.schedule, report);
    if (NotedSignals::received() != 0) {
        static_cast<void>(std::fflush(stdout)); // the signal is the exit code in any case
        endBySignal(NotedSignals::received());
    }
    return saved != kDone ? saved : report.exitCode();
}

} // namespace heddle::app
